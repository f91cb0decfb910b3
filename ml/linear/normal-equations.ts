/** Least squares by normal equations: sums over records, in parallel, then a small system. */
import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import type { KernelTeam } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type Rows, toDense } from '../data/rows.js'

/** What least squares learns from; all arrays lie in the team's region. */
export interface LeastSquares {
  readonly rows: Rows
  readonly labels: Float64Array
  /** By record; `null` where each counts the same. */
  readonly weights: Float64Array | null
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
  /** The means of the features; zeros without an intercept. */
  readonly means: Float64Array
  /** The mean of the labels; 0 without an intercept. */
  readonly labelMean: number
}

/**
 * The normal equations. Sums are made about the means, so that features of large values lose no
 * digits.
 */
export async function normalEquations(
  team: KernelTeam,
  { rows, labels, weights, intercept }: LeastSquares,
): Promise<NormalEquations> {
  const { region } = team
  const dense = toDense(rows)
  const values = rows.kind === 'dense' ? rows.values : region.float64(dense.values)
  const { length, size } = rows
  const means = region.float64(size)
  const noWeights = region.float64(0)
  let labelMean = 0
  if (intercept) {
    let total = 0
    for (let row = 0, at = 0; row < length; row++) {
      const weight = weights === null ? 1 : weights[row]!
      total += weight
      labelMean += weight * labels[row]!
      for (let k = 0; k < size; k++, at++) means[k]! += weight * values[at]!
    }
    labelMean /= total
    for (let k = 0; k < size; k++) means[k]! /= total
  }
  const kernels = await team.load({ name: 'gram', functions: { gram } })
  const parts = team.evenParts(length)
  const count = parts.length - 1
  const width = size + 1
  const sums = region.float64(count * size * width)
  const starts = region.int32(parts)
  await kernels.gram(
    parts,
    values,
    labels,
    weights ?? noWeights,
    means,
    labelMean,
    size,
    sums,
    starts,
  )
  const products = new Float64Array(size * size)
  const targets = new Float64Array(size)
  for (let part = 0; part < count; part++) {
    const start = part * size * width
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) products[i * size + j]! += sums[start + i * width + j]!
      targets[i]! += sums[start + i * width + size]!
    }
  }
  return { size, products, targets, means: Float64Array.from(means), labelMean }
}

/**
 * Adds up the products of centred features with each other and with the label, for a range of records,
 * into that part's own square of `sums`.
 */
function gram(
  values: Float64Array,
  labels: Float64Array,
  weights: Float64Array,
  means: Float64Array,
  labelMean: number,
  size: number,
  sums: Float64Array,
  starts: Int32Array,
  from: number,
  to: number,
): void {
  let part = 0
  while (starts[part + 1]! <= from) part++
  const width = size + 1
  const start = part * size * width
  const centred = new Float64Array(width)
  for (let row = from; row < to; row++) {
    for (let k = 0; k < size; k++) centred[k] = values[row * size + k]! - means[k]!
    centred[size] = labels[row]! - labelMean
    const weight = weights.length === 0 ? 1 : weights[row]!
    for (let i = 0; i < size; i++) {
      const factor = weight * centred[i]!
      const at = start + i * width
      for (let j = i; j < width; j++) sums[at + j]! += factor * centred[j]!
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) sums[start + i * width + j] = sums[start + j * width + i]!
  }
}

/**
 * The coefficients and the intercept.
 *
 * @throws {ArgumentError} If features depend on each other and `l2` is 0; names the first that does.
 */
export function solveNormalEquations(
  { size, products, targets, means, labelMean }: NormalEquations,
  l2: number,
  names: readonly string[],
  operation: string,
): { readonly coefficients: Float64Array; readonly intercept: number } {
  if (l2 === 0) checkIndependent(products, size, names, operation)
  const matrix = Matrix.from1DArray(size, size, Array.from(products))
  for (let k = 0; k < size; k++) matrix.set(k, k, matrix.get(k, k) + l2)
  const solution = new CholeskyDecomposition(matrix).solve(Matrix.columnVector(targets))
  const coefficients = Float64Array.from(solution.to1DArray())
  let intercept = labelMean
  for (let k = 0; k < size; k++) intercept -= coefficients[k]! * means[k]!
  return { coefficients, intercept }
}

/** Finds a feature of which nothing is left once those before it are taken out. */
function checkIndependent(
  products: Float64Array,
  size: number,
  names: readonly string[],
  operation: string,
): void {
  const factor = Float64Array.from(products)
  for (let k = 0; k < size; k++) {
    for (let j = 0; j < k; j++) {
      let sum = factor[k * size + j]!
      for (let i = 0; i < j; i++) sum -= factor[k * size + i]! * factor[j * size + i]!
      factor[k * size + j] = sum / factor[j * size + j]!
    }
    let rest = factor[k * size + k]!
    for (let j = 0; j < k; j++) rest -= factor[k * size + j]! ** 2
    if (rest <= 1e-12 * products[k * size + k]!) {
      throw new ArgumentError(
        `${operation}: feature "${names[k]}" ${products[k * size + k] === 0 ? 'is the same in all records' : 'is a linear function of those before it'}, so that there are many solutions. Leave it out, or give an l2 above 0.`,
      )
    }
    factor[k * size + k] = Math.sqrt(rest)
  }
}
