/**
 * The contract of operators. An operator is pushed batches and pushes batches on.
 *
 * Callers guarantee: `process(input, batch)` comes with batches of one partition each, those of one
 * partition in order; `finish(input)` comes once per input, after its last batch; inputs may
 * interleave in any way, so an operator that needs one input first keeps the other one back;
 * `close` comes exactly once, also after a failure or an abort, and is the place to give back
 * memory and delete files. Operators do not assume that they see an input whole, or that it ends.
 *
 * `process` and `finish` are generators of steps: they `yield` a promise to have it awaited, or
 * nothing where it would be fine to pause (at least every few ten thousand records or every few
 * milliseconds), so that the calling thread stays free for abort and progress.
 */
import type { FieldChecks } from '../functions/field-check.js'
import type { GroupTarget } from '../functions/group-target.js'
import type { PhysicalNode } from '../optimizer/physical.js'
import type { Broadcast } from '../plan/handed.js'
import type { Loop } from '../plan/loop.js'
import type { RecordBatch } from '../types/batch.js'
import type { Checkpoints } from './iteration/driver.js'
import type { LoopListener } from './iteration/report.js'
import type { MemoryPool } from './memory.js'
import type { Peers } from './peers.js'
import type { SpillDirectory } from './spill/spill.js'
import type { Team } from './team.js'

/** Work in steps: `yield promise` awaits it and gives its value, `yield` may pause. */
// biome-ignore lint/suspicious/noConfusingVoidType: a bare `yield` is the pause.
export type Steps = Generator<Promise<unknown> | void, void, unknown>

/** Where an operator's batches go. */
export interface Output {
  /** Pushes a batch on; empty batches are dropped. Use it as `yield* output.push(batch)`. */
  push(batch: RecordBatch): Steps
  /** Whether nobody wants more; an operator may then stop producing. */
  readonly closed: boolean
  /** Where records may be added in a loop instead of being pushed in batches. */
  readonly groups?: GroupIntake | undefined
}

/** The way into groups for records that do not come in batches. */
export interface GroupIntake {
  readonly target: GroupTarget
  /** To be called after so many records, where it would be fine to pause. */
  settle(records: number): Steps
}

/** One running operator; see the module's documentation. */
export interface Operator {
  process(input: number, batch: RecordBatch): Steps
  finish(input: number): Steps
  /** Whether further batches on `input` would make no difference; `first(n)` uses it. */
  wants?(input: number): boolean
  /** Groups that take records one by one, beside those that come in batches. */
  readonly groups?: GroupIntake
  /** The generated source of its loops so far, for `explain({ code: true })`. */
  code?(): readonly string[]
  /** Whether what came through `input` stays over `restart`, so that it need not come again. */
  keeps?(input: number): boolean
  /**
   * Begins again as if new, but for the inputs that it keeps; for the next superstep of a loop. Comes
   * after all inputs have finished. An operator without it is closed and made anew.
   */
  restart?(): void
  /** Called once when the whole job has succeeded; a cache keeps its records then. */
  keep?(): void
  close?(): void | Promise<void>
}

/** What an operator gets from the runtime. */
export interface OperatorContext {
  readonly output: Output
  /** The operation's name for errors: `groupBy`, `join`. */
  readonly operation: string
  /** The fields that the operator asks for by name; the runtime checks them when it finishes. */
  readonly fields: FieldChecks
  readonly memory: MemoryPool
  readonly spill: SpillDirectory
  /** Whether kernels may be compiled with `new Function`. */
  readonly codegen: boolean
  readonly parallelism: number
  /** The workers that run this very operator, each over its own part of the records. */
  readonly team: Team
  /** What exchanges send to and receive from; there when the team has several workers. */
  readonly peers?: Peers
  readonly signal?: AbortSignal
  /** How many records may come in here, as far as that can be estimated. */
  readonly expectedRows?: number
  /** Within a loop, for each input: whether its records are the same in every superstep. */
  readonly constant?: readonly boolean[]
  /**
   * The context that a function gets as its last argument: what was handed over to it (data sets
   * as arrays, accumulators local to the job) beside the runtime's own members.
   */
  handed(
    values: Readonly<Record<string, unknown>>,
    operation?: string,
  ): Readonly<Record<string, unknown>>
  /** Says which partition's records functions are about to get; batches say it for themselves. */
  enterPartition(partition: number): void
  /** Gives the records of a data set to the functions that it is handed over to. */
  handOver(handle: Broadcast, records: readonly unknown[]): void
  /** Wires a part of the plan up that this operator runs itself. */
  part(nodes: readonly PhysicalNode[], roots: readonly PhysicalNode[], options: PartOptions): Part
  /** Hears of the supersteps of loops. */
  readonly loops: LoopListener
  /** Where a loop with the option `checkpoint` writes down where it stands. */
  checkpoints?(loop: Loop): Checkpoints | undefined
  /** Adds to a counter that `explain()` shows after the run, such as `spilledBytes`. */
  count(metric: string, amount: number): void
}

/** What is different in a part of the plan that an operator runs itself. */
export interface PartOptions {
  /** Adds to the context of each function in the part. */
  context(context: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
  /** The operator of a node that only the part knows how to make. */
  create?(node: PhysicalNode, context: OperatorContext): Operator | undefined
  /** Takes the batches of result `root`. */
  onBatch(root: number, batch: RecordBatch): Steps
}

/** A part of the plan that an operator runs itself; see `job/dataflow.ts`. */
export interface Part {
  /** Hands a batch to everyone who reads `node`. */
  push(node: PhysicalNode, batch: RecordBatch): Steps
  /** Tells those who read `node` that it is done. */
  finish(node: PhysicalNode): Steps
  /** Whether all who read `node` keep what they got over `restart`. */
  isKept(node: PhysicalNode): boolean
  /** Begins again, after all nodes have finished; what is kept need not come again. */
  restart(): Steps
  close(): Promise<void>
}
