/** The directions along which records spread most. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { KernelTeam } from '../../engine/extend.js'
import type { RowBlocks } from '../data/row-blocks.js'
import type { Rows } from '../data/rows.js'
import { normalEquations } from '../linear/normal-equations.js'

/** All directions, by how much records spread along them. */
export interface PrincipalComponents {
  readonly means: Float64Array
  /** Unit vectors, one after the other, the one of the largest variance first. */
  readonly directions: Float64Array
  /** By direction: the variance of the records along it, of a sample: divided by records - 1. */
  readonly variances: Float64Array
}

/**
 * The eigenvectors of the covariances of features. The entry of each that is largest by its absolute value
 * is positive, the first of equal ones.
 *
 * Cost: O(records * features^2 + features^3).
 */
export async function principalComponents(
  team: KernelTeam,
  rows: Rows | RowBlocks,
): Promise<PrincipalComponents> {
  const { length, size } = rows
  const problem = { rows, labels: null, weights: null, intercept: true }
  const { products, means } = await normalEquations(team, problem)
  const covariances = Matrix.from1DArray(
    size,
    size,
    Array.from(products, value => value / (length - 1)),
  )
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariances, {
    assumeSymmetric: true,
  })
  const order = Array.from(realEigenvalues.keys())
  order.sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]! || a - b)
  const directions = new Float64Array(size * size)
  for (const [k, column] of order.entries()) {
    const direction = Float64Array.from(eigenvectorMatrix.getColumn(column))
    const sign = Math.sign(largestEntry(direction)) || 1
    for (let j = 0; j < size; j++) directions[k * size + j] = sign * direction[j]!
  }
  // Rounding may leave something below 0 where there is nothing.
  const variances = Float64Array.from(order, column => Math.max(realEigenvalues[column]!, 0))
  return { means, directions, variances }
}

function largestEntry(values: Float64Array): number {
  return values.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
}
