/** A mailbox with one message per vertex and side, as a template: see `ownCopy`. */
import type { Mailbox, MailboxParts, Messages } from './messages.js'

/** The side that is read and the one that is written change places. */
export function combinedMailbox({ vertexCount, combine, cells }: MailboxParts): Mailbox {
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
