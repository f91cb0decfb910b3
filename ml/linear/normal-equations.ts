/** Least squares by normal equations: sums over records, in parallel, then a small system. */
import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import type { KernelTeam } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { Rows } from '../data/rows.js'
import { addParts } from '../kernels/add-parts.js'
import { GRAM_BLOCK, gramKernels } from '../kernels/gram.js'
import { rowRanges } from '../kernels/row-ranges.js'
import { columnScales } from '../optimization/column-scales.js'

/** What least squares learns from; all arrays lie in the team's region. */
export interface LeastSquares {
  readonly rows: Rows
  readonly labels: Float64Array
  /** By record. */
  readonly weights: Float64Array
  readonly intercept: boolean
}

/** Weighted sums over records, about the means where there is an intercept. */
export interface NormalEquations {
  /** How many features there are. */
  readonly size: number
  /** The sums of products of two features, row by row. */
  readonly products: Float64Array
  /** The sums of products of each feature and the label. */
  readonly targets: Float64Array
  /** The sum of the squared labels. */
  readonly squares: number
  /** The means of the features; zeros without an intercept. */
  readonly means: Float64Array
  /** The mean of the labels; 0 without an intercept. */
  readonly labelMean: number
  /** The sum of the weights. */
  readonly total: number
}

/**
 * The normal equations. Sums over dense rows are made about the means, so that features of large values
 * lose no digits; those over sparse rows, whose values are mostly 0, are moved there afterwards.
 *
 * Cost: O(records * features^2) for dense rows, the squared entries of each for sparse ones.
 */
export async function normalEquations(
  team: KernelTeam,
  problem: LeastSquares,
): Promise<NormalEquations> {
  const { rows, labels, weights, intercept } = problem
  const { means, total } = await columnScales(team, rows, weights, intercept)
  const labelMean = intercept ? weightedMean(labels, weights, total) : 0
  const found =
    rows.kind === 'dense'
      ? await denseSums(team, problem, means, labelMean)
      : await sparseSums(team, problem, means, labelMean)
  return { size: rows.size, ...found, means, labelMean, total }
}

type Sums = Pick<NormalEquations, 'products' | 'targets' | 'squares'>

async function denseSums(
  team: KernelTeam,
  { rows, labels, weights }: LeastSquares,
  means: Float64Array,
  labelMean: number,
): Promise<Sums> {
  const { region } = team
  const { size, values } = rows
  const { denseGram } = await team.load(gramKernels)
  const stride = (size + 4) & -4
  const parts = rowRanges(rows, stride * stride)
  const count = parts.length - 1
  const centre = region.float64(stride)
  centre.set(means)
  centre[size] = labelMean
  const scratch = region.float64(count * 2 * GRAM_BLOCK * stride)
  const sums = region.float64(count * stride * stride)
  const starts = region.int32(parts)
  await denseGram(
    ...([parts, values, size, labels, weights, centre] as const),
    ...([stride, scratch, sums, starts] as const),
  )
  const square = new Float64Array(stride * stride)
  addParts(sums, count, square)
  const products = new Float64Array(size * size)
  const targets = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      products[i * size + j] = square[i * stride + j]!
      products[j * size + i] = square[i * stride + j]!
    }
    targets[i] = square[i * stride + size]!
  }
  return { products, targets, squares: square[size * stride + size]! }
}

async function sparseSums(
  team: KernelTeam,
  { rows, labels, weights }: LeastSquares,
  means: Float64Array,
  labelMean: number,
): Promise<Sums> {
  if (rows.kind !== 'sparse') throw new Error('dense rows')
  const { region } = team
  const { size, offsets, indices, values } = rows
  const { sparseGram } = await team.load(gramKernels)
  const stride = size + 2
  const parts = rowRanges(rows, stride * stride)
  const count = parts.length - 1
  const sums = region.float64(count * stride * stride)
  const starts = region.int32(parts)
  await sparseGram(
    ...([parts, offsets, indices, values, size] as const),
    ...([labels, weights, stride, sums, starts] as const),
  )
  const square = new Float64Array(stride * stride)
  addParts(sums, count, square)
  const total = square[size * stride + size]!
  const products = new Float64Array(size * size)
  const targets = new Float64Array(size)
  let squares = 0
  for (let row = 0; row < rows.length; row++) {
    squares += weights[row]! * (labels[row]! - labelMean) ** 2
  }
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      // Products stand where entries of a row stand in this order or the other one.
      const here = square[i * stride + j]! + (i === j ? 0 : square[j * stride + i]!)
      const centred = here - total * means[i]! * means[j]!
      products[i * size + j] = centred
      products[j * size + i] = centred
    }
    targets[i] = square[i * stride + size + 1]! - total * means[i]! * labelMean
  }
  return { products, targets, squares }
}

/** The mean of labels with weights that add up to `total`. */
export function weightedMean(labels: Float64Array, weights: Float64Array, total: number): number {
  let sum = 0
  for (let row = 0; row < labels.length; row++) sum += weights[row]! * labels[row]!
  return sum / total
}

/**
 * The coefficients and the intercept.
 *
 * @throws {ArgumentError} If features depend on each other and `l2` is 0; names the first that does.
 */
export function solveNormalEquations(
  { size, products, targets, means, labelMean, total }: NormalEquations,
  l2: number,
  names: readonly string[],
  operation: string,
): { readonly coefficients: Float64Array; readonly intercept: number } {
  if (l2 === 0) {
    // A square is lost in the rounding of what was taken off it.
    const blur = means.map(mean => 1e-12 * total * mean * mean)
    checkIndependent(products, blur, names, operation)
  }
  const matrix = Matrix.from1DArray(size, size, Array.from(products))
  for (let k = 0; k < size; k++) matrix.set(k, k, matrix.get(k, k) + l2)
  const factored = new CholeskyDecomposition(matrix)
  if (!factored.isPositiveDefinite()) {
    throw new ArgumentError(
      `${operation}: features depend on each other linearly, and l2 is too small to choose; got ${l2}. Give a larger one.`,
    )
  }
  const solution = factored.solve(Matrix.columnVector(targets))
  const coefficients = Float64Array.from(solution.to1DArray())
  let intercept = labelMean
  for (let k = 0; k < size; k++) intercept -= coefficients[k]! * means[k]!
  return { coefficients, intercept }
}

/** Finds a feature of which nothing is left once those before it are taken out. */
function checkIndependent(
  products: Float64Array,
  blur: Float64Array,
  names: readonly string[],
  operation: string,
): void {
  const { length: size } = blur
  const factor = Float64Array.from(products)
  for (let k = 0; k < size; k++) {
    for (let j = 0; j < k; j++) {
      let sum = factor[k * size + j]!
      for (let i = 0; i < j; i++) sum -= factor[k * size + i]! * factor[j * size + i]!
      factor[k * size + j] = sum / factor[j * size + j]!
    }
    let rest = factor[k * size + k]!
    for (let j = 0; j < k; j++) rest -= factor[k * size + j]! ** 2
    const square = products[k * size + k]!
    if (rest <= 1e-12 * square + blur[k]!) {
      throw new ArgumentError(
        `${operation}: feature "${names[k]}" ${square <= blur[k]! ? 'is the same in all records' : 'is a linear function of those before it'}, so that there are many solutions. Leave it out, or give an l2 above 0.`,
      )
    }
    factor[k * size + k] = Math.sqrt(rest)
  }
}
