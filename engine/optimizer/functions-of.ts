/** Which functions each kind of plan node holds. */
import type { UserFunction } from '../functions/user-function.js'
import type { Key, SortKey } from '../plan/key.js'
import type { JoinResult, NodeOf, PlanKind, PlanNode } from '../plan/node.js'

/** A function within a plan node. */
export interface HeldFunction {
  readonly fn: UserFunction
  /** How many records it gets; `groups` when it gets whole groups or partitions of them. */
  readonly records: 1 | 2 | 'groups'
}

const one = (fn: UserFunction): HeldFunction[] => [{ fn, records: 1 }]
const two = (fn: UserFunction): HeldFunction[] => [{ fn, records: 2 }]
const groups = (fn: UserFunction): HeldFunction[] => [{ fn, records: 'groups' }]
const ofKeys = (keys: readonly Key[]): HeldFunction[] =>
  keys.flatMap(key => (key.kind === 'function' ? one(key.fn) : []))
const ofOrder = (order: readonly SortKey[]): HeldFunction[] => ofKeys(order.map(({ key }) => key))
const ofResult = (result: JoinResult): HeldFunction[] => ('fn' in result ? two(result.fn) : [])
const none = (): HeldFunction[] => []

const FUNCTIONS: { readonly [K in PlanKind]: (node: NodeOf<K>) => HeldFunction[] } = {
  source: none,
  map: ({ fn }) => one(fn),
  flatMap: ({ fn }) => one(fn),
  filter: ({ fn }) => one(fn),
  derive: ({ columns }) => columns.flatMap(({ fn }) => one(fn)),
  project: none,
  mapPartition: ({ fn }) => groups(fn),
  union: none,
  distinct: ({ keys }) => ofKeys(keys),
  first: ({ keys, order }) => [...ofKeys(keys), ...ofOrder(order)],
  reduce: ({ fn, keys }) => [...two(fn), ...ofKeys(keys)],
  reduceGroup: ({ fn, keys, order }) => [...groups(fn), ...ofKeys(keys), ...ofOrder(order)],
  aggregate: ({ keys, aggregates }) => [
    ...ofKeys(keys),
    ...aggregates.flatMap(({ input }) => (input.kind === 'function' ? one(input.fn) : [])),
  ],
  pick: ({ keys, by }) => [...ofKeys(keys), ...ofKeys(by)],
  join: ({ leftKeys, rightKeys, condition, result }) => [
    ...ofKeys(leftKeys),
    ...ofKeys(rightKeys),
    ...(condition ? two(condition) : []),
    ...ofResult(result),
  ],
  coGroup: ({ leftKeys, rightKeys, leftOrder, rightOrder, fn }) => [
    ...ofKeys(leftKeys),
    ...ofKeys(rightKeys),
    ...ofOrder(leftOrder),
    ...ofOrder(rightOrder),
    ...groups(fn),
  ],
  cross: ({ result }) => ofResult(result),
  sort: ({ order }) => ofOrder(order),
  partition: ({ by }) => {
    if (by.kind === 'hash') return ofKeys(by.keys)
    if (by.kind === 'range') return ofOrder(by.order)
    return by.kind === 'custom' ? [...ofKeys([by.key]), ...one(by.fn)] : []
  },
  addColumns: none,
  zipWithIndex: none,
  sample: none,
  cache: none,
  loopInput: none,
  iterate: none,
  iterateDelta: ({ keys }) => ofKeys(keys),
  sink: none,
}

/** The functions that `node` itself holds, keys included. */
export function functionsOf(node: PlanNode): readonly HeldFunction[] {
  return (FUNCTIONS[node.kind] as (node: PlanNode) => HeldFunction[])(node)
}
