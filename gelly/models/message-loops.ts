/**
 * The loops of message-passing models over numbers, as a template for kernels on several threads: see
 * `makerAround`. It refers to nothing but its parameters.
 *
 * Messages are not brought to their receivers. A vertex puts what it sends to all its neighbours into
 * its own place, once; who receives looks there, along the rows of its senders. So nobody writes
 * where another one reads or writes, and messages are always folded in the order in which they were
 * sent: by sender. Messages that differ from edge to edge have places of their own. Where only
 * few are sent, they come in lists by receiver instead.
 */
import type { DeliveryPlaces } from './delivery-rows.js'
import type { NumberArray, PartAggregates } from './numeric-loops.js'

/** Functions of places, made of the arrays that they read. */
export interface MessageFunctions {
  /** Sends before all others are called; of `scatterGather`. */
  readonly scatter: Made<(vertex: number, none: undefined, context: unknown) => unknown>
  /** Called with messages. */
  readonly compute: Made<(vertex: number, messages: unknown, context: unknown) => unknown>
  readonly combine: Made<(a: unknown, b: unknown) => unknown>
}

type Made<F> = (arrays: readonly NumberArray[]) => F

/** What vertices have sent. */
export interface Outbox {
  /** By vertex: 0 for nothing, 1 for one message to all its neighbours, 2 for one along each edge. */
  readonly sent: Uint8Array
  /** By vertex: its message to all. */
  readonly messages: Float64Array
  /** The vertices that have sent something, from the beginning of each part on. */
  readonly senders: Int32Array
}

/** For messages along edges. */
export interface EdgeMessages extends DeliveryPlaces {
  /** By outbox: the messages, by place. */
  readonly messages: readonly Float64Array[]
}

/** What the loops work on. All arrays of vertices lie in the region. */
export interface MessageParts {
  /** What is written and what is read. Models that do one after the other have one of them. */
  readonly outboxes: readonly Outbox[]
  readonly degrees: Int32Array
  /** By receiver: where its senders begin. */
  readonly offsets: Int32Array
  readonly senders: Int32Array
  /** By receiver: where its messages begin and end, if they come in lists. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Missing until a function wants edges. */
  readonly edges: EdgeMessages | undefined
  readonly scatterArrays: readonly NumberArray[]
  readonly computeArrays: readonly NumberArray[]
  /** Values handed over, and counts of the graph. */
  readonly handed: Readonly<Record<string, unknown>>
  readonly combines: boolean
  readonly values: Float64Array
  /** Gets the values as they were before the call. */
  readonly before: Float64Array
  readonly halted: Uint8Array
  /** Gets `halted` as it was before the call. */
  readonly haltedBefore: Uint8Array
  /** Gets the vertices that change, from the beginning of each part on. */
  readonly changed: Int32Array
  /** By part: see `COUNTS`. */
  readonly counts: Float64Array
  readonly aggregates: PartAggregates
}

/** Who is called; the numbers are those in `messageLoops`. */
export const WHO = { all: 0, receivers: 1, awake: 2, listed: 3 } as const

/**
 * Where messages are: with all senders, with some, in lists, or with all along edges; the numbers are
 * those in `messageLoops`.
 */
export const INPUT = { none: 0, fromAll: 1, fromSome: 2, lists: 3, alongAll: 4 } as const

/** What a part counts: the numbers are those in `messageLoops`. */
export const COUNTS = {
  called: 0,
  changed: 1,
  senders: 2,
  messages: 3,
  edgewise: 4,
  awake: 5,
} as const

/** How many there are of `COUNTS`. */
export const COUNT_WORDS = 6

/**
 * Calls `scatter` (`phase` 0) or `compute` (1) for vertices, or places in `list`, `from` to `to`.
 *
 * @param outbox The one that is written; the other one is read, if there is another one.
 * @param flat The messages in lists.
 * @returns 0; -1 where a function threw, or gave, sent or added anything but a number, or sent twice;
 *   -2 where one wants edges and there are none yet.
 */
export type MessageKernel = (
  phase: number,
  who: number,
  input: number,
  outbox: number,
  superstep: number,
  cuts: Int32Array,
  list: Int32Array,
  flat: Float64Array,
  from: number,
  to: number,
) => number

