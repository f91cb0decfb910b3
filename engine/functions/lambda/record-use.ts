/** What a function does with a record at one place. */
import type { AnyNode, Identifier, Pattern } from 'acorn'
import { LOOKING_FUNCTIONS } from '../globals.js'
import type { RecordUse } from './lambda.js'
import { keyName, memberName } from './syntax.js'

/** A use without saying of which record. */
export type UseKind = RecordUse extends infer U
  ? U extends unknown
    ? Omit<U, 'input'>
    : never
  : never

/** Names that every object has; reading them tells about the record as a whole. */
export const INHERITED = new Set([...Object.getOwnPropertyNames(Object.prototype), 'length'])

/** How the record that `node` names is used there. */
export function useOfRecord(node: Identifier, parents: ReadonlyMap<AnyNode, AnyNode>): UseKind {
  const parent = parents.get(node)!
  const range = { start: node.start, end: node.end }
  const whole = (why: string, mutates = false): UseKind => ({
    ...range,
    kind: 'whole',
    why,
    mutates,
  })
  switch (parent.type) {
    case 'MemberExpression': {
      if (parent.object !== node) return whole('is a key')
      const above = parents.get(parent)!
      if (changes(parent, parents)) return whole('changes its record', true)
      const field = memberName(parent)
      if (field === undefined) return whole('reads fields under computed names')
      if (above.type === 'CallExpression' && above.callee === parent)
        return whole(`calls ${field} of its record`, true)
      if (above.type === 'TaggedTemplateExpression' && above.tag === parent)
        return whole(`calls ${field} of its record`, true)
      if (INHERITED.has(field)) return whole(`reads ${field} of its record`)
      const chained =
        (above.type === 'MemberExpression' && above.object === parent) ||
        (above.type === 'CallExpression' && above.callee === parent)
      const { start, end, optional } = parent
      return { kind: 'field', field, optional, chained, start, end }
    }
    case 'VariableDeclarator': {
      const destructured = parent.init === node ? patternFields(parent.id) : undefined
      if (destructured !== undefined) return { ...range, kind: 'destructure', ...destructured }
      return whole('uses the whole record', true)
    }
    case 'SpreadElement': {
      const literal = parents.get(parent)
      if (literal?.type === 'ObjectExpression' && isResult(literal, parents))
        return { ...range, kind: 'spread' }
      return whole('uses the whole record')
    }
    case 'BinaryExpression': {
      const other = parent.left === node ? parent.right : parent.left
      if (/^[=!]==?$/.test(parent.operator) && isMissing(other))
        return { ...range, kind: 'presence' }
      return whole('uses the whole record')
    }
    case 'UnaryExpression':
      if (parent.operator === '!') return { ...range, kind: 'presence' }
      return whole('uses the whole record')
    case 'LogicalExpression':
      if (parent.operator === '&&' && parent.left === node) return { ...range, kind: 'presence' }
      break
    case 'IfStatement':
      if (parent.test === node) return { ...range, kind: 'presence' }
      break
    case 'ConditionalExpression':
      if (parent.test === node) return { ...range, kind: 'presence' }
      break
    case 'CallExpression':
      if (LOOKING_FUNCTIONS.has(calleeName(parent.callee))) return whole('uses the whole record')
      return whole('uses the whole record', true)
    case 'TemplateLiteral':
    case 'ForInStatement':
      return whole('uses the whole record')
  }
  if (isResult(node, parents)) return { ...range, kind: 'result' }
  // What becomes part of the result is only copied into columns.
  return whole('uses the whole record', !isResult(node, parents, LITERALS))
}

const LITERALS = new Set(['ArrayExpression', 'ObjectExpression', 'Property', 'SpreadElement'])

/** `name` or `Object.name` of what is called, '' when it is something else. */
export function calleeName(callee: AnyNode): string {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return ''
  const name = memberName(callee)
  return name === undefined ? '' : `${callee.object.name}.${name}`
}

/** Whether the member expression `node` is assigned to, counted up or deleted. */
export function changes(node: AnyNode, parents: ReadonlyMap<AnyNode, AnyNode>): boolean {
  const above = parents.get(node)
  switch (above?.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return above.left === node
    case 'UpdateExpression':
    case 'RestElement':
    case 'ArrayPattern':
      return true
    case 'UnaryExpression':
      return above.operator === 'delete'
    case 'ChainExpression':
      return changes(above, parents)
    case 'Property':
      return above.value === node && parents.get(above)?.type === 'ObjectPattern'
    default:
      return false
  }
}

/** Whether the value of `node` is what the outermost function returns, or with `within` part of it. */
function isResult(
  node: AnyNode,
  parents: ReadonlyMap<AnyNode, AnyNode>,
  within: ReadonlySet<string> = new Set(),
): boolean {
  let child = node
  for (;;) {
    const parent = parents.get(child)
    if (parent === undefined) return false
    if (parent.type === 'ConditionalExpression' && parent.test !== child) child = parent
    else if (within.has(parent.type)) child = parent
    else if (parent.type === 'ReturnStatement') return isOutermost(parent, parents)
    else return parent.type === 'ArrowFunctionExpression' && !parents.has(parent)
  }
}

/** Whether a statement belongs to the outermost function itself. */
function isOutermost(node: AnyNode, parents: ReadonlyMap<AnyNode, AnyNode>): boolean {
  let functions = 0
  for (let at = parents.get(node); at !== undefined; at = parents.get(at))
    if (/Function/.test(at.type) || at.type === 'StaticBlock') functions++
  return functions === 1
}

function patternFields(
  pattern: Pattern,
): { shape: 'object' | 'tuple'; fields: readonly string[] } | undefined {
  const fields = []
  if (pattern.type === 'ArrayPattern') {
    for (const [index, element] of pattern.elements.entries()) {
      if (element?.type === 'RestElement') return undefined
      if (element !== null) fields.push(String(index))
    }
    return { shape: 'tuple', fields }
  }
  if (pattern.type !== 'ObjectPattern') return undefined
  for (const property of pattern.properties) {
    const name = property.type === 'RestElement' ? undefined : keyName(property)
    if (name === undefined || INHERITED.has(name)) return undefined
    fields.push(name)
  }
  return { shape: 'object', fields }
}

function isMissing(node: AnyNode): boolean {
  return (
    (node.type === 'Literal' && node.value === null && node.raw === 'null') ||
    (node.type === 'Identifier' && node.name === 'undefined')
  )
}
