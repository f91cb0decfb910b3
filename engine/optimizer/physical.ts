/**
 * The physical plan: what will run, with the strategies chosen and why. Plain data, made by the
 * optimizer, turned into operators by the runtime, drawn by `explain()`.
 */
import type { Stage } from '../functions/chain.js'
import type { JoinNode, NodeOf, PlanKind } from '../plan/node.js'
import type { Source } from '../plan/source.js'
import type { RuleName } from './options.js'

/** Kinds of plan nodes that become an operator as they are. */
export type DirectKind = Exclude<
  PlanKind,
  'source' | 'map' | 'flatMap' | 'filter' | 'derive' | 'project' | 'join' | 'cross'
>

/**
 * An operation that a plan node describes in full. A `cache` passes records on and fills its store
 * when it has seen them all; one that is filled already has become a source.
 */
export type DirectOperation = {
  readonly [K in DirectKind]: { readonly kind: K; readonly node: NodeOf<K> }
}[DirectKind]

/** Which side of a join becomes the table, and how pairs are found. */
export type JoinStrategy = 'hash' | 'sort-merge'

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
  | { readonly kind: 'cross'; readonly node: NodeOf<'cross'>; readonly tail: readonly Stage[] }

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
  readonly rulesApplied: readonly AppliedRule[]
}
