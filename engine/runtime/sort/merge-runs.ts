/** K-way merge of sorted inputs, by a heap of cursors. Equal keys come in the order of the inputs. */
import type { Direction } from '../../plan/key.js'
import { BATCH_SIZE } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import {
  concatKeyed,
  type KeyedBatch,
  type KeyedReader,
  sliceKeyed,
  takeKeyed,
} from '../keys/keyed-batch.js'
import type { StepsTo } from '../steps.js'
import { compareValues } from './compare-values.js'

/**
 * One sorted sequence of several; `directions` has one entry per component of the key.
 *
 * Cost: O(log k) comparisons of decoded keys per record. Holds one batch per input, and of the
 * output at most as much again.
 */
export function mergeRuns(
  inputs: readonly KeyedReader[],
  directions: readonly Direction[],
): KeyedReader {
  let heap: Heap | undefined
  return {
    *next() {
      if (heap === undefined) {
        heap = new Heap(directions)
        for (const [index, input] of inputs.entries()) {
          const cursor = new Cursor(input, index)
          if (yield* cursor.advance()) heap.push(cursor)
        }
      }
      return yield* nextBatch(heap)
    },
  }
}

/** The next records in order: until the pieces of input that they come from are used up once. */
function* nextBatch(heap: Heap): StepsTo<KeyedBatch | undefined> {
  const first = heap.top
  if (first === undefined) return undefined
  const most = Math.min(BATCH_SIZE, heap.totalLength())
  const pieces: KeyedBatch[] = []
  /** For each record of the output the number of its piece; a piece's records come in order. */
  const pieceOf = new Int32Array(most)
  let length = 0
  const pieceOfCursor = new Map<Cursor, number>()
  const close = (cursor: Cursor): void => {
    const piece = pieceOfCursor.get(cursor)
    if (piece !== undefined) pieces[piece] = sliceKeyed(cursor.keyed, cursor.taken, cursor.row)
    cursor.taken = cursor.row
    pieceOfCursor.delete(cursor)
  }
  while (length < most) {
    const cursor = heap.top
    if (cursor === undefined) break
    let piece = pieceOfCursor.get(cursor)
    if (piece === undefined) {
      piece = pieces.length
      pieces.push(cursor.keyed)
      pieceOfCursor.set(cursor, piece)
    }
    pieceOf[length++] = piece
    cursor.row++
    if (cursor.row === cursor.length) {
      close(cursor)
      if (!(yield* cursor.advance())) heap.pop()
    }
    heap.settle()
  }
  for (const cursor of [...pieceOfCursor.keys()]) close(cursor)
  if (pieces.length === 1) return pieces[0]
  const next = new Int32Array(pieces.length)
  for (let k = 1; k < pieces.length; k++) next[k] = next[k - 1]! + pieces[k - 1]!.batch.length
  const rows = new Int32Array(length)
  for (let k = 0; k < length; k++) rows[k] = next[pieceOf[k]!]!++
  return takeKeyed(concatKeyed(pieces), rows)
}

/** Where the merge is in one input. */
class Cursor {
  keyed!: KeyedBatch
  /** The keys of the batch as values that can be compared with those of any other batch. */
  keys: readonly ArrayLike<unknown>[] = []
  row = 0
  /** Rows of the batch that are in the output already. */
  taken = 0
  length = 0
  readonly index: number
  readonly #input: KeyedReader

  constructor(input: KeyedReader, index: number) {
    this.#input = input
    this.index = index
  }

  /** Goes to the next batch, and says whether there is one. */
  *advance(): StepsTo<boolean> {
    let keyed = yield* this.#input.next()
    while (keyed !== undefined && keyed.batch.length === 0) keyed = yield* this.#input.next()
    if (keyed === undefined) return false
    this.keyed = keyed
    this.keys = keyed.keys.map(comparableValues)
    this.row = 0
    this.taken = 0
    this.length = keyed.batch.length
    return true
  }
}

/** The values of a key column for `compareValues`. */
export function comparableValues(column: Column): ArrayLike<unknown> {
  const plain = column.layout === 'int32' || column.layout === 'float64'
  if (plain && column.valid === null) return column.values
  return Array.from({ length: column.length }, (_, row) => column.get(row))
}

/** A binary heap, the cursor with the first record on top. */
class Heap {
  readonly #cursors: Cursor[] = []
  readonly #directions: readonly Direction[]

  constructor(directions: readonly Direction[]) {
    this.#directions = directions
  }

  get top(): Cursor | undefined {
    return this.#cursors[0]
  }

  totalLength(): number {
    return this.#cursors.reduce((sum, cursor) => sum + cursor.length - cursor.row, 0)
  }

  push(cursor: Cursor): void {
    const cursors = this.#cursors
    cursors.push(cursor)
    let child = cursors.length - 1
    while (child > 0) {
      const parent = (child - 1) >> 1
      if (!this.#before(cursors[child]!, cursors[parent]!)) return
      this.#swap(child, parent)
      child = parent
    }
  }

  pop(): void {
    const last = this.#cursors.pop()
    if (last !== undefined && this.#cursors.length > 0) this.#cursors[0] = last
  }

  /** Restores the order after the top has moved on. */
  settle(): void {
    const cursors = this.#cursors
    let parent = 0
    for (;;) {
      let first = parent
      const left = 2 * parent + 1
      const right = left + 1
      if (left < cursors.length && this.#before(cursors[left]!, cursors[first]!)) first = left
      if (right < cursors.length && this.#before(cursors[right]!, cursors[first]!)) first = right
      if (first === parent) return
      this.#swap(first, parent)
      parent = first
    }
  }

  #swap(a: number, b: number): void {
    const cursors = this.#cursors
    const kept = cursors[a]!
    cursors[a] = cursors[b]!
    cursors[b] = kept
  }

  #before(a: Cursor, b: Cursor): boolean {
    const directions = this.#directions
    for (let k = 0; k < directions.length; k++) {
      const order = compareValues(a.keys[k]![a.row], b.keys[k]![b.row], directions[k]!)
      if (order !== 0) return order < 0
    }
    return a.index < b.index
  }
}
