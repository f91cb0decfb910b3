import { AnyColumn, Float64Column, positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'
import { BLOCK, blockRandom } from './block-random.js'
import { checkOptions, checkSeed } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'

/** Options of `randomGeometricGraph`. */
export interface RandomGeometricGraphOptions {
  /** At least 1. */
  readonly vertexCount: number
  /** Vertices at most this far from each other are joined. More than 0. */
  readonly radius: number
  /** An integer. Default 1. */
  readonly seed?: number
}

/**
 * Vertices at random places of the unit square, joined where they are near each other, by an edge
 * each way. The value of a vertex is its place, `{ x, y }`; the value of an edge its length. The
 * graph has n² π radius² edges, about, if `radius` is small.
 *
 * @throws {ArgumentError} If a number is out of range.
 *
 * Cost: O(vertices + edges), expected: only squares that touch are searched. Source: Gilbert, "Random
 * plane networks", 1961.
 * @example
 * const graph = randomGeometricGraph({ vertexCount: 100, radius: 0.1 })
 * const [first] = await graph.vertices.collect()
 * first.value.x < 1 // true
 */
export function randomGeometricGraph(
  options: RandomGeometricGraphOptions,
): GeneratedGraph<{ x: number; y: number }, number> {
  const operation = 'randomGeometricGraph'
  checkOptions(options, ['vertexCount', 'radius', 'seed'], operation)
  const { vertexCount, radius, seed = 1 } = options
  positiveInteger(vertexCount, operation, 'vertexCount')
  checkSeed(seed, operation)
  if (!(typeof radius === 'number' && radius > 0)) {
    throw new ArgumentError(`${operation}: radius must be more than 0; got ${shown(radius)}.`)
  }
  return generated(() => nearPairs(vertexCount, radius, seed))
}

function nearPairs(n: number, radius: number, seed: number): Shape {
  const xs = new Float64Array(n)
  const ys = new Float64Array(n)
  for (let first = 0; first < n; first += BLOCK) {
    const random = blockRandom(seed, first / BLOCK)
    for (let v = first; v < Math.min(first + BLOCK, n); v++) {
      xs[v] = random.next()
      ys[v] = random.next()
    }
  }
  const edges = new EdgeWriter('randomGeometricGraph', n)
  const { side, starts, members } = squares(xs, ys, radius)
  const compare = (u: number, from: number, to: number): void => {
    const [x, y] = [xs[u]!, ys[u]!]
    for (let k = from; k < to; k++) {
      const v = members[k]!
      if (v >= u) continue
      if (Math.hypot(xs[v]! - x, ys[v]! - y) > radius) continue
      edges.addBoth(u, v)
    }
  }
  for (let u = 0; u < n; u++) {
    const column = Math.min(side - 1, Math.floor(xs[u]! * side))
    const row = Math.min(side - 1, Math.floor(ys[u]! * side))
    const left = Math.max(0, column - 1)
    const right = Math.min(side - 1, column + 1)
    for (let near = Math.max(0, row - 1); near <= Math.min(side - 1, row + 1); near++) {
      compare(u, starts[near * side + left]!, starts[near * side + right + 1]!)
    }
  }
  const shape = edges.shape()
  const { sources, targets } = shape
  const lengths = new Float64Array(sources.length)
  for (let k = 0; k < lengths.length; k++) {
    const [u, v] = [sources[k]!, targets[k]!]
    lengths[k] = Math.hypot(xs[v]! - xs[u]!, ys[v]! - ys[u]!)
  }
  const places = Array.from(xs, (x, v) => ({ x, y: ys[v]! }))
  return {
    ...shape,
    vertexValues: new AnyColumn(places),
    edgeValues: new Float64Column(lengths),
  }
}

/** Vertices by the squares of a grid whose sides are at least `radius`; not many more than vertices. */
function squares(xs: Float64Array, ys: Float64Array, radius: number) {
  const n = xs.length
  const side = Math.max(1, Math.min(Math.floor(1 / radius), Math.ceil(Math.sqrt(n))))
  const squareOf = (v: number): number =>
    Math.min(side - 1, Math.floor(ys[v]! * side)) * side +
    Math.min(side - 1, Math.floor(xs[v]! * side))
  const starts = new Int32Array(side * side + 1)
  for (let v = 0; v < n; v++) starts[squareOf(v) + 1]!++
  for (let k = 0; k < side * side; k++) starts[k + 1]! += starts[k]!
  const members = new Int32Array(n)
  const next = starts.slice()
  for (let v = 0; v < n; v++) members[next[squareOf(v)]!++] = v
  return { side, starts, members }
}
