/**
 * Filters run as early as the answer allows: below sorts, unions, joins and whatever else hands the
 * fields on that they read.
 *
 * Only filters that are pure move, since below a join or a distinct they see more records than
 * before, and one that throws would throw for records that nobody asked about. Functions that a
 * filter passes see fewer records; so they must be repeatable. Filters keep their order, apart from
 * those that go deeper than others can.
 */
import {
  conjunction,
  conjuncts,
  type Expression,
  field,
  fieldsOf,
  substitute,
} from '../../functions/expression/expression.js'
import { functionText } from '../../functions/function-text.js'
import type { UserFunction } from '../../functions/user-function.js'
import { inputsOf, withInputs } from '../../plan/inputs.js'
import type { Key } from '../../plan/key.js'
import type { JoinType, NodeOf, PlanKind, PlanNode } from '../../plan/node.js'
import { planNode } from '../../plan/node.js'
import { expressionFunction, sameForEqualKeys } from '../expressions.js'
import { isRepeatable, type Rule, type RuleContext, rewritePlan } from '../rule.js'
import { type Origin, originOf, type Traceable } from '../trace.js'

/** A condition on one record, on its way down. */
interface Condition {
  readonly fn: UserFunction
  readonly name?: string
  /** The fields it reads. */
  readonly reads: readonly string[]
  readonly expression?: Expression
}

interface Pushing extends RuleContext {
  shared(node: PlanNode): boolean
}

/** `node` with the condition somewhere below it, or `undefined` when it cannot pass. */
type Push<K extends PlanKind> = (
  node: NodeOf<K>,
  condition: Condition,
  pushing: Pushing,
) => PlanNode | undefined

/** Moves each condition as far down as it may go. */
export const filterPushDown: Rule = (roots, context) =>
  rewritePlan(roots, context, (node, { shared }) => {
    const pushing = { ...context, shared }
    if (node.kind === 'join') return pushJoinCondition(node, pushing)
    if (node.kind !== 'filter') return node
    const condition = conditionOf(node.fn, node.name, context)
    if (condition === undefined) return node
    const moved = pushAny(node.input, condition, pushing)
    if (moved === undefined) return node
    context.applied(`filter ${functionText(node.fn, 40)} moved down`)
    return moved
  })

function conditionOf(
  fn: UserFunction,
  name: string | undefined,
  context: RuleContext,
): Condition | undefined {
  const { pure, reads, expression } = context.facts(fn, 1)
  const [fields] = reads
  if (!pure || fields === undefined || fields === 'all') return undefined
  return {
    fn,
    reads: fields,
    ...(name !== undefined && { name }),
    ...(expression && { expression }),
  }
}

/** The condition below `node`, whole or in parts; `undefined` when no part of it can pass. */
function pushAny(node: PlanNode, condition: Condition, pushing: Pushing): PlanNode | undefined {
  const whole = push(node, condition, pushing)
  if (whole !== undefined || condition.expression === undefined) return whole
  const parts = conjuncts(condition.expression)
  if (parts.length < 2) return undefined
  const left: Expression[] = []
  let result = node
  for (const part of parts) {
    const pushed = push(result, partOf(part, condition), pushing)
    if (pushed === undefined) left.push(part)
    else result = pushed
  }
  if (left.length === parts.length) return undefined
  return left.length === 0 ? result : filter(result, partOf(conjunction(left), condition))
}

function push(node: PlanNode, condition: Condition, pushing: Pushing): PlanNode | undefined {
  if (pushing.shared(node)) return undefined
  const pushed = (PUSH[node.kind] as Push<PlanKind>)(node, condition, pushing)
  if (pushed !== undefined && pushed.kind === node.kind) pushing.keepNotes(node, pushed)
  return pushed
}

/** The condition as deep below `node` as it can go, at least right above it. */
function place(node: PlanNode, condition: Condition, pushing: Pushing): PlanNode {
  const pushed = pushAny(node, condition, pushing)
  if (pushed !== undefined) return pushed
  const placed = filter(node, condition)
  pushing.note(placed, 'filters here instead of further up')
  return placed
}

