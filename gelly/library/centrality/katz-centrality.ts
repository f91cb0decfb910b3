import { numberFrom, trueOrFalse } from '../../../engine/extend.js'
import { ArgumentError } from '../../../engine/index.js'
import { checkDirection } from '../../direction.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { neighbourSums } from '../../kernels/neighbour-sums-of.js'
import { normalise } from '../../kernels/normalise.js'
import { loadFor } from '../../loading/load-for.js'
import { checkIteration, iterated } from '../converging.js'
import { directionRows } from '../direction-rows.js'
import { type VertexProperty, vertexNumbers } from '../vertex-reader.js'
import { withTeam } from '../with-team.js'
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
 * 1 / (1 + that sum), which is always small enough; networkx takes 0.1, which often is not. The answer does
 * not depend on the parallelism of the environment.
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
  const beginning = vertexNumbers(loaded, beta, operation, 'beta')
  return withTeam(loaded, signal, async (team, scratch) => {
    const rows = directionRows(loaded.topology, direction, weights, scratch)
    const sums = await neighbourSums(team, rows)
    const own = scratch.unclearedFloat64(n)
    own.set(beginning)
    let scores = scratch.float64(n)
    let next = scratch.unclearedFloat64(n)
    // No eigenvalue is larger than the most that a vertex gets when all others have 1.
    const share = options.alpha ?? 1 / (1 + (await sums.gather(scores.fill(1), next)))
    scores.fill(0)
    const changes: number[] = []
    const outcome = await iterated(
      operation,
      options,
      maxIterations,
      async ({ superstep, add }) => {
        await sums.gather(scores, next, { own, kept: 1, share })
        const change = await sums.distance(scores, next)
        ;[scores, next] = [next, scores]
        add('change', change)
        changes.push(change)
        const enough = change <= tolerance
        if (!enough && (change > 1e200 || superstep === maxIterations)) {
          checkShrinks(changes, share, operation)
        }
        return { done: enough }
      },
    )
    const score = scores.slice()
    if (normalized) normalise(score)
    return { vertices: loaded.vertexData({ score }), ...outcome }
  })
}

const OPTIONS = ['alpha', 'beta', 'normalized', 'weight', 'direction', 'tolerance']

/** In the long run changes grow by `alpha` times the largest eigenvalue. */
function checkShrinks(changes: readonly number[], alpha: number, operation: string): void {
  const [before, last] = [changes.at(-2) ?? 0, changes.at(-1)!]
  if (changes.length < 3 || last < before) return
  throw new ArgumentError(
    `${operation}: with alpha ${alpha} scores grow without end. Give an alpha below ${((alpha * before) / last).toPrecision(3)}, or none.`,
  )
}
