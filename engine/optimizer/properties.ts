/** What is known about the records of a node as a whole: order, uniqueness, partitions. */
import type { Key, SortKey } from '../plan/key.js'
import type { NodeOf, Partitioning, PlanKind, PlanNode } from '../plan/node.js'
import type { RuleContext } from './rule.js'
import { sameKey } from './same.js'
import { originOf } from './trace.js'

/** What is known about the records of a node as a whole. */
export interface Properties {
  /** How they are sorted; empty when it is not known. */
  readonly order: readonly SortKey[]
  /** Whether over all records, or within each partition. */
  readonly scope: 'global' | 'partition'
  /** Sets of keys of which no two records have the same values; an empty set: whole records. */
  readonly unique: readonly (readonly Key[])[]
  /** How they were spread over partitions. */
  readonly partitioning?: { readonly by: Partitioning; readonly partitions: number }
}

const NONE: Properties = Object.freeze({ order: [], scope: 'global', unique: [] })

type Derive<K extends PlanKind> = (node: NodeOf<K>, context: RuleContext) => Properties

const same = (node: { readonly input: PlanNode }, context: RuleContext) =>
  propertiesOf(node.input, context)
const none = () => NONE

const PROPERTIES: { readonly [K in PlanKind]: Derive<K> } = {
  source: none,
  map: renamed,
  flatMap: none,
  filter: same,
  derive: renamed,
  project: renamed,
  mapPartition: none,
  union: none,
  distinct: (node, context) => {
    const input = same(node, context)
    return { ...input, unique: [...input.unique, node.keys] }
  },
  first: (node, context) => (node.keys.length === 0 ? same(node, context) : NONE),
  reduce: none,
  reduceGroup: none,
  aggregate: ({ keys }) =>
    keys.length > 0 && keys.every(key => key.kind === 'field' && !key.path.includes('.'))
      ? { ...NONE, unique: [keys] }
      : NONE,
  pick: ({ keys }) => (keys.length > 0 ? { ...NONE, unique: [keys] } : NONE),
  join: ({ type, left }, context) =>
    type === 'semi' || type === 'anti'
      ? { ...NONE, unique: propertiesOf(left, context).unique }
      : NONE,
  coGroup: none,
  cross: none,
  sort: (node, context) => {
    const { unique, partitioning } = same(node, context)
    const kept = node.scope === 'partition' && partitioning ? { partitioning } : {}
    return { order: node.order, scope: node.scope, unique, ...kept }
  },
  partition: (node, context) => ({
    order: [],
    scope: 'partition',
    unique: same(node, context).unique,
    partitioning: { by: node.by, partitions: node.partitions },
  }),
  addColumns: none,
  zipWithIndex: none,
  sample: (node, context) => {
    if (node.replacement) return NONE
    // Which of a fixed number is decided as records come; their order is not promised.
    return 'count' in node.size
      ? { ...NONE, unique: same(node, context).unique }
      : same(node, context)
  },
  cache: same,
  loopInput: none,
  iterate: none,
  iterateDelta: ({ keys }) => ({ ...NONE, unique: [keys] }),
  sink: none,
}

/** What is known about the records of `node` as a whole. Cost: a walk down to where it is known. */
export function propertiesOf(node: PlanNode, context: RuleContext): Properties {
  return (PROPERTIES[node.kind] as Derive<PlanKind>)(node, context)
}

/** What is left after a function that gives one record for one: what speaks of copied fields. */
function renamed(node: NodeOf<'map' | 'derive' | 'project'>, context: RuleContext): Properties {
  const { order, scope, unique, partitioning } = propertiesOf(node.input, context)
  const rename = renaming(node, context)
  const kept: SortKey[] = []
  for (const { key, direction } of order) {
    const now = rename(key)
    if (now === undefined) break
    kept.push({ key: now, direction })
  }
  const keysOf = (keys: readonly Key[]): readonly (readonly Key[])[] => {
    const now = keys.map(rename)
    return keys.length > 0 && now.every(key => key !== undefined) ? [now] : []
  }
  const spread =
    partitioning?.by.kind === 'hash' &&
    keysOf(partitioning.by.keys).map(keys => ({
      by: { kind: 'hash' as const, keys },
      partitions: partitioning.partitions,
    }))[0]
  return {
    order: kept,
    scope,
    unique: unique.flatMap(keysOf),
    ...(spread && { partitioning: spread }),
  }
}

/** The name that a field has after `node`. */
function renaming(
  node: NodeOf<'map' | 'derive' | 'project'>,
  context: RuleContext,
): (key: Key) => Key | undefined {
  const copies = (from: string, as: string) => {
    const origin = originOf(node, as, context)
    return origin?.kind === 'copy' && origin.field === from
  }
  const names = context.fields(node).names
  return key => {
    if (key.kind === 'function' || key.path.includes('.')) return undefined
    const { path } = key
    if (copies(path, path)) return key
    const as = names?.find(name => copies(path, name))
    return as === undefined ? undefined : { kind: 'field', path: as }
  }
}

/** Whether records that are sorted by `order` are sorted by `wanted` as well. */
export function isPrefix(wanted: readonly SortKey[], order: readonly SortKey[]): boolean {
  return (
    wanted.length <= order.length &&
    wanted.every(
      ({ key, direction }, k) => order[k]!.direction === direction && sameKey(order[k]!.key, key),
    )
  )
}
