import type { VertexId } from '../../elements.js'
import { preparedRows } from '../../kernels/prepared-rows.js'
import type { LoadedGraph } from '../../loading/loaded-graph.js'
import type { WorkOptions } from '../options.js'
import { withTriangles } from './with-triangles.js'

/** By position of the vertex. */
export interface ClusteringCoefficients {
  /** Distinct neighbours in either direction. */
  readonly degrees: Int32Array
  /** Edges between neighbours: triangles, or arcs where directions count. */
  readonly links: Int32Array
  /** Links by the number there could be; 0 where there is no pair of neighbours. */
  readonly coefficients: Float64Array
}

/** The local clustering coefficient of every vertex. O(edges^1.5), on all threads. */
export async function clusteringCoefficients(
  loaded: Pick<LoadedGraph<VertexId, unknown, unknown>, 'topology' | 'environment'>,
  directed: boolean,
  options: WorkOptions,
): Promise<ClusteringCoefficients> {
  const { vertexCount, simple } = loaded.topology
  const byRank = await linksByRank(loaded, directed, options)
  const { order } = preparedRows(loaded.topology).ordered
  const degrees = new Int32Array(vertexCount)
  const links = new Int32Array(vertexCount)
  const coefficients = new Float64Array(vertexCount)
  for (let rank = 0; rank < vertexCount; rank++) {
    const v = order[rank]!
    const degree = simple.offsets[v + 1]! - simple.offsets[v]!
    const most = degree * (degree - 1)
    degrees[v] = degree
    links[v] = byRank[rank]!
    if (most > 0) coefficients[v] = (directed ? links[v]! : 2 * links[v]!) / most
  }
  return { degrees, links, coefficients }
}

/** Triangles, or arcs between neighbours, of each rank. */
function linksByRank(
  loaded: Pick<LoadedGraph<VertexId, unknown, unknown>, 'topology' | 'environment'>,
  directed: boolean,
  options: WorkOptions,
): Promise<Int32Array> {
  const prepared = preparedRows(loaded.topology)
  const rows = directed ? prepared.orderedArcs : prepared.ordered
  return withTriangles(loaded, rows, options, async team => {
    const { kernels, inParts, marks, slots, scratch } = team
    const { vertexCount } = loaded.topology
    const { offsets, neighbours } = rows
    const counts = scratch.int32(slots.length * vertexCount)
    if (directed) {
      const { arcs } = prepared.orderedArcs
      await inParts(parts =>
        kernels.addClosingArcs(parts, offsets, neighbours, arcs, marks, slots, counts),
      )
    } else {
      await inParts(parts =>
        kernels.addTriangleCounts(
          ...([parts, offsets, neighbours, marks, slots, counts] as const),
          ...([vertexCount, slots.length] as const),
        ),
      )
    }
    const sums = counts.slice(0, vertexCount)
    for (let k = vertexCount; k < counts.length; k++) sums[k % vertexCount]! += counts[k]!
    return sums
  })
}
