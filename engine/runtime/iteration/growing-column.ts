/**
 * One field of a solution set: a column whose rows can be replaced and which grows at its end.
 *
 * Writing costs what is written, amortised, whatever the layout. The layout widens like that of
 * joined columns (`types/concat.ts`) when the data ask for it, which copies the column once; that
 * can happen a few times in its life only.
 */
import {
  AnyColumn,
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  type Layout,
  TextColumn,
  TimestampColumn,
  VectorColumn,
} from '../../types/column.js'
import { ColumnWriter } from '../../types/column-writer.js'
import { isAllMissing } from '../../types/concat.js'
import { Dictionary } from '../../types/dictionary.js'

/** A dictionary of its own may have this many strings beyond two per row; then text is smaller. */
const DICTIONARY_ROOM = 4096
/** Estimated bytes of a string's header, and of an arbitrary value. */
const TEXT_BYTES = 24
const VALUE_BYTES = 64

type Numbers = Uint8Array | Int32Array | Float64Array

/** See the module's documentation. `empty` is the layout while every value is missing. */
export class GrowingColumn {
  #layout: Layout | 'empty' = 'empty'
  #length = 0
  /** Numbers by row, codes of a dictionary, vectors end to end; with room to grow. */
  #numbers: Numbers = new Uint8Array(0)
  /** Values by row of all other layouts, sparse vectors as objects. */
  #items: unknown[] = []
  /** Not used where values are kept as they are, as `null` says the same there. */
  #valid: Uint8Array | null = null
  /** Numbers per row: the size of dense vectors. */
  #width = 1
  /** The dimension of sparse vectors. */
  #dimension = 0
  #dictionary = new Dictionary()
  /** Whether the dictionary is no one else's, so that strings may be added. */
  #ownsDictionary = false
  #textLength = 0

  /** @param length Rows that there are already; their values are missing. */
  constructor(length = 0) {
    this.#length = length
    for (let row = 0; row < length; row++) this.#items.push(null)
  }

