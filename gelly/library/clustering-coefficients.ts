import { preparedRows } from '../kernels/prepared-rows.js'
import { addClosingArcs, addTriangleCounts } from '../kernels/triangles.js'
import type { Topology } from '../topology/topology.js'
import { overRanges } from './over-ranges.js'

/** By position of the vertex. */
export interface ClusteringCoefficients {
  /** Distinct neighbours in either direction. */
  readonly degrees: Int32Array
  /** Edges between neighbours: triangles, or arcs where directions count. */
  readonly links: Int32Array
  /** Links by the number there could be; 0 where there is no pair of neighbours. */
  readonly coefficients: Float64Array
}

/** The local clustering coefficient of every vertex. O(edges^1.5). */
export async function clusteringCoefficients(
  topology: Topology,
  directed: boolean,
  signal: AbortSignal | undefined,
): Promise<ClusteringCoefficients> {
  const { vertexCount, simple } = topology
  const rows = preparedRows(topology)
  const marks = new Uint8Array(vertexCount)
  const byRank = new Int32Array(vertexCount)
  await overRanges(vertexCount, signal, (from, to) => {
    if (directed) addClosingArcs(rows.orderedArcs, marks, byRank, from, to)
    else addTriangleCounts(rows.ordered, marks, byRank, from, to)
  })
  const { order } = directed ? rows.orderedArcs : rows.ordered
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
