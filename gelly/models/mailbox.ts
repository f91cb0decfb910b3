/**
 * Messages from one half of a superstep to the next: what is sent now can be read after `turn`.
 *
 * With a combiner each vertex has at most one message, which lies at its position. Without, all
 * messages lie in the order in which they were sent, and are sorted by vertex when they are turned
 * over. Either way a turn costs what the messages and their receivers cost, not the whole graph.
 */
import { ownCopy } from '../../engine/extend.js'
import type { Cells } from './cells.js'

/** The messages that a vertex got. */
export interface Messages<M> extends Iterable<M> {
  /** How many there are; with a combiner at most one. */
  readonly count: number
  readonly isEmpty: boolean
  /** The first that was sent, or `otherwise` when there is none. */
  first<D>(otherwise: D): M | D
  /** The sum of all messages, which must be numbers, and of `start`. Default 0. */
  sum(start?: number): number
  /** The least of all messages, which must be numbers, and of `start`. Default `Infinity`. */
  min(start?: number): number
  /** The greatest of all messages, which must be numbers, and of `start`. Default `-Infinity`. */
  max(start?: number): number
  /** All messages folded into `start`, in the order in which they were sent. */
  reduce<R>(fold: (result: R, message: M) => R, start: R): R
  /** All messages, in the order in which they were sent. */
  toArray(): M[]
}

/** See the module's documentation. */
export interface Mailbox {
  /** Messages sent since the last turn. */
  readonly sent: number
  send(target: number, message: unknown): void
  /** Sends one message to each of `targets` from place `from` up to `to`. */
  sendAll(targets: Int32Array, from: number, to: number, message: unknown): void
  /** Makes what was sent readable; gives the vertices that got something, ascending. */
  turn(): Int32Array
  /** Whether a vertex got something before the last turn. */
  has(vertex: number): boolean
  /** The messages of a vertex, until it is asked for those of another one. */
  of(vertex: number): Messages<unknown>
  /** What was sent before the last turn: receivers and messages, in the order of sending. */
  contents(): { readonly targets: Int32Array; readonly get: (k: number) => unknown }
}

interface MailboxParts {
  readonly vertexCount: number
  readonly combine: ((a: unknown, b: unknown) => unknown) | undefined
  readonly cells: (length: number) => Cells<unknown>
}

/**
 * An empty mailbox, compiled for one program.
 *
 * @param cells Makes room for messages.
 */
export function mailbox(parts: MailboxParts): Mailbox {
  const combine = parts.combine && ownCopy(parts.combine)
  return combine === undefined
    ? ownCopy(listTemplate)(parts)
    : ownCopy(combinedTemplate)({ ...parts, combine })
}

/** One message per vertex and side; the side that is read and the one that is written change places. */
function combinedTemplate({ vertexCount, combine, cells }: MailboxParts): Mailbox {
  const fold = combine!
  // Which side a vertex's message is read from is a matter of `base`: 0 or `vertexCount`.
  const box = cells(2 * vertexCount)
  const filled = new Uint8Array(2 * vertexCount)
  let writing = 0
  let reading = vertexCount
  let targets = new Int32Array(vertexCount)
  let received = new Int32Array(vertexCount)
  let count = 0
  let receivedCount = 0
  let sent = 0
  class Received implements Messages<unknown> {
    place = 0
    get isEmpty() {
      return filled[this.place] === 0
    }
    get count() {
      return filled[this.place]!
    }
    first(otherwise: unknown) {
      return filled[this.place] === 0 ? otherwise : box.get(this.place)
    }
    sum(start = 0) {
      return filled[this.place] === 0 ? start : start + (box.get(this.place) as number)
    }
    min(start = Number.POSITIVE_INFINITY) {
      return filled[this.place] === 0 ? start : Math.min(start, box.get(this.place) as number)
    }
    max(start = Number.NEGATIVE_INFINITY) {
      return filled[this.place] === 0 ? start : Math.max(start, box.get(this.place) as number)
    }
    reduce<R>(fold: (result: R, message: unknown) => R, start: R) {
      return filled[this.place] === 0 ? start : fold(start, box.get(this.place))
    }
    toArray() {
      return filled[this.place] === 0 ? [] : [box.get(this.place)]
    }
    [Symbol.iterator]() {
      return this.toArray()[Symbol.iterator]()
    }
  }
  const messages = new Received()
  const send = (target: number, message: unknown): void => {
    const place = writing + target
    if (filled[place] === 1) box.set(place, fold(box.get(place), message))
    else {
      filled[place] = 1
      box.set(place, message)
      targets[count++] = target
    }
    sent++
  }
  return {
    get sent() {
      return sent
    },
    send,
    sendAll(list, from, to, message) {
      const flat = box.numbers()
      let k = from
      if (flat !== undefined && typeof message === 'number') {
        // The same as `send`, with everything in locals: most of the time of a program goes by here.
        const base = writing
        const first = targets
        let length = count
        for (; k < to; k++) {
          const target = list[k]!
          const place = base + target
          if (filled[place] === 1) {
            const both = fold(flat[place], message)
            // The rest goes where other values may be.
            if (typeof both !== 'number') break
            flat[place] = both
          } else {
            filled[place] = 1
            flat[place] = message
            first[length++] = target
          }
        }
        count = length
        sent += k - from
      }
      for (; k < to; k++) send(list[k]!, message)
    },
    turn() {
      for (let k = 0; k < receivedCount; k++) filled[reading + received[k]!] = 0
      const before = reading
      reading = writing
      writing = before
      const spare = received
      received = targets
      targets = spare
      receivedCount = count
      count = 0
      sent = 0
      const list = received.subarray(0, receivedCount)
      if (receivedCount * 8 < vertexCount) return list.sort()
      let length = 0
      for (let v = 0; v < vertexCount; v++) if (filled[reading + v] === 1) list[length++] = v
      return list
    },
    has: vertex => filled[reading + vertex] === 1,
    of(vertex) {
      messages.place = reading + vertex
      return messages
    },
    contents() {
      const list = received.slice(0, receivedCount)
      return { targets: list, get: k => box.get(reading + list[k]!) }
    },
  }
}

