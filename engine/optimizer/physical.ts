/**
 * The physical plan: what will run, with the strategies chosen and why. Plain data, made by the
 * optimizer, turned into operators by the runtime, drawn by `explain()`.
 */
import type { Stage } from '../functions/chain.js'
import type { Broadcast } from '../plan/handed.js'
import type { Key, SortKey } from '../plan/key.js'
import type { Loop, LoopRole } from '../plan/loop.js'
import type { JoinNode, NodeOf, PlanKind, PlanNode } from '../plan/node.js'
import type { Source } from '../plan/source.js'
import type { RuleName } from './options.js'

/** Kinds of plan nodes that become an operator as they are. */
export type DirectKind = Exclude<
  PlanKind,
  | 'source'
  | 'map'
  | 'flatMap'
  | 'filter'
  | 'derive'
  | 'project'
  | 'join'
  | 'coGroup'
  | 'cross'
  | 'loopInput'
  | 'iterate'
  | 'iterateDelta'
  | 'aggregate'
>

/**
 * An operation that a plan node describes in full. A `cache` passes records on and fills its store
 * when it has seen them all; one that is filled already has become a source.
 */
export type DirectOperation = {
  readonly [K in DirectKind]: { readonly kind: K; readonly node: NodeOf<K> }
}[DirectKind]

/** How the pairs of a join are found; `solution` looks them up in the solution set of a loop. */
export type JoinStrategy = 'hash' | 'sort-merge' | 'solution'

/** Which worker gets a record at an exchange. */
export type Exchange =
  | { readonly kind: 'hash'; readonly keys: readonly Key[] }
  /** By the keys of partial aggregates. */
  | { readonly kind: 'groups' }
  /** By bounds of ranges, which all workers agree on, so that their order is that of the records. */
  | { readonly kind: 'range'; readonly order: readonly SortKey[] }
  /** Blocks of partitions, by their numbers. */
  | { readonly kind: 'partitions'; readonly partitions: number }
  /** Worker 0 gets all, in the order of the workers. */
  | { readonly kind: 'gather' }
  /** Every worker gets all, in the order of the workers. */
  | { readonly kind: 'broadcast' }

/** What one operator does. */
export type PhysicalOperation =
  | DirectOperation
  | {
      readonly kind: 'source'
      readonly source: Source
      /** The fields that are needed; all when absent. */
      readonly fields?: readonly string[]
    }
  /** Record-wise functions in one loop. */
  | { readonly kind: 'chain'; readonly stages: readonly Stage[] }
  /** `tail` are record-wise functions that run in the loop that makes the joined records. */
  | {
      readonly kind: 'join'
      readonly node: JoinNode
      readonly strategy: JoinStrategy
      readonly build: 'left' | 'right'
      readonly tail: readonly Stage[]
    }
  /** Of groups that are `fed`, the loop of the input may add up what it makes. */
  | { readonly kind: 'aggregate'; readonly node: NodeOf<'aggregate'>; readonly fed: boolean }
  | { readonly kind: 'cross'; readonly node: NodeOf<'cross'>; readonly tail: readonly Stage[] }
  /** `solution` is the side that is the solution set of a loop, when one is. */
  | {
      readonly kind: 'coGroup'
      readonly node: NodeOf<'coGroup'>
      readonly solution?: 'left' | 'right'
    }
  /** Holds its first input back until the data sets of its other inputs can be handed over. */
  | { readonly kind: 'handOver'; readonly handles: readonly Broadcast[] }
  /** Where workers give records to each other, for the sake of `node`. */
  | { readonly kind: 'exchange'; readonly node: PlanNode; readonly to: Exchange }
  /** The states of a worker's own groups, and the groups that such states are put together to. */
  | {
      readonly kind: 'partialAggregate'
      readonly node: NodeOf<'aggregate'>
      readonly fed: boolean
    }
  | { readonly kind: 'finalAggregate'; readonly node: NodeOf<'aggregate'> }
  /** Where batches enter the body of a loop. */
  | { readonly kind: 'loopInput'; readonly loop: Loop; readonly role: LoopInputRole }
  | { readonly kind: 'iterate'; readonly node: NodeOf<'iterate'>; readonly body: PhysicalBody }
  | {
      readonly kind: 'iterateDelta'
      readonly node: NodeOf<'iterateDelta'>
      readonly body: PhysicalBody
    }

/**
 * What enters a body: what the loop computes, what is the same in every superstep (`constant`), and
 * a solution set that is only looked up in (`lookup`), of which no batches come.
 */
export type LoopInputRole = LoopRole | 'constant' | 'lookup'

/** The body of a loop: a dataflow that runs once per superstep. */
export interface PhysicalBody {
  /** Inputs before those that read them. */
  readonly nodes: readonly PhysicalNode[]
  /** Where the loop's own records enter, for those that the body reads. */
  readonly inputs: { readonly [R in LoopInputRole]?: PhysicalNode }
  /**
   * Where enters what is computed once, outside. The loop's last inputs, as many, deliver it in
   * this order.
   */
  readonly constants: readonly PhysicalNode[]
  /** The results: `next` of a bulk iteration, `delta` and `next` of a delta iteration; a criterion. */
  readonly roots: readonly PhysicalNode[]
}

/** One operator-to-be. */
export interface PhysicalNode {
  /** Number within the plan, from the sources up; metrics are kept under it. */
  readonly id: number
  readonly operation: PhysicalOperation
  readonly inputs: readonly PhysicalNode[]
  /** The operation as `explain()` shows it: `groupBy origin: count, mean(delay)`. */
  readonly label: string
  /** Where several operations run in one loop: each as in `label`. */
  readonly steps?: readonly string[]
  /** Why it is done this way, a phrase each. */
  readonly reasons: readonly string[]
  /** Estimated number of output records, when there is an estimate. */
  readonly rows?: number
  /** Of several workers only the first one runs it. */
  readonly single?: boolean
}

/** One thing that a rule did. */
export interface AppliedRule {
  readonly rule: RuleName
  /** What it did, for people: `filter(delay > 15) moved below the join`. */
  readonly what: string
}

/** Everything that will run for one job. */
export interface PhysicalPlan {
  /** The node that makes each root's records, in the order of the roots; may name a node twice. */
  readonly roots: readonly PhysicalNode[]
  /** Every node once, inputs before those that read them; `nodes[k].id === k`. */
  readonly nodes: readonly PhysicalNode[]
  /** Those of them that are in no body of a loop. */
  readonly main: readonly PhysicalNode[]
  readonly rulesApplied: readonly AppliedRule[]
  /** Where it runs, when several threads were allowed: in how many, and why not in more. */
  readonly threads?: { readonly workers: number; readonly reason?: string }
}
