import { RecordBatch } from '../../types/batch.js'
import { AnyColumn, type Column } from '../../types/column.js'
import { type RecordShape, VALUE } from '../../types/schema.js'
import { GrowingColumn } from './growing-column.js'

/**
 * Records that can be replaced and added to, one growing column per field. Records may have other
 * fields than those before, in any order: what they lack is missing. Records of another shape make
 * all of them plain values, as where batches are joined end to end.
 */
export class GrowingRecords {
  #shape: RecordShape = 'object'
  #names: string[] = []
  #columns = new Map<string, GrowingColumn>()
  #length = 0
  #view: RecordBatch | undefined

  /** Number of records. */
  get length(): number {
    return this.#length
  }

  /** Bytes that the columns occupy. */
  get byteLength(): number {
    let bytes = 0
    for (const column of this.#columns.values()) bytes += column.byteLength
    return bytes
  }

  /** All records. Not a copy: valid until the next `write`. */
  get batch(): RecordBatch {
    this.#view ??= this.#batchOf(column => column.view(), this.#length)
    return this.#view
  }

  /** A copy of the records from `start` up to `end`, which stays as it is. */
  copy(start: number, end: number): RecordBatch {
    return this.#batchOf(column => column.copy(start, end), end - start)
  }

  /** Takes in the fields of a batch, which there may be without any records. */
  know(batch: RecordBatch): void {
    const { shape, names } = batch
    const tuple = shape === 'tuple' && names.length !== this.#names.length
    if (shape !== this.#shape || tuple) {
      if (this.#length === 0) this.#begin(shape)
      else if (batch.length > 0) this.#becomeValues()
    }
    if (shape !== this.#shape) return
    for (const name of names) {
      if (this.#columns.has(name)) continue
      this.#view = undefined
      this.#names = [...this.#names, name]
      this.#columns.set(name, new GrowingColumn(this.#length))
    }
  }

  /**
   * Puts record `k` of `batch` into row `rows[k]`, for each `k` in this order.
   *
   * @param total Number of records afterwards; new rows must be among `rows`, in their order.
   */
  write(rows: Int32Array, batch: RecordBatch, total: number): void {
    this.know(batch)
    const { length } = batch
    const mixed = batch.shape !== this.#shape
    const values = mixed ? recordsOf(batch) : undefined
    for (const [name, column] of this.#columns) {
      column.write(rows, values ?? batch.find(name), length, total)
    }
    this.#length = total
    this.#view = undefined
  }

  #becomeValues(): void {
    const { batch } = this
    if (batch.shape === 'value') return
    const column = new GrowingColumn()
    const rows = Int32Array.from({ length: batch.length }, (_, row) => row)
    column.write(rows, recordsOf(batch), batch.length, batch.length)
    this.#begin('value')
    this.#names = [VALUE]
    this.#columns.set(VALUE, column)
  }

  #begin(shape: RecordShape): void {
    this.#shape = shape
    this.#names = []
    this.#columns = new Map()
    this.#view = undefined
  }

  #batchOf(column: (column: GrowingColumn) => Column, length: number): RecordBatch {
    const columns = [...this.#columns.values()].map(column)
    return new RecordBatch(this.#shape, this.#names, columns, length)
  }
}

function recordsOf(batch: RecordBatch): AnyColumn {
  return new AnyColumn(Array.from({ length: batch.length }, (_, row) => batch.record(row)))
}