/** All messages one behind the other. */
function listTemplate({ vertexCount, cells }: MailboxParts): Mailbox {
  let writing = cells(16)
  let reading = cells(16)
  let targets = new Int32Array(16)
  let readTargets = new Int32Array(0)
  let sent = 0
  /** By vertex: messages sent to it, and where those that can be read begin and end. */
  const counts = new Int32Array(vertexCount)
  const starts = new Int32Array(vertexCount)
  const ends = new Int32Array(vertexCount)
  let receivers = new Int32Array(vertexCount)
  let received = new Int32Array(vertexCount)
  let receiverCount = 0
  let receivedCount = 0
  /** The places of messages, by receiver. */
  let order = new Int32Array(16)
  class Received implements Messages<unknown> {
    from = 0
    to = 0
    get isEmpty() {
      return this.from === this.to
    }
    get count() {
      return this.to - this.from
    }
    first(otherwise: unknown) {
      return this.from === this.to ? otherwise : reading.get(order[this.from]!)
    }
    sum(start = 0) {
      let sum = start
      for (let k = this.from; k < this.to; k++) sum += reading.get(order[k]!) as number
      return sum
    }
    min(start = Number.POSITIVE_INFINITY) {
      let least = start
      for (let k = this.from; k < this.to; k++) {
        least = Math.min(least, reading.get(order[k]!) as number)
      }
      return least
    }
    max(start = Number.NEGATIVE_INFINITY) {
      let most = start
      for (let k = this.from; k < this.to; k++) {
        most = Math.max(most, reading.get(order[k]!) as number)
      }
      return most
    }
    reduce<R>(fold: (result: R, message: unknown) => R, start: R) {
      let result = start
      for (let k = this.from; k < this.to; k++) result = fold(result, reading.get(order[k]!))
      return result
    }
    toArray() {
      const all: unknown[] = []
      for (let k = this.from; k < this.to; k++) all.push(reading.get(order[k]!))
      return all
    }
    [Symbol.iterator]() {
      return this.toArray()[Symbol.iterator]()
    }
  }
  const messages = new Received()
  const reserve = (length: number): void => {
    const grown = new Int32Array(Math.max(length, 2 * targets.length))
    grown.set(targets)
    targets = grown
    writing.reserve(grown.length)
  }
  return {
    get sent() {
      return sent
    },
    send(target, message) {
      if (sent === targets.length) reserve(sent + 1)
      targets[sent] = target
      writing.set(sent, message)
      sent++
      if (counts[target]!++ === 0) receivers[receiverCount++] = target
    },
    sendAll(list, from, to, message) {
      if (sent + to - from > targets.length) reserve(sent + to - from)
      const receiving = targets
      let length = receiverCount
      let place = sent
      for (let k = from; k < to; k++) {
        const target = list[k]!
        receiving[place] = target
        writing.set(place++, message)
        if (counts[target]!++ === 0) receivers[length++] = target
      }
      receiverCount = length
      sent = place
    },
    turn() {
      for (let k = 0; k < receivedCount; k++) ends[received[k]!] = starts[received[k]!] = 0
      const spareCells = reading
      reading = writing
      writing = spareCells
      const spare = received
      received = receivers
      receivers = spare
      receivedCount = receiverCount
      receiverCount = 0
      const list = received.subarray(0, receivedCount)
      if (receivedCount * 8 < vertexCount) list.sort()
      else {
        let length = 0
        for (let v = 0; v < vertexCount; v++) if (counts[v]! > 0) list[length++] = v
      }
      let start = 0
      for (let k = 0; k < receivedCount; k++) {
        const v = list[k]!
        starts[v] = ends[v] = start
        start += counts[v]!
        counts[v] = 0
      }
      // Both sides have the same room.
      writing.reserve(targets.length)
      if (order.length < sent) order = new Int32Array(targets.length)
      for (let k = 0; k < sent; k++) order[ends[targets[k]!]!++] = k
      readTargets = targets.slice(0, sent)
      sent = 0
      return list
    },
    has: vertex => ends[vertex]! > starts[vertex]!,
    of(vertex) {
      messages.from = starts[vertex]!
      messages.to = ends[vertex]!
      return messages
    },
    contents: () => ({ targets: readTargets, get: k => reading.get(k) }),
  }
}
