import { positiveInteger, type Random, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'
import { aliasTable } from './alias-table.js'
import { BLOCK, blockRandom } from './block-random.js'
import { checkOptions, checkProbability, checkSeed } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'

/** Options of `rmatGraph`. */
export interface RmatGraphOptions {
  /** The graph has 2^scale vertices; from 1 to 30. */
  readonly scale: number
  /** Edges per vertex. Default 16, as in Graph 500 and GAP. */
  readonly edgeFactor?: number
  /** Probability that both ends lie in the lower half. Default 0.57. */
  readonly a?: number
  /** Probability that the source lies in the lower half and the target in the upper. Default 0.19. */
  readonly b?: number
  /** Probability that the source lies in the upper half and the target in the lower. Default 0.19. */
  readonly c?: number
  /**
   * How far the probabilities are shaken at each level, from 0 to 2: each is multiplied by a random
   * factor between 1 - noise / 2 and 1 + noise / 2. It smooths the steps in the degrees. Default 0.
   */
  readonly noise?: number
  /** An integer. Default 1. */
  readonly seed?: number
}

const OPTIONS = ['scale', 'edgeFactor', 'a', 'b', 'c', 'noise', 'seed']

/**
 * A graph with the skewed degrees of social networks: each edge chooses a quadrant of the matrix of
 * vertices, then a quadrant in this one, and so on down to one cell.
 *
 * It is directed and not simple: there are self-loops and parallel edges, and many vertices without
 * an edge. Positions are not shuffled: vertex 0 has most edges.
 *
 * @throws {ArgumentError} If an option is out of range, or a + b + c is above 1.
 *
 * Cost: O(edges * scale); 16.8 million edges of scale 20 take a second or two. Source: Chakrabarti, Zhan and
 * Faloutsos, "R-MAT: A Recursive Model for Graph Mining", 2004.
 * @example
 * await rmatGraph({ scale: 8 }).edges.count() // 4096
 */
export function rmatGraph(options: RmatGraphOptions): GeneratedGraph {
  checkOptions(options, OPTIONS, 'rmatGraph')
  const { scale, edgeFactor = 16, a = 0.57, b = 0.19, c = 0.19, noise = 0, seed = 1 } = options
  positiveInteger(scale, 'rmatGraph', 'scale')
  if (scale > 30) {
    throw new ArgumentError(`rmatGraph: scale must be at most 30; got ${scale}.`)
  }
  positiveInteger(edgeFactor, 'rmatGraph', 'edgeFactor')
  checkProbability(a, 'rmatGraph', 'a')
  checkProbability(b, 'rmatGraph', 'b')
  checkProbability(c, 'rmatGraph', 'c')
  if (a + b + c > 1 + 1e-12) {
    throw new ArgumentError(`rmatGraph: a + b + c must be at most 1; got ${a + b + c}.`)
  }
  if (!(typeof noise === 'number' && noise >= 0 && noise <= 2)) {
    throw new ArgumentError(`rmatGraph: noise must be from 0 to 2; got ${shown(noise)}.`)
  }
  checkSeed(seed, 'rmatGraph')
  const quadrants = [a, b, c, Math.max(0, 1 - a - b - c)]
  return generated(() => rmatEdges(scale, edgeFactor, quadrants, noise, seed))
}

/** Adds `count` edges, drawn from `random`. */
type AddEdges = (edges: EdgeWriter, count: number, random: Random) => void

function rmatEdges(
  scale: number,
  edgeFactor: number,
  quadrants: readonly number[],
  noise: number,
  seed: number,
): Shape {
  const edgeCount = 2 ** scale * edgeFactor
  const edges = new EdgeWriter('rmatGraph', 2 ** scale, edgeCount)
  const add = noise > 0 ? noisy(scale, quadrants, noise) : exact(scale, quadrants)
  for (let first = 0; first < edgeCount; first += BLOCK) {
    add(edges, Math.min(BLOCK, edgeCount - first), blockRandom(seed, first / BLOCK))
  }
  return edges.shape()
}

/** Four levels at a time, with one random number, and the rest of the levels with another. */
function exact(scale: number, quadrants: readonly number[]): AddEdges {
  const four = levels(4, quadrants)
  const rest = scale % 4 === 0 ? undefined : levels(scale % 4, quadrants)
  const rounds = Math.floor(scale / 4)
  const { limits, others, bits } = four.table
  const { sourceBits, targetBits } = four
  return (edges, count, random) => {
    for (let k = 0; k < count; k++) {
      let [source, target] = [0, 0]
      for (let round = 0; round < rounds; round++) {
        const word = random.uint32()
        const slot = word & 255
        const outcome = word >>> bits < limits[slot]! ? slot : others[slot]!
        source = (source << 4) | sourceBits[outcome]!
        target = (target << 4) | targetBits[outcome]!
      }
      if (rest !== undefined) {
        const { table } = rest
        const word = random.uint32()
        const slot = word & (2 ** table.bits - 1)
        const outcome = word >>> table.bits < table.limits[slot]! ? slot : table.others[slot]!
        source = (source << (table.bits / 2)) | rest.sourceBits[outcome]!
        target = (target << (table.bits / 2)) | rest.targetBits[outcome]!
      }
      edges.add(source, target)
    }
  }
}

/** All ways to choose quadrants at `depth` levels, with what each means for the two ends. */
function levels(depth: number, quadrants: readonly number[]) {
  const ways = 4 ** depth
  const probabilities = new Float64Array(ways).fill(1)
  const sourceBits = new Int32Array(ways)
  const targetBits = new Int32Array(ways)
  for (let way = 0; way < ways; way++) {
    for (let level = 0; level < depth; level++) {
      const quadrant = (way >> (2 * level)) & 3
      probabilities[way]! *= quadrants[quadrant]!
      sourceBits[way] = (sourceBits[way]! << 1) | (quadrant >> 1)
      targetBits[way] = (targetBits[way]! << 1) | (quadrant & 1)
    }
  }
  return { table: aliasTable(probabilities), sourceBits, targetBits }
}

/** Level by level, with other probabilities at each, for each edge. */
function noisy(scale: number, quadrants: readonly number[], noise: number): AddEdges {
  return (edges, count, random) => {
    const step = noise / 2 ** 32
    const shaken = () => 1 - noise / 2 + random.uint32() * step
    for (let k = 0; k < count; k++) {
      let [source, target] = [0, 0]
      let [a, b, c, d] = quadrants as [number, number, number, number]
      for (let level = 0; level < scale; level++) {
        const draw = (random.uint32() / 2 ** 32) * (a + b + c + d)
        const quadrant = draw < a ? 0 : draw < a + b ? 1 : draw < a + b + c ? 2 : 3
        source = (source << 1) | (quadrant >> 1)
        target = (target << 1) | (quadrant & 1)
        a *= shaken()
        b *= shaken()
        c *= shaken()
        d *= shaken()
      }
      edges.add(source, target)
    }
  }
}
