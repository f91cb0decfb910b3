/** What the readers of columns have in common. */
import type { Column } from '../../types/column.js'
import type { Block, MissingTexts, TextType } from './block.js'

/** Collects one column, block by block. */
export interface ColumnReader {
  /** Reads field `field` of all records of a block into the rows from `at` on. */
  read(block: Block, field: number, at: number): void
  /** The column of the first `length` rows; begins anew. */
  finish(length: number): Column
}

/** How a reader of a column is made. */
export interface ColumnReaderOptions {
  /** `undefined` when it is not known yet: the first values that are not missing decide. */
  readonly type: TextType | 'number' | undefined
  /** Whether the user said so; then numbers may have leading zeros and lose digits. */
  readonly declared: boolean
  readonly missing: MissingTexts
  /** Rows of a batch. */
  readonly capacity: number
}

/** Knows which rows are missing. */
export abstract class BaseReader implements ColumnReader {
  protected readonly options: ColumnReaderOptions
  protected readonly missing: MissingTexts
  protected valid: Uint8Array | null = null

  constructor(options: ColumnReaderOptions) {
    this.options = options
    this.missing = options.missing
  }

  abstract read(block: Block, field: number, at: number): void
  protected abstract column(length: number, valid: Uint8Array | null): Column

  finish(length: number): Column {
    const valid = this.valid?.subarray(0, length) ?? null
    this.valid = null
    return this.column(length, valid?.includes(0) ? valid : null)
  }

  /** Marks a row; what its slot holds does not matter. */
  setMissing(row: number): void {
    this.valid ??= new Uint8Array(this.options.capacity).fill(1)
    this.valid[row] = 0
  }
}
