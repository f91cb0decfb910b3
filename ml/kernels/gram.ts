/** Sums of products of features: the plain twin of `assembly/gram.ts`, with the same order of additions. */

/** Rows that `denseGram` takes at a time. */
export const GRAM_BLOCK = 64

/**
 * Adds up the weighted products of centred columns, the label behind the features, for a range of rows
 * into that part's own square: on the diagonal and above it, in tiles of four columns by four.
 *
 * @param labelled 1 where there is a label, else 0.
 * @param weighted 1 where rows have weights, else 0.
 * @param centre What is taken off each column, the label's behind the features'.
 * @param stride Columns of the square, a multiple of four.
 * @param _scratch For each part a block of rows, two where there are weights; for the other form.
 * @param sums A square for each part and behind it the sums of the columns, which are added to.
 */
function denseGram(
  values: Float64Array,
  size: number,
  labels: Float64Array,
  labelled: number,
  weights: Float64Array,
  weighted: number,
  centre: Float64Array,
  stride: number,
  _scratch: Float64Array,
  sums: Float64Array,
  starts: Int32Array,
  from: number,
  to: number,
): void {
  let part = 0
  while (starts[part + 1]! <= from) part++
  const width = stride * (stride + 1)
  const square = sums.subarray(part * width, (part + 1) * width)
  const totals = square.subarray(stride * stride)
  const centred = new Float64Array(stride)
  for (let row = from; row < to; row++) {
    for (let k = 0; k < size; k++) centred[k] = values[row * size + k]! - centre[k]!
    if (labelled === 1) centred[size] = labels[row]! - centre[size]!
    const weight = weighted === 1 ? weights[row]! : 1
    for (let i = 0; i < stride; i++) {
      const factor = weight * centred[i]!
      totals[i]! += factor
      for (let j = i & -4; j < stride; j++) square[i * stride + j]! += factor * centred[j]!
    }
  }
}

/**
 * The same for sparse rows, without a centre: with a column of ones behind the features, and the label
 * behind that. Products of two features stand where the row has them: the one stored first by the
 * one stored later.
 */
function sparseGram(
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  size: number,
  labels: Float64Array,
  weights: Float64Array,
  stride: number,
  sums: Float64Array,
  starts: Int32Array,
  from: number,
  to: number,
): void {
  let part = 0
  while (starts[part + 1]! <= from) part++
  const square = sums.subarray(part * stride * stride, (part + 1) * stride * stride).fill(0)
  const corner = size * stride + size
  for (let row = from; row < to; row++) {
    const end = offsets[row + 1]!
    const weight = weights[row]!
    const label = labels[row]!
    for (let k = offsets[row]!; k < end; k++) {
      const factor = weight * values[k]!
      const line = indices[k]! * stride
      for (let j = k; j < end; j++) square[line + indices[j]!]! += factor * values[j]!
      square[line + size]! += factor
      square[line + size + 1]! += factor * label
    }
    square[corner]! += weight
    square[corner + 1]! += weight * label
  }
}

/** For each column the weighted sum of its values, and behind these that of their squares. */
function columnMoments(
  sparse: number,
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  size: number,
  weights: Float64Array,
  sums: Float64Array,
  starts: Int32Array,
  from: number,
  to: number,
): void {
  let part = 0
  while (starts[part + 1]! <= from) part++
  const own = sums.subarray(part * 2 * size, (part + 1) * 2 * size).fill(0)
  for (let row = from; row < to; row++) {
    const weight = weights[row]!
    const first = sparse === 1 ? offsets[row]! : row * size
    const end = sparse === 1 ? offsets[row + 1]! : first + size
    for (let at = first; at < end; at++) {
      const column = sparse === 1 ? indices[at]! : at - first
      const weighted = weight * values[at]!
      own[column]! += weighted
      own[size + column]! += weighted * values[at]!
    }
  }
}

/** The kernels, for a team. */
export const gramKernels = {
  name: 'ml/gram',
  code: () => import('./modules/gram.js'),
  functions: { denseGram, sparseGram, columnMoments },
}
