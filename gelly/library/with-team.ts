import { createKernelTeam, type KernelTeam } from '../../engine/extend.js'
import type { VertexId } from '../elements.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'
import { Scratch } from '../topology/scratch.js'

/**
 * Runs work on as many threads as the graph's environment has, with arrays of its region that are lent
 * until the work is done.
 *
 * @throws {AbortError} If the signal was aborted.
 */
export async function withTeam<T>(
  {
    topology,
    environment,
  }: Pick<LoadedGraph<VertexId, unknown, unknown>, 'topology' | 'environment'>,
  signal: AbortSignal | undefined,
  work: (team: KernelTeam, scratch: Scratch) => Promise<T>,
): Promise<T> {
  const { region } = topology
  const scratch = new Scratch(region)
  const team = createKernelTeam(region, { workers: environment.parallelism, signal })
  try {
    return await work(team, scratch)
  } finally {
    team.close()
    scratch.release()
  }
}
