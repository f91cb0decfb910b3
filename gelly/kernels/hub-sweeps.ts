/** Hubs and authorities, iteration by iteration, on the threads of a team. */
import type { KernelTeam } from '../../engine/extend.js'
import type { Scratch } from '../topology/scratch.js'
import { type NeighbourSums, neighbourSums } from './neighbour-sums-of.js'
import type { WeightedRows } from './weighted-rows.js'

/** A run under way. */
export interface HubSweeps {
  /** By vertex, of the scratch: the latest ones. */
  readonly hubs: Float64Array
  readonly authorities: Float64Array
  /** One iteration; gives the L1 change of both together. */
  sweep(): Promise<number>
}

/**
 * Prepares a run, which begins with in-degrees as authorities.
 *
 * @param out To whom each vertex leads, in the team's region.
 * @param into Who leads to each vertex.
 */
export async function hubSweeps(
  team: KernelTeam,
  scratch: Scratch,
  out: WeightedRows,
  into: WeightedRows,
): Promise<HubSweeps> {
  const n = out.offsets.length - 1
  const forwards = await neighbourSums(team, out)
  const backwards = await neighbourSums(team, into)
  /** Sums of length one, and how much they changed. */
  const unit = async (sums: NeighbourSums, values: Float64Array, scores: Scores) => {
    const [before, next] = [scores.now, scores.spare]
    const largest = await sums.gather(values, next)
    ;[scores.now, scores.spare] = [next, before]
    return sums.settle(next, largest, before)
  }
  const hubs: Scores = { now: scratch.float64(n), spare: scratch.float64(n) }
  const authorities: Scores = { now: scratch.float64(n), spare: scratch.float64(n) }
  await backwards.gather(hubs.spare.fill(1), authorities.now)
  return {
    get hubs() {
      return hubs.now
    },
    get authorities() {
      return authorities.now
    },
    async sweep() {
      const change = await unit(forwards, authorities.now, hubs)
      return change + (await unit(backwards, hubs.now, authorities))
    },
  }
}

interface Scores {
  now: Float64Array
  spare: Float64Array
}
