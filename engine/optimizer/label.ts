/** Short human names of operations, as `explain()` and progress show them. */
import { functionText } from '../functions/function-text.js'
import type { UserFunction } from '../functions/user-function.js'
import type { AggregateSpec } from '../plan/aggregate.js'
import type { Key, SortKey } from '../plan/key.js'
import type { LoopOptions } from '../plan/loop.js'
import type { JoinResult, NodeOf, PlanKind, PlanNode } from '../plan/node.js'

type Labels = { readonly [K in PlanKind]: (node: NodeOf<K>) => string }

const LABELS: Labels = {
  source: ({ source, fields }) =>
    fields === undefined ? source.label : `${source.label} (${fields.join(', ') || 'no fields'})`,
  map: ({ fn }) => `map ${functionText(fn)}`,
  flatMap: ({ fn }) => `flatMap ${functionText(fn)}`,
  filter: ({ fn }) => `filter ${functionText(fn)}`,
  derive: ({ columns }) =>
    `derive ${columns.map(({ as, fn }) => `${as} = ${functionText(fn, 40)}`).join(', ')}`,
  project: ({ fields }) =>
    `project ${fields.map(({ from, as }) => (from === as ? as : `${from} as ${as}`)).join(', ')}`,
  mapPartition: ({ fn }) => `mapPartition ${functionText(fn)}`,
  union: ({ inputs }) => `union of ${inputs.length}`,
  distinct: ({ keys }) => `distinct${by(keys)}`,
  first: ({ count, keys, order }) => `first ${count}${by(keys)}${ordered(order)}`,
  reduce: ({ fn, keys }) => `reduce${by(keys)} ${functionText(fn)}`,
  reduceGroup: ({ fn, keys, order, partial }) =>
    `${partial ? 'combineGroup' : 'reduceGroup'}${by(keys)}${ordered(order)} ${functionText(fn)}`,
  aggregate: ({ keys, aggregates }) =>
    `${keys.length > 0 ? `groupBy ${listText(keys)}` : 'aggregate'}: ${aggregates.map(aggregateText).join(', ')}`,
  pick: ({ keys, by: fields, direction }) =>
    `${direction === 'ascending' ? 'minBy' : 'maxBy'} ${listText(fields)}${by(keys)}`,
  join: node => {
    const pairs = node.leftKeys.map((key, k) => {
      return `${keyLabel(key)} = ${keyLabel(node.rightKeys[k]!)}`
    })
    const condition = node.condition ? ` if ${functionText(node.condition, 40)}` : ''
    return `${node.type} join ${pairs.join(', ')}${condition}${resultText(node.result)}`
  },
  coGroup: ({ leftKeys, rightKeys, fn }) =>
    `coGroup ${listText(leftKeys)} = ${listText(rightKeys)} ${functionText(fn)}`,
  cross: ({ result }) => `cross${resultText(result)}`,
  sort: ({ order, scope, limit }) =>
    `sort${scope === 'partition' ? ' each partition' : ''} by ${orderText(order)}${limit === undefined ? '' : `, first ${limit} only`}`,
  partition: ({ by: how, partitions }) => {
    const texts = {
      rebalance: () => 'rebalance',
      hash: () => (how.kind === 'hash' ? `partition by hash of ${listText(how.keys)}` : ''),
      range: () => (how.kind === 'range' ? `partition by range of ${orderText(how.order)}` : ''),
      custom: () => (how.kind === 'custom' ? `partition by ${functionText(how.fn, 40)}` : ''),
    }
    return `${texts[how.kind]()} into ${partitions}`
  },
  addColumns: ({ label, adds }) => `${label} as ${adds.join(', ')}`,
  zipWithIndex: ({ as }) => `zipWithIndex as ${as}`,
  sample: ({ size, replacement }) =>
    `sample ${'count' in size ? size.count : `${+(size.fraction * 100).toPrecision(4)} %`}${replacement ? ' with replacement' : ''}`,
  cache: () => 'cache',
  loopInput: ({ loop, role }) => `${role} of ${loop.name}`,
  iterate: ({ loop, options }) => `${loop.name}${loopText(options)}`,
  iterateDelta: ({ loop, options, keys }) =>
    `${loop.name} by ${listText(keys)}${loopText(options)}`,
  sink: ({ sink }) => sink.label,
}

/** What `node` does, in one line; with the user's name for it in front where there is one. */
export function labelOf(node: PlanNode): string {
  const text = (LABELS[node.kind] as (node: PlanNode) => string)(node)
  return node.name === undefined ? text : `${node.name}: ${text}`
}

/** A key: the field's name, or the function's source. */
function keyLabel(key: Key): string {
  return key.kind === 'field' ? key.path : functionText(key.fn, 40)
}

/** Sort keys: `delay descending, origin`. */
export function orderText(order: readonly SortKey[]): string {
  return order
    .map(({ key, direction }) => keyLabel(key) + (direction === 'descending' ? ' descending' : ''))
    .join(', ')
}

function listText(keys: readonly Key[]): string {
  return keys.map(keyLabel).join(', ')
}

function by(keys: readonly Key[]): string {
  return keys.length > 0 ? ` by ${listText(keys)}` : ''
}

function ordered(order: readonly SortKey[]): string {
  return order.length > 0 ? ` in order of ${orderText(order)}` : ''
}

function asFunction(call: (...parameters: never[]) => unknown): UserFunction {
  return { call, handed: {}, operation: 'until' }
}

function loopText({ maxIterations, until }: LoopOptions): string {
  const most = maxIterations === Infinity ? '' : `, at most ${maxIterations} times`
  return `${most}${until === undefined ? '' : `, until ${functionText(asFunction(until), 40)}`}`
}

function aggregateText({ as, op, input }: AggregateSpec): string {
  if (input.kind === 'none') return as === op ? op : `${op} as ${as}`
  const of = input.kind === 'field' ? input.path : functionText(input.fn, 30)
  return as === of || as === op ? `${op}(${of})` : `${op}(${of}) as ${as}`
}

function resultText(result: JoinResult): string {
  return 'fn' in result ? ` → ${functionText(result.fn)}` : ''
}