function filter(input: PlanNode, { fn, name }: Condition): PlanNode {
  return planNode({ kind: 'filter', input, fn, ...(name !== undefined && { name }) })
}

const never = () => undefined

/** Passes to every input, with the same fields there. */
const intoInputs = (node: PlanNode, condition: Condition, pushing: Pushing) =>
  isRepeatable(node, pushing)
    ? withInputs(
        node,
        inputsOf(node).map(input => place(input, condition, pushing)),
      )
    : undefined

/** Passes when it reads nothing but keys: groups stay whole or vanish whole. */
const ifOnlyKeys = (
  node: NodeOf<'distinct' | 'first' | 'pick' | 'aggregate'>,
  condition: Condition,
  pushing: Pushing,
) =>
  node.keys.length > 0 && readsOnly(node.keys, condition)
    ? intoInputs(node, condition, pushing)
    : undefined

const PUSH: { readonly [K in PlanKind]: Push<K> } = {
  source: never,
  map: throughFields,
  flatMap: never,
  // Only to go deeper than this filter can; otherwise filters stay in the user's order.
  filter: (node, condition, pushing) => {
    if (!isRepeatable(node, pushing)) return undefined
    const input = pushAny(node.input, condition, pushing)
    return input && withInputs(node, [input])
  },
  derive: throughFields,
  project: throughFields,
  mapPartition: never,
  union: intoInputs,
  distinct: (node, condition, pushing) => {
    if (node.keys.length > 0) return ifOnlyKeys(node, condition, pushing)
    const { expression } = condition
    return expression && sameForEqualKeys(expression)
      ? intoInputs(node, condition, pushing)
      : undefined
  },
  first: ifOnlyKeys,
  reduce: never,
  reduceGroup: never,
  aggregate: (node, condition, pushing) => {
    const computed = node.aggregates.some(({ as }) => condition.reads.includes(as))
    return computed ? undefined : ifOnlyKeys(node, condition, pushing)
  },
  pick: ifOnlyKeys,
  join: throughPair,
  coGroup: never,
  cross: throughPair,
  // With a limit, it decides which records there are.
  sort: (node, condition, pushing) =>
    node.limit === undefined ? intoInputs(node, condition, pushing) : undefined,
  // Elsewhere the partition of a record depends on the records before it.
  partition: (node, condition, pushing) =>
    node.by.kind === 'hash' || node.by.kind === 'custom'
      ? intoInputs(node, condition, pushing)
      : undefined,
  addColumns: (node, condition, pushing) =>
    condition.reads.some(name => node.adds.includes(name))
      ? undefined
      : intoInputs(node, condition, pushing),
  zipWithIndex: never,
  sample: never,
  cache: never,
  loopInput: never,
  iterate: never,
  iterateDelta: never,
  sink: never,
}

/** Past a function of one record. A condition is computed anew only to get past more than that. */
function throughFields(
  node: NodeOf<'map' | 'derive' | 'project'>,
  condition: Condition,
  pushing: Pushing,
): PlanNode | undefined {
  if (!isRepeatable(node, pushing)) return undefined
  const moved = moveThrough(node, condition, pushing)
  if (moved === undefined) return undefined
  if (!moved.recomputes) return withInputs(node, [place(node.input, moved.condition, pushing)])
  if (isOneRecord(node.input)) return undefined
  const below = pushAny(node.input, moved.condition, pushing)
  return below && withInputs(node, [below])
}

const isOneRecord = ({ kind }: PlanNode) =>
  kind === 'map' || kind === 'derive' || kind === 'project'

/** For each type of join, the sides that can lose records without another record changing. */
const FILTERABLE: { readonly [T in JoinType | 'cross']: readonly number[] } = {
  inner: [0, 1],
  cross: [0, 1],
  left: [0],
  right: [1],
  full: [],
  semi: [0],
  anti: [0],
}

function throughPair(
  node: NodeOf<'join' | 'cross'>,
  condition: Condition,
  pushing: Pushing,
): PlanNode | undefined {
  if (!isRepeatable(node, pushing)) return undefined
  const moved = moveThrough(node, condition, pushing)
  const type = node.kind === 'cross' ? 'cross' : node.type
  if (moved === undefined || !FILTERABLE[type].includes(moved.input)) return undefined
  const sides = [node.left, node.right]
  if (isLookedUp(sides[moved.input]!)) return undefined
  sides[moved.input] = place(sides[moved.input]!, moved.condition, pushing)
  return withInputs(node, sides)
}

