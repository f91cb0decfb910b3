/**
 * The calls of a superstep of message-passing models over numbers, on the threads of a team.
 *
 * They are for functions of which other threads can have the text. Vertices are cut into parts that
 * depend on the graph alone; each part writes what belongs to its vertices, and what it adds to
 * aggregates is merged in the order of the parts. So the answer is the same for any number of threads.
 * Where a function throws, or does what cannot be done here, all is as it was before the call, and the
 * loops of the calling thread do the superstep over again: with the right error, or with values of the
 * other kind.
 */
import type { Column, KernelTeam, TeamKernel } from '../../engine/extend.js'
import { MemoryError } from '../../engine/index.js'
import type { DeliveryRows } from './delivery-rows.js'
import type { MessageLists } from './message-lists.js'
import {
  COUNT_WORDS,
  COUNTS,
  INPUT,
  type MessageKernel,
  type MessageParts,
  WHO,
} from './message-loops.js'
import type { Mailbox } from './messages.js'
import type { ModelRun } from './model-loop.js'
import { gathered, type Outboxes } from './outboxes.js'
import type { MergedAggregates } from './part-aggregates.js'

/** What a call came to. */
export interface Called {
  /** Vertices that were called. */
  readonly called: number
  /** Vertices that have another value than before. */
  readonly changed: number
  readonly messages: number
  /** Vertices that have not halted, unless a list was called. */
  readonly awake: number
}

/** Who is called: `WHO` by name, or the vertices in a list. */
export type Callees =
  | 'all'
  | 'receivers'
  | 'awake'
  | { readonly list: Int32Array; readonly length: number }

interface CallsParts {
  readonly team: KernelTeam
  /** The least work of a part. */
  readonly grain: number
  /** The text of the loops. */
  readonly maker: string
  readonly parts: MessageParts
  readonly outboxes: Outboxes
  readonly lists: MessageLists
  readonly rows: DeliveryRows
  readonly aggregates: MergedAggregates
  /** Room in the region. */
  readonly int32: (length: number) => Int32Array
}

/** Messages come in lists while they are fewer than one in so many of those that all would send. */
const LISTS_BELOW = 8

type Loops = TeamKernel<Parameters<MessageKernel> extends [...infer A, number, number] ? A : never>

/** See the module's documentation. */
export class MessageCalls {
  readonly #run: ModelRun
  readonly #means: CallsParts
  /** Parts of all vertices. */
  readonly #vertices: Int32Array
  /** Parts of a list. */
  readonly #listed: Int32Array
  #loops: Loops | undefined
  #input: number = INPUT.none
  #fits = true
  #hasWorked = false

  constructor(run: ModelRun, means: CallsParts) {
    this.#run = run
    this.#means = means
    const cuts = means.team.rowParts(means.rows.offsets)
    this.#vertices = means.int32(cuts.length)
    this.#vertices.set(cuts)
    this.#listed = means.int32(cuts.length)
  }

  /** Makes the loops ready. */
  async load(): Promise<void> {
    const { team, maker, parts, outboxes } = this.#means
    const { loops } = await team.load<{ loops: MessageKernel }>({
      name: this.#run.operation,
      functions: { loops: { maker, values: [{ ...parts, edges: outboxes.edges }] } },
    })
    this.#loops = loops
  }

  /** Whether no call has failed yet. */
  get fit(): boolean {
    return this.#fits
  }

  /** Threads that took part. */
  get workers(): number {
    return this.#hasWorked ? this.#means.team.size : 1
  }

  /** By vertex; the loops of the calling thread work on them as well. */
  get values(): Float64Array {
    return this.#means.parts.values
  }

  get halted(): Uint8Array {
    return this.#means.parts.halted
  }

  /** The vertices that the last call has changed, in the first places. */
  get changed(): Int32Array {
    return this.#means.parts.changed
  }

  /** A list that can be called. */
  list(length: number): Int32Array {
    return this.#means.int32(length)
  }

  /** Begins a superstep. */
  begin(): void {
    this.#means.aggregates.begin()
  }

  /** Ends a superstep: what was added becomes known. */
  end(): void {
    this.#means.aggregates.end()
    this.#hasWorked = true
  }

