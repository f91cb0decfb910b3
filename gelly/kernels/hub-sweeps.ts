/** Hubs and authorities, iteration by iteration, on the threads of a team. */
import type { KernelTeam } from '../../engine/extend.js'
import type { Scratch } from '../topology/scratch.js'
import { hubKernels } from './hubs-and-authorities.js'
import { total } from './total.js'
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
  const { gather, gatherWeighted, shrink, settle } = await team.load(hubKernels)
  const vertices = team.evenParts(n)
  const parts = new Map([out, into].map(rows => [rows, team.rowParts(rows.offsets)]))
  const gathered = async (rows: WeightedRows, values: Float64Array, sums: Float64Array) => {
    const { offsets, neighbours, weights } = rows
    const cut = parts.get(rows)!
    const largest =
      weights === null
        ? await gather(cut, offsets, neighbours, values, sums)
        : await gatherWeighted(cut, offsets, neighbours, weights, values, sums)
    return largest.reduce((a, b) => Math.max(a, b), 0)
  }
  /** Sums of length one, and how much they changed; zeros stay zeros. */
  const unit = async (rows: WeightedRows, values: Float64Array, scores: Scores) => {
    const [before, sums] = [scores.now, scores.spare]
    const largest = await gathered(rows, values, sums)
    const squares = largest === 0 ? 1 : total(await shrink(vertices, sums, largest))
    ;[scores.now, scores.spare] = [sums, before]
    return total(await settle(vertices, sums, before, Math.sqrt(squares)))
  }
  const hubs: Scores = { now: scratch.float64(n), spare: scratch.float64(n) }
  const authorities: Scores = { now: scratch.float64(n), spare: scratch.float64(n) }
  await gathered(into, hubs.spare.fill(1), authorities.now)
  return {
    get hubs() {
      return hubs.now
    },
    get authorities() {
      return authorities.now
    },
    async sweep() {
      const change = await unit(out, authorities.now, hubs)
      return change + (await unit(into, hubs.now, authorities))
    },
  }
}

interface Scores {
  now: Float64Array
  spare: Float64Array
}