/** Whether `node` is a solution set: looking records up in it costs less than a filter over all. */
function isLookedUp(node: PlanNode): boolean {
  return node.kind === 'loopInput' && node.role === 'solution'
}

/**
 * The condition on an input of `node` that says the same as the condition on its output; all that
 * it reads must come from one input.
 */
function moveThrough(
  node: Traceable,
  condition: Condition,
  context: RuleContext,
): { condition: Condition; input: number; recomputes: boolean } | undefined {
  const origins = new Map<string, Origin>()
  const inputs = new Set<number>()
  for (const name of condition.reads) {
    const origin = originOf(node, name, context)
    if (origin === undefined) return undefined
    origins.set(name, origin)
    if (origin.kind === 'copy') inputs.add(origin.input)
    else for (const field of fieldsOf(origin.expression)) inputs.add(field.input)
  }
  const [input, ...others] = inputs
  if (input === undefined || others.length > 0) return undefined
  const all = [...origins]
  if (all.every(([name, origin]) => origin.kind === 'copy' && origin.field === name)) {
    return { condition, input, recomputes: false }
  }
  const expression =
    condition.expression &&
    substitute(condition.expression, (_, name) => {
      const origin = origins.get(name)
      if (origin === undefined) return undefined
      return origin.kind === 'copy' ? field(origin.field) : ofFirst(origin.expression)
    })
  if (expression === undefined) return undefined
  const recomputes = all.some(([, origin]) => origin.kind === 'computed')
  return { condition: partOf(expression, condition), input, recomputes }
}

/** Parts of a join's own condition that read one side only filter that side. */
function pushJoinCondition(node: NodeOf<'join'>, pushing: Pushing): PlanNode {
  const { condition } = node
  const facts = condition && pushing.facts(condition, 2)
  if (!condition || !facts?.pure || !facts.expression || !isRepeatable(node, pushing)) return node
  const sides = [node.left, node.right]
  const parts = conjuncts(facts.expression)
  const left = parts.filter(part => {
    const [input, ...others] = new Set(fieldsOf(part).map(field => field.input))
    if (input === undefined || others.length > 0) return true
    if (!CONDITIONED[node.type].includes(input) || isLookedUp(sides[input]!)) return true
    const own = partOf(ofFirst(part), { fn: condition, reads: [] })
    sides[input] = place(sides[input]!, own, pushing)
    return false
  })
  if (left.length === parts.length) return node
  pushing.applied('a part of a join condition filters one side')
  const { condition: _, ...rest } = node
  const whole = left.length > 0 && { condition: expressionFunction(conjunction(left), condition) }
  const pushed = planNode({ ...rest, ...whole, left: sides[0]!, right: sides[1]! })
  pushing.keepNotes(node, pushed)
  return pushed
}

/** The sides of whose records no more is asked than to take part in a match. */
const CONDITIONED: { readonly [T in JoinType]: readonly number[] } = {
  inner: [0, 1],
  left: [1],
  right: [0],
  full: [],
  semi: [0, 1],
  anti: [1],
}

function readsOnly(keys: readonly Key[], { reads, expression }: Condition): boolean {
  const fields = keys.flatMap(key =>
    key.kind === 'field' && !key.path.includes('.') ? [key.path] : [],
  )
  return (
    expression !== undefined &&
    sameForEqualKeys(expression) &&
    reads.every(name => fields.includes(name))
  )
}

/** A condition of its own, from an expression over the first record. */
function partOf(expression: Expression, { fn, name }: Condition): Condition {
  const reads = [...new Set(fieldsOf(expression).map(field => field.name))]
  const named = name === undefined ? {} : { name }
  return { fn: expressionFunction(expression, fn), reads, expression, ...named }
}

/** An expression over one of two records as one over the only record. */
function ofFirst(expression: Expression): Expression {
  return substitute(expression, (_, name) => field(name))!
}
