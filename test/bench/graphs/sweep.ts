/** Iterations of the library's PageRank and nothing else: on one thread or on several. */
import { createKernelTeam } from '../../../engine/extend.js'
import { pageRankSweeps } from '../../../gelly/kernels/page-rank-sweeps.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { type Csr, sourcesOf } from './csr.js'

/** Damping of the random walk. */
const DAMPING = 0.85

/** How to sweep. */
export interface SweepOptions {
  readonly supersteps: number
  readonly webAssembly: boolean
  readonly workers: number
}

/** A run on a graph whose rows are there: does all supersteps, and gives the scores. */
export async function sweeper(
  graph: Csr,
  { supersteps, webAssembly, workers }: SweepOptions,
): Promise<() => Promise<Float64Array>> {
  const { offsets, neighbours } = graph
  const topology = await topologyOf(offsets.length - 1, sourcesOf(graph), neighbours)
  const team = createKernelTeam(topology.region, { workers, webAssembly })
  await team.start()
  const scratch = new Scratch(topology.region)
  const setting = { team, topology, scratch, damping: DAMPING, weights: null, jumps: null }
  return async () => {
    const sweeps = await pageRankSweeps(setting)
    for (let superstep = 0; superstep < supersteps; superstep++) await sweeps.sweep()
    const scores = await sweeps.scores()
    scratch.release()
    return scores
  }
}
