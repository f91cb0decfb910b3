import { numberFrom, trueOrFalse } from '../../../engine/extend.js'
import { ArgumentError } from '../../../engine/index.js'
import { checkDirection } from '../../direction.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { gatherSum } from '../../kernels/gather-sum.js'
import { normalise } from '../../kernels/normalise.js'
import type { WeightedRows } from '../../kernels/weighted-rows.js'
import { loadFor } from '../../loading/load-for.js'
import { checkIteration, iterated } from '../converging.js'
import { directionRows } from '../direction-rows.js'
import { inRanges } from '../in-ranges.js'
import { type VertexProperty, vertexNumbers } from '../vertex-reader.js'
import type { CentralityResult, SpectralOptions } from './eigenvector-centrality.js'

/** Options of `katzCentrality`. */
export interface KatzOptions<K extends VertexId = never, EV = never, VV = never>
  extends SpectralOptions<K, EV> {
  /** How much of a score is handed on, more than 0. Default: so little that it converges always. */
  readonly alpha?: number
  /**
   * What every vertex has to begin with, at least 0: a number, a field of the vertices' values, or a
   * function of the vertex. Default 1.
   */
  readonly beta?: number | VertexProperty<K, VV, number>
  /** Whether scores are divided by their L2 norm. Default `true`. */
  readonly normalized?: boolean
}

/**
 * Central is who is reached by many walks, short ones counting most:
 * `score(v) = beta(v) + alpha * sum over neighbours u of w(u, v) * score(u)`.
 *
 * It converges where `alpha` is less than 1 / the largest eigenvalue of the adjacency matrix. That is
 * never larger than the largest sum of weights at a vertex, so by default `alpha` is
 * 1 / (1 + that sum), which is always small enough; networkx takes 0.1, which often is not.
 *
 * @param options.alpha See above.
 * @param options.beta What a vertex has by itself. By vertex it makes scores personal: with 1 for one
 *   vertex and 0 for all others, who is near to that one. Default 1 for all.
 * @param options.normalized Default `true`, as in networkx.
 * @param options.weight What an edge counts. Default: 1.
 * @param options.direction `'in'` (default), `'out'`, or `'all'`, which heeds no direction.
 * @param options.tolerance L1 change of all scores together, before they are normalised. Default 1e-8.
 * @param options.maxIterations Default 1000.
 * @throws {ArgumentError} If an option is unknown or out of range, or scores grow without end because
 *   `alpha` is too large; says how large it may be.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge. If a beta is;
 *   names the vertex.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: O(vertices + edges) time per iteration; 24 bytes per vertex, 8 more per edge with weights.
 * Source: Katz: A New Status Index Derived from Sociometric Analysis, 1953.
 * @example
 * const path = Graph.fromEdges([{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }], { source: 'from', target: 'to' })
 * const { vertices } = await katzCentrality(path, { alpha: 0.5, normalized: false })
 * vertices // { id: 'a', score: 1 }, { id: 'b', score: 1.5 }, { id: 'c', score: 1.75 }
 */
export async function katzCentrality<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: KatzOptions<K, EV, VV> = {},
): Promise<CentralityResult<K>> {
  const operation = 'katzCentrality'
  checkIteration(options, operation, OPTIONS)
  const { weight, direction = 'in', beta = 1, normalized = true, signal } = options
  const { tolerance = 1e-8, maxIterations = 1000 } = options
  checkDirection(direction, operation)
  if (typeof beta === 'number') numberFrom(beta, operation, 'beta', 0, Number.MAX_VALUE)
  trueOrFalse(normalized, operation, 'normalized')
  if (options.alpha !== undefined)
    numberFrom(options.alpha, operation, 'alpha', 0, Number.MAX_VALUE)
  const loaded = await loadFor(operation, graph, signal)
  const n = loaded.topology.vertexCount
  const weights = weight === undefined ? null : await loaded.weights(weight, operation)
  const own = vertexNumbers(loaded, beta, operation, 'beta')
  const rows = directionRows(loaded.topology, direction, weights)
  const alpha = options.alpha ?? 1 / (1 + largestSum(rows))
  let scores = new Float64Array(n)
  let next = new Float64Array(n)
  const changes: number[] = []
  const outcome = await iterated(
    operation,
    options,
    maxIterations,
    async ({ superstep, add, breathe }) => {
      let change = 0
      await inRanges(n, breathe, (from, to) => {
        gatherSum(rows, scores, next, from, to)
        for (let v = from; v < to; v++) {
          next[v] = own[v]! + alpha * next[v]!
          change += Math.abs(next[v]! - scores[v]!)
        }
      })
      ;[scores, next] = [next, scores]
      add('change', change)
      changes.push(change)
      const enough = change <= tolerance
      if (!enough && (change > 1e200 || superstep === maxIterations)) {
        checkShrinks(changes, alpha, operation)
      }
      return { done: enough }
    },
  )
  if (normalized) normalise(scores)
  return { vertices: loaded.vertexData({ score: scores }), ...outcome }
}

const OPTIONS = ['alpha', 'beta', 'normalized', 'weight', 'direction', 'tolerance']

/** The most that a vertex gets when all others have 1: no eigenvalue is larger. */
function largestSum(rows: WeightedRows): number {
  const n = rows.offsets.length - 1
  const sums = new Float64Array(n)
  gatherSum(rows, new Float64Array(n).fill(1), sums, 0, n)
  return sums.reduce((a, b) => Math.max(a, b), 0)
}

/** In the long run changes grow by `alpha` times the largest eigenvalue. */
function checkShrinks(changes: readonly number[], alpha: number, operation: string): void {
  const [before, last] = [changes.at(-2) ?? 0, changes.at(-1)!]
  if (changes.length < 3 || last < before) return
  throw new ArgumentError(
    `${operation}: with alpha ${alpha} scores grow without end. Give an alpha below ${((alpha * before) / last).toPrecision(3)}, or none.`,
  )
}
