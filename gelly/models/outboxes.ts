/** What vertices have sent to their neighbours, as `message-loops.ts` writes and reads it. */
import type { Scratch } from '../topology/scratch.js'
import type { DeliveryRows } from './delivery-rows.js'
import type { SentMessages } from './message-lists.js'
import { type EdgeMessages, INPUT, type Outbox } from './message-loops.js'
import type { Mailbox } from './messages.js'

/** What lies in an outbox. */
interface Sent {
  /** Of `Outbox.senders`. */
  readonly senders: number
  readonly messages: number
  /** Senders whose messages differ from edge to edge. */
  readonly edgewise: number
}

const NOTHING: Sent = { senders: 0, messages: 0, edgewise: 0 }

/** See the module's documentation. */
export class Outboxes {
  /** One that is written and one that is read, or one for both. */
  readonly boxes: readonly Outbox[]
  readonly #rows: DeliveryRows
  readonly #scratch: Scratch
  readonly #sent: Sent[]
  #edges: EdgeMessages | undefined
  #writing = 0

  /** @param alternate Whether messages are read while others are written. */
  constructor(rows: DeliveryRows, alternate: boolean, scratch: Scratch) {
    const n = rows.degrees.length
    this.#rows = rows
    this.#scratch = scratch
    this.boxes = Array.from({ length: alternate ? 2 : 1 }, () => ({
      sent: scratch.uint8(n),
      messages: scratch.float64(n),
      senders: scratch.int32(n),
    }))
    this.#sent = this.boxes.map(() => NOTHING)
  }

  /** The number of the one that is written. */
  get writing(): number {
    return this.#writing
  }

  get edges(): EdgeMessages | undefined {
    return this.#edges
  }

  /** Makes room for messages that differ from edge to edge. */
  prepareEdges(): EdgeMessages {
    if (this.#edges !== undefined) return this.#edges
    const places = this.#rows.places()
    const messages = this.boxes.map(() => this.#scratch.float64(this.#rows.placeCount))
    this.#edges = { ...places, messages }
    return this.#edges
  }

  /** Empties the one that is written. */
  clear(): void {
    const { sent, senders } = this.boxes[this.#writing]!
    const { senders: count } = this.#sent[this.#writing]!
    if (count * 8 > sent.length) sent.fill(0)
    else for (let k = 0; k < count; k++) sent[senders[k]!] = 0
    this.#sent[this.#writing] = NOTHING
  }

  /** Empties it after a call that did not come to its end. */
  reset(): void {
    this.boxes[this.#writing]!.sent.fill(0)
    this.#sent[this.#writing] = NOTHING
  }

  /**
   * Notes down what a call has sent: each of its parts has put the senders, so many, at `cuts`.
   *
   * @param sent The sums of all parts.
   */
  written(
    cuts: Int32Array,
    sendersOf: (part: number) => number,
    sent: Omit<Sent, 'senders'>,
  ): void {
    const length = gathered(this.boxes[this.#writing]!.senders, cuts, sendersOf)
    this.#sent[this.#writing] = { ...sent, senders: length }
  }

  /** What was written is read from now on; gives where the loops find it. */
  turn(): number {
    const { senders, messages, edgewise } = this.#sent[this.#writing]!
    if (this.boxes.length > 1) this.#writing = 1 - this.#writing
    if (messages < this.#rows.placeCount) return INPUT.fromSome
    if (edgewise === 0) return INPUT.fromAll
    return edgewise === senders ? INPUT.alongAll : INPUT.fromSome
  }

  /** How many messages can be read. */
  get messages(): number {
    return this.#read.messages
  }

  /** Messages that can be read, in the order in which they were sent. */
  taken(): SentMessages {
    const length = this.messages
    const targets = new Int32Array(length)
    const messages = new Float64Array(length)
    const { offsets, neighbours } = this.#rows.out()
    let at = 0
    this.#eachSender((u, message, along) => {
      for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
        targets[at] = neighbours[k]!
        messages[at++] = along === undefined ? message : along(k)
      }
    })
    return { length, targets, messages }
  }

  /** Sends the messages that can be read to a mailbox, in their order. */
  sendInto(box: Mailbox): void {
    const { offsets, neighbours } = this.#rows.out()
    this.#eachSender((u, message, along) => {
      const [from, to] = [offsets[u]!, offsets[u + 1]!]
      if (along === undefined) box.sendAll(neighbours, from, to, message)
      else for (let k = from; k < to; k++) box.send(neighbours[k]!, along(k))
    })
  }

  /** Senders of what can be read, with their message to all, or what finds the one along an edge. */
  #eachSender(visit: (u: number, message: number, along?: (k: number) => number) => void): void {
    const number = this.#reading
    const { sent, messages, senders } = this.boxes[number]!
    const { senders: count } = this.#read
    const edges = this.#edges
    const along = edges && ((k: number) => edges.messages[number]![edges.written[k]!]!)
    for (let k = 0; k < count; k++) {
      const u = senders[k]!
      if (sent[u] === 1) visit(u, messages[u]!)
      else visit(u, 0, along)
    }
  }

  get #reading(): number {
    return this.boxes.length > 1 ? 1 - this.#writing : 0
  }

  get #read(): Sent {
    return this.#sent[this.#reading]!
  }
}

/** Brings what parts have put at `cuts` together at the beginning of the list; gives the length. */
export function gathered(
  list: Int32Array,
  cuts: Int32Array,
  countOf: (part: number) => number,
): number {
  let length = 0
  for (let part = 0; part < cuts.length - 1; part++) {
    const count = countOf(part)
    list.copyWithin(length, cuts[part]!, cuts[part]! + count)
    length += count
  }
  return length
}
