/**
 * The weakly connected components of a topology, on the threads of a team.
 *
 * Where the rows of the topology are there already, two neighbours of each vertex are linked first; the
 * first one is a mere look at the row, since no vertex has been hooked yet. That finds most of the largest
 * component, whose vertices need not be looked at any more: who is not in it links all of its
 * neighbours, in both directions. Otherwise the edges are linked one after the other, which is less work
 * than to build rows.
 *
 * Source: Sutton, Ben-Nun, Barak: Optimizing Parallel Graph Connectivity Computation via Subgraph
 * Sampling ("Afforest"), 2018.
 */
import type { KernelTeam } from '../../engine/extend.js'
import type { Scratch } from '../topology/scratch.js'
import type { Topology } from '../topology/topology.js'
import { componentKernels } from './components.js'

/** Shares of the edges after which ways to roots are made short: soon, so that most are short. */
const SHARES = [1 / 32, 1 / 4, 1]

/** Vertices that are asked for their component. */
const SAMPLES = 1024

/** Passes over vertices or edges; the last but one is the longest. */
export const PASSES = 4

/** What was found. */
export interface ComponentSizes {
  /** How many components there are. */
  readonly count: number
  /** How many vertices the largest has; 0 where there are none. */
  readonly largest: number
}

/** Counters of a component that many vertices are in. */
const LANES = 8

/**
 * Sets each vertex's place in `parents` to the lowest position of its component.
 *
 * Cost: nearly O(vertices + edges), mostly far fewer edges; 8 bytes per vertex.
 * @param parents Of the topology's region; whatever is in it.
 * @param told Told how many of the `PASSES` are done.
 */
export async function componentsOf(
  team: KernelTeam,
  topology: Topology,
  scratch: Scratch,
  parents: Int32Array,
  told: (passes: number) => void = () => undefined,
): Promise<ComponentSizes> {
  const kernels = await team.load(componentKernels)
  const { hookFirst, linkSeconds, linkRest, linkEdges, compress } = kernels
  const { length } = parents
  const vertices = team.evenParts(length)
  const alone = team.size === 1 ? 1 : 0
  if (topology.hasRows && topology.edgeCount > 0) {
    const { out, in: into } = topology
    const seconds = scratch.uncleared(length)
    await hookFirst(vertices, out.offsets, out.neighbours, parents, seconds)
    await compress(vertices, parents)
    told(1)
    await linkSeconds(vertices, seconds, parents, alone)
    await compress(vertices, parents)
    told(2)
    await linkRest(
      ...([team.rowParts(out.offsets), out.offsets, out.neighbours] as const),
      ...([into.offsets, into.neighbours, parents, frequent(parents), alone] as const),
    )
  } else {
    for (let v = 0; v < length; v++) parents[v] = v
    const { sources, targets } = topology
    const edges = team.evenParts(sources.length)
    let begin = 0
    for (const share of SHARES) {
      const end = Math.ceil((edges.length - 1) * share)
      await linkEdges(edges.subarray(begin, end + 1), sources, targets, parents, alone)
      await compress(vertices, parents)
      told(SHARES.indexOf(share) + 1)
      begin = end
    }
  }
  await compress(vertices, parents)
  told(PASSES)
  const sizes = scratch.int32(length + LANES)
  const count = kernels.tally.here(0, length, parents, sizes, frequent(parents), length)
  const often = sizes.subarray(length).reduce((a, b) => a + b)
  return { count, largest: Math.max(often, kernels.largest.here(0, length, sizes)) }
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
