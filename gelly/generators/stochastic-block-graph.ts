import { Int32Column, positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'
import { checkOptions, checkProbability, checkSeed } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'
import { drawPairs } from './random-pairs.js'

/** Options of `stochasticBlockGraph`. */
export interface StochasticBlockGraphOptions {
  /** Vertices in each block: at least one block, of at least one vertex. */
  readonly sizes: readonly number[]
  /**
   * By block and block: the probability of an edge from a vertex of the one to a vertex of the other.
   * Symmetric, unless `directed`.
   */
  readonly probabilities: readonly (readonly number[])[]
  /** Whether edges go one way. Default false: each pair that is joined has an edge each way. */
  readonly directed?: boolean
  /** An integer. Default 1. */
  readonly seed?: number
}

/**
 * A random graph with communities: the probability of an edge depends on the blocks of its ends.
 * Vertices are numbered block by block; the value of each is its block, from 0. No self-loops, no
 * parallel edges.
 *
 * @throws {ArgumentError} If there is no block, `probabilities` is not square with a row for each
 * block, or not symmetric, or a number is out of range.
 *
 * Cost: O(blocks * vertices + edges), expected. Source: Holland, Laskey and Leinhardt, "Stochastic
 * blockmodels: first steps", 1983.
 * @example
 * const graph = stochasticBlockGraph({ sizes: [2, 3], probabilities: [[1, 0], [0, 1]] })
 * await graph.edges.count() // 8
 * await graph.vertices.select('value') // [{ value: 0 }, { value: 0 }, { value: 1 }, { value: 1 }, { value: 1 }]
 */
export function stochasticBlockGraph(options: StochasticBlockGraphOptions): GeneratedGraph<number> {
  const operation = 'stochasticBlockGraph'
  checkOptions(options, ['sizes', 'probabilities', 'directed', 'seed'], operation)
  const { sizes, probabilities, directed = false, seed = 1 } = options
  checkSeed(seed, operation)
  if (!Array.isArray(sizes) || sizes.length === 0) {
    throw new ArgumentError(
      `${operation}: sizes must be a list such as [100, 200]; got ${shown(sizes)}.`,
    )
  }
  sizes.forEach((size, k) => {
    positiveInteger(size, operation, `sizes[${k}]`)
  })
  checkMatrix(probabilities, sizes.length, directed)
  return generated(() => blocks([...sizes], probabilities, directed, seed))
}

function checkMatrix(matrix: readonly (readonly number[])[], size: number, directed: boolean) {
  const operation = 'stochasticBlockGraph'
  const square = Array.isArray(matrix) && matrix.length === size
  if (!square || matrix.some(row => !Array.isArray(row) || row.length !== size)) {
    throw new ArgumentError(
      `${operation}: probabilities must be ${size} lists of ${size} numbers, one for each of sizes; got ${shown(matrix)}.`,
    )
  }
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      checkProbability(matrix[a]![b], operation, `probabilities[${a}][${b}]`)
      if (directed || matrix[a]![b] === matrix[b]![a]) continue
      throw new ArgumentError(
        `${operation}: probabilities must be symmetric, but [${a}][${b}] is ${matrix[a]![b]} and [${b}][${a}] is ${matrix[b]![a]}. Make them equal, or give directed: true.`,
      )
    }
  }
}

function blocks(
  sizes: readonly number[],
  probabilities: readonly (readonly number[])[],
  directed: boolean,
  seed: number,
): Shape {
  const firsts = sizes.map((_, block) => sizes.slice(0, block).reduce((sum, size) => sum + size, 0))
  const vertexCount = firsts.at(-1)! + sizes.at(-1)!
  const edges = new EdgeWriter('stochasticBlockGraph', vertexCount)
  for (let a = 0; a < sizes.length; a++) {
    for (let b = 0; b < (directed ? sizes.length : a + 1); b++) {
      const [size, other] = [sizes[a]!, sizes[b]!]
      const [u0, v0] = [firsts[a]!, firsts[b]!]
      const hit = (u: number, v: number): void => {
        if (!directed) edges.addBoth(u0 + u, v0 + v)
        else edges.add(u0 + u, v0 + (a === b && v >= u ? v + 1 : v))
      }
      const within = directed ? () => size - 1 : (u: number) => u
      const rowLength = a === b ? within : () => other
      const ownSeed = seed + 1e6 * (a * sizes.length + b)
      drawPairs(size, rowLength, probabilities[a]![b]!, ownSeed, hit)
    }
  }
  const values = new Int32Array(vertexCount)
  sizes.forEach((size, block) => {
    values.fill(block, firsts[block], firsts[block]! + size)
  })
  return { ...edges.shape(), vertexValues: new Int32Column(values) }
}
