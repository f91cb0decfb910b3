/**
 * The weakly connected components of a topology, on the threads of a team.
 *
 * Where the rows of the topology are there already, two neighbours of each vertex are linked first.
 * That finds most of the largest component, whose vertices need not be looked at any more: who is not in
 * it links its other neighbours, in both directions. Otherwise the edges are linked one after the other,
 * which is less work than to build rows.
 *
 * Source: Sutton, Ben-Nun, Barak: Optimizing Parallel Graph Connectivity Computation via Subgraph
 * Sampling ("Afforest"), 2018.
 */
import type { KernelTeam } from '../../engine/extend.js'
import type { Topology } from '../topology/topology.js'
import { componentKernels } from './components.js'

/** Neighbours of each vertex that are linked before the largest component is guessed. */
const ROUNDS = 2

/** Shares of the edges after which ways to roots are made short: soon, so that most are short. */
const SHARES = [1 / 32, 1 / 4, 1]

/** Vertices that are asked for their component. */
const SAMPLES = 1024

/**
 * Sets each vertex's place in `parents` to the lowest position of its component.
 *
 * Cost: nearly O(vertices + edges), mostly far fewer edges.
 * @param parents Of the topology's region.
 */
export async function componentsOf(
  team: KernelTeam,
  topology: Topology,
  parents: Int32Array,
): Promise<void> {
  const { linkRound, linkRest, linkEdges, compress } = await team.load(componentKernels)
  const vertices = team.evenParts(parents.length)
  for (let v = 0; v < parents.length; v++) parents[v] = v
  if (topology.hasRows) {
    const { out, in: into } = topology
    for (let round = 0; round < ROUNDS; round++) {
      await linkRound(vertices, out.offsets, out.neighbours, parents, round)
      await compress(vertices, parents)
    }
    const largest = frequent(parents)
    const first = ROUNDS
    await linkRest(team.rowParts(out.offsets), out.offsets, out.neighbours, parents, first, largest)
    await linkRest(team.rowParts(into.offsets), into.offsets, into.neighbours, parents, 0, largest)
  } else {
    const { sources, targets } = topology
    const edges = team.evenParts(sources.length)
    let begin = 0
    for (const share of SHARES) {
      const end = Math.ceil((edges.length - 1) * share)
      await linkEdges(edges.subarray(begin, end + 1), sources, targets, parents)
      await compress(vertices, parents)
      begin = end
    }
  }
  await compress(vertices, parents)
}

/** The component that most of a sample are in; -1 when there are no vertices. */
function frequent(parents: Int32Array): number {
  const counts = new Map<number, number>()
  let best = -1
  for (let k = 0; k < Math.min(SAMPLES, parents.length); k++) {
    const component = parents[Math.floor((k * parents.length) / SAMPLES) % parents.length]!
    const count = (counts.get(component) ?? 0) + 1
    counts.set(component, count)
    if (best === -1 || count > counts.get(best)!) best = component
  }
  return best
}
