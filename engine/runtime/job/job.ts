/**
 * Runs a physical plan in this process: makes the operators, reads the sources one after the other
 * (those that joins build tables of first), and pushes their batches through.
 */

import { SchemaError, WieselError } from '../../errors.js'
import { FieldChecks } from '../../functions/field-check.js'
import type { OperatorMetrics } from '../../optimizer/metrics.js'
import type { PhysicalNode, PhysicalPlan } from '../../optimizer/physical.js'
import { operationName } from '../../plan/operation-name.js'
import { RecordBatch } from '../../types/batch.js'
import { shown } from '../../types/column-writer.js'
import { createOperator } from '../create-operator.js'
import type { HandedValues } from '../handed-values.js'
import type { MemoryPool } from '../memory.js'
import type { Operator, OperatorContext, Steps } from '../operator.js'
import { SinkOperator } from '../sink.js'
import type { SpillDirectory } from '../spill/spill.js'
import { aborted } from './aborted.js'
import type { JobResult } from './job-result.js'
import { pause, SLICE_MS } from './pause.js'
import type { Progress } from './progress.js'
import { sourcesInOrder } from './source-order.js'
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
    await job.commit()
    return result
  } catch (error) {
    await job.abort()
    throw job.explained(error)
  } finally {
    await job.close()
  }
}

/** One operator of a running job, and where its output goes. */
interface Station {
  readonly node: PhysicalNode
  readonly operator: Operator | undefined
  readonly consumers: { readonly station: Station; readonly input: number }[]
  /** Positions among the roots of the plan, when its output is wanted itself. */
  readonly roots: readonly number[]
  readonly counters: Map<string, number>
  readonly fields: FieldChecks
  readonly open: boolean[]
  rowsIn: number
  rowsOut: number
  batches: number
}

class Job {
  readonly #options: JobOptions
  readonly #stations: Station[] = []
  readonly #watch: Stopwatch
  readonly #began = performance.now()
  readonly #state = { partition: 0 }
  readonly #plan: PhysicalPlan
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
    for (const node of this.#plan.nodes) this.#addStation(node)
    await this.#countBytes()
    this.#startSlice()
    for (const node of sourcesInOrder(this.#plan.roots)) await this.#read(this.#station(node))
    this.#report(true)
    if (this.#unreported !== undefined) throw this.#unreported.error
    return this.#result()
  }

  /** Puts the results of sinks under their real names. */
  async commit(): Promise<void> {
    for (const sink of this.#sinks()) await sink.commit()
    for (const { operator } of this.#stations) {
      operator?.keep?.()
    }
    this.#options.handed.publish()
  }

  async abort(): Promise<void> {
    for (const sink of this.#sinks()) await sink.abort().catch(() => {})
    this.#report(true)
  }

  async close(): Promise<void> {
    for (const { operator } of this.#stations) await operator?.close?.()
    await this.#options.spill.close()
  }

  /** What a user is told: our own errors as they are, others with the operation that failed. */
  explained(error: unknown): unknown {
    if (error instanceof WieselError) return error
    const { signal } = this.#options
    if (signal?.aborted) return aborted(signal)
    const at = this.#stations[this.#watch.current]
    const message = error instanceof Error ? error.message : String(error)
    return new WieselError(`${at?.node.label ?? 'job'}: ${message}`, { cause: error })
  }

  #addStation(node: PhysicalNode): void {
    const roots = this.#plan.roots.flatMap((root, k) => (root === node ? [k] : []))
    const counters = new Map<string, number>()
    const consumers: Station['consumers'] = []
    const fields = new FieldChecks()
    const output = {
      push: (batch: RecordBatch) => this.#push(station, batch),
      get closed() {
        return isClosed(station)
      },
    }
    const { signal } = this.#options
    const context: OperatorContext = {
      output,
      operation: operationOf(node),
      fields,
      memory: this.#options.memory,
      spill: this.#options.spill,
      codegen: this.#options.codegen,
      parallelism: this.#options.parallelism,
      ...(signal === undefined ? {} : { signal }),
      handed: (values, operation) => this.#context(values, operation ?? operationOf(node)),
      enterPartition: partition => {
        this.#state.partition = partition
      },
      count: (metric, amount) => counters.set(metric, (counters.get(metric) ?? 0) + amount),
    }
    const station: Station = {
      node,
      operator: node.operation.kind === 'source' ? undefined : createOperator(node, context),
      consumers,
      roots: node.operation.kind === 'sink' ? [] : roots,
      counters,
      fields,
      open: node.inputs.map(() => true),
      rowsIn: 0,
      rowsOut: 0,
      batches: 0,
    }
    this.#stations[node.id] = station
    for (const [input, from] of node.inputs.entries()) {
      this.#station(from).consumers.push({ station, input })
    }
  }

  /** What a function gets in its last parameter. */
  #context(
    values: Readonly<Record<string, unknown>>,
    operation: string,
  ): Readonly<Record<string, unknown>> {
    const state = this.#state
    return {
      operation,
      parameters: this.#options.parameters,
      get partition() {
        return state.partition
      },
      ...this.#options.handed.resolve(values),
    }
  }

  async #read(station: Station): Promise<void> {
    const { operation } = station.node
    if (operation.kind !== 'source') return
    const { source, fields } = operation
    const { signal } = this.#options
    const before = this.#bytes
    if (!isClosed(station)) {
      this.#watch.switchTo(station.node.id)
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
        await this.#drive(this.#push(station, batch))
        if (isClosed(station)) break
        this.#watch.switchTo(station.node.id)
      }
      this.#skipped += source.skipped ?? 0
    }
    this.#watch.switchTo(-1)
    await this.#drive(this.#finishConsumers(station))
  }

  /** Hands a batch to everyone who wants the output of `station`. */
  *#push(station: Station, batch: RecordBatch): Steps {
    if (batch.length === 0 && batch.names.length === 0) return
    station.rowsOut += batch.length
    station.batches++
    for (const root of station.roots) {
      const taken = this.#options.onBatch(root, batch)
      if (taken !== undefined) yield taken
    }
    if (batch.length === 0) return
    const before = this.#watch.current
    for (const { station: to, input } of station.consumers) {
      if (!to.open[input] || !wants(to, input)) continue
      this.#watch.switchTo(to.node.id)
      this.#state.partition = batch.partition
      to.rowsIn += batch.length
      yield* to.operator!.process(input, batch)
    }
    this.#watch.switchTo(before)
  }

  /** Tells the consumers of `station` that it is done; those that are done with it tell theirs. */
  *#finishConsumers(station: Station): Steps {
    for (const { station: to, input } of station.consumers) {
      this.#watch.switchTo(to.node.id)
      to.open[input] = false
      const ended = !to.open.includes(true)
      // The records of two inputs may get to functions only when both have ended.
      if (to.open.length === 1) to.fields.check()
      yield* to.operator!.finish(input)
      if (ended) to.fields.check()
      this.#watch.switchTo(-1)
      if (ended) yield* this.#finishConsumers(to)
    }
  }

