import type { Rows } from '../data/rows.js'
import type { ColumnScales } from '../optimization/column-scales.js'
import { dot } from '../optimization/vectors.js'
import type { ColumnProducts } from './coordinate-descent.js'
import type { LeastSquares, NormalEquations } from './normal-equations.js'

/** Of products of all pairs of features, which a move changes: for few features of many records. */
export function pairProducts(equations: NormalEquations): ColumnProducts {
  const { size, products, targets, squares: labelSquares } = equations
  const squares = Float64Array.from({ length: size }, (_, k) => products[k * size + k]!)
  // A constant is lost in the rounding of what was taken off it.
  for (let k = 0; k < size; k++) {
    if (squares[k]! <= 1e-12 * equations.total * equations.means[k]! ** 2) squares[k] = 0
  }
  const left = targets.slice()
  return {
    ...{ size, squares, labelSquares, targets },
    moved: { left },
    cost: size,
    product: feature => left[feature]!,
    move(feature, step) {
      const row = feature * size
      for (let k = 0; k < size; k++) left[k]! -= step * products[row + k]!
    },
    rest: coefficients =>
      Math.max(0, labelSquares - dot(coefficients, targets) - dot(coefficients, left)),
  }
}

/**
 * Of the features' own entries, column by column: for many features. Sparse ones stay sparse: the means
 * are taken off by one number for all records.
 */
export function entryProducts(
  { rows, labels, weights }: LeastSquares,
  { means, total }: ColumnScales,
  labelMean: number,
): ColumnProducts {
  const { length, size } = rows
  const { offsets, records, values } = columnsOf(rows)
  const left = Float64Array.from(labels, label => label - labelMean)
  const squares = new Float64Array(size)
  const targets = new Float64Array(size)
  // What records lack beside `left`: the means of the features, times the coefficients.
  const shift = new Float64Array(1)
  let labelSquares = 0
  for (let row = 0; row < length; row++) labelSquares += weights[row]! * left[row]! ** 2
  // About the means the weighted residuals sum to 0, so that the mean of the feature may stay in.
  const product = (feature: number): number => {
    let sum = 0
    let own = 0
    for (let at = offsets[feature]!; at < offsets[feature + 1]!; at++) {
      const record = records[at]!
      const weighted = weights[record]! * values[at]!
      sum += weighted * left[record]!
      own += weighted
    }
    return sum + shift[0]! * own
  }
  for (let k = 0; k < size; k++) {
    let sum = 0
    for (let at = offsets[k]!; at < offsets[k + 1]!; at++) {
      sum += weights[records[at]!]! * values[at]! ** 2
    }
    const centred = sum - total * means[k]! ** 2
    squares[k] = centred <= 1e-12 * sum ? 0 : centred
    targets[k] = product(k)
  }
  return {
    ...{ size, squares, labelSquares, targets, product },
    moved: { left, shift },
    cost: values.length / size,
    move(feature, step) {
      for (let at = offsets[feature]!; at < offsets[feature + 1]!; at++) {
        left[records[at]!]! -= step * values[at]!
      }
      shift[0]! += step * means[feature]!
    },
    rest() {
      let sum = 0
      for (let row = 0; row < length; row++) sum += weights[row]! * (left[row]! + shift[0]!) ** 2
      return sum
    },
  }
}

/** The entries of rows, column by column. */
function columnsOf(rows: Rows) {
  const { length, size, values } = rows
  const offsets = new Int32Array(size + 1)
  const records = new Int32Array(values.length)
  const sorted = new Float64Array(values.length)
  if (rows.kind === 'dense') {
    for (let k = 0, at = 0; k < size; k++) {
      for (let row = 0; row < length; row++, at++) {
        records[at] = row
        sorted[at] = values[row * size + k]!
      }
      offsets[k + 1] = at
    }
    return { offsets, records, values: sorted }
  }
  const { indices } = rows
  for (const index of indices) offsets[index + 1]!++
  for (let k = 0; k < size; k++) offsets[k + 1]! += offsets[k]!
  const next = offsets.slice(0, size)
  for (let row = 0; row < length; row++) {
    for (let at = rows.offsets[row]!; at < rows.offsets[row + 1]!; at++) {
      const place = next[indices[at]!]!++
      records[place] = row
      sorted[place] = values[at]!
    }
  }
  return { offsets, records, values: sorted }
}
