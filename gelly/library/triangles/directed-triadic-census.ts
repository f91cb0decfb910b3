import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { preparedRows } from '../../kernels/prepared-rows.js'
import { directedCensus, type TriadClass } from '../../kernels/triads.js'
import { loadFor } from '../../loading/load-for.js'
import { type WorkOptions, workOptions } from '../options.js'
import { withTriangles } from './with-triangles.js'

/** What `directedTriadicCensus` gives. */
export interface DirectedTriadicCensusResult {
  /** By class: how many triples of vertices are like that. */
  readonly classes: Readonly<Record<TriadClass, bigint>>
}

/**
 * All triples of vertices by the arcs between them, in 16 classes.
 *
 * The three digits of a class are its pairs with arcs both ways, with an arc one way, and without any.
 * Where that leaves a choice, a letter follows: D (down, both arcs leave the same vertex), U (up, both
 * reach the same vertex), C (a chain or cycle), T (transitive). The counts are `bigint`s that add up to
 * n (n - 1) (n - 2) / 6. Loops and parallel edges do not count.
 *
 * Cost: O(edges^1.5), also where one vertex is linked to all others: only triangles are looked for, and
 * the other classes follow from the numbers of neighbours of each kind. Sources: Holland, Leinhardt,
 * 1970, for the classes; Batagelj, Mrvar: A Subquadratic Triad Census Algorithm, 2001, which the tests
 * compare with.
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * const { classes } = await directedTriadicCensus(graph)
 * Object.entries(classes).filter(([, count]) => count > 0n) // [['012', 1n], ['021D', 1n], ['021C', 1n], ['030C', 1n]]
 */
export async function directedTriadicCensus<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: WorkOptions,
): Promise<DirectedTriadicCensusResult> {
  const work = workOptions(options, 'directedTriadicCensus')
  const loaded = await loadFor('directedTriadicCensus', graph, work.signal)
  const { arcs: rows, orderedArcs } = preparedRows(loaded.topology)
  const { offsets, neighbours, arcs } = orderedArcs
  return withTriangles(
    loaded,
    orderedArcs,
    work,
    async ({ kernels, inParts, marks, slots, scratch }) => {
      const found = scratch.float64(64 * slots.length)
      await inParts(parts =>
        kernels.countTriangleMasks(parts, offsets, neighbours, arcs, marks, slots, found),
      )
      const counts = found.slice(0, 64)
      for (let k = 64; k < found.length; k++) counts[k % 64]! += found[k]!
      return { classes: directedCensus(rows, counts) }
    },
  )
}
