/** What a function returns, path by path. */
import type { AnyNode, Expression, ObjectExpression, Statement } from 'acorn'
import type { FieldReference } from '../facts.js'
import { CONSTANTS, PURE_FUNCTIONS } from '../globals.js'
import type { Result, ResultItem, Return } from './lambda.js'
import type { Locals } from './locals.js'
import { calleeName } from './record-use.js'
import type { Binding, Names } from './scope.js'
import { type FunctionSyntax, isFunction, keyName, memberName, walk } from './syntax.js'

/** The results of a function, and where whole records in them start. */
export interface Returns {
  readonly returns: readonly Return[]
  /** Positions of names of records that are results, or spread in one that is understood. */
  readonly accepted: ReadonlySet<number>
}

/** Reads what a function returns on each path. */
export function readReturns({ body }: FunctionSyntax, names: Names, locals: Locals): Returns {
  const reader = new ResultReader(names, locals)
  if (body.type !== 'BlockStatement') {
    const { start, end } = body
    return { returns: [{ start, end, result: reader.result(body) }], accepted: reader.accepted }
  }
  const returns: Return[] = []
  walk(body, node => {
    if (isFunction(node) || node.type === 'FunctionDeclaration') return false
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return false
    if (node.type === 'ReturnStatement') {
      const { start, end, argument } = node
      const result = argument ? reader.result(argument) : { kind: 'nothing' as const, start, end }
      returns.push({ start, end, result })
      return false
    }
    return undefined
  })
  if (!alwaysLeaves(body)) {
    const end = body.end - 1
    returns.push({ start: end, end, result: { kind: 'nothing', start: end, end } })
  }
  return { returns, accepted: reader.accepted }
}

/** Whether the end of a statement is never reached. Says no when in doubt. */
function alwaysLeaves(node: Statement): boolean {
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true
    case 'BlockStatement':
      return node.body.some(alwaysLeaves)
    case 'IfStatement':
      return alwaysLeaves(node.consequent) && !!node.alternate && alwaysLeaves(node.alternate)
    case 'TryStatement':
      if (node.finalizer && alwaysLeaves(node.finalizer)) return true
      return alwaysLeaves(node.block) && (!node.handler || alwaysLeaves(node.handler.body))
    case 'SwitchStatement': {
      // Left when there is a default, the last case leaves, and no `break` ends the switch early.
      let breaks = false
      walk(node, part => {
        if (part.type === 'BreakStatement') breaks = true
        return undefined
      })
      const last = node.cases.at(-1)
      return (
        !breaks &&
        node.cases.some(({ test }) => !test) &&
        last?.consequent.some(alwaysLeaves) === true
      )
    }
    default:
      return false
  }
}

class ResultReader {
  readonly accepted = new Set<number>()
  readonly #names: Names
  readonly #locals: Locals

  constructor(names: Names, locals: Locals) {
    this.#names = names
    this.#locals = locals
  }

