import { Int32Column, nonNegativeInteger, positiveInteger } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'
import { checkOptions, checkProbability, checkSeed } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'
import { drawPairs, someOfAll } from './random-pairs.js'

/** Options of `randomBipartiteGraph`: either a probability or a number of edges. */
export type RandomBipartiteGraphOptions = {
  /** Vertices that edges leave: 0, 1, ... At least 1. */
  readonly topCount: number
  /** Vertices that edges reach; they are numbered on from the top ones. At least 1. */
  readonly bottomCount: number
  /** An integer. Default 1. */
  readonly seed?: number
} & (
  | {
      /** Of an edge from each top vertex to each bottom one, independently. */
      readonly probability: number
      readonly edgeCount?: never
    }
  | {
      /** How many edges there are, each choice equally likely. */
      readonly edgeCount: number
      readonly probability?: never
    }
)

const OPTIONS = ['topCount', 'bottomCount', 'probability', 'edgeCount', 'seed']

/**
 * A random graph of two sides: edges lead from top vertices to bottom ones, at most one for each
 * pair. The value of a vertex is its side: 0 at the top, 1 at the bottom.
 *
 * @throws {ArgumentError} If an option is out of range, or not exactly one of `probability` and
 * `edgeCount` is given, or there are not so many pairs.
 *
 * Cost: O(vertices + edges), expected.
 * @example
 * const ratings = randomBipartiteGraph({ topCount: 100, bottomCount: 20, edgeCount: 300 })
 * await ratings.edges.count() // 300
 */
export function randomBipartiteGraph(options: RandomBipartiteGraphOptions): GeneratedGraph<number> {
  const operation = 'randomBipartiteGraph'
  checkOptions(options, OPTIONS, operation)
  const { topCount, bottomCount, probability, edgeCount, seed = 1 } = options
  positiveInteger(topCount, operation, 'topCount')
  positiveInteger(bottomCount, operation, 'bottomCount')
  checkSeed(seed, operation)
  if ((probability === undefined) === (edgeCount === undefined)) {
    throw new ArgumentError(
      `${operation}: give either probability or edgeCount, as in { topCount: 100, bottomCount: 20, edgeCount: 300 }.`,
    )
  }
  if (probability !== undefined) {
    checkProbability(probability, operation, 'probability')
  } else {
    nonNegativeInteger(edgeCount, operation, 'edgeCount')
    if (edgeCount! > topCount * bottomCount) {
      throw new ArgumentError(
        `${operation}: edgeCount must be at most ${topCount * bottomCount}, all pairs; got ${edgeCount}.`,
      )
    }
  }
  return generated(() => twoSides(topCount, bottomCount, probability, edgeCount, seed))
}

function twoSides(
  topCount: number,
  bottomCount: number,
  probability: number | undefined,
  edgeCount: number | undefined,
  seed: number,
): Shape {
  const vertexCount = topCount + bottomCount
  const edges = new EdgeWriter('randomBipartiteGraph', vertexCount, edgeCount)
  if (probability !== undefined) {
    const hit = (u: number, k: number) => edges.add(u, topCount + k)
    drawPairs(topCount, () => bottomCount, probability, seed, hit)
  } else {
    someOfAll(topCount * bottomCount, edgeCount!, seed, pair => {
      edges.add(Math.floor(pair / bottomCount), topCount + (pair % bottomCount))
    })
  }
  const sides = new Int32Array(vertexCount).fill(1, topCount)
  return { ...edges.shape(), vertexValues: new Int32Column(sides) }
}
