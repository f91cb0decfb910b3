/**
 * Runs a physical plan in this process: makes the operators, reads the sources one after the other
 * (those that joins build tables of first), and pushes their batches through.
 */

import { SchemaError, WieselError } from '../../errors.js'
import type { FieldChecks } from '../../functions/field-check.js'
import type { LoopFingerprint } from '../../optimizer/loop-fingerprints.js'
import type { OperatorMetrics } from '../../optimizer/metrics.js'
import type { PhysicalNode, PhysicalPlan } from '../../optimizer/physical.js'
import type { Loop } from '../../plan/loop.js'
import { RecordBatch } from '../../types/batch.js'
import { shown } from '../../types/column-writer.js'
import { LoopCheckpoints } from '../checkpoint/loop-checkpoints.js'
import { createOperator, isEntry } from '../create-operator.js'
import type { HandedValues } from '../handed-values.js'
import type { IterationReport } from '../iteration/report.js'
import type { MemoryPool } from '../memory.js'
import type { Steps } from '../operator.js'
import type { Peers } from '../peers.js'
import { SinkOperator } from '../sink.js'
import { sourcesInOrder } from '../source-order.js'
import type { SpillDirectory } from '../spill/spill.js'
import { SOLO, type Team } from '../team.js'
import { aborted } from './aborted.js'
import { Dataflow, type Station, type Tally } from './dataflow.js'
import type { JobResult } from './job-result.js'
import { pause, SLICE_MS } from './pause.js'
import type { LoopProgress, Progress } from './progress.js'
import { Stopwatch } from './stopwatch.js'

/** What a job runs with. */
export interface JobOptions {
  readonly memory: MemoryPool
  readonly codegen: boolean
  readonly parallelism: number
  /** Made when the job begins; deleted with all its files when it ends. */
  readonly spill: SpillDirectory
  readonly parameters: Readonly<Record<string, unknown>>
  /** Arrays for the data sets that are handed over to functions. */
  readonly handed: HandedValues
  /** What loops with checkpoints compute, by the loops' ids. */
  readonly fingerprints: ReadonlyMap<number, LoopFingerprint>
  /** Which attempt this is, from 1. */
  readonly attempt: number
  /** Whether another attempt may follow when this one fails, so that its end is not the job's. */
  readonly mayRepeat: () => boolean
  /** Called when results are about to become visible; from then on nothing can be undone. */
  readonly onCommit?: () => void
  /** The other workers, when several run the job. */
  readonly team?: Team
  readonly peers?: Peers
  readonly createChecks?: (node: PhysicalNode) => FieldChecks
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** Takes the batches of root `root`, one that is not a sink; a returned promise is awaited. */
  readonly onBatch: (root: number, batch: RecordBatch) => Promise<void> | void
}

/** Progress is reported this often at most. */
const PROGRESS_MS = 100

/** Runs the plan to its end. */
export async function runJob(plan: PhysicalPlan, options: JobOptions): Promise<JobResult> {
  const job = new Job(plan, options)
  try {
    const result = await job.run()
    options.onCommit?.()
    await job.commit()
    return result
  } catch (error) {
    await job.abort()
    throw job.explained(error)
  } finally {
    await job.close()
  }
}

class Job {
  readonly #options: JobOptions
  readonly #watch: Stopwatch
  readonly #began = performance.now()
  readonly #state = { partition: 0 }
  readonly #plan: PhysicalPlan
  #flow: Dataflow | undefined
  readonly #iterations: IterationReport[] = []
  readonly #checkpoints: LoopCheckpoints[] = []
  readonly #tallies = new Map<PhysicalNode, Tally>()
  #loop: LoopProgress | undefined
  #sliceEnds = 0
  #nextReport = 0
  #rowsRead = 0
  #bytes = 0
  #totalBytes: number | undefined = 0
  #skipped = 0
  /** What a listener threw; thrown between steps, where no operator is left halfway. */
  #unreported: { readonly error: unknown } | undefined

  constructor(plan: PhysicalPlan, options: JobOptions) {
    this.#plan = plan
    this.#options = options
    this.#watch = new Stopwatch(plan.nodes.length)
  }

