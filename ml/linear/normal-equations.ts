/** Least squares by normal equations: sums over records, in parallel, then a small system. */
import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import type { KernelTeam } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { Numbers } from '../data/numbers.js'
import { blocksOf, type RowBlocks } from '../data/row-blocks.js'
import type { Rows, SparseRows } from '../data/rows.js'
import { addParts } from '../kernels/add-parts.js'
import { gramKernels } from '../kernels/gram.js'
import { rowRanges } from '../kernels/row-ranges.js'
import { columnScales } from '../optimization/column-scales.js'
import { type DenseProblem, denseSums } from './dense-sums.js'

/** How many times itself a sum of squares may be moved by: three digits are lost at most. */
const FAR = 1000

/** Names that a message has at most. */
const MOST_NAMES = 20

/** Rows that are looked at for where the means are about. */
const SAMPLE = 256

/** What least squares learns from; all arrays lie in the team's region. */
export interface LeastSquares {
  readonly rows: Rows
  readonly labels: Float64Array
  /** By record. */
  readonly weights: Float64Array
  readonly intercept: boolean
}

/** The same wherever it lies, and perhaps with less. */
export interface EquationProblem {
  readonly rows: Rows | RowBlocks
  /** By record; `null` where there is nothing to predict. */
  readonly labels: Numbers | null
  /** By record; `null` where each counts the same. */
  readonly weights: Numbers | null
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
 * Cost: O(records * features^2) for dense rows, which are read once, the squared entries of each for
 * sparse ones.
 */
export async function normalEquations(
  team: KernelTeam,
  { rows, labels, weights, intercept }: EquationProblem,
): Promise<NormalEquations> {
  if (rows.kind !== 'sparse') {
    const blocks = rows.kind === 'dense' ? blocksOf(rows) : rows
    return denseEquations(team, { rows: blocks, labels, weights }, intercept)
  }
  const { region } = team
  const { length } = rows
  const near = (numbers: Numbers) =>
    numbers instanceof Float64Array && region.owns(numbers) ? numbers : region.float64(numbers)
  return sparseEquations(team, {
    ...{ rows, intercept },
    labels: labels === null ? region.float64(length) : near(labels),
    weights: weights === null ? region.float64(length).fill(1) : near(weights),
  })
}

/**
 * Sums are made about the means of a few rows, and moved to those of all afterwards. That costs digits
 * where the few are not like the others: then there is a second pass.
 */
async function denseEquations(
  team: KernelTeam,
  problem: DenseProblem,
  intercept: boolean,
): Promise<NormalEquations> {
  const { rows, labels, weights } = problem
  const { size, length } = rows
  let total = length
  if (weights !== null) {
    total = 0
    for (const weight of weights) total += weight
  }
  let centre = intercept ? sampleMeans(problem) : new Float64Array(size + (labels === null ? 0 : 1))
  for (let pass = 0; ; pass++) {
    const { totals, square, stride } = await denseSums(team, problem, centre)
    if (pass === 0 && !totals.every(Number.isFinite)) rows.check()
    const means = centre.map((value, k) => (intercept ? value + totals[k]! / total : 0))
    const product = (i: number, j: number) =>
      square[i * stride + j]! - (intercept ? (totals[i]! * totals[j]!) / total : 0)
    const isFar = (k: number) => {
      const moved = (totals[k]! * totals[k]!) / total
      return moved > FAR * product(k, k) && moved > 1e-20 * total * means[k]! ** 2
    }
    if (intercept && pass === 0 && Array.from(means.keys()).some(isFar)) {
      centre = means
      continue
    }
    const products = new Float64Array(size * size)
    const targets = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      for (let j = i; j < size; j++) {
        const value = product(i, j)
        products[i * size + j] = value
        products[j * size + i] = value
      }
      if (labels !== null) targets[i] = product(i, size)
    }
    const squares = labels === null ? 0 : product(size, size)
    const labelMean = labels === null ? 0 : means[size]!
    return { size, products, targets, squares, means: means.slice(0, size), labelMean, total }
  }
}

/** The weighted means of columns over some rows, the label's behind the features'. */
function sampleMeans({ rows, labels, weights }: DenseProblem): Float64Array {
  const { length, size } = rows
  const count = Math.min(SAMPLE, length)
  const row = new Float64Array(size)
  const means = new Float64Array(size + (labels === null ? 0 : 1))
  let total = 0
  for (let k = 0; k < count; k++) {
    const at = Math.floor((k * length) / count)
    const weight = weights === null ? 1 : weights[at]!
    if (weight === 0) continue
    total += weight
    rows.read(at, at + 1, row)
    const share = weight / total
    for (let j = 0; j < size; j++) means[j]! += share * (row[j]! - means[j]!)
    if (labels !== null) means[size]! += share * (labels[at]! - means[size]!)
  }
  return means
}

async function sparseEquations(
  team: KernelTeam,
  { rows, labels, weights, intercept }: LeastSquares & { readonly rows: SparseRows },
): Promise<NormalEquations> {
  const { region } = team
  const { means, total } = await columnScales(team, rows, weights, intercept)
  const labelMean = intercept ? weightedMean(labels, weights, total) : 0
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
  const corner = square[size * stride + size]!
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
      const centred = here - corner * means[i]! * means[j]!
      products[i * size + j] = centred
      products[j * size + i] = centred
    }
    targets[i] = square[i * stride + size + 1]! - corner * means[i]! * labelMean
  }
  return { size, products, targets, squares, means, labelMean, total }
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
 * @throws {ArgumentError} If features depend on each other and `l2` is 0; names all that those before
 *   them determine.
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

/**
 * Finds the features of which nothing is left once those before them are taken out. One that is found is
 * itself no longer taken out of others, so that each is named that must go.
 */
function checkIndependent(
  products: Float64Array,
  blur: Float64Array,
  names: readonly string[],
  operation: string,
): void {
  const { length: size } = blur
  const factor = Float64Array.from(products)
  const kept: number[] = []
  const constant: string[] = []
  const determined: string[] = []
  for (let k = 0; k < size; k++) {
    let rest = products[k * size + k]!
    for (const j of kept) {
      let sum = factor[k * size + j]!
      for (const i of kept) {
        if (i >= j) break
        sum -= factor[k * size + i]! * factor[j * size + i]!
      }
      const entry = sum / factor[j * size + j]!
      factor[k * size + j] = entry
      rest -= entry * entry
    }
    const square = products[k * size + k]!
    if (square <= blur[k]!) constant.push(names[k]!)
    else if (rest <= 1e-12 * square + blur[k]!) determined.push(names[k]!)
    else {
      kept.push(k)
      factor[k * size + k] = Math.sqrt(rest)
    }
  }
  if (constant.length === 0 && determined.length === 0) return
  const reasons = [
    ...(constant.length === 0 ? [] : [said(constant, 'is', 'are', 'the same in all records')]),
    ...(determined.length === 0
      ? []
      : [said(determined, 'is a linear function', 'are linear functions', 'of those before')]),
  ]
  const many = constant.length + determined.length > 1
  throw new ArgumentError(
    `${operation}: ${reasons.join(', and ')}, so that there are many solutions. Leave ${many ? 'them' : 'it'} out, or give an l2 above 0.`,
  )
}

/** What is true of features, by name. */
function said(names: readonly string[], one: string, more: string, what: string): string {
  const list = listOf(names)
  return names.length === 1 ? `feature ${list} ${one} ${what}` : `features ${list} ${more} ${what}`
}

/** Names in quotes; of very many, how many more there are. */
function listOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(name => `"${name}"`)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)!}`
}
