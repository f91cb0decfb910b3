/**
 * The logical plan: frozen plain data, one node per operation, no behaviour. `inputs.ts` says which
 * fields of each kind are its inputs; walking, rewriting and `explain()` derive from that table.
 */
import type { UserFunction } from '../functions/user-function.js'
import type { Column } from '../types/column.js'
import type { AggregateSpec } from './aggregate.js'
import type { Direction, Key, SortKey } from './key.js'
import type { Loop, LoopParts, LoopRole, OnDuplicate } from './loop.js'
import type { Sink, Source } from './source.js'

interface Named {
  /** A name that the user gave with `.name('...')`, shown by `explain()`. */
  readonly name?: string
}

/** Where data come from. */
export interface SourceNode extends Named {
  readonly kind: 'source'
  readonly source: Source
  /** Only these fields are needed; all when absent. Set by the optimizer. */
  readonly fields?: readonly string[]
}

/** Exactly one record for each record. */
export interface MapNode extends Named {
  readonly kind: 'map'
  readonly input: PlanNode
  readonly fn: UserFunction
}

/** Any number of records for each record. */
export interface FlatMapNode extends Named {
  readonly kind: 'flatMap'
  readonly input: PlanNode
  readonly fn: UserFunction
}

/** The records for which the function is true. */
export interface FilterNode extends Named {
  readonly kind: 'filter'
  readonly input: PlanNode
  readonly fn: UserFunction
}

/** The record with further fields, each computed from the record as it was. */
export interface DeriveNode extends Named {
  readonly kind: 'derive'
  readonly input: PlanNode
  readonly columns: readonly { readonly as: string; readonly fn: UserFunction }[]
}

/** Some fields, in this order, perhaps under other names. */
export interface ProjectNode extends Named {
  readonly kind: 'project'
  readonly input: PlanNode
  readonly fields: readonly { readonly from: string; readonly as: string }[]
  /** The library's operation that asks for the fields, for errors. */
  readonly operation?: string
}

/** `fn(records, context)` once per partition; records come as an iterable. */
export interface MapPartitionNode extends Named {
  readonly kind: 'mapPartition'
  readonly input: PlanNode
  readonly fn: UserFunction
}

/** All records of the inputs, first those of the first. */
export interface UnionNode extends Named {
  readonly kind: 'union'
  readonly inputs: readonly PlanNode[]
}

/** The first record of each key; of each whole record when `keys` is empty. */
export interface DistinctNode extends Named {
  readonly kind: 'distinct'
  readonly input: PlanNode
  readonly keys: readonly Key[]
}

/** The first `count` records, or those of each group when there are keys. */
export interface FirstNode extends Named {
  readonly kind: 'first'
  readonly input: PlanNode
  readonly count: number
  readonly keys: readonly Key[]
  /** Order within each group; empty is the order of arrival. */
  readonly order: readonly SortKey[]
}

/** `fn(a, b)` over all records or those of each group; the result is a record like them. */
export interface ReduceNode extends Named {
  readonly kind: 'reduce'
  readonly input: PlanNode
  readonly fn: UserFunction
  readonly keys: readonly Key[]
}

/** `fn(records, context)` once per group (or once for all without keys); gives 0..n records. */
export interface ReduceGroupNode extends Named {
  readonly kind: 'reduceGroup'
  readonly input: PlanNode
  readonly fn: UserFunction
  readonly keys: readonly Key[]
  readonly order: readonly SortKey[]
  /** `combineGroup`: partial groups will do, so nothing is exchanged or spilled. */
  readonly partial: boolean
}

/** One record per group (or one for all without keys): the key fields, then the aggregates. */
export interface AggregateNode extends Named {
  readonly kind: 'aggregate'
  readonly input: PlanNode
  readonly keys: readonly Key[]
  readonly aggregates: readonly AggregateSpec[]
}

/** The record with the smallest or largest `by` (ties: the first) of all or of each group. */
export interface PickNode extends Named {
  readonly kind: 'pick'
  readonly input: PlanNode
  readonly keys: readonly Key[]
  readonly by: readonly Key[]
  readonly direction: Direction
}

/** Which records a join keeps: pairs, also those of a side without a partner, or one side only. */
export type JoinType = 'inner' | 'left' | 'right' | 'full' | 'semi' | 'anti'

/** What the user knows about the sizes: which side to build a table of. */
export type JoinHint = 'auto' | 'build-left' | 'build-right' | 'sort-merge'

/** How the two records of a pair become the output. */
export type JoinResult =
  | { readonly kind: 'pair' }
  /** The fields of both; those that are `shared`, keys of both sides under one name, come once. */
  | { readonly kind: 'merge'; readonly shared?: readonly string[] }
  | { readonly kind: 'map'; readonly fn: UserFunction }
  | { readonly kind: 'flatMap'; readonly fn: UserFunction }

/** Pairs of records with equal keys; missing keys match nothing. Semi and anti give left records. */
export interface JoinNode extends Named {
  readonly kind: 'join'
  readonly left: PlanNode
  readonly right: PlanNode
  readonly type: JoinType
  readonly leftKeys: readonly Key[]
  readonly rightKeys: readonly Key[]
  /** A further condition on the pair; part of the match for outer, semi and anti joins. */
  readonly condition?: UserFunction
  readonly result: JoinResult
  readonly hint: JoinHint
}

