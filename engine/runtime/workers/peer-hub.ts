import type { RecordBatch } from '../../types/batch.js'
import { type BatchMessage, BatchReader, BatchWriter } from '../exchange/batch-message.js'
import type { Peers } from '../peers.js'
import type { Team } from '../team.js'
import type { PeerPort, ReceiveNow } from './port.js'

/** What workers send to each other. */
type PeerMessage =
  | { readonly kind: 'batch'; readonly exchange: number; readonly batch: BatchMessage }
  | { readonly kind: 'end'; readonly exchange: number }
  | { readonly kind: 'value'; readonly value: unknown }

/** One other worker. */
interface Peer {
  readonly port: PeerPort
  readonly writer: BatchWriter
  readonly reader: BatchReader
  readonly exchanges: Map<number, (RecordBatch | 'end')[]>
  readonly values: unknown[]
}

/** A worker waits this long, in milliseconds, before it lets its event loop turn. */
const SHORT_WAIT_MS = 2

/** What a worker needs to speak with the others. */
export interface PeerOptions {
  readonly worker: number
  /** By worker; none for this one. */
  readonly ports: readonly (PeerPort | undefined)[]
  /** One number for each worker, in shared memory; it changes when something was sent to it. */
  readonly bells: Int32Array
  readonly receiveNow: ReceiveNow | undefined
}

/** One job's connections of one worker with all others. */
export class PeerHub implements Peers, Team {
  readonly worker: number
  readonly workers: number
  readonly #peers: readonly (Peer | undefined)[]
  readonly #bells: Int32Array
  readonly #receiveNow: ReceiveNow | undefined
  #fresh = false
  #wake: (() => void) | undefined
  #failure: { readonly error: unknown } | undefined

  constructor({ worker, ports, bells, receiveNow }: PeerOptions) {
    this.worker = worker
    this.workers = ports.length
    this.#bells = bells
    this.#receiveNow = receiveNow
    this.#peers = ports.map(port => {
      if (port === undefined) return undefined
      const peer: Peer = {
        port,
        writer: new BatchWriter(),
        reader: new BatchReader(),
        exchanges: new Map(),
        values: [],
      }
      port.onmessage = ({ data }) => this.#note(peer, data)
      return peer
    })
  }

  send(to: number, exchange: number, batch: RecordBatch): void {
    this.#post(to, { kind: 'batch', exchange, batch: this.#peers[to]!.writer.write(batch) })
  }

  end(to: number, exchange: number): void {
    this.#post(to, { kind: 'end', exchange })
  }

  take(from: number, exchange: number): RecordBatch | 'end' | undefined {
    const peer = this.#peers[from]!
    const waiting = peer.exchanges.get(exchange)
    if (waiting === undefined || waiting.length === 0) this.#drain(peer)
    return peer.exchanges.get(exchange)?.shift()
  }

  async gather<T>(value: T): Promise<readonly T[]> {
    for (const to of this.#peers.keys()) {
      if (to !== this.worker) this.#post(to, { kind: 'value', value })
    }
    const all: T[] = []
    for (const [from, peer] of this.#peers.entries()) {
      if (peer === undefined) {
        all[from] = value
        continue
      }
      while (peer.values.length === 0) if (!this.#drain(peer)) await this.arrival()
      all[from] = peer.values.shift() as T
    }
    return all
  }

  async arrival(): Promise<void> {
    this.#checkFailure()
    if (this.#fresh || this.#waitShortly()) {
      this.#fresh = false
      return
    }
    await new Promise<void>(resolve => {
      this.#wake = resolve
    })
    this.#wake = undefined
    this.#fresh = false
    this.#checkFailure()
  }

  /** Ends all waiting, now and later. */
  fail(error: unknown): void {
    this.#failure = { error }
    this.#wake?.()
  }

  close(): void {
    for (const peer of this.#peers) peer?.port.close()
  }

  #checkFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }

  /** Waits without letting the event loop turn, which would take longer than most answers. */
  #waitShortly(): boolean {
    if (this.#receiveNow === undefined) return false
    const before = Atomics.load(this.#bells, this.worker)
    if (this.#drainAll()) return true
    Atomics.wait(this.#bells, this.worker, before, SHORT_WAIT_MS)
    return this.#drainAll()
  }

  #drainAll(): boolean {
    let any = false
    for (const peer of this.#peers) if (peer !== undefined && this.#drain(peer)) any = true
    return any
  }

  /** Whether something had come. */
  #drain(peer: Peer): boolean {
    if (this.#receiveNow === undefined) return false
    let any = false
    for (;;) {
      const received = this.#receiveNow(peer.port)
      if (received === undefined) return any
      any = true
      // One exchange may take what another one is about to wait for.
      this.#fresh = true
      this.#take(peer, received.message as PeerMessage)
    }
  }

  #note(peer: Peer, message: PeerMessage): void {
    this.#take(peer, message)
    this.#fresh = true
    this.#wake?.()
  }

  #take(peer: Peer, message: PeerMessage): void {
    if (message.kind === 'value') {
      peer.values.push(message.value)
      return
    }
    const { exchange } = message
    const waiting = peer.exchanges.get(exchange) ?? []
    peer.exchanges.set(exchange, waiting)
    waiting.push(message.kind === 'end' ? 'end' : peer.reader.read(message.batch))
  }

  #post(to: number, message: PeerMessage): void {
    this.#peers[to]!.port.postMessage(message, [])
    Atomics.add(this.#bells, to, 1)
    Atomics.notify(this.#bells, to)
  }
}
