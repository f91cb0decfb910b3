/**
 * Values or messages by place: numbers in a typed array, small records in an array per field,
 * anything else as it is. What the first value is decides; a value that does not fit changes all.
 */
import {
  type Column,
  ColumnWriter,
  Float64Column,
  ownCopy,
  recordArrays,
} from '../../engine/extend.js'
import { sameValue } from './same-value.js'

/** See the module's documentation. */
export interface Cells<V> {
  get(place: number): V
  set(place: number, value: V): void
  /** Whether `value` is what is there: numbers and strings by value, records by their fields. */
  holds(place: number, value: V): boolean
  /** Makes room for `length` values; those that are there stay. */
  reserve(length: number): void
  /** The numbers, where all values so far are numbers. */
  numbers(): Float64Array | undefined
  /** Moves numbers out of the memory that was lent for them. */
  keep(): void
}

/** What the template gets, since it cannot refer to anything itself. */
interface CellParts {
  readonly length: number
  readonly lent: Float64Array | undefined
  readonly like: typeof recordArrays
  readonly same: (a: unknown, b: unknown) => boolean
  readonly refuse: (value: unknown) => void
}

/**
 * Cells for `length` values, compiled for one program.
 *
 * @param refuse Called with values that are no numbers; throws for those that can be none at all.
 * @param lent Where numbers are to lie: an array of this length. Default: one of their own.
 */
export function cells<V>(
  length: number,
  refuse: (value: unknown) => void,
  lent?: Float64Array,
): Cells<V> {
  return cellsMaker<V>(refuse)(length, lent)
}

/** Makes cells that the same code works on in turn; they should hold values of one kind. */
export function cellsMaker<V>(
  refuse: (value: unknown) => void,
): (length: number, lent?: Float64Array) => Cells<V> {
  const make = ownCopy(cellsTemplate)
  return (length, lent) =>
    make({ length, lent, like: recordArrays, same: sameValue, refuse }) as Cells<V>
}

/** `length` values as a column. */
export function columnFrom(length: number, get: (place: number) => unknown): Column {
  const writer = new ColumnWriter(Math.max(length, 1))
  for (let place = 0; place < length; place++) writer.set(place, get(place))
  return writer.finish(length)
}

/** Puts the values of a column at the first places. */
export function fillCells<V>(target: Cells<V>, column: Column): void {
  for (let place = 0; place < column.length; place++) target.set(place, column.get(place) as V)
}

/** The first `length` values as a column. */
export function columnOf<V>(source: Cells<V>, length: number): Column {
  const numbers = source.numbers()
  if (numbers !== undefined) return new Float64Column(numbers.slice(0, length))
  return columnFrom(length, source.get)
}

function cellsTemplate({ length, lent, like, same, refuse }: CellParts): Cells<unknown> {
  const [NONE, NUMBERS, RECORDS, ANYTHING] = [0, 1, 2, 3]
  let kind = NONE
  let room = length
  let flat: Float64Array = new Float64Array(0)
  let records: ReturnType<typeof like>
  let others: unknown[] = []
  const get = (place: number): unknown => {
    if (kind === NUMBERS) return flat[place]
    return kind === RECORDS ? records!.get(place) : others[place]
  }
  /** Values of a kind that was not there yet. */
  const become = (value: unknown): void => {
    if (kind === NONE && typeof value === 'number') {
      kind = NUMBERS
      flat = lent ?? new Float64Array(room)
      return
    }
    refuse(value)
    if (kind === NONE) {
      records = like(value, room)
      kind = records === undefined ? ANYTHING : RECORDS
      if (kind === ANYTHING) others = new Array(room).fill(null)
      return
    }
    others = Array.from({ length: room }, (_, place) => get(place))
    kind = ANYTHING
  }
  const set = (place: number, value: unknown): void => {
    if (kind === NUMBERS && typeof value === 'number') flat[place] = value
    else if (kind === RECORDS && records!.set(place, value)) return
    else if (kind === ANYTHING) {
      if (typeof value !== 'number') refuse(value)
      others[place] = value
    } else {
      become(value)
      set(place, value)
    }
  }
  return {
    get,
    set,
    holds(place, value) {
      if (kind === NUMBERS && typeof value === 'number') {
        const known = flat[place]!
        // biome-ignore lint/suspicious/noSelfCompare: only NaN is not equal to itself.
        return known === value || (known !== known && value !== value)
      }
      return same(get(place), value)
    },
    reserve(wanted) {
      if (wanted <= room) return
      room = Math.max(wanted, 2 * room, 16)
      if (kind === NUMBERS) {
        const grown = new Float64Array(room)
        grown.set(flat)
        flat = grown
      } else if (kind === RECORDS) {
        records = records!.resized(room)
      }
    },
    numbers: () => (kind === NUMBERS ? flat : undefined),
    keep() {
      if (flat === lent) flat = flat.slice()
    },
  }
}
