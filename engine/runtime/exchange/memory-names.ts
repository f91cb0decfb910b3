/**
 * Numbers for pieces of shared memory, by which workers find out that they see the same one: what
 * comes with a message is another object each time.
 */
import type { FixedArray } from '../../types/adjoin.js'
import type { RecordBatch } from '../../types/batch.js'
import { fixedArrays, withArrays } from './shared-columns.js'

const numbers = new WeakMap<ArrayBufferLike, number>()
let last = 0

/** The numbers of the memory behind a batch, one per array, given on the calling thread; 0 for others. */
export function nameMemories(batch: RecordBatch): readonly number[] {
  return arraysOf(batch).map(({ buffer }) => {
    if (buffer instanceof ArrayBuffer) return 0
    const number = numbers.get(buffer) ?? ++last
    numbers.set(buffer, number)
    return number
  })
}

/** Keeps the numbers that came with a batch. */
export function keepMemories(batch: RecordBatch, given: readonly number[]): void {
  for (const [k, { buffer }] of arraysOf(batch).entries()) {
    if (given[k]! > 0) numbers.set(buffer, given[k]!)
  }
}

/** The numbers that came with a batch, or with one that it is a part of; 0 where none did. */
export function memoriesOf(batch: RecordBatch): readonly number[] {
  return arraysOf(batch).map(({ buffer }) => numbers.get(buffer) ?? 0)
}

/**
 * Another worker's `part` seen through the objects of `own`; `undefined` where it does not lie in the
 * same memory.
 *
 * @param memories What `memoriesOf` has said there.
 */
export function seenThrough(
  own: RecordBatch,
  part: RecordBatch,
  memories: readonly number[],
): RecordBatch | undefined {
  const mine = memoriesOf(own)
  const same =
    mine.length === memories.length &&
    mine.every((number, k) => number > 0 && number === memories[k]) &&
    own.columns.length === part.columns.length &&
    own.columns.every(({ layout }, k) => layout === part.columns[k]!.layout)
  if (!same) return undefined
  const columns = part.columns.map((column, k) => {
    const seen = fixedArrays(own.columns[k]!)!
    const theirs = fixedArrays(column)!
    return withArrays(column, array => over(seen[theirs.indexOf(array)]!.buffer, array))
  })
  return part.with(columns, part.length)
}

function over<A extends FixedArray>(buffer: ArrayBufferLike, array: A): A {
  const type = array.constructor as new (
    buffer: ArrayBufferLike,
    offset: number,
    length: number,
  ) => A
  return new type(buffer, array.byteOffset, array.length)
}

function arraysOf(batch: RecordBatch): readonly FixedArray[] {
  return batch.columns.flatMap(column => fixedArrays(column) ?? [])
}
