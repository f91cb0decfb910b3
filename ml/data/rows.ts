/** Vectors of features, one per record, as kernels read them. */

/** Every entry is stored, row after row. */
export interface DenseRows {
  readonly kind: 'dense'
  /** How many there are. */
  readonly length: number
  /** How many features each has. */
  readonly size: number
  /** Row `i` begins at `i * size`. */
  readonly values: Float64Array
}

/** Only entries that are not zero are stored: row `i` has those from `offsets[i]` up to `offsets[i + 1]`. */
export interface SparseRows {
  readonly kind: 'sparse'
  readonly length: number
  readonly size: number
  /** One more than there are rows. Begins at 0. */
  readonly offsets: Int32Array
  readonly indices: Int32Array
  readonly values: Float64Array
}

/** Vectors of features, all of one size. */
export type Rows = DenseRows | SparseRows

/** The same rows with every entry stored. */
export function toDense(rows: Rows): DenseRows {
  if (rows.kind === 'dense') return rows
  const { length, size, offsets, indices, values } = rows
  const dense = new Float64Array(length * size)
  for (let row = 0; row < length; row++) {
    const start = row * size
    for (let k = offsets[row]!; k < offsets[row + 1]!; k++) dense[start + indices[k]!] = values[k]!
  }
  return { kind: 'dense', length, size, values: dense }
}
