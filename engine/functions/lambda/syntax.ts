/** From a function to its syntax tree, and small helpers over such trees. */
import {
  type AnyNode,
  type ArrowFunctionExpression,
  type FunctionExpression,
  type MemberExpression,
  type Options,
  type Property,
  parse,
} from 'acorn'

/** The syntax of a function of any form. */
export type FunctionSyntax = ArrowFunctionExpression | FunctionExpression

/** A function's source with its syntax tree; positions in the tree count in `source`. */
export interface ParsedFunction {
  readonly source: string
  readonly syntax: FunctionSyntax
}

/** Code that only runs in sloppy mode does not parse, so it is not understood: `with`, octals. */
const OPTIONS: Options = { ecmaVersion: 'latest', sourceType: 'module' }

/**
 * Parses a function's own source.
 *
 * Arrow functions, function expressions and declarations, and methods in literals and classes. The
 * `source` of a method is that of an object with this one method, which is what parses.
 *
 * @returns The reason, when there is no source to read: native and bound functions, classes.
 */
export function parseFunction(fn: (...parameters: never[]) => unknown): ParsedFunction | string {
  const text = Function.prototype.toString.call(fn)
  if (/\{\s*\[native code\]\s*\}\s*$/.test(text))
    return fn.name.startsWith('bound ') ? 'bound function' : 'native code'
  if (/^class\b/.test(text)) return 'a class, not a function'
  return parseAs(`(${text}\n)`) ?? parseAs(`({${text}\n})`) ?? 'source that cannot be read'
}

function parseAs(source: string): ParsedFunction | undefined {
  let program: ReturnType<typeof parse>
  try {
    program = parse(source, OPTIONS)
  } catch {
    return undefined
  }
  const statement = program.body[0]
  if (program.body.length !== 1 || statement?.type !== 'ExpressionStatement') return undefined
  const { expression } = statement
  if (isFunction(expression)) return { source, syntax: expression }
  if (expression.type !== 'ObjectExpression' || expression.properties.length !== 1) return undefined
  const property = expression.properties[0]!
  if (property.type !== 'Property' || property.computed || property.kind !== 'init')
    return undefined
  return isFunction(property.value) ? { source, syntax: property.value } : undefined
}

/** Whether a node is a function expression or arrow function. */
export function isFunction(node: AnyNode): node is FunctionSyntax {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression'
}

/** The nodes directly below a node, in the order of the source. */
export function* children(node: AnyNode): Iterable<AnyNode> {
  for (const value of Object.values(node) as unknown[])
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield item
    } else if (isNode(value)) yield value
}

/** Calls `visit` for a node and all below it; does not go below nodes for which it gives `false`. */
export function walk(node: AnyNode, visit: (node: AnyNode) => boolean | undefined): void {
  if (visit(node) === false) return
  for (const child of children(node)) walk(child, visit)
}

/** The name in `o.name`, `o['name']` and `o[0]`; `undefined` when it is computed. */
export function memberName({ computed, property }: MemberExpression): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined
  return literalName(property)
}

/** The key in `{ key: ... }`, of a literal or pattern; `undefined` when it is computed. */
export function keyName({ computed, key }: Pick<Property, 'computed' | 'key'>): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name
  return literalName(key)
}

function literalName(node: AnyNode): string | undefined {
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined
  if (node.type !== 'Literal') return undefined
  if (typeof node.value === 'string') return node.value
  return typeof node.value === 'number' ? String(node.value) : undefined
}

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  )
}
