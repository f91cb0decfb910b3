import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { type UndirectedTriadClass, undirectedCensus } from '../../kernels/triads.js'
import { loadFor } from '../../loading/load-for.js'
import { type WorkOptions, workOptions } from '../options.js'
import { countAllTriangles } from './count-all-triangles.js'

/** What `triadicCensus` gives. */
export interface TriadicCensusResult {
  /** By number of edges and of pairs without one: how many triples of vertices are like that. */
  readonly classes: Readonly<Record<UndirectedTriadClass, bigint>>
}

/**
 * All triples of vertices by the number of edges between them: '03' has none, '12' one, '21' two, and
 * '30' is a triangle.
 *
 * The counts add up to n (n - 1) (n - 2) / 6, which soon is more than a number holds exactly, so they
 * are `bigint`s. Directions, loops and parallel edges do not count; `directedTriadicCensus` heeds
 * directions.
 *
 * Cost: that of `triangleCount`; the other classes follow from degrees.
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * const { classes } = await triadicCensus(graph)
 * classes // { '12': 1n, '21': 2n, '30': 1n, '03': 0n }
 */
export async function triadicCensus<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: WorkOptions,
): Promise<TriadicCensusResult> {
  const work = workOptions(options, 'triadicCensus')
  const loaded = await loadFor('triadicCensus', graph, work.signal)
  const triangles = await countAllTriangles(loaded, work)
  return { classes: undirectedCensus(loaded.topology.simple, triangles) }
}
