/** What plans say about loops: their identity, when they end, what they add up on the way. */
import type { Broadcast } from './handed.js'
import type { PlanNode } from './node.js'

/** What a loop's body may read of the loop itself. */
export type LoopRole = 'current' | 'workset' | 'solution'

/** One loop. The leaves of its body point to it, so two loops are never taken for one. */
export class Loop {
  /** As errors and `explain()` call it: the user's name for it, or `iterate`. */
  readonly name: string
  /** Tells loops of one name apart. */
  readonly id = nextId++
  constructor(name: string) {
    this.name = name
  }
}

let nextId = 1

/**
 * A custom aggregator: how values are taken in, and how the parts of several workers meet. Every
 * superstep begins with `start` itself, so `add` and `merge` give new values and change none.
 */
export interface CustomAggregator<A = unknown> {
  /** What there is before any value. */
  readonly start: A
  /** What there is after one more value. */
  add(sum: A, value: never): A
  /** Two parts as one; `a` comes before `b`. */
  merge(a: A, b: A): A
}

/** How the values of one superstep that are added under one name become one. */
export type Aggregator = 'sum' | 'min' | 'max' | 'count' | CustomAggregator

/** What is known at the end of a superstep. */
export interface SuperstepState {
  /** From 1. */
  readonly superstep: number
  /** What functions have added up in this superstep under a name. */
  aggregate(name: string): number
  /** The same for aggregators whose values are not numbers. */
  aggregate<A>(name: string): A
}

/** Where and how often a loop writes down where it stands. */
export interface CheckpointOptions {
  /** Made when it is not there. */
  readonly directory: string
  /** Default 1: after every superstep. */
  readonly everySupersteps?: number
  /** How many checkpoints are kept. Default 2. */
  readonly keep?: number
}

/** When a loop ends, and what it does beside its body. */
export interface LoopOptions {
  /** `Infinity` when only a criterion or an empty workset may end it. */
  readonly maxIterations: number
  readonly until?: (state: SuperstepState) => unknown
  readonly aggregators: Readonly<Record<string, Aggregator>>
  readonly checkpoint?: CheckpointOptions
}

/** What becomes of several records with one key in an initial solution set. */
export type OnDuplicate = 'error' | 'first' | 'last'

/** The parts that both kinds of loops have. */
export interface LoopParts {
  readonly loop: Loop
  readonly options: LoopOptions
  /** At most one: a data set of the body; the loop ends after a superstep in which it is empty. */
  readonly criteria: readonly PlanNode[]
  /** The data sets that are handed over to functions of the body, and what they are handed over as. */
  readonly broadcasts: readonly PlanNode[]
  readonly handles: readonly Broadcast[]
}