  async run(): Promise<JobResult> {
    const flow = this.#wire()
    await this.#countBytes()
    this.#startSlice()
    for (const node of sourcesInOrder(this.#plan.roots)) await this.#read(node, flow)
    this.#report(true)
    if (this.#unreported !== undefined) throw this.#unreported.error
    return this.#result()
  }

  /** Puts the results of sinks under their real names. */
  async commit(): Promise<void> {
    for (const sink of this.#sinks()) await sink.commit()
    for (const { operator } of this.#stations()) operator?.keep?.()
    this.#options.handed.publish()
    // Of a job in workers only the calling thread knows when all of it is done.
    if (this.#options.peers !== undefined) return
    for (const checkpoints of this.#checkpoints) await checkpoints.clear()
  }

  async abort(): Promise<void> {
    for (const sink of this.#sinks()) await sink.abort().catch(() => {})
    if (!this.#options.mayRepeat()) this.#report(true)
  }

  async close(): Promise<void> {
    await this.#flow?.close()
    await this.#options.spill.close()
  }

  /** What a user is told: our own errors as they are, others with the operation that failed. */
  explained(error: unknown): unknown {
    if (error instanceof WieselError) return error
    const { signal } = this.#options
    if (signal?.aborted) return aborted(signal)
    const message = error instanceof Error ? error.message : String(error)
    return new WieselError(`${this.#atWork() ?? 'job'}: ${message}`, { cause: error })
  }

  #wire(): Dataflow {
    const { memory, spill, codegen, parallelism, signal, onBatch, peers } = this.#options
    const { createChecks } = this.#options
    const flow = new Dataflow(this.#plan.main, this.#plan.roots, {
      create: (node, context) =>
        isEntry(node.operation) ? undefined : createOperator(node, context),
      context: {
        memory,
        spill,
        codegen,
        parallelism,
        team: this.#options.team ?? SOLO,
        ...(peers === undefined ? {} : { peers }),
        ...(signal === undefined ? {} : { signal }),
        enterPartition: partition => {
          this.#state.partition = partition
        },
        handOver: (handle, records) => this.#options.handed.handOver(handle, records),
        loops: {
          superstep: ({ name }, report, maxIterations) => {
            this.#loop = { ...report, name, maxIterations }
          },
          ended: report => {
            this.#loop = undefined
            this.#iterations.push(report)
          },
        },
        checkpoints: loop => this.#checkpointsOf(loop),
      },
      handed: (values, operation) => this.#context(values, operation),
      ...(createChecks === undefined ? {} : { createChecks }),
      watch: this.#watch,
      tallies: this.#tallies,
      *onBatch(root, batch) {
        const taken = onBatch(root, batch)
        if (taken !== undefined) yield taken
      },
    })
    this.#flow = flow
    return flow
  }

  #checkpointsOf(loop: Loop): LoopCheckpoints | undefined {
    const known = this.#options.fingerprints.get(loop.id)
    if (known === undefined) return undefined
    const checkpoints = new LoopCheckpoints(known, this.#options.team ?? SOLO)
    this.#checkpoints.push(checkpoints)
    return checkpoints
  }

  /** What a function gets in its last parameter. */
  #context(
    values: Readonly<Record<string, unknown>>,
    operation: string,
  ): Readonly<Record<string, unknown>> {
    const state = this.#state
    const context = {
      operation,
      parameters: this.#options.parameters,
      superstep: 0,
      add: onlyInLoops,
      aggregate: () => null,
      get partition() {
        return state.partition
      },
    }
    this.#options.handed.resolve(values, context)
    return context
  }

  async #read(node: PhysicalNode, flow: Dataflow): Promise<void> {
    const { operation } = node
    if (operation.kind !== 'source') return
    const { source, fields } = operation
    const { signal } = this.#options
    const before = this.#bytes
    if (!flow.isClosed(node)) {
      this.#watch.switchTo(node.id)
      const request = {
        ...(fields === undefined ? {} : { fields }),
        ...(signal === undefined ? {} : { signal }),
        onBytes: (bytes: number) => {
          this.#bytes = before + bytes
        },
      }
      for await (const batch of source.read(request)) {
        this.#checkAbort()
        if (!(batch instanceof RecordBatch)) throw notBatch(source.label, batch)
        this.#rowsRead += batch.length
        await this.#drive(flow.push(node, batch))
        if (flow.isClosed(node)) break
        this.#watch.switchTo(node.id)
      }
      this.#skipped += source.skipped ?? 0
    }
    this.#watch.switchTo(-1)
    await this.#drive(flow.finish(node))
  }

  /** Takes steps, awaiting what they yield and pausing when a slice of time is over. */
  async #drive(steps: Steps): Promise<void> {
    let step = steps.next()
    while (!step.done) {
      const { value } = step
      if (value === undefined) {
        if (this.#isSliceOver()) await this.#pause()
        step = steps.next()
        continue
      }
      try {
        step = steps.next(await this.#rest(value))
      } catch (error) {
        if (step.done) throw error
        step = steps.throw(error)
      }
      // The promise may have been fulfilled already: awaiting it lets no other task of the thread run.
      if (this.#isSliceOver()) await this.#pause()
    }
    if (this.#isSliceOver()) await this.#pause()
  }

  #isSliceOver(): boolean {
    return performance.now() >= this.#sliceEnds
  }

  async #pause(): Promise<void> {
    await this.#rest(pause())
    this.#startSlice()
    this.#checkAbort()
  }

  /** Awaits without charging the time to an operator. */
  async #rest<T>(promise: Promise<T>): Promise<T> {
    this.#report(false)
    const operator = this.#watch.switchTo(-1)
    try {
      return await promise
    } finally {
      this.#watch.switchTo(operator)
    }
  }

  #startSlice(): void {
    this.#sliceEnds = performance.now() + SLICE_MS
  }

  #checkAbort(): void {
    const { signal } = this.#options
    if (signal?.aborted) throw aborted(signal)
    if (this.#unreported !== undefined) throw this.#unreported.error
  }

  #report(done: boolean): void {
    const { onProgress } = this.#options
    const now = performance.now()
    if (onProgress === undefined || (!done && now < this.#nextReport)) return
    this.#nextReport = now + PROGRESS_MS
    const progress = {
      phase: this.#atWork() ?? (done ? 'done' : 'reading'),
      rows: this.#rowsRead,
      bytes: this.#bytes,
      ...(this.#totalBytes === undefined ? {} : { totalBytes: this.#totalBytes }),
      ...(this.#loop === undefined ? {} : { loop: this.#loop }),
      attempt: this.#options.attempt,
      milliseconds: now - this.#began,
      done,
    }
    try {
      onProgress(progress)
    } catch (error) {
      this.#unreported ??= { error }
    }
  }

  async #countBytes(): Promise<void> {
    if (this.#options.onProgress === undefined) return
    for (const { node } of this.#stations()) {
      if (node.operation.kind !== 'source' || this.#totalBytes === undefined) continue
      const { bytes } = await node.operation.source.facts()
      this.#totalBytes = bytes === undefined ? undefined : this.#totalBytes + bytes
    }
  }

  #result(): JobResult {
    const milliseconds = performance.now() - this.#began
    const operators = new Map<number, OperatorMetrics>()
    let spilledBytes = 0
    this.#flow?.noteCode()
    for (const [{ id }, tally] of this.#tallies) {
      const spilled = tally.counters.get('spilledBytes') ?? 0
      const supersteps = tally.counters.get('supersteps')
      spilledBytes += spilled
      operators.set(id, {
        rowsIn: tally.rowsIn,
        rowsOut: tally.rowsOut,
        batches: tally.batches,
        milliseconds: this.#watch.milliseconds(id),
        spilledBytes: spilled,
        ...(supersteps === undefined ? {} : { supersteps }),
        code: [...tally.code],
      })
    }
    const peakMemory = this.#options.memory.peak
    const skipped = this.#skipped
    return {
      attempts: this.#options.attempt,
      milliseconds,
      rowsRead: this.#rowsRead,
      rowsWritten: this.#sinks().map(sink => sink.rows),
      skipped,
      spilledBytes,
      peakMemory,
      accumulators: this.#options.handed.results(),
      iterations: this.#iterations,
      metrics: { operators, milliseconds, peakMemory, skipped },
    }
  }

  #sinks(): SinkOperator[] {
    const operators = this.#plan.roots.map(root => this.#flow?.station(root).operator)
    return operators.filter(operator => operator instanceof SinkOperator)
  }

  #stations(): Iterable<Station> {
    return this.#flow?.stations ?? []
  }

  /** The operator at work. */
  #atWork(): string | undefined {
    return this.#plan.nodes[this.#watch.current]?.label
  }
}

function onlyInLoops(): never {
  throw new Error('add works in the body of a loop only; elsewhere hand an accumulator over')
}

function notBatch(label: string, value: unknown): SchemaError {
  return new SchemaError(
    `${label}: a source must give batches; got ${shown(value)}. Make them with batchOf(records).`,
  )
}
