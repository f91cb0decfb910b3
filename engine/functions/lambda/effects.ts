/** Whether a function has effects, may throw, or depends on more than its arguments. */
import type { AnyNode, CallExpression, Identifier, MemberExpression, NewExpression } from 'acorn'
import {
  CHANGING_METHODS,
  CONSTANTS,
  PLAIN_CLASSES,
  PURE_FUNCTIONS,
  READING_METHODS,
  REPEATABLE_FUNCTIONS,
} from '../globals.js'
import type { ReadLambda } from './read-lambda.js'
import { isGlobal } from './read-returns.js'
import { calleeName, changes } from './record-use.js'
import { children, isFunction, memberName } from './syntax.js'

/** `pure`: neither effects nor errors. `repeatable`: no effects, perhaps errors. */
export type Effects = 'pure' | 'repeatable' | 'effects'

/**
 * The worst that any part of the function does.
 *
 * @param handed Names of the handed-over values; all else of the context depends on place and time.
 * @param allowed Methods of the context whose effects the caller sees to: calls of them do not count.
 *   And inputs that are single values, not records, which nobody can change: neither do calls of
 *   their methods.
 */
export function effectsOf(
  read: ReadLambda,
  handed: ReadonlySet<string>,
  { methods = NONE, scalars = [] }: AllowedEffects = {},
): Effects {
  const { lambda, syntax } = read
  if (lambda.async || lambda.generator || lambda.captures.length > 0) return 'effects'
  const { contextReads } = lambda
  if (
    contextReads === 'all' ||
    contextReads.some(name => !handed.has(name) && !methods.has(name))
  ) {
    return 'effects'
  }
  const mutates = lambda.uses.some(
    use => use.kind === 'whole' && use.mutates && !scalars.includes(use.input),
  )
  if (mutates) return 'effects'
  let worst: Effects = 'pure'
  const pending: AnyNode[] = [syntax]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const known = callsMethod(node, read, methods) || callsScalar(node, read, scalars)
    const own = known ? 'repeatable' : effectOfNode(node, read)
    if (own === 'effects') return own
    if (own === 'repeatable') worst = own
    pending.push(...children(node))
  }
  return worst
}

/** What does not count as an effect. */
export interface AllowedEffects {
  readonly methods?: ReadonlySet<string>
  readonly scalars?: readonly number[]
}

const NONE: ReadonlySet<string> = new Set()

/** Whether a node calls one of these methods of the context, by a name of its own or as a member. */
function callsMethod(
  node: AnyNode,
  { names, locals }: ReadLambda,
  methods: ReadonlySet<string>,
): boolean {
  if (methods.size === 0 || node.type !== 'CallExpression') return false
  const { callee } = node
  const binding = names.bindings.get(callee)
  const name = binding ? locals.contextMembers.get(binding) : memberOfContext()
  return name !== undefined && methods.has(name)

  function memberOfContext(): string | undefined {
    if (callee.type !== 'MemberExpression' || locals.context === undefined) return undefined
    return names.bindings.get(callee.object) === locals.context ? memberName(callee) : undefined
  }
}

/** Whether a node calls a method of one of these inputs. */
function callsScalar(
  node: AnyNode,
  { names, locals }: ReadLambda,
  scalars: readonly number[],
): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false
  const binding = names.bindings.get(node.callee.object)
  const input = binding && locals.records.get(binding)
  return input !== undefined && scalars.includes(input) && memberName(node.callee) !== undefined
}

/** What a node does by itself, without the nodes below it. */
function effectOfNode(node: AnyNode, read: ReadLambda): Effects {
  switch (node.type) {
    case 'Identifier':
      return globalEffect(node, read)
    case 'Literal':
    case 'TemplateLiteral':
    case 'TemplateElement':
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'Property':
    case 'UnaryExpression':
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'SequenceExpression':
    case 'ChainExpression':
    case 'AssignmentPattern':
    case 'BlockStatement':
    case 'EmptyStatement':
    case 'ExpressionStatement':
    case 'ReturnStatement':
    case 'IfStatement':
    case 'SwitchStatement':
    case 'SwitchCase':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'LabeledStatement':
    case 'VariableDeclaration':
    case 'VariableDeclarator':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return 'pure'
    case 'BinaryExpression':
      return node.operator === 'in' || node.operator === 'instanceof' ? 'repeatable' : 'pure'
    case 'ObjectPattern':
    case 'ArrayPattern':
      return ofRecord(node, read) ? 'pure' : 'repeatable'
    case 'SpreadElement':
      return read.names.parents.get(node)?.type === 'ObjectExpression' ? 'pure' : 'repeatable'
    case 'RestElement':
    case 'ThrowStatement':
    case 'TryStatement':
    case 'CatchClause':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return 'repeatable'
    case 'MemberExpression':
      return memberEffect(node, read)
    case 'AssignmentExpression':
    case 'UpdateExpression':
      // Captured names are not assigned: there are no captures. Members are seen to above.
      return 'repeatable'
    case 'CallExpression':
      return callEffect(node, read)
    case 'NewExpression':
      return newEffect(node, read)
    case 'TaggedTemplateExpression':
      return calleeName(node.tag) === 'String.raw' ? 'repeatable' : 'effects'
    default:
      return 'effects'
  }
}

