/** A worker's part of a job: runs the plan over what it is sent, and sends back what comes out. */
import { FieldChecks } from '../../functions/field-check.js'
import type { PhysicalNode } from '../../optimizer/physical.js'
import type { Source } from '../../plan/source.js'
import { BATCH_SIZE, type RecordBatch } from '../../types/batch.js'
import { sequenceBatches } from '../../types/sequence-batches.js'
import { BatchReader, BatchWriter } from '../exchange/batch-message.js'
import { keepMemories } from '../exchange/memory-names.js'
import { HandedValues } from '../handed-values.js'
import { runJob } from '../job/job.js'
import type { ToMember } from '../kernels/team-messages.js'
import { MemoryPool } from '../memory.js'
import { createSpillDirectory } from '../spill/spill-files.js'
import { errorMessage } from './error-message.js'
import type { FromWorker, JobMessage, PartResult, ToWorker } from './messages.js'
import { PeerHub } from './peer-hub.js'
import { planOf } from './plan-message.js'
import type { Port, ReceiveNow } from './port.js'
import { SentAccumulator } from './sent-accumulator.js'

/**
 * Records that operators get at a time. More than elsewhere: what is called once a batch then stays
 * too cool to be compiled, and compilers have no core of their own here (measured: 70 instead of
 * 200 ms of their time in a job of half a second).
 */
const PIECE = 4 * BATCH_SIZE

/** See the module's documentation. */
export class WorkerPart {
  readonly #message: JobMessage
  readonly #port: Port
  readonly #hub: PeerHub
  readonly #abort = new AbortController()
  readonly #feeds = new Map<number, Feed>()
  readonly #reader = new BatchReader()

  /** @param receiveNow Takes messages from ports at once, where that is possible. */
  constructor(message: JobMessage, port: Port, receiveNow: ReceiveNow | undefined) {
    const { worker, ports, bells } = message
    this.#message = message
    this.#port = port
    this.#hub = new PeerHub({ worker, ports, bells, receiveNow })
  }

  /** Takes what comes for this job while it runs. */
  take(message: Exclude<ToWorker, JobMessage | ToMember>): void {
    if (message.kind === 'cancel') {
      this.#abort.abort()
      this.#hub.fail(new Error('the job was cancelled'))
      for (const feed of this.#feeds.values()) feed.end()
      return
    }
    const feed = this.#feedOf(message.source)
    if (message.batch === undefined) feed.end()
    else {
      const batch = this.#reader.read(message.batch)
      keepMemories(batch, message.memories ?? [])
      feed.add(batch)
    }
  }

  /** Runs to the end, and says how it went. */
  async run(): Promise<void> {
    try {
      this.#send({ kind: 'done', result: await this.#run() })
    } catch (error) {
      this.#send({ kind: 'failed', error: errorMessage(error) })
    } finally {
      this.#hub.close()
    }
  }

  async #run(): Promise<PartResult> {
    const { memory, codegen, parallelism, parameters, tempDirectory } = this.#message
    const writer = new BatchWriter()
    const checks: (readonly [PhysicalNode, FieldChecks])[] = []
    const accumulators: SentAccumulator[] = []
    const plan = planOf(this.#message.plan, {
      source: (node, label) => this.#source(node, label),
      accumulator: index => {
        const accumulator = new SentAccumulator(values =>
          this.#send({ kind: 'added', accumulator: index, values }),
        )
        accumulators.push(accumulator)
        return accumulator
      },
    })
    const { metrics, rowsRead, iterations } = await runJob(plan, {
      memory: new MemoryPool(memory),
      codegen,
      parallelism,
      spill: createSpillDirectory(tempDirectory),
      parameters,
      handed: new SentValues(),
      fingerprints: this.#message.fingerprints,
      attempt: 1,
      mayRepeat: () => true,
      team: this.#hub,
      peers: this.#hub,
      createChecks: node => {
        const created = new LaterChecks()
        checks.push([node, created])
        return created
      },
      signal: this.#abort.signal,
      onProgress: ({ phase, loop }) => {
        const told = loop !== undefined && this.#message.worker === 0
        this.#send({ kind: 'progress', phase, ...(told && { loop }) })
      },
      onBatch: (root, batch) => {
        this.#send({ kind: 'batch', root, batch: writer.write(batch) })
      },
    })
    for (const accumulator of accumulators) accumulator.flush()
    const fields = checks.map(([{ id }, created]) => ({ node: id, reports: created.report() }))
    const told = this.#message.worker === 0 ? iterations : []
    return {
      rowsRead,
      iterations: told,
      operators: metrics.operators,
      peakMemory: metrics.peakMemory,
      fields,
    }
  }

  #source(node: number, label: string): Source {
    const sequence = this.#message.sequences.get(node)
    return {
      label,
      facts: async () => ({}),
      read: () => (sequence === undefined ? this.#feedOf(node).read() : sequenceBatches(sequence)),
    }
  }

  #feedOf(source: number): Feed {
    const feed = this.#feeds.get(source) ?? new Feed()
    this.#feeds.set(source, feed)
    return feed
  }

  #send(message: DistributiveOmit<FromWorker, 'job'>): void {
    this.#port.postMessage({ job: this.#message.job, ...message }, [])
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** The calling thread has the results. */
class SentValues extends HandedValues {
  override results(): Readonly<Record<string, unknown>> {
    return {}
  }

  override publish(): void {}
}

/** Leaves it to the calling thread to say which fields no worker has seen. */
class LaterChecks extends FieldChecks {
  override check(): void {}
}

/** The batches of a source as they come. */
class Feed {
  readonly #batches: RecordBatch[] = []
  #ended = false
  #wake: (() => void) | undefined

  add(batch: RecordBatch): void {
    this.#batches.push(batch)
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  async *read(): AsyncGenerator<RecordBatch> {
    for (;;) {
      const batch = this.#batches.shift()
      if (batch !== undefined) yield* pieces(batch)
      else if (this.#ended) return
      else {
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
      }
    }
  }
}

/** A batch may be all that a worker gets; operators want less at a time. */
function* pieces(batch: RecordBatch): Generator<RecordBatch> {
  for (let start = 0; start < batch.length; start += PIECE) {
    yield batch.slice(start, Math.min(start + PIECE, batch.length))
  }
}
