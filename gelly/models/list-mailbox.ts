/** A mailbox with all messages one behind the other, as a template: see `ownCopy`. */
import type { Mailbox, MailboxParts, Messages } from './messages.js'

/**
 * What is sent is noted down in runs: one number to many targets, or messages each with its own one.
 * Turned over, messages are sorted by receiver, by counting: numbers themselves, others by their
 * places. Most of the time goes into moving numbers to and from memory, so they are moved once.
 */
export function listMailbox({ vertexCount, cells }: MailboxParts): Mailbox {
  // Runs: targets are those of `lists[runList[r]]` from `runFrom[r]` to `runTo[r]`; the first of the
  // lists are `targets`, each of which has its own message in `writing`.
  let targets = new Int32Array(16)
  let targetCount = 0
  const lists = [targets]
  let runList = new Int32Array(16)
  let runFrom = new Int32Array(16)
  let runTo = new Int32Array(16)
  let runMessage = new Float64Array(16)
  let runCount = 0
  let writing = cells(16)
  let reading = cells(16)
  /** Whether there has been a message that is no number. */
  let mixed = false
  let sent = 0
  /** By vertex: where messages that can be read begin and end. */
  const starts = new Int32Array(vertexCount)
  const ends = new Int32Array(vertexCount)
  const received = new Int32Array(vertexCount)
  let receivedCount = 0
  /** Numbers by receiver; `undefined` where something else can be read. */
  let numbers: Float64Array | undefined
  let numbersRoom = new Float64Array(0)
  /** The places of other messages, by receiver, and who got them, by place. */
  let order = new Int32Array(16)
  let readTargets = new Int32Array(0)
  const at = (k: number): unknown => (numbers === undefined ? reading.get(order[k]!) : numbers[k])
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
      return this.from === this.to ? otherwise : at(this.from)
    }
    sum(start = 0) {
      let sum = start
      for (let k = this.from; k < this.to; k++) sum += at(k) as number
      return sum
    }
    min(start = Number.POSITIVE_INFINITY) {
      let least = start
      for (let k = this.from; k < this.to; k++) {
        least = Math.min(least, at(k) as number)
      }
      return least
    }
    max(start = Number.NEGATIVE_INFINITY) {
      let most = start
      for (let k = this.from; k < this.to; k++) {
        most = Math.max(most, at(k) as number)
      }
      return most
    }
    reduce<R>(fold: (result: R, message: unknown) => R, start: R) {
      let result = start
      for (let k = this.from; k < this.to; k++) result = fold(result, at(k))
      return result
    }
    toArray() {
      const all: unknown[] = []
      for (let k = this.from; k < this.to; k++) all.push(at(k))
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
    lists[0] = targets = grown
    writing.reserve(grown.length)
  }
  const addRun = (list: number, from: number, to: number, message: number): void => {
    if (runCount === runList.length) {
      const [oldList, oldFrom, oldTo, oldMessage] = [runList, runFrom, runTo, runMessage]
      runList = new Int32Array(2 * runCount)
      runFrom = new Int32Array(2 * runCount)
      runTo = new Int32Array(2 * runCount)
      runMessage = new Float64Array(2 * runCount)
      runList.set(oldList)
      runFrom.set(oldFrom)
      runTo.set(oldTo)
      runMessage.set(oldMessage)
    }
    runList[runCount] = list
    runFrom[runCount] = from
    runTo[runCount] = to
    runMessage[runCount++] = message
  }
  /** Makes a message with its own target of the last one. */
  const extendOwn = (): void => {
    const last = runCount - 1
    if (last >= 0 && runList[last] === 0) runTo[last] = targetCount
    else addRun(0, targetCount - 1, targetCount, 0)
  }
  const send = (target: number, message: unknown): void => {
    if (typeof message !== 'number' && !mixed) {
      mixed = true
      spread()
    }
    if (targetCount === targets.length) reserve(targetCount + 1)
    targets[targetCount] = target
    writing.set(targetCount++, message)
    extendOwn()
    sent++
  }
  /** Gives each message its own target, so that others can stand between them. */
  const spread = (): void => {
    const [oldTargets, old, runs] = [targets, writing, runCount]
    const [listOf, fromOf, toOf, messageOf] = [runList, runFrom, runTo, runMessage]
    ;[runList, runFrom, runTo] = [listOf.slice(), fromOf.slice(), toOf.slice()]
    runMessage = messageOf.slice()
    ;[targets, targetCount, runCount, sent] = [new Int32Array(Math.max(sent, 16)), 0, 0, 0]
    lists[0] = targets
    writing = cells(targets.length)
    reading.reserve(targets.length)
    for (let r = 0; r < runs; r++) {
      const own = listOf[r] === 0
      const list = own ? oldTargets : lists[listOf[r]!]!
      for (let k = fromOf[r]!; k < toOf[r]!; k++) send(list[k]!, own ? old.get(k) : messageOf[r])
    }
  }
  /** Counts messages by receiver in `ends`; the receivers go into `received`. */
  const count = (): void => {
    let length = 0
    for (let r = 0; r < runCount; r++) {
      const list = lists[runList[r]!]!
      const to = runTo[r]!
      for (let k = runFrom[r]!; k < to; k++) {
        const v = list[k]!
        if (ends[v]!++ === 0) received[length++] = v
      }
    }
    receivedCount = length
  }
  /** Puts numbers in the order of their receivers. */
  const sortNumbers = (own: Float64Array): void => {
    if (numbersRoom.length < sent) numbersRoom = new Float64Array(sent)
    const sorted = numbersRoom
    numbers = sorted
    for (let r = 0; r < runCount; r++) {
      const list = lists[runList[r]!]!
      const isOwn = runList[r] === 0
      const message = runMessage[r]!
      for (let k = runFrom[r]!; k < runTo[r]!; k++) {
        sorted[ends[list[k]!]!++] = isOwn ? own[k]! : message
      }
    }
  }
  /** Sorts the places of messages, which stay where they are. */
  const sortPlaces = (): void => {
    const spare = reading
    reading = writing
    writing = spare
    // Both sides have the same room.
    writing.reserve(targets.length)
    if (order.length < sent) order = new Int32Array(targets.length)
    for (let k = 0; k < sent; k++) order[ends[targets[k]!]!++] = k
    readTargets = targets.slice(0, sent)
    numbers = undefined
  }
  return {
    get sent() {
      return sent
    },
    send,
    sendAll(list, from, to, message) {
      if (mixed || typeof message !== 'number') {
        for (let k = from; k < to; k++) send(list[k]!, message)
        return
      }
      let number = lists.length - 1
      while (number > 0 && lists[number] !== list) number--
      if (number === 0) number = lists.push(list as typeof targets) - 1
      if (to > from) addRun(number, from, to, message)
      sent += to - from
    },
    turn() {
      for (let k = 0; k < receivedCount; k++) ends[received[k]!] = starts[received[k]!] = 0
      count()
      const list = received.subarray(0, receivedCount)
      if (receivedCount * 8 < vertexCount) list.sort()
      else {
        let length = 0
        for (let v = 0; v < vertexCount; v++) if (ends[v]! > 0) list[length++] = v
      }
      let start = 0
      for (let k = 0; k < receivedCount; k++) {
        const v = list[k]!
        const next = start + ends[v]!
        starts[v] = ends[v] = start
        start = next
      }
      if (mixed) sortPlaces()
      else sortNumbers(writing.numbers() ?? numbersRoom)
      sent = runCount = targetCount = 0
      lists.length = 1
      return list
    },
    has: vertex => ends[vertex]! > starts[vertex]!,
    of(vertex) {
      messages.from = starts[vertex]!
      messages.to = ends[vertex]!
      return messages
    },
    contents() {
      const flat = numbers
      if (flat === undefined) return { targets: readTargets, get: k => reading.get(k) }
      const last = receivedCount === 0 ? 0 : ends[received[receivedCount - 1]!]!
      const list = new Int32Array(last)
      for (let k = 0; k < receivedCount; k++) {
        const v = received[k]!
        list.fill(v, starts[v]!, ends[v]!)
      }
      return { targets: list, get: k => flat[k] }
    },
  }
}