/** A global that is neither called nor looked into may do anything where it is passed to. */
function globalEffect(node: Identifier, { names }: ReadLambda): Effects {
  if (!names.free.has(node) || isKnown(node.name)) return 'pure'
  const parent = names.parents.get(node)
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node ? 'pure' : 'effects'
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee === node ? 'pure' : 'effects'
    case 'BinaryExpression':
      return 'pure'
    default:
      return 'effects'
  }
}

/** A pattern directly over a record or the context, which exist. */
function ofRecord(node: AnyNode, { names, locals, syntax }: ReadLambda): boolean {
  const parent = names.parents.get(node)
  if (parent === syntax) return true
  if (parent?.type === 'AssignmentPattern') return names.parents.get(parent) === syntax
  if (parent?.type !== 'VariableDeclarator' || !parent.init) return false
  const binding = names.bindings.get(parent.init)
  return binding !== undefined && (locals.records.has(binding) || binding === locals.context)
}

function memberEffect(node: MemberExpression, read: ReadLambda): Effects {
  const { names, locals } = read
  if (changes(node, names.parents)) return isFresh(node.object, read) ? 'repeatable' : 'effects'
  const binding = names.bindings.get(node.object)
  const known = binding !== undefined && (locals.records.has(binding) || binding === locals.context)
  if (known) return 'pure'
  if (isGlobal(node, names)) return isKnown(calleeName(node)) ? 'pure' : 'effects'
  if (node.object.type === 'Literal' && node.object.regex) return 'pure'
  return node.optional ? 'pure' : 'repeatable'
}

function isKnown(name: string): boolean {
  return CONSTANTS.has(name) || PURE_FUNCTIONS.has(name) || REPEATABLE_FUNCTIONS.has(name)
}

function callEffect({ callee, arguments: values }: CallExpression, read: ReadLambda): Effects {
  const { names } = read
  if (callee.type === 'Super') return 'effects'
  if (isFunction(callee)) return 'repeatable'
  if (isGlobal(callee, names)) {
    const name = calleeName(callee)
    if (name === 'Date.parse') return 'pure'
    if (PURE_FUNCTIONS.has(name)) return values.some(isSpread) ? 'repeatable' : 'pure'
    return REPEATABLE_FUNCTIONS.has(name) ? 'repeatable' : 'effects'
  }
  if (callee.type === 'Identifier') {
    // A function of its own, whose body is looked at like the rest; anything else is unknown.
    const binding = names.bindings.get(callee)
    const { init, writes = 1 } = binding ?? {}
    const own = init !== undefined && (init.type === 'FunctionDeclaration' || isFunction(init))
    return own && writes === 0 ? 'repeatable' : 'effects'
  }
  if (callee.type !== 'MemberExpression') return 'effects'
  const method = memberName(callee)
  const { object } = callee
  if (object.type === 'Literal' && object.regex && method === 'test') return 'pure'
  if (method === undefined) return 'effects'
  if (READING_METHODS.has(method)) return 'repeatable'
  return CHANGING_METHODS.has(method) && isFresh(object, read) ? 'repeatable' : 'effects'
}

function newEffect({ callee, arguments: values }: NewExpression, { names }: ReadLambda): Effects {
  const name = callee.type === 'Identifier' && isGlobal(callee, names) ? callee.name : ''
  if (!PLAIN_CLASSES.has(name)) return 'effects'
  if (name !== 'Date') return 'repeatable'
  if (values.length === 0) return 'effects'
  return values.some(isSpread) ? 'repeatable' : 'pure'
}

function isSpread({ type }: AnyNode): boolean {
  return type === 'SpreadElement'
}

/** Whether a node is a value that the function made itself, so that changing it is no effect. */
function isFresh(node: AnyNode, { names }: ReadLambda): boolean {
  if (isNew(node)) return true
  const binding = names.bindings.get(node)
  if (binding?.init === undefined || binding.writes > 0) return false
  return isNew(binding.init)
}

function isNew({ type }: AnyNode): boolean {
  return type === 'ArrayExpression' || type === 'ObjectExpression' || type === 'NewExpression'
}
