/**
 * The operator of an exchange: sends each record to the worker that it belongs to, and passes on
 * what comes for this one, first all that the first worker sends, then the second one's. So
 * records that come from a worker's part stay in order, and the parts do.
 */
import { assert } from '../../errors.js'
import type { Exchange } from '../../optimizer/physical.js'
import type { RecordBatch } from '../../types/batch.js'
import { BatchBuffer } from '../batch-buffer.js'
import { MemoryPool } from '../memory.js'
import type { Operator, OperatorContext, Steps } from '../operator.js'
import type { Peers } from '../peers.js'
import type { Team } from '../team.js'
import { createRouter } from './router.js'
import type { Router } from './send-parts.js'

/** @param id Tells the exchanges of one plan apart, on every worker alike. */
export function createExchange(id: number, to: Exchange, context: OperatorContext): Operator {
  return new ExchangeOperator(id, to, context)
}

class ExchangeOperator implements Operator {
  readonly #id: number
  readonly #context: OperatorContext
  readonly #team: Team
  readonly #peers: Peers
  readonly #router: Router
  /** What has come from workers whose turn has not come yet. */
  readonly #waiting: readonly BatchBuffer[]
  #ended: boolean[]
  #current = 0

  constructor(id: number, to: Exchange, context: OperatorContext) {
    const { team, peers } = context
    assert(peers !== undefined, () => 'an exchange without workers')
    this.#id = id
    this.#context = context
    this.#team = team
    this.#peers = peers
    this.#router = createRouter(to, context, (receiver, batch) => this.#send(receiver, batch))
    // Memory of its own: how much waits depends on who is faster, what operators do must not.
    const memory = new MemoryPool(Math.ceil(context.memory.budget / 2))
    this.#waiting = Array.from(
      { length: team.workers },
      () => new BatchBuffer({ ...context, memory }),
    )
    this.#ended = this.#waiting.map(() => false)
  }

  /** Other workers may want what comes through here, whatever this one wants. */
  wants(): boolean {
    return true
  }

  *process(_input: number, batch: RecordBatch): Steps {
    yield* this.#router.take(batch)
    yield* this.#receive()
  }

  *finish(): Steps {
    yield* this.#router.finish()
    const { worker, workers } = this.#team
    for (let to = 0; to < workers; to++) if (to !== worker) this.#peers.end(to, this.#id)
    this.#ended[worker] = true
    for (;;) {
      yield* this.#receive()
      if (this.#current === workers) return
      yield this.#peers.arrival()
    }
  }

  restart(): void {
    this.#ended = this.#ended.map(() => false)
    this.#current = 0
  }

  async close(): Promise<void> {
    await this.#router.close()
    for (const buffer of this.#waiting) await buffer.close()
  }

  *#send(to: number, batch: RecordBatch): Steps {
    if (to === this.#team.worker) yield* this.#keep(to, batch)
    else this.#peers.send(to, this.#id, batch)
  }

  *#receive(): Steps {
    const { worker, workers } = this.#team
    for (let from = 0; from < workers; from++) {
      while (from !== worker && !this.#ended[from]) {
        const received = this.#peers.take(from, this.#id)
        if (received === undefined) break
        if (received === 'end') this.#ended[from] = true
        else yield* this.#keep(from, received)
      }
    }
    while (this.#current < workers && this.#ended[this.#current]) {
      this.#current++
      const next = this.#waiting[this.#current]
      if (next === undefined) return
      yield* next.each(batch => this.#context.output.push(batch))
      yield next.close()
    }
  }

  *#keep(from: number, batch: RecordBatch): Steps {
    if (from === this.#current) yield* this.#context.output.push(batch)
    else yield* this.#waiting[from]!.add(batch)
  }
}
