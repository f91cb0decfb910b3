import { nonNegativeInteger, positiveInteger } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'
import { checkOptions, checkProbability, checkSeed } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'
import { drawPairs, someOfAll } from './random-pairs.js'

/** Options of `erdosRenyiGraph`: either a probability or a number of edges. */
export type ErdosRenyiGraphOptions = {
  /** At least 1. */
  readonly vertexCount: number
  /** Whether edges go one way. Default false: each pair that is joined has an edge each way. */
  readonly directed?: boolean
  /** An integer. Default 1. */
  readonly seed?: number
} & (
  | {
      /** Of each pair of vertices to be joined, independently: the model G(n, p). */
      readonly probability: number
      readonly pairCount?: never
    }
  | {
      /** How many pairs are joined, each choice equally likely: the model G(n, m). */
      readonly pairCount: number
      readonly probability?: never
    }
)

const OPTIONS = ['vertexCount', 'probability', 'pairCount', 'directed', 'seed']

/**
 * A random graph in which all pairs of vertices are equal. It is simple: no self-loops, no parallel
 * edges. With `directed` the pairs (u, v) and (v, u) are two.
 *
 * @throws {ArgumentError} If an option is out of range, or not exactly one of `probability` and
 * `pairCount` is given, or there are not so many pairs.
 *
 * Cost: O(vertices + edges), expected. Source: Gilbert 1959; Erdős and Rényi 1959; drawn as in
 * Batagelj and Brandes, "Efficient generation of large random networks", 2005.
 * @example
 * await erdosRenyiGraph({ vertexCount: 100, pairCount: 300 }).edges.count() // 600
 * await erdosRenyiGraph({ vertexCount: 100, probability: 1, directed: true }).edges.count() // 9900
 */
export function erdosRenyiGraph(options: ErdosRenyiGraphOptions): GeneratedGraph {
  const operation = 'erdosRenyiGraph'
  checkOptions(options, OPTIONS, operation)
  const { vertexCount, probability, pairCount, directed = false, seed = 1 } = options
  positiveInteger(vertexCount, operation, 'vertexCount')
  checkSeed(seed, operation)
  if ((probability === undefined) === (pairCount === undefined)) {
    throw new ArgumentError(
      `${operation}: give either probability or pairCount, as in { vertexCount: 100, pairCount: 300 }.`,
    )
  }
  if (probability !== undefined) {
    checkProbability(probability, operation, 'probability')
    return generated(() => withProbability(vertexCount, probability, directed, seed))
  }
  nonNegativeInteger(pairCount, operation, 'pairCount')
  const pairs = (vertexCount * (vertexCount - 1)) / (directed ? 1 : 2)
  if (pairCount > pairs) {
    throw new ArgumentError(
      `${operation}: pairCount must be at most ${pairs}, all pairs of ${vertexCount} vertices; got ${pairCount}.`,
    )
  }
  return generated(() => withCount(vertexCount, pairCount, directed, seed))
}

function withProbability(
  vertexCount: number,
  probability: number,
  directed: boolean,
  seed: number,
): Shape {
  const edges = new EdgeWriter('erdosRenyiGraph', vertexCount)
  if (directed) {
    const rowLength = () => vertexCount - 1
    drawPairs(vertexCount, rowLength, probability, seed, (u, k) => edges.add(u, k < u ? k : k + 1))
  } else {
    drawPairs(
      vertexCount,
      u => u,
      probability,
      seed,
      (u, v) => edges.addBoth(u, v),
    )
  }
  return edges.shape()
}

function withCount(vertexCount: number, count: number, directed: boolean, seed: number): Shape {
  const edges = new EdgeWriter('erdosRenyiGraph', vertexCount, directed ? count : 2 * count)
  const others = vertexCount - 1
  if (directed) {
    someOfAll(vertexCount * others, count, seed, pair => {
      const u = Math.floor(pair / others)
      const k = pair % others
      edges.add(u, k < u ? k : k + 1)
    })
  } else {
    someOfAll((vertexCount * others) / 2, count, seed, pair => {
      const u = triangleRow(pair)
      edges.addBoth(u, pair - (u * (u - 1)) / 2)
    })
  }
  return edges.shape()
}

/** The row of a triangle, with rows of 0, 1, 2, ... places, in which the place `pair` is. */
function triangleRow(pair: number): number {
  let row = Math.floor((1 + Math.sqrt(1 + 8 * pair)) / 2)
  // The root may be off by one where numbers are large.
  while ((row * (row - 1)) / 2 > pair) row--
  while ((row * (row + 1)) / 2 <= pair) row++
  return row
}
