import type { OpenGroups, TargetAggregate } from '../../functions/group-target.js'
import { type Column, Float64Column, Int32Column } from '../../types/column.js'
import { isInt32 } from '../../types/column-writer.js'
import { type Accumulator, fitted } from './accumulator.js'

/** Ranges up to this many keys are always dense: 32 KiB of sums. */
const SMALL_RANGE = 1 << 12
/** There may be this many keys without a group for each that has one, or soon may have. */
const SPARSENESS = 4

/**
 * Groups whose keys are whole numbers from 0 on, with few gaps: the state of each is at the position
 * of its key, so that no table stands between keys and states. A list of the keys keeps the order
 * in which they came.
 *
 * What the first aggregate has for a key that is new is also how loops tell that it is: no count,
 * no mark, or a sum of -0, which no sum ever is again, as it begins with 0 then.
 */
export class DenseGroups {
  size = 0
  /** Keys below this have a place. */
  range = 0
  readonly #accumulators: readonly Accumulator[]
  readonly #most: number
  #order = new Int32Array(0)
  /** By key: whether `begin` has seen it. */
  #begun = new Uint8Array(0)

  /**
   * @param accumulators Must be empty; their groups are the keys from now on until `take`.
   * @param most The largest range.
   */
  constructor(accumulators: readonly Accumulator[], most: number) {
    this.#accumulators = accumulators
    this.#most = most
  }

  get byteLength(): number {
    return this.#order.byteLength + this.#begun.byteLength
  }

  /** What loops work on. */
  open(aggregates: readonly TargetAggregate[]): OpenGroups {
    return { kind: 'dense', keys: this.#order, size: this.size, room: this.range, aggregates }
  }

  /** Makes a place for `key`, if that is worth it with so many records to come; says whether. */
  cover(key: number, expected: number): boolean {
    if (key < this.range) return key >= 0
    const worth = Math.max(SMALL_RANGE, SPARSENESS * (this.size + expected))
    const allowed = Math.min(worth, this.#most)
    if (key >= allowed) return false
    const range = Math.min(allowed, key + 1 + (this.range === 0 ? 0 : key >> 1))
    const order = new Int32Array(range)
    order.set(this.#order.subarray(0, this.size))
    this.#order = order
    for (const accumulator of this.#accumulators) accumulator.resize(range)
    const first = this.#first()
    if (first.op === 'sum') first.state[0]!.fill(-0, this.range, range)
    this.range = range
    return true
  }

  /** Adds one record of numbers. */
  add(key: number, inputs: readonly (Column | undefined)[]): void {
    const { op, state } = this.#first()
    const isNew = op === 'sum' ? Object.is(state[0]![key], -0) : state.at(-1)![key] === 0
    if (isNew) {
      this.#order[this.size++] = key
      if (op === 'sum') state[0]![key] = 0
    }
    const ids = Int32Array.of(key)
    for (const [k, accumulator] of this.#accumulators.entries()) accumulator.add(inputs[k]!, ids, 1)
  }

  /**
   * Begins the groups of all keys that are new; says whether there is a place for each of them. For
   * groups that begin in no other way.
   *
   * @param expected Number of records to come, about.
   */
  begin(keys: Int32Array, expected: number): boolean {
    let least = 0
    let most = -1
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k]!
      if (key < least) least = key
      if (key > most) most = key
    }
    if (least < 0 || !this.cover(most, expected)) return false
    if (this.#begun.length < this.range) this.#begun = fitted(this.#begun, this.range)
    const begun = this.#begun
    const { op, state } = this.#first()
    const sums = op === 'sum' ? state[0]! : undefined
    const order = this.#order
    let { size } = this
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k]!
      if (begun[key] === 1) continue
      begun[key] = 1
      if (sums !== undefined) sums[key] = 0
      order[size++] = key
    }
    this.size = size
    return true
  }

  /** Puts the states into the order in which the keys came; gives the keys. */
  take(): Int32Column {
    const order = this.#order.slice(0, this.size)
    for (const accumulator of this.#accumulators) accumulator.take!(order)
    return new Int32Column(order)
  }

  /**
   * Like `take`, but in the order of the keys where most of the range has groups: who reads and
   * writes neighbours one after the other does not wait for memory. For groups that loops have made.
   */
  takeInOrder(): Int32Column {
    if (this.size * SPARSENESS > this.range) {
      const { op, state } = this.#first()
      const marks = op === 'sum' ? state[0]! : state.at(-1)!
      listKeys(marks, op === 'sum' ? -0 : 0, this.range, this.#order)
    }
    return this.take()
  }

  #first(): TargetAggregate {
    return this.#accumulators[0]!.open!()!
  }
}

/** Lists the keys whose mark is not the one of keys without a group. */
function listKeys(
  marks: Float64Array | Uint8Array,
  none: number,
  range: number,
  order: Int32Array,
): void {
  let size = 0
  for (let key = 0; key < range; key++) {
    order[size] = key
    size += Number(!Object.is(marks[key], none))
  }
}

/** A column of one number. */
export function numberColumn(value: number): Column {
  return isInt32(value)
    ? new Int32Column(Int32Array.of(value))
    : new Float64Column(Float64Array.of(value))
}