  /** Calls a function; `undefined` where it cannot, and does not any more. */
  async call(phase: 'scatter' | 'compute', callees: Callees): Promise<Called | undefined> {
    const { outboxes, parts, aggregates } = this.#means
    const list = this.#listOf(callees)
    const who = list === undefined ? WHO[callees as 'all'] : WHO.listed
    const number = phase === 'scatter' ? 0 : 1
    const sends = phase === 'scatter' || outboxes.boxes.length > 1
    if (sends) outboxes.clear()
    let results = await this.#perform(number, who, list)
    if (results.includes(-2) && !results.includes(-1) && (await this.#prepareEdges())) {
      this.#restore(number, list)
      if (sends) outboxes.reset()
      results = await this.#perform(number, who, list)
    }
    if (results.some(result => result < 0)) {
      this.#restore(number, list)
      if (sends) outboxes.reset()
      this.#fits = false
      return undefined
    }
    aggregates.collect(results.length)
    const cuts = list === undefined ? this.#vertices : this.#listed
    const countOf = (word: number) => (part: number) => parts.counts[part * COUNT_WORDS + word]!
    const total = (word: number) => {
      let sum = 0
      for (let part = 0; part < results.length; part++) sum += countOf(word)(part)
      return sum
    }
    const changed = gathered(parts.changed, cuts, countOf(COUNTS.changed))
    const messages = total(COUNTS.messages)
    if (sends) {
      const edgewise = total(COUNTS.edgewise)
      outboxes.written(cuts, countOf(COUNTS.senders), { messages, edgewise })
    }
    return { called: total(COUNTS.called), changed, messages, awake: total(COUNTS.awake) }
  }

  /** Makes readable what the last call has sent. */
  deliver(): void {
    const { outboxes, lists, rows } = this.#means
    this.#input = outboxes.turn()
    if (outboxes.messages * LISTS_BELOW >= rows.placeCount) return
    lists.fill(outboxes.taken())
    this.#input = INPUT.lists
  }

  /** Makes readable what was sent before a checkpoint: so many targets and their messages. */
  accept(length: number, targets: Int32Array, messages: Column): void {
    const numbers = new Float64Array(length)
    for (let k = 0; k < length; k++) {
      const message = messages.get(k)
      if (typeof message !== 'number') this.#fits = false
      else numbers[k] = message
    }
    if (!this.#fits) return
    this.#means.lists.fill({ length, targets, messages: numbers })
    this.#input = INPUT.lists
  }

  /** Sends the messages that can be read to a mailbox, in the order in which they were sent. */
  sendInto(box: Mailbox): void {
    this.#means.outboxes.sendInto(box)
  }

  /** Receivers whose messages come in lists, and lists as they are. */
  #listOf(callees: Callees): { readonly list: Int32Array; readonly length: number } | undefined {
    if (typeof callees === 'object') return callees
    if (callees !== 'receivers' || this.#input !== INPUT.lists) return undefined
    const { receivers, receiverCount } = this.#means.lists
    return { list: receivers, length: receiverCount }
  }

  /** Makes room for messages along edges; false where there is not enough. */
  async #prepareEdges(): Promise<boolean> {
    try {
      this.#means.outboxes.prepareEdges()
    } catch (error) {
      if (error instanceof MemoryError) return false
      throw error
    }
    await this.load()
    return true
  }

  /** What the parts gave. */
  async #perform(
    phase: number,
    who: number,
    list: { readonly list: Int32Array; readonly length: number } | undefined,
  ): Promise<Float64Array> {
    const { lists, outboxes, parts, grain } = this.#means
    const { superstep } = this.#run.context
    const loops = this.#loops!
    parts.counts.fill(0)
    const { list: vertices, length } = list ?? { list: parts.changed, length: grain }
    if (list !== undefined) cutList(this.#vertices, vertices, length, this.#listed)
    const cuts = list === undefined ? this.#vertices : this.#listed
    const { writing } = outboxes
    const { flat } = lists
    if (length >= grain / 4) {
      return await loops(
        ...([cuts, phase, who, this.#input, writing, superstep] as const),
        ...([cuts, vertices, flat] as const),
      )
    }
    const results = new Float64Array(cuts.length - 1)
    for (let part = 0; part < results.length; part++) {
      const [from, to] = [cuts[part]!, cuts[part + 1]!]
      if (from === to) continue
      results[part] = loops.here(
        ...([from, to, phase, who, this.#input, writing, superstep] as const),
        ...([cuts, vertices, flat] as const),
      )
    }
    return results
  }

  /** Puts values back to what they were before the call. */
  #restore(phase: number, list: { list: Int32Array; length: number } | undefined): void {
    if (phase === 0) return
    const { values, before, halted, haltedBefore } = this.#means.parts
    if (list === undefined) {
      values.set(before)
      halted.set(haltedBefore)
    } else {
      for (let k = 0; k < list.length; k++) {
        const v = list.list[k]!
        values[v] = before[v]!
      }
    }
  }
}

/**
 * Cuts an ascending list of vertices where the vertices are cut: what parts add is then the same
 * whether they go through a list or through all vertices.
 */
function cutList(vertices: Int32Array, list: Int32Array, length: number, cuts: Int32Array): void {
  let place = 0
  for (let part = 0; part < vertices.length; part++) {
    let high = length
    const first = vertices[part]!
    while (place < high) {
      const middle = (place + high) >>> 1
      if (list[middle]! < first) place = middle + 1
      else high = middle
    }
    cuts[part] = place
  }
}
