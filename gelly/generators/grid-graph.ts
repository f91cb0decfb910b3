import { knownOptions, positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { checkOptions } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'
import { type GridDimension, gridEdges } from './grid-edges.js'

/** Options of `gridGraph`. */
export interface GridGraphOptions {
  /** One or more; a number is a size without wrapping. */
  readonly dimensions: readonly (number | GridDimension)[]
}

/**
 * A grid of any number of dimensions, or a torus: each vertex is joined with the next one along
 * each dimension, by an edge each way. The last dimension runs fastest: in a grid of 3 by 4, vertex
 * 5 is at (1, 1).
 *
 * @throws {ArgumentError} If there is no dimension, or a size is not an integer of at least 2.
 * @example
 * await gridGraph({ dimensions: [3, 4] }).vertices.count() // 12
 * await gridGraph({ dimensions: [{ size: 3, wrap: true }, { size: 4, wrap: true }] }).edges.count() // 48
 */
export function gridGraph(options: GridGraphOptions): GeneratedGraph {
  checkOptions(options, ['dimensions'], 'gridGraph')
  const { dimensions } = options
  if (!Array.isArray(dimensions) || dimensions.length === 0) {
    throw new ArgumentError(
      `gridGraph: dimensions must be a list of sizes such as [3, 4]; got ${shown(dimensions)}.`,
    )
  }
  const checked = dimensions.map(checkedDimension)
  return generated(() => gridEdges('gridGraph', checked))
}

function checkedDimension(given: number | GridDimension, index: number): GridDimension {
  const dimension = typeof given === 'number' ? { size: given } : given
  const name = `dimensions[${index}]`
  knownOptions(dimension, ['size', 'wrap'], 'gridGraph')
  positiveInteger(dimension?.size, 'gridGraph', `${name}.size`)
  if (dimension.size < 2) {
    throw new ArgumentError(
      `gridGraph: ${name}.size must be at least 2; got ${dimension.size}. Leave out a dimension of one vertex.`,
    )
  }
  return { size: dimension.size, wrap: dimension.wrap === true }
}