  /** Takes steps, awaiting what they yield and pausing when a slice of time is over. */
  async #drive(steps: Steps): Promise<void> {
    let step = steps.next()
    while (!step.done) {
      const { value } = step
      if (value === undefined) {
        if (performance.now() >= this.#sliceEnds) {
          await this.#rest(pause())
          this.#checkAbort()
        }
        step = steps.next()
        continue
      }
      try {
        step = steps.next(await this.#rest(value))
      } catch (error) {
        if (step.done) throw error
        step = steps.throw(error)
      }
    }
    if (performance.now() >= this.#sliceEnds) {
      await this.#rest(pause())
      this.#checkAbort()
    }
  }

  /** Awaits without charging the time to an operator. */
  async #rest<T>(promise: Promise<T>): Promise<T> {
    this.#report(false)
    const operator = this.#watch.switchTo(-1)
    try {
      return await promise
    } finally {
      this.#watch.switchTo(operator)
      this.#startSlice()
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
      phase: this.#stations[this.#watch.current]?.node.label ?? (done ? 'done' : 'reading'),
      rows: this.#rowsRead,
      bytes: this.#bytes,
      ...(this.#totalBytes === undefined ? {} : { totalBytes: this.#totalBytes }),
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
    for (const { node } of this.#stations) {
      if (node.operation.kind !== 'source' || this.#totalBytes === undefined) continue
      const { bytes } = await node.operation.source.facts()
      this.#totalBytes = bytes === undefined ? undefined : this.#totalBytes + bytes
    }
  }

  #result(): JobResult {
    const milliseconds = performance.now() - this.#began
    const operators = new Map<number, OperatorMetrics>()
    let spilledBytes = 0
    for (const station of this.#stations) {
      const { id } = station.node
      const spilled = station.counters.get('spilledBytes') ?? 0
      spilledBytes += spilled
      operators.set(id, {
        rowsIn: station.rowsIn,
        rowsOut: station.rowsOut,
        batches: station.batches,
        milliseconds: this.#watch.milliseconds(id),
        spilledBytes: spilled,
        code: station.operator?.code?.() ?? [],
      })
    }
    const peakMemory = this.#options.memory.peak
    const skipped = this.#skipped
    return {
      milliseconds,
      rowsRead: this.#rowsRead,
      rowsWritten: this.#sinks().map(sink => sink.rows),
      skipped,
      spilledBytes,
      peakMemory,
      accumulators: this.#options.handed.results(),
      metrics: { operators, milliseconds, peakMemory, skipped },
    }
  }

  #sinks(): SinkOperator[] {
    const { roots } = this.#plan
    const operators = roots.map(root => this.#stations[root.id]?.operator)
    return operators.filter(operator => operator instanceof SinkOperator)
  }

  #station(node: PhysicalNode): Station {
    return this.#stations[node.id]!
  }
}

/** Whether nobody wants more of what `station` gives. */
function isClosed(station: Station): boolean {
  if (station.roots.length > 0) return false
  return station.consumers.every(({ station: to, input }) => !to.open[input] || !wants(to, input))
}

function wants(station: Station, input: number): boolean {
  const { fields, operator } = station
  // Only further records can tell whether a field exists.
  if (fields.isLacking) return true
  if (operator?.wants !== undefined) return operator.wants(input)
  return station.node.operation.kind === 'sink' || !isClosed(station)
}

function notBatch(label: string, value: unknown): SchemaError {
  return new SchemaError(
    `${label}: a source must give batches; got ${shown(value)}. Make them with batchOf(records).`,
  )
}

/** The operation as errors name it. */
function operationOf(node: PhysicalNode): string {
  const { operation } = node
  return 'node' in operation ? operationName(operation.node) : operation.kind
}
