/**
 * Sorts the records of one range of an order without moving them first: all workers see all records
 * in shared memory, each finds the rows of its range, sorts these, and gathers the records once, in
 * their order, into shared memory, where the calling thread finds them.
 */
import type { Direction } from '../../plan/key.js'
import type { FixedArray } from '../../types/adjoin.js'
import { BATCH_SIZE, type RecordBatch } from '../../types/batch.js'
import type { Float64Column, Int32Column } from '../../types/column.js'
import { gatherInto } from '../../types/gather.js'
import type { OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import { markInOrder } from '../sort/in-order.js'
import { orderImage } from '../sort/order-image.js'
import { radixSort } from '../sort/radix-sort.js'
import type { StepsTo } from '../steps.js'
import { fixedArrays, withArrays } from './shared-columns.js'

/** Rows that are looked at between two pauses. */
const PIECE = 1 << 20
/** Records of a batch that comes out. */
const OUT = 4 * BATCH_SIZE
/** Bytes per record of images and row numbers, and of what they are moved to. */
const SORT_BYTES = 24

/** What is between two bounds: after the first one, if there is one, up to the second. */
export interface Range {
  readonly after: number | undefined
  /** Without it, all that comes after, NaN and missing values at the end. */
  readonly upTo: number | undefined
}

/**
 * Pushes the records whose key is in `range`, in order.
 *
 * @param records All records of all workers, of fixed width.
 * @param key The number that they are ordered by.
 * @returns Whether there was memory for it; otherwise nothing has been pushed.
 */
export function* pushSortedRange(
  records: RecordBatch,
  key: Int32Column | Float64Column,
  range: Range,
  direction: Direction,
  context: OperatorContext,
): StepsTo<boolean> {
  const memory = new Reservation(context)
  try {
    if (!memory.tryGrow(4 * key.length)) return false
    const rows = yield* rowsWithin(key, range, direction === 'ascending' ? 1 : -1)
    const perRecord = SORT_BYTES + bytesPerRow([key]) + bytesPerRow(records.columns)
    if (!memory.tryGrow(perRecord * rows.length)) return false
    const image = yield* orderImage(key.take(rows), direction)
    yield
    yield* radixSort(image, rows)
    yield* pushGathered(records, rows, context)
    return true
  } finally {
    memory.releaseAll()
  }
}

/** The rows whose numbers are in the range. */
function* rowsWithin(
  { values, valid }: Int32Column | Float64Column,
  range: Range,
  sign: number,
): StepsTo<Int32Array> {
  // Pages that nothing is written to take no memory.
  const rows = new Int32Array(values.length)
  let count = 0
  for (let start = 0; start < values.length; start += PIECE) {
    const end = Math.min(start + PIECE, values.length)
    count = addRowsWithin(values, valid, start, end, range, sign, rows, count)
    yield
  }
  return rows.subarray(0, count)
}

function addRowsWithin(
  values: Int32Array | Float64Array,
  valid: Uint8Array | null,
  start: number,
  end: number,
  { after, upTo }: Range,
  sign: number,
  rows: Int32Array,
  count: number,
): number {
  const least = after === undefined ? Number.NaN : sign * after
  const most = upTo === undefined ? Number.NaN : sign * upTo
  const toEnd = upTo === undefined
  // Each row is written, and overwritten if it is not within: in no order, a branch would be
  // foretold wrongly half of the time. NaN is neither up to a bound nor before it.
  if (valid === null) {
    for (let row = start; row < end; row++) {
      const value = sign * values[row]!
      rows[count] = row
      count += Number(!(value <= least)) & (Number(toEnd) | Number(value <= most))
    }
    return count
  }
  for (let row = start; row < end; row++) {
    const value = valid[row] === 0 ? Number.NaN : sign * values[row]!
    rows[count] = row
    count += Number(!(value <= least)) & (Number(toEnd) | Number(value <= most))
  }
  return count
}

function* pushGathered(records: RecordBatch, rows: Int32Array, { output }: OperatorContext): Steps {
  const targets = new Map<FixedArray, FixedArray>()
  for (const array of records.columns.flatMap(column => fixedArrays(column) ?? [])) {
    targets.set(array, sharedLike(array, rows.length))
  }
  for (let start = 0; start < rows.length && !output.closed; start += OUT) {
    const end = Math.min(start + OUT, rows.length)
    const piece = rows.subarray(start, end)
    const done = new Map<FixedArray, FixedArray>()
    const columns = records.columns.map(column =>
      withArrays(column, <A extends FixedArray>(array: A): A => {
        const known = done.get(array)
        if (known !== undefined) return known as A
        const target = targets.get(array)!.subarray(start, end) as A
        gatherInto(array, piece, target)
        done.set(array, target)
        return target
      }),
    )
    yield* output.push(markInOrder(records.with(columns, end - start)))
    yield
  }
}

function sharedLike<A extends FixedArray>(array: A, length: number): A {
  const type = array.constructor as new (buffer: SharedArrayBuffer) => A
  return new type(new SharedArrayBuffer(length * array.BYTES_PER_ELEMENT))
}

function bytesPerRow(columns: RecordBatch['columns']): number {
  let bytes = 0
  for (const column of columns) {
    for (const array of fixedArrays(column) ?? []) bytes += array.BYTES_PER_ELEMENT
  }
  return bytes
}
