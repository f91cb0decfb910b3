/**
 * In-edges whose sources have other names: the vertices from which most edges lead come first. What is
 * kept by name then has its most wanted values side by side, where a processor finds them in its cache.
 *
 * Source: "frequency based clustering" of Zhang, Kiriansky, Mendis, Zaharia, Amarasinghe: Making Caches
 * Work for Graph Analytics, 2017.
 */
import type { KernelTeam } from '../../engine/extend.js'
import type { Topology } from '../topology/topology.js'
import { pageRankKernels } from './page-rank.js'

/** See the module's documentation. */
export interface HotRows {
  /** By vertex: its name. */
  readonly places: Int32Array
  /** By place in the neighbours of `topology.in`: the name of the source. */
  readonly sources: Int32Array
}

const kept = new WeakMap<Topology, HotRows>()

/**
 * The names, kept with the topology.
 *
 * Cost: O(vertices + edges) time once; 4 bytes for each.
 * @param team Of the topology's region.
 */
export async function hotRows(team: KernelTeam, topology: Topology): Promise<HotRows> {
  const known = kept.get(topology)
  if (known !== undefined) return known
  const { region, vertexCount, outDegrees } = topology
  const { neighbours } = topology.in
  const { rename } = await team.load(pageRankKernels)
  const places = placesByDegree(outDegrees, region.int32(vertexCount))
  const sources = region.int32(neighbours.length)
  await rename(team.evenParts(sources.length), neighbours, places, sources)
  const rows = { places, sources }
  kept.set(topology, rows)
  return rows
}

/** The place of each vertex when the highest degrees come first; a counting sort. */
function placesByDegree(degrees: Int32Array, places: Int32Array): Int32Array {
  const starts = new Int32Array(degrees.length + 1)
  // Degrees above the number of vertices, of parallel edges, count as that many.
  const rank = (v: number) => degrees.length - Math.min(degrees[v]!, degrees.length)
  for (let v = 0; v < degrees.length; v++) starts[rank(v)]!++
  let begin = 0
  for (let k = 0; k < starts.length; k++) {
    const size = starts[k]!
    starts[k] = begin
    begin += size
  }
  for (let v = 0; v < degrees.length; v++) places[v] = starts[rank(v)]!++
  return places
}