/** The template. */
export function messageLoops(functions: MessageFunctions, parts: MessageParts): MessageKernel {
  const { outboxes, degrees, offsets, senders, starts, ends, edges, combines } = parts
  const { values, before, halted, haltedBefore, changed, counts } = parts
  const { names, rules, totals, added, previous, known } = parts.aggregates
  const own = new Float64Array(names.length)
  const some = new Uint8Array(names.length)
  const number = (value: unknown): number => {
    if (typeof value === 'number') return value
    throw new Error('no number')
  }
  const combine = functions.combine([]) as (a: number, b: number) => number

  // What is read and written in this call.
  let input = 0
  let [sent, messages] = [outboxes[0]!.sent, outboxes[0]!.messages]
  let [sending, sendingTo] = [sent, messages]
  let list: Float64Array = new Float64Array(0)
  let along: Float64Array = list
  let sendingAlong: Float64Array = list
  const places = edges === undefined ? senders : edges.read
  let wantsEdges = false

  // The vertex under way, and what came of the call.
  let current = 0
  let hasChanged = false
  let changedCount = 0
  let changedFrom = 0
  let sendersTo = outboxes[0]!.senders
  let senderCount = 0
  let sendersFrom = 0
  let messageCount = 0
  let edgewise = 0

  const foldAll = <R>(
    fold: (result: R, message: number) => R,
    start: R,
    from: number,
    to: number,
  ): R => {
    let result = start
    if (input === 1) {
      const all = messages
      for (let k = from; k < to; k++) result = fold(result, all[senders[k]!]!)
    } else if (input === 3) {
      const all = list
      for (let k = from; k < to; k++) result = fold(result, all[k]!)
    } else if (input === 4) {
      const each = along
      for (let k = from; k < to; k++) result = fold(result, each[places[k]!]!)
    } else {
      const how = sent
      const all = messages
      const each = along
      for (let k = from; k < to; k++) {
        const u = senders[k]!
        if (how[u] === 1) result = fold(result, all[u]!)
        else if (how[u] === 2) result = fold(result, each[places[k]!]!)
      }
    }
    return result
  }
  const messageAt = (place: number): number => {
    if (input === 3) return list[place]!
    const u = senders[place]!
    const isPlain = input === 1 || (input === 2 && sent[u] === 1)
    return isPlain ? messages[u]! : along[places[place]!]!
  }
  class Received {
    /** The places of the first message and of the end. */
    from = 0
    to = 0
    isFolded = false
    folded = 0
    combined(): number {
      if (!this.isFolded) {
        const { from, to } = this
        this.folded = number(foldAll(combine, messageAt(from), from + 1, to))
        this.isFolded = true
      }
      return this.folded
    }
    reduce<R>(fold: (result: R, message: number) => R, start: R): R {
      if (this.from === this.to) return start
      return combines ? fold(start, this.combined()) : foldAll(fold, start, this.from, this.to)
    }
    get isEmpty() {
      return this.from === this.to
    }
    get count() {
      return this.reduce(count => count + 1, 0)
    }
    first<D>(otherwise: D): number | D {
      if (this.from === this.to) return otherwise
      return combines ? this.combined() : messageAt(this.from)
    }
    sum(start = 0): number {
      return this.reduce((sum, message) => sum + message, start)
    }
    min(start = Number.POSITIVE_INFINITY): number {
      return this.reduce((least, message) => Math.min(least, message), start)
    }
    max(start = Number.NEGATIVE_INFINITY): number {
      return this.reduce((most, message) => Math.max(most, message), start)
    }
    toArray(): number[] {
      const all: number[] = []
      return this.reduce((list, message) => {
        list.push(message)
        return list
      }, all)
    }
    [Symbol.iterator]() {
      return this.toArray()[Symbol.iterator]()
    }
  }
  const received = new Received()
  /** Finds the messages of a vertex; whether it has any. */
  const hasMessages = (v: number): boolean => {
    received.isFolded = false
    if (input === 3) {
      received.from = starts[v]!
      received.to = ends[v]!
    } else if (input === 0) {
      received.from = received.to = 0
    } else {
      let from = offsets[v]!
      const to = offsets[v + 1]!
      if (input === 2) while (from < to && sent[senders[from]!] === 0) from++
      received.from = from
      received.to = to
    }
    return received.from < received.to
  }

  /** Of its fields, other threads have the value. */
  class Edge {
    place = 0
    get value(): number {
      if (edges!.values === undefined) throw new Error('no numbers')
      return edges!.values[this.place]!
    }
    get source(): number {
      throw new Error('no ids')
    }
    get target(): number {
      throw new Error('no ids')
    }
    get neighbor(): number {
      throw new Error('no ids')
    }
  }
  const edge = new Edge()
  const sendAlong = (message: (edge: Edge) => unknown): void => {
    if (edges === undefined) {
      wantsEdges = true
      throw new Error('no edges yet')
    }
    const { written } = edges
    const messagesOf = sendingAlong
    const end = edges.offsets[current + 1]!
    for (let k = edges.offsets[current]!; k < end; k++) {
      edge.place = k
      messagesOf[written[k]!] = number(message(edge))
    }
    edgewise++
  }
  const placeOf = (name: string): number => {
    for (let k = 0; k < names.length; k++) if (names[k] === name) return k
    throw new Error('no such aggregate')
  }
  const context = {
    ...parts.handed,
    superstep: 0,
    add(name: string, value: unknown): void {
      const k = placeOf(name)
      const rule = rules[k]
      if (rule === 'sum') own[k]! += number(value)
      else if (rule === 'min') own[k] = Math.min(own[k]!, number(value))
      else own[k] = Math.max(own[k]!, number(value))
      some[k] = 1
    },
    aggregate(name: string): number | null {
      const k = placeOf(name)
      return known[k] === 1 ? previous[k]! : null
    },
    setValue(value: unknown): void {
      const next = number(value)
      const old = values[current]!
      // biome-ignore lint/suspicious/noSelfCompare: only NaN is not equal to itself.
      if (next === old || (next !== next && old !== old)) return
      values[current] = next
      if (hasChanged) return
      hasChanged = true
      changed[changedFrom + changedCount++] = current
    },
    sendToNeighbors(message: unknown): void {
      const degree = degrees[current]!
      if (degree === 0) return
      if (sending[current] !== 0) throw new Error('a place has room for one message')
      if (typeof message === 'function') sendAlong(message as (edge: Edge) => unknown)
      else sendingTo[current] = number(message)
      sending[current] = typeof message === 'function' ? 2 : 1
      sendersTo[sendersFrom + senderCount++] = current
      messageCount += degree
    },
    voteToHalt(): void {
      halted[current] = 1
    },
  }
  const scatter = functions.scatter(parts.scatterArrays)
  const compute = functions.compute(parts.computeArrays)

  const call = (v: number): void => {
    current = v
    hasChanged = false
    compute(v, received, context)
  }
  const callScatter = (v: number): void => {
    current = v
    scatter(v, undefined, context)
  }
  /** Each gives how many vertices it called. */
  const scatterAll = (from: number, to: number): number => {
    for (let v = from; v < to; v++) callScatter(v)
    return to - from
  }
  const scatterListed = (vertices: Int32Array, from: number, to: number): number => {
    for (let k = from; k < to; k++) callScatter(vertices[k]!)
    return to - from
  }
  const computeRange = (who: number, from: number, to: number): number => {
    before.set(values.subarray(from, to), from)
    haltedBefore.set(halted.subarray(from, to), from)
    let called = 0
    for (let v = from; v < to; v++) {
      const has = hasMessages(v)
      if (!has && (who === 1 || (who === 2 && halted[v] === 1))) continue
      if (who === 2) halted[v] = 0
      called++
      call(v)
    }
    return called
  }
  const computeListed = (vertices: Int32Array, from: number, to: number): number => {
    for (let k = from; k < to; k++) before[vertices[k]!] = values[vertices[k]!]!
    for (let k = from; k < to; k++) {
      hasMessages(vertices[k]!)
      call(vertices[k]!)
    }
    return to - from
  }
  /** The number of a part that is not empty. */
  const partOf = (cuts: Int32Array, from: number): number => {
    let [low, high] = [0, cuts.length - 1]
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (cuts[middle]! <= from) low = middle
      else high = middle
    }
    return low
  }
  const putCounts = (part: number, called: number, from: number, to: number): void => {
    totals.set(own, part * names.length)
    added.set(some, part * names.length)
    let awake = 0
    for (let v = from; v < to; v++) if (halted[v] === 0) awake++
    counts.set([called, changedCount, senderCount, messageCount, edgewise, awake], part * 6)
  }

  return (phase, who, where, outbox, superstep, cuts, vertices, flat, from, to) => {
    if (from === to) return 0
    context.superstep = superstep
    input = where
    list = flat
    const reading = outboxes.length === 1 ? 0 : 1 - outbox
    sent = outboxes[reading]!.sent
    messages = outboxes[reading]!.messages
    sending = outboxes[outbox]!.sent
    sendingTo = outboxes[outbox]!.messages
    sendersTo = outboxes[outbox]!.senders
    if (edges !== undefined) {
      along = edges.messages[reading]!
      sendingAlong = edges.messages[outbox]!
    }
    wantsEdges = false
    changedCount = senderCount = messageCount = edgewise = 0
    changedFrom = sendersFrom = from
    for (let k = 0; k < names.length; k++) {
      own[k] = rules[k] === 'sum' ? 0 : rules[k] === 'min' ? Infinity : -Infinity
      some[k] = 0
    }
    try {
      let called: number
      if (phase === 0) {
        called = who === 3 ? scatterListed(vertices, from, to) : scatterAll(from, to)
      } else called = who === 3 ? computeListed(vertices, from, to) : computeRange(who, from, to)
      const isRange = who !== 3
      putCounts(partOf(cuts, from), called, isRange ? from : 0, isRange ? to : 0)
      return 0
    } catch {
      return wantsEdges ? -2 : -1
    }
  }
}