  result(node: Expression): Result {
    const { start, end } = node
    switch (node.type) {
      case 'ObjectExpression': {
        const items = this.#object(node)
        if (items !== undefined) return { kind: 'object', items, start, end }
        break
      }
      case 'ArrayExpression': {
        const items: ResultItem[] = []
        for (const [index, element] of node.elements.entries()) {
          if (element === null || element.type === 'SpreadElement') break
          items.push(this.#field(String(index), element))
        }
        if (items.length === node.elements.length) return { kind: 'tuple', items, start, end }
        break
      }
      case 'Identifier': {
        const binding = this.#names.bindings.get(node)
        const input = binding && this.#locals.records.get(binding)
        if (input === undefined) break
        this.accepted.add(start)
        return { kind: 'record', input, start, end }
      }
      case 'ConditionalExpression': {
        const then = this.result(node.consequent)
        const otherwise = this.result(node.alternate)
        if (then.kind === 'value' && otherwise.kind === 'value') break
        const { start: testStart, end: testEnd } = node.test
        const test = { start: testStart, end: testEnd }
        return { kind: 'conditional', test, then, otherwise, start, end }
      }
    }
    const copyOf = fieldOf(node, this.#names, this.#locals)
    const scalar = isScalar(node, this.#names)
    return { kind: 'value', scalar, ...(copyOf && { copyOf }), start, end }
  }

  #object({ properties }: ObjectExpression): readonly ResultItem[] | undefined {
    const items: ResultItem[] = []
    const spreads: number[] = []
    for (const property of properties)
      if (property.type === 'SpreadElement') {
        const { argument } = property
        const binding = this.#names.bindings.get(argument)
        const input = binding && this.#locals.records.get(binding)
        const rest = binding && this.#locals.rests.get(binding)
        if (input === undefined && (rest === undefined || binding!.writes > 0)) return undefined
        const { start, end } = argument
        spreads.push(start)
        items.push({
          kind: 'spread',
          ...(rest ?? { input: input!, except: [] }),
          value: { start, end },
        })
      } else {
        const name = keyName(property)
        // `__proto__: x` sets the prototype; getters and methods are not values.
        if (name === undefined || name === '__proto__') return undefined
        if (property.kind !== 'init' || property.method) return undefined
        items.push(this.#field(name, property.value))
      }
    for (const start of spreads) this.accepted.add(start)
    return items
  }

  #field(name: string, node: Expression): ResultItem {
    const copyOf = fieldOf(node, this.#names, this.#locals)
    const value = { start: node.start, end: node.end }
    return { kind: 'field', name, ...(copyOf && { copyOf }), value }
  }
}

/** The field of which an expression is a plain copy; also `r?.a`, which is missing like `r`. */
function fieldOf(node: AnyNode, names: Names, locals: Locals): FieldReference | undefined {
  const member = node.type === 'ChainExpression' ? node.expression : node
  if (member.type === 'MemberExpression') {
    const binding = names.bindings.get(member.object)
    const input = binding && locals.records.get(binding)
    const field = memberName(member)
    if (input === undefined || field === undefined || locals.changed.has(input)) return undefined
    return { input, field }
  }
  if (node.type !== 'Identifier') return undefined
  const binding = names.bindings.get(node)
  if (binding === undefined) return undefined
  const init = constantInit(binding)
  const field = locals.fields.get(binding)
  if (field !== undefined) return locals.changed.has(field.input) ? undefined : field
  return init && fieldOf(init, names, locals)
}

/** What a local name always stands for: the value it is declared with, when never assigned. */
export function constantInit(binding: Binding): Expression | undefined {
  const { kind, writes, init } = binding
  if ((kind !== 'const' && kind !== 'let') || writes > 0) return undefined
  return init?.type === 'FunctionDeclaration' ? undefined : init
}

/** Whether a value is surely a number, string, boolean, bigint or missing. */
function isScalar(node: Expression, names: Names): boolean {
  switch (node.type) {
    case 'Literal':
      return node.regex === undefined
    case 'TemplateLiteral':
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'UpdateExpression':
      return true
    case 'LogicalExpression':
      return isScalar(node.left, names) && isScalar(node.right, names)
    case 'ConditionalExpression':
      return isScalar(node.consequent, names) && isScalar(node.alternate, names)
    case 'CallExpression': {
      const name = calleeName(node.callee)
      return PURE_FUNCTIONS.has(name) && isGlobal(node.callee, names)
    }
    case 'MemberExpression':
      return CONSTANTS.has(calleeName(node)) && isGlobal(node, names)
    case 'Identifier': {
      const binding = names.bindings.get(node)
      if (binding === undefined) return CONSTANTS.has(node.name)
      const init = constantInit(binding)
      return init !== undefined && isScalar(init, names)
    }
    default:
      return false
  }
}

/** Whether `name` or `name.member` is a global's, not a local's of the same name. */
export function isGlobal(node: AnyNode, names: Names): boolean {
  const root = node.type === 'MemberExpression' ? node.object : node
  return root.type === 'Identifier' && !names.bindings.has(root)
}
