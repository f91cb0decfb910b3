/**
 * Runs a job in workers: deals the sources out, takes results back in the order of the workers, and
 * does what only the calling thread can do: read sources, write sinks, fill caches.
 */
import { SchemaError, WieselError, WorkerError } from '../../errors.js'
import { FieldCheck } from '../../functions/field-check.js'
import type { OperatorMetrics } from '../../optimizer/metrics.js'
import type { PhysicalNode, PhysicalPlan } from '../../optimizer/physical.js'
import type { ReadRequest, Source } from '../../plan/source.js'
import { RecordBatch } from '../../types/batch.js'
import { shown } from '../../types/column-writer.js'
import { clearCheckpoints } from '../checkpoint/loop-checkpoints.js'
import { BatchWriter } from '../exchange/batch-message.js'
import { nameMemories } from '../exchange/memory-names.js'
import { adjoined, sharedBatch } from '../exchange/shared-columns.js'
import { aborted } from '../job/aborted.js'
import type { JobOptions } from '../job/job.js'
import type { JobResult } from '../job/job-result.js'
import { pause, SLICE_MS } from '../job/pause.js'
import type { LoopProgress } from '../job/progress.js'
import { SinkOperator } from '../sink.js'
import { sourcesInOrder } from '../source-order.js'
import { takeSteps } from '../steps.js'
import { dealer, partOfSequence, sourceOfNode } from './deal.js'
import { errorOf } from './error-message.js'
import { mergedMetrics } from './merged-metrics.js'
import type { FromWorker, PartResult } from './messages.js'
import { PartResults } from './part-results.js'
import type { TravelingPlan } from './plan-message.js'
import { giveBack, takeWorkers } from './pool.js'
import type { WorkerHandle } from './worker-handle.js'

/** What a job in workers needs beside what every job needs. */
export interface ParallelOptions extends JobOptions {
  readonly workers: number
  readonly tempDirectory: string | undefined
}

/** Workers that were told to stop have so long, in milliseconds, before they are ended. */
const PATIENCE_MS = 2000

let nextJob = 1

/** Runs the plan to its end. */
export async function runParallelJob(
  plan: PhysicalPlan,
  traveling: TravelingPlan,
  options: ParallelOptions,
): Promise<JobResult> {
  const workers = await takeWorkers(options.workers)
  const job = new ParallelJob(plan, traveling, options, workers)
  try {
    const result = await job.run()
    await job.commit()
    return result
  } catch (error) {
    await job.abort()
    throw job.explained(error)
  } finally {
    giveBack(workers)
    await options.spill.close()
  }
}

class ParallelJob {
  readonly #plan: PhysicalPlan
  readonly #traveling: TravelingPlan
  readonly #options: ParallelOptions
  readonly #workers: readonly WorkerHandle[]
  readonly #id = nextJob++
  readonly #began = performance.now()
  readonly #parts: readonly PartResults[]
  readonly #sinks = new Map<PhysicalNode, SinkOperator>()
  readonly #cached = new Map<PhysicalNode, RecordBatch[]>()
  #ended = false
  #skipped = 0
  #rowsDealt = 0
  #bytes = 0
  #phase = 'starting'
  #loop: LoopProgress | undefined
  #reportedAt = 0
  #stopped: { readonly error: unknown } | undefined

  constructor(
    plan: PhysicalPlan,
    traveling: TravelingPlan,
    options: ParallelOptions,
    workers: readonly WorkerHandle[],
  ) {
    this.#plan = plan
    this.#traveling = traveling
    this.#options = options
    this.#workers = workers
    this.#parts = workers.map(() => new PartResults(traveling.accumulators))
    for (const root of plan.roots) {
      const { operation } = root
      if (operation.kind === 'sink') this.#sinks.set(root, new SinkOperator(operation.node.sink))
    }
    for (const cache of traveling.caches) this.#cached.set(cache, [])
  }

