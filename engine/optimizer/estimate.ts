/**
 * How many records each node gives, as far as can be told before it runs: what the sources know,
 * and the usual guesses for what happens on the way. Only strategies depend on it, never answers.
 */
import { type Expression, operands } from '../functions/expression/expression.js'
import type { UserFunction } from '../functions/user-function.js'
import type { Key } from '../plan/key.js'
import type { JoinType, NodeOf, PlanKind, PlanNode } from '../plan/node.js'
import type { RuleContext } from './rule.js'

/** The estimated number of records of a node; `undefined` when not even a guess makes sense. */
export type Estimate = (node: PlanNode) => number | undefined

type Rows<K extends PlanKind> = (
  node: NodeOf<K>,
  inputs: readonly (number | undefined)[],
  context: RuleContext,
) => number | undefined

const same = (_: PlanNode, [rows]: readonly (number | undefined)[]) => rows
const perGroup = (
  { keys }: { readonly keys: readonly Key[] },
  [rows]: readonly (number | undefined)[],
) => groups(rows, keys)

/** Records that a `flatMap` gives for one, when nothing is known. */
const FAN_OUT = 3

const ROWS: { readonly [K in PlanKind]: Rows<K> } = {
  source: ({ source }, _, context) => context.source(source).rows,
  map: same,
  flatMap: (_, [rows]) => times(rows, FAN_OUT),
  filter: ({ fn }, [rows], context) => times(rows, selectivity(fn, context)),
  derive: same,
  project: same,
  mapPartition: same,
  union: (_, inputs) =>
    inputs.some(rows => rows === undefined)
      ? undefined
      : inputs.reduce<number>((sum, rows) => sum + rows!, 0),
  distinct: (node, inputs) =>
    node.keys.length > 0 ? perGroup(node, inputs) : times(inputs[0], 0.5),
  first: ({ count, keys }, [rows]) =>
    keys.length === 0 ? Math.min(count, rows ?? count) : times(groups(rows, keys), count, rows),
  reduce: perGroup,
  reduceGroup: perGroup,
  aggregate: perGroup,
  pick: perGroup,
  join: (node, [left, right]) => joined(node, left, right),
  coGroup: (_, [left, right]) =>
    left === undefined || right === undefined ? undefined : Math.max(left, right),
  cross: (_, [left, right]) => (left === undefined ? undefined : times(right, left)),
  sort: ({ limit }, [rows]) => (limit === undefined ? rows : Math.min(limit, rows ?? limit)),
  partition: same,
  addColumns: same,
  zipWithIndex: same,
  sample: ({ size }, [rows]) =>
    'count' in size ? Math.min(size.count, rows ?? size.count) : times(rows, size.fraction),
  cache: same,
  loopInput: () => undefined,
  iterate: same,
  iterateDelta: same,
  sink: same,
}

/** Estimates for the nodes of a plan; each is worked out once. */
export function estimator(
  context: RuleContext,
  inputsOf: (node: PlanNode) => readonly PlanNode[],
): Estimate {
  const known = new Map<PlanNode, number | undefined>()
  const estimate: Estimate = node => {
    if (!known.has(node)) {
      const inputs = inputsOf(node).map(estimate)
      const rows = (ROWS[node.kind] as Rows<PlanKind>)(node, inputs, context)
      known.set(node, rows === undefined ? undefined : Math.round(rows))
    }
    return known.get(node)
  }
  return estimate
}

/** About the square root of the records are groups; one more key, and there are more. */
function groups(rows: number | undefined, keys: readonly Key[]): number | undefined {
  if (keys.length === 0) return 1
  return rows === undefined ? undefined : Math.min(rows, Math.ceil(rows ** (1 - 0.5 / keys.length)))
}

/** A join over a key of one side: about as many records as the larger side has. */
function joined(
  { type, condition }: NodeOf<'join'>,
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  const kept = condition === undefined ? 1 : 0.5
  if (left === undefined || right === undefined) return type === 'left' ? left : undefined
  const pairs = left === 0 || right === 0 ? 0 : Math.max(left, right) * kept
  const rows: { readonly [T in JoinType]: number } = {
    inner: pairs,
    left: Math.max(left, pairs),
    right: Math.max(right, pairs),
    full: Math.max(left, right, pairs),
    semi: left * 0.5,
    anti: left * 0.5,
  }
  return rows[type]
}

/** The part of the records for which a condition holds; half of them when it is not understood. */
function selectivity(fn: UserFunction, context: RuleContext): number {
  const { expression } = context.facts(fn, 1)
  return expression === undefined ? 0.5 : partTrue(expression)
}

function partTrue(condition: Expression): number {
  if (condition.kind === 'constant') return condition.value ? 1 : 0
  if (condition.kind === 'unary' && (condition.operator === '!' || condition.operator === 'not')) {
    return 1 - partTrue(condition.operand)
  }
  if (condition.kind !== 'binary') return 0.5
  const [left, right] = operands(condition)
  switch (condition.operator) {
    case '&&':
    case 'and':
      return partTrue(left!) * partTrue(right!)
    case '||':
    case 'or':
      return 1 - (1 - partTrue(left!)) * (1 - partTrue(right!))
    case '==':
    case '===':
      return 0.1
    case '!=':
    case '!==':
      return 0.9
    case '<':
    case '<=':
    case '>':
    case '>=':
      return 0.3
    default:
      return 0.5
  }
}

function times(rows: number | undefined, factor: number | undefined, most = Infinity) {
  return rows === undefined || factor === undefined ? undefined : Math.min(rows * factor, most)
}
