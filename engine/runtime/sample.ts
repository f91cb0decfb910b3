/** Random samples. Which records are drawn depends on the seed and their positions alone. */
import { ArgumentError } from '../errors.js'
import type { SampleNode } from '../plan/node.js'
import { BATCH_SIZE, type RecordBatch } from '../types/batch.js'
import { shown } from '../types/column-writer.js'
import { concatBatches } from '../types/concat.js'
import { Random } from '../types/random.js'
import type { Operator, OperatorContext } from './operator.js'
import { Reservation } from './reservation.js'

/**
 * A sample of the records, in the order of the input: by a fraction, each record on its own
 * (without replacement a Bernoulli trial, with replacement a Poisson number of copies), or of an
 * exact size (reservoir sampling; fewer records only if the input has fewer and none is replaced).
 *
 * @throws {ArgumentError} If the fraction or the count is out of range.
 */
export function createSample(node: SampleNode, context: OperatorContext): Operator {
  const { size, replacement, seed } = node
  if ('count' in size) {
    if (!Number.isInteger(size.count) || size.count < 0) {
      throw new ArgumentError(
        `${context.operation}: count must be a non-negative integer; got ${shown(size.count)}.`,
      )
    }
    const reservoir = replacement
      ? new ReplacingReservoir(size.count, seed)
      : new Reservoir(size.count, seed)
    return new ExactSample(reservoir, context)
  }
  const { fraction } = size
  if (!(fraction >= 0) || (!replacement && fraction > 1) || fraction === Number.POSITIVE_INFINITY) {
    throw new ArgumentError(
      `${context.operation}: fraction must be a number from 0${replacement ? '' : ' to 1'}; got ${shown(fraction)}.`,
    )
  }
  return fractionSample(fraction, replacement, new Random(seed), context)
}

function fractionSample(
  fraction: number,
  replacement: boolean,
  random: Random,
  { output }: OperatorContext,
): Operator {
  const copies = replacement
    ? () => random.poisson(fraction)
    : () => (random.next() < fraction ? 1 : 0)
  return {
    *process(_input, batch) {
      const rows: number[] = []
      for (let row = 0; row < batch.length; row++) {
        for (let copy = copies(); copy > 0; copy--) rows.push(row)
      }
      if (rows.length > 0) yield* output.push(batch.take(Int32Array.from(rows)))
    },
    *finish() {},
  }
}

/** Decides which record of the input, by its position, goes into which place of the sample. */
interface Draw {
  readonly size: number
  /** The places that the record at `position` takes; called for 0, 1, 2, ... */
  places(position: number): readonly number[]
}

/** Algorithm R (Vitter 1985): every set of `size` positions is equally likely. */
class Reservoir implements Draw {
  readonly size: number
  readonly #random: Random
  constructor(size: number, seed: number) {
    this.size = size
    this.#random = new Random(seed)
  }
  places(position: number): readonly number[] {
    if (position < this.size) return [position]
    const place = this.#random.int(position + 1)
    return place < this.size ? [place] : []
  }
}

/** Each place is a reservoir of one record of its own. Cost: O(size log n) draws for n records. */
class ReplacingReservoir implements Draw {
  readonly size: number
  readonly #random: Random
  /** The position at which each place changes next, the places in buckets by it. */
  readonly #due = new Map<number, number[]>()
  constructor(size: number, seed: number) {
    this.size = size
    this.#random = new Random(seed)
    this.#due.set(
      0,
      Array.from({ length: size }, (_, place) => place),
    )
  }
  places(position: number): readonly number[] {
    const places = this.#due.get(position)
    if (places === undefined) return []
    this.#due.delete(position)
    for (const place of places) {
      // The chance that the record at p is not replaced before q is (p + 1) / q.
      const next = Math.floor((position + 1) / (1 - this.#random.next()))
      const bucket = this.#due.get(next)
      if (bucket === undefined) this.#due.set(next, [place])
      else bucket.push(place)
    }
    return places
  }
}

class ExactSample implements Operator {
  readonly #draw: Draw
  readonly #context: OperatorContext
  readonly #memory: Reservation
  /** For each place the position of its record in the input, and its row in `#pieces`. */
  readonly #positions: number[] = []
  #rows: number[] = []
  /** The records drawn so far, those that were replaced since included. */
  #pieces: RecordBatch[] = []
  #pieceRows = 0
  #position = 0

  constructor(draw: Draw, context: OperatorContext) {
    this.#draw = draw
    this.#context = context
    this.#memory = new Reservation(context)
  }

  *process(_input: number, batch: RecordBatch) {
    const drawn: number[] = []
    for (let row = 0; row < batch.length; row++) {
      const places = this.#draw.places(this.#position)
      for (const place of places) {
        this.#positions[place] = this.#position
        this.#rows[place] = this.#pieceRows + drawn.length
      }
      if (places.length > 0) drawn.push(row)
      this.#position++
    }
    if (drawn.length > 0) this.#keep(batch.take(Int32Array.from(drawn)))
    yield
  }

  *finish() {
    if (this.#rows.length === 0) return
    const places = this.#rows.map((_, place) => place)
    places.sort((a, b) => this.#positions[a]! - this.#positions[b]!)
    const rows = Int32Array.from(places, place => this.#rows[place]!)
    const kept = concatBatches(this.#pieces).inPartition(0)
    for (let k = 0; k < rows.length; k += BATCH_SIZE) {
      yield* this.#context.output.push(kept.take(rows.subarray(k, k + BATCH_SIZE)))
    }
  }

  close(): void {
    this.#pieces = []
    this.#memory.releaseAll()
  }

  /** Keeps drawn records; drops those that were replaced when they have become the larger part. */
  #keep(drawn: RecordBatch): void {
    this.#pieces.push(drawn)
    this.#pieceRows += drawn.length
    if (this.#pieceRows <= 2 * this.#rows.length) {
      this.#memory.demand(drawn.byteLength)
      return
    }
    const kept = concatBatches(this.#pieces).take(Int32Array.from(this.#rows))
    this.#rows = this.#rows.map((_, place) => place)
    this.#pieces = [kept]
    this.#pieceRows = kept.length
    this.#memory.releaseAll()
    this.#memory.demand(kept.byteLength)
  }
}