  /** Bytes that the column occupies, estimated for strings and arbitrary values. */
  get byteLength(): number {
    const fixed = this.#numbers.byteLength + (this.#valid?.byteLength ?? 0)
    if (this.#layout === 'text') return fixed + TEXT_BYTES * this.#length + this.#textLength
    return fixed + VALUE_BYTES * this.#items.length
  }

  /**
   * Puts value `k` of `column` into row `rows[k]`, for each `k` below `length`, in this order.
   *
   * @param column All of its values are missing when it is absent.
   * @param total Number of rows afterwards; new rows must be among `rows`, in their order.
   */
  write(rows: Int32Array, column: Column | undefined, length: number, total: number): void {
    const missing = column === undefined || isAllMissing(column)
    if (!missing) {
      const layout = this.#layoutWith(column)
      if (layout !== this.#layout) this.#become(layout, column)
    }
    this.#reserve(total)
    this.#length = total
    if (missing) this.#writeMissing(rows, length)
    else if (isKeptAsIs(this.#layout)) this.#writeItems(rows, column, length)
    else {
      this.#writeValues(rows, column, length)
      this.#writeValidity(rows, column, length)
    }
  }

  /** The rows as they are now, without a copy: it changes with the next `write`. */
  view(): Column {
    const length = this.#length
    const values = (this.#numbers as Float64Array).subarray(0, length * this.#width) as never
    const valid = this.#valid?.subarray(0, length) ?? null
    switch (this.#layout) {
      case 'boolean':
        return new BooleanColumn(values, valid)
      case 'int32':
        return new Int32Column(values, valid)
      case 'float64':
        return new Float64Column(values, valid)
      case 'timestamp':
        return new TimestampColumn(values, valid)
      case 'dictionary':
        return new DictionaryColumn(values, this.#dictionary, valid)
      case 'vector':
        return new VectorColumn(values, this.#width, length, valid)
      case 'text':
        return new TextColumn(this.#items as string[], valid)
      default:
        return new AnyColumn(this.#items)
    }
  }

  /** A copy of the rows from `start` up to `end`, which stays as it is. */
  copy(start: number, end: number): Column {
    if (this.#layout !== 'sparse') {
      return this.view().take(Int32Array.from({ length: end - start }, (_, k) => start + k))
    }
    const writer = new ColumnWriter(end - start)
    for (let row = start; row < end; row++) writer.set(row - start, this.#items[row])
    return writer.finish(end - start)
  }

  /** The layout that takes what is there and `column`. */
  #layoutWith(column: Column): Layout {
    const from = this.#layout
    const { layout } = column
    if (from === 'empty') return layout
    if (from === layout) {
      if (column.layout === 'vector') return column.size === this.#width ? layout : 'any'
      if (column.layout === 'sparse') return column.size === this.#dimension ? layout : 'any'
      return column.layout === 'dictionary' && this.#isOutgrown() ? 'text' : layout
    }
    const pair = [from, layout].sort().join()
    if (pair === 'float64,int32') return 'float64'
    return pair === 'dictionary,text' ? 'text' : 'any'
  }

  /** Whether most strings of the dictionary are those of records that were replaced. */
  #isOutgrown(): boolean {
    return this.#ownsDictionary && this.#dictionary.size > 2 * this.#length + DICTIONARY_ROOM
  }

  /** Changes to a layout that takes `column`. */
  #become(layout: Layout, column: Column): void {
    const length = this.#length
    const before = this.view()
    const asIs = isKeptAsIs(this.#layout)
    const empty = this.#layout === 'empty'
    this.#layout = layout
    if (column.layout === 'sparse') this.#dimension = column.size
    if (isKeptAsIs(layout)) {
      if (!asIs) this.#items = Array.from({ length }, (_, row) => before.get(row))
      this.#numbers = new Uint8Array(0)
      this.#valid = null
      return
    }
    if (empty && length > 0) this.#valid = new Uint8Array(length)
    if (layout === 'text') {
      const texts = Array.from({ length }, (_, row) => (before.get(row) as string | null) ?? '')
      this.#items = texts
      this.#textLength = texts.reduce((sum, text) => sum + text.length, 0)
      this.#numbers = new Uint8Array(0)
      return
    }
    this.#items = []
    if (column.layout === 'vector') this.#width = column.size
    if (column.layout === 'dictionary') this.#dictionary = column.dictionary
    this.#numbers = newNumbers(layout, length * this.#width)
    if (!empty) this.#numbers.set((before as Int32Column).values)
  }

  /** Makes room for `total` rows. */
  #reserve(total: number): void {
    if (this.#layout === 'text' || isKeptAsIs(this.#layout)) {
      if (this.#valid !== null) this.#valid = enlarged(this.#valid, total, 1)
      return
    }
    this.#numbers = enlarged(this.#numbers, total * this.#width, 0)
    if (this.#valid !== null) this.#valid = enlarged(this.#valid, total, 1)
  }

  #writeMissing(rows: Int32Array, length: number): void {
    const text = this.#layout === 'text'
    if (text || isKeptAsIs(this.#layout)) {
      for (let k = 0; k < length; k++) this.#setItem(rows[k]!, text ? '' : null)
      if (!text) return
    }
    const valid = this.#mask()
    for (let k = 0; k < length; k++) valid[rows[k]!] = 0
  }

  #writeItems(rows: Int32Array, column: Column, length: number): void {
    const items = this.#items
    for (let k = 0; k < length; k++) items[rows[k]!] = column.get(k)
  }

  #writeValues(rows: Int32Array, column: Column, length: number): void {
    switch (column.layout) {
      case 'text':
        for (let k = 0; k < length; k++) this.#setItem(rows[k]!, column.values[k]!)
        return
      case 'dictionary':
        if (this.#layout === 'text') {
          const { values } = column.dictionary
          for (let k = 0; k < length; k++) this.#setItem(rows[k]!, values[column.codes[k]!] ?? '')
        } else if (column.dictionary === this.#dictionary) {
          scatter(column.codes, this.#numbers, rows, length)
        } else this.#writeCodes(rows, column, length)
        return
      case 'vector':
        scatterVectors(column.values, this.#numbers, rows, length, this.#width)
        return
      default:
        scatter((column as Float64Column).values, this.#numbers, rows, length)
    }
  }

  /** Writes strings that come with another dictionary. */
  #writeCodes(rows: Int32Array, { codes, dictionary, valid }: DictionaryColumn, length: number) {
    const numbers = this.#numbers
    for (let k = 0; k < length; k++) {
      if (valid !== null && valid[k] === 0) continue
      const text = dictionary.values[codes[k]!]!
      let code = this.#dictionary.codeOf(text)
      if (code < 0) {
        // The dictionary that came first belongs to a source, or to whoever made the records.
        if (!this.#ownsDictionary) this.#dictionary = new Dictionary(this.#dictionary.values)
        this.#ownsDictionary = true
        code = this.#dictionary.encode(text)
      }
      numbers[rows[k]!] = code
    }
  }

  #writeValidity(rows: Int32Array, { valid }: Column, length: number): void {
    if (valid === null || !valid.includes(0)) {
      const mine = this.#valid
      if (mine !== null) for (let k = 0; k < length; k++) mine[rows[k]!] = 1
    } else scatter(valid, this.#mask(), rows, length)
  }

  #setItem(row: number, item: string | null): void {
    if (item !== null && row < this.#items.length) {
      this.#textLength -= (this.#items[row] as string).length
    }
    this.#textLength += item?.length ?? 0
    this.#items[row] = item
  }

  #mask(): Uint8Array {
    this.#valid ??= new Uint8Array(this.#length).fill(1)
    return this.#valid
  }
}

/** Whether values are kept as the user sees them, missing ones as `null`. */
function isKeptAsIs(layout: Layout | 'empty'): boolean {
  return layout === 'any' || layout === 'sparse' || layout === 'empty'
}

function newNumbers(layout: Layout, length: number): Numbers {
  if (layout === 'boolean') return new Uint8Array(length)
  const four = layout === 'int32' || layout === 'dictionary'
  return four ? new Int32Array(length) : new Float64Array(length)
}

/** `values` with room for `length`; half as much again when they have to move. */
function enlarged<A extends Numbers>(values: A, length: number, fill: number): A {
  if (length <= values.length) return values
  const larger = new (values.constructor as new (length: number) => A)(
    Math.max(length, values.length + (values.length >> 1), 16),
  )
  larger.set(values)
  if (fill !== 0) larger.fill(fill, values.length)
  return larger
}

function scatter(from: Numbers, to: Numbers, rows: Int32Array, length: number): void {
  for (let k = 0; k < length; k++) to[rows[k]!] = from[k]!
}

function scatterVectors(
  from: Float64Array,
  to: Numbers,
  rows: Int32Array,
  length: number,
  width: number,
): void {
  for (let k = 0; k < length; k++) {
    const start = rows[k]! * width
    for (let i = 0; i < width; i++) to[start + i] = from[k * width + i]!
  }
}