  async run(): Promise<JobResult> {
    const { signal } = this.#options
    const stop = () => this.#stop(aborted(signal!))
    signal?.addEventListener('abort', stop)
    try {
      if (signal?.aborted) throw aborted(signal)
      this.#start()
      const feeding = this.#feed().catch(error => this.#stop(error))
      for (const part of this.#parts) {
        for await (const { root, batch } of part.batches()) {
          await this.#deliver(root, batch)
          this.#checkStopped()
        }
      }
      await feeding
      this.#checkStopped()
      for (const sink of this.#sinks.values()) await takeSteps(sink.finish())
      this.#ended = true
      const results = this.#parts.map(part => part.result!)
      checkFields(results)
      this.#report(true)
      this.#checkStopped()
      return this.#result(results)
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  async commit(): Promise<void> {
    this.#options.onCommit?.()
    for (const sink of this.#sinks.values()) await sink.commit()
    for (const [{ operation }, batches] of this.#cached) {
      if (operation.kind === 'cache') operation.node.store.batches = batches
    }
    for (const fingerprint of this.#options.fingerprints.values()) {
      await clearCheckpoints(fingerprint, this.#workers.length)
    }
    for (const [k, given] of this.#traveling.accumulators.entries()) {
      given.reset()
      for (const part of this.#parts) given.merge(part.accumulators[k]!)
    }
  }

  async abort(): Promise<void> {
    await this.#cancel()
    for (const sink of this.#sinks.values()) await sink.abort().catch(() => {})
    this.#report(!this.#options.mayRepeat())
  }

  explained(error: unknown): unknown {
    if (error instanceof WieselError) return error
    const { signal } = this.#options
    if (signal?.aborted) return aborted(signal)
    const message = error instanceof Error ? error.message : String(error)
    return new WieselError(message, { cause: error })
  }

  #start(): void {
    const { memory, codegen, parallelism, parameters, tempDirectory } = this.#options
    const workers = this.#workers.length
    const ports = portsBetween(workers)
    const bells = new Int32Array(new SharedArrayBuffer(4 * workers))
    for (const [worker, handle] of this.#workers.entries()) {
      handle.listener = {
        message: message => this.#take(worker, message),
        dead: error => this.#stop(workerError(error, this.#phase)),
      }
      const sequences = new Map()
      for (const node of this.#plan.main) {
        const sequence = sourceOfNode(node)?.sequence
        if (sequence !== undefined) {
          sequences.set(node.id, partOfSequence(sequence, worker, workers))
        }
      }
      const own = ports[worker]!
      const transfer = own.filter(port => port !== undefined)
      handle.post(
        {
          kind: 'job',
          job: this.#id,
          worker,
          ports: own as never,
          bells,
          plan: this.#traveling.message,
          sequences,
          memory: Math.max(1, Math.floor(memory.budget / workers)),
          codegen,
          parallelism,
          parameters,
          tempDirectory,
          fingerprints: this.#options.fingerprints,
        },
        transfer,
      )
    }
  }

  /** Reads the sources, and sends each worker its piece. */
  async #feed(): Promise<void> {
    const { signal } = this.#options
    const writers = this.#workers.map(() => new BatchWriter())
    let sliceEnds = performance.now() + SLICE_MS
    for (const node of sourcesInOrder(this.#plan.roots)) {
      const { operation } = node
      if (operation.kind !== 'source' || operation.source.sequence !== undefined) continue
      const { source, fields } = operation
      const before = this.#bytes
      const deal = await dealer(source, this.#workers.length)
      const request = {
        ...(fields === undefined ? {} : { fields }),
        ...(signal === undefined ? {} : { signal }),
        anyLength: true,
        onBytes: (bytes: number) => {
          this.#bytes = before + bytes
        },
      }
      for await (const batch of batchesOf(source, request)) {
        if (this.#stopped !== undefined) return
        this.#rowsDealt += batch.length
        for (const { worker, batch: piece } of deal(batch, this.#bytes - before)) {
          const batch = writers[worker]!.write(piece)
          const memories = nameMemories(piece)
          this.#workers[worker]!.post({
            kind: 'source',
            job: this.#id,
            source: node.id,
            batch,
            memories,
          })
        }
        this.#report(false)
        if (performance.now() >= sliceEnds) {
          await pause()
          sliceEnds = performance.now() + SLICE_MS
        }
      }
      this.#skipped += source.skipped ?? 0
      for (const worker of this.#workers) {
        worker.post({ kind: 'source', job: this.#id, source: node.id })
      }
    }
  }

  #take(worker: number, message: FromWorker): void {
    if (message.job !== this.#id) return
    const part = this.#parts[worker]!
    switch (message.kind) {
      case 'batch':
        part.add(message.root, message.batch)
        break
      case 'added':
        for (const value of message.values) part.accumulators[message.accumulator]!.add(value)
        break
      case 'progress':
        this.#phase = message.phase
        if (message.loop !== undefined) this.#loop = message.loop
        this.#report(false)
        break
      case 'done':
        part.end(message.result)
        break
      case 'failed':
        part.end(undefined)
        this.#stop(errorOf(message.error))
        break
    }
  }

  async #deliver(root: number, batch: RecordBatch): Promise<void> {
    const node = this.#plan.roots[root]
    if (node === undefined) {
      const cache = this.#traveling.caches[root - this.#plan.roots.length]!
      this.#cached.get(cache)!.push(batch)
      return
    }
    const sink = this.#sinks.get(node)
    if (sink === undefined) await this.#options.onBatch(root, batch)
    else if (batch.length > 0) await takeSteps(sink.process(0, batch))
  }

  #checkStopped(): void {
    if (this.#stopped !== undefined) throw this.#stopped.error
  }

  /** Ends the job; the first error is the one that counts. */
  #stop(error: unknown): void {
    if (this.#ended || this.#stopped !== undefined) return
    this.#stopped = { error }
    for (const part of this.#parts) part.stop()
  }

  /** Tells all workers to stop, and ends those that do not. */
  async #cancel(): Promise<void> {
    const running = [...this.#workers.entries()].filter(
      ([k, worker]) => !this.#parts[k]!.isOver && !worker.isDead,
    )
    for (const [, worker] of running) worker.post({ kind: 'cancel', job: this.#id })
    const all = Promise.all(running.map(([k]) => this.#parts[k]!.over))
    let timer: ReturnType<typeof setTimeout> | undefined
    await Promise.race([
      all,
      new Promise(resolve => {
        timer = setTimeout(resolve, PATIENCE_MS)
      }),
    ])
    clearTimeout(timer)
    for (const [k, worker] of running) if (!this.#parts[k]!.isOver) worker.terminate()
  }

  #report(done: boolean): void {
    const { onProgress } = this.#options
    const now = performance.now()
    if (onProgress === undefined || (!done && now < this.#reportedAt + 100)) return
    this.#reportedAt = now
    const phase = done ? 'done' : this.#phase
    const milliseconds = now - this.#began
    const { attempt } = this.#options
    try {
      const loop = this.#loop === undefined ? {} : { loop: this.#loop }
      onProgress({
        phase,
        rows: this.#rowsDealt,
        bytes: this.#bytes,
        attempt,
        ...loop,
        milliseconds,
        done,
      })
    } catch (error) {
      if (done && this.#ended) this.#stopped ??= { error }
      else this.#stop(error)
    }
  }

  #result(results: readonly PartResult[]): JobResult {
    const milliseconds = performance.now() - this.#began
    const operators: ReadonlyMap<number, OperatorMetrics> = mergedMetrics(results)
    const peakMemory = results.reduce((sum, result) => sum + result.peakMemory, 0)
    let spilledBytes = 0
    for (const metrics of operators.values()) spilledBytes += metrics.spilledBytes
    const rowsRead = results.reduce((sum, result) => sum + result.rowsRead, 0)
    return {
      milliseconds,
      rowsRead,
      rowsWritten: this.#plan.roots.flatMap(root => this.#sinks.get(root)?.rows ?? []),
      skipped: this.#skipped,
      spilledBytes,
      peakMemory,
      accumulators: this.#accumulated(),
      iterations: results[0]!.iterations,
      attempts: this.#options.attempt,
      metrics: { operators, milliseconds, peakMemory, skipped: this.#skipped },
    }
  }

  #accumulated(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      this.#traveling.accumulators.map((given, k) => {
        const all = given.fresh()
        for (const part of this.#parts) all.merge(part.accumulators[k]!)
        return [this.#traveling.names[k]!, all.value]
      }),
    )
  }
}

/** The batches of a source; of one that is in memory as few as possible, in shared memory. */
async function* batchesOf(source: Source, request: ReadRequest): AsyncGenerator<RecordBatch> {
  const kept: RecordBatch[] = []
  for await (const batch of source.read(request)) {
    if (!(batch instanceof RecordBatch)) throw notBatch(source.label, batch)
    if (source.stable === true) kept.push(sharedBatch(batch))
    else yield batch
  }
  yield* adjoined(kept)
}

/** For each worker a port to every other one. */
function portsBetween(workers: number): (MessagePort | undefined)[][] {
  const ports: (MessagePort | undefined)[][] = Array.from({ length: workers }, () =>
    Array.from({ length: workers }, () => undefined),
  )
  for (let a = 0; a < workers; a++) {
    for (let b = a + 1; b < workers; b++) {
      const { port1, port2 } = new MessageChannel()
      ports[a]![b] = port1
      ports[b]![a] = port2
    }
  }
  return ports
}

/** Throws when a field that was asked for is one that no worker has seen. */
function checkFields(results: readonly PartResult[]): void {
  const checks = new Map<string, { seen: boolean; lacking: unknown[]; check: FieldCheck }>()
  for (const { fields } of results) {
    for (const { node, reports } of fields) {
      for (const [k, { operation, names, unseen, lacking }] of reports.entries()) {
        for (const name of names) {
          const key = `${node} ${k} ${name}`
          const known = checks.get(key) ?? {
            seen: false,
            lacking: [],
            check: new FieldCheck(operation, [name]),
          }
          checks.set(key, known)
          if (!unseen.includes(name)) known.seen = true
          known.lacking.push(...lacking.filter(of => of.name === name).flatMap(of => of.records))
        }
      }
    }
  }
  for (const { seen, lacking, check } of checks.values()) {
    if (seen || lacking.length === 0) continue
    for (const record of lacking) check.look(record)
    check.check()
  }
}

function workerError(error: unknown, phase: string): WorkerError {
  const message = error instanceof Error ? error.message : String(error)
  return new WorkerError(
    `${phase}: a worker has died: ${message}. Run with parallelism 1, or with less data per worker, to see whether memory was the reason.`,
    { cause: error },
  )
}

function notBatch(label: string, value: unknown): SchemaError {
  return new SchemaError(
    `${label}: a source must give batches; got ${shown(value)}. Make them with batchOf(records).`,
  )
}