/** `fn(leftRecords, rightRecords, context)` for every key of either side; gives 0..n records. */
export interface CoGroupNode extends Named {
  readonly kind: 'coGroup'
  readonly left: PlanNode
  readonly right: PlanNode
  readonly leftKeys: readonly Key[]
  readonly rightKeys: readonly Key[]
  readonly leftOrder: readonly SortKey[]
  readonly rightOrder: readonly SortKey[]
  readonly fn: UserFunction
}

/** All pairs, left-major. */
export interface CrossNode extends Named {
  readonly kind: 'cross'
  readonly left: PlanNode
  readonly right: PlanNode
  readonly result: JoinResult
}

/** Sorted; stable. `scope` says whether over all records or within each partition. */
export interface SortNode extends Named {
  readonly kind: 'sort'
  readonly input: PlanNode
  readonly order: readonly SortKey[]
  readonly scope: 'global' | 'partition'
  /**
   * Nobody wants more than the first so many records of a global sort. Set by the optimizer, which
   * leaves the `first` above in place: an operator may ignore it.
   */
  readonly limit?: number
}

/** How records are spread over partitions. */
export type Partitioning =
  | { readonly kind: 'rebalance' }
  | { readonly kind: 'hash'; readonly keys: readonly Key[] }
  | { readonly kind: 'range'; readonly order: readonly SortKey[] }
  | { readonly kind: 'custom'; readonly key: Key; readonly fn: UserFunction }

/** The records spread over partitions anew; order within a partition is kept. */
export interface PartitionNode extends Named {
  readonly kind: 'partition'
  readonly input: PlanNode
  readonly by: Partitioning
  readonly partitions: number
}

/**
 * The records with further fields, which a library computes for many records at once; fields of these
 * names are replaced. Records must be objects.
 */
export interface AddColumnsNode extends Named {
  readonly kind: 'addColumns'
  readonly input: PlanNode
  /** The fields that `compute` gets. */
  readonly reads: readonly string[]
  /** The fields that it gives. */
  readonly adds: readonly string[]
  readonly compute: ComputeColumns
  /** The library's operation, for errors. */
  readonly operation: string
  /** What it does, for `explain()`. */
  readonly label: string
}

/**
 * Some columns from others, one for each field that is added, all of the same length.
 *
 * @param columns Those of the fields that are read, in their order.
 * @param length The number of records.
 * @param first The number of the first of them, counted from 0, for errors.
 */
export type ComputeColumns = (
  columns: readonly Column[],
  length: number,
  first: number,
) => readonly Column[]

/** `{ index, value }` (objects get a field `index` instead) with 0..n-1 in order. */
export interface ZipWithIndexNode extends Named {
  readonly kind: 'zipWithIndex'
  readonly input: PlanNode
  /** The name of the field with the number. */
  readonly as: string
}

/** A random sample; the same seed and input give the same sample. */
export interface SampleNode extends Named {
  readonly kind: 'sample'
  readonly input: PlanNode
  readonly size: { readonly fraction: number } | { readonly count: number }
  readonly replacement: boolean
  readonly seed: number
}

/** The input, kept after the first job that computes it. */
export interface CacheNode extends Named {
  readonly kind: 'cache'
  readonly input: PlanNode
  readonly store: CacheStore
}

/** Where a cached result lives; the one mutable thing that a plan points to. */
export interface CacheStore {
  batches: readonly import('../types/batch.js').RecordBatch[] | undefined
}

/** What a loop's body reads of the loop: the records as they are in the current superstep. */
export interface LoopInputNode extends Named {
  readonly kind: 'loopInput'
  readonly loop: Loop
  readonly role: LoopRole
  /** The key of a solution set. */
  readonly keys?: readonly Key[]
}

/** A bulk iteration: `next` is computed of `current` again and again, first of `input`. */
export interface IterateNode extends Named, LoopParts {
  readonly kind: 'iterate'
  readonly input: PlanNode
  /** The result of the body. */
  readonly next: PlanNode
}

/**
 * A delta iteration: each superstep computes of `workset` and `solution` the records of the solution
 * set to replace or insert, and the next workset. Gives the solution set.
 */
export interface IterateDeltaNode extends Named, LoopParts {
  readonly kind: 'iterateDelta'
  /** The initial solution set. */
  readonly solution: PlanNode
  /** The first workset. */
  readonly workset: PlanNode
  /** What is unique in the solution set. */
  readonly keys: readonly Key[]
  readonly delta: PlanNode
  readonly next: PlanNode
  readonly onDuplicate: OnDuplicate
}

/** The end of a plan: every record goes to the sink. */
export interface SinkNode extends Named {
  readonly kind: 'sink'
  readonly input: PlanNode
  readonly sink: Sink
}

/** Any node of a logical plan. */
export type PlanNode =
  | SourceNode
  | MapNode
  | FlatMapNode
  | FilterNode
  | DeriveNode
  | ProjectNode
  | MapPartitionNode
  | UnionNode
  | DistinctNode
  | FirstNode
  | ReduceNode
  | ReduceGroupNode
  | AggregateNode
  | PickNode
  | JoinNode
  | CoGroupNode
  | CrossNode
  | SortNode
  | PartitionNode
  | AddColumnsNode
  | ZipWithIndexNode
  | SampleNode
  | CacheNode
  | LoopInputNode
  | IterateNode
  | IterateDeltaNode
  | SinkNode

/** The kinds of plan nodes. */
export type PlanKind = PlanNode['kind']

/** The node of kind `K`. */
export type NodeOf<K extends PlanKind> = Extract<PlanNode, { readonly kind: K }>

/** Freezes a new plan node. */
export function planNode<N extends PlanNode>(node: N): N {
  return Object.freeze(node)
}
