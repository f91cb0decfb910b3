/** Sums over neighbours, and vectors of length one, on the threads of a team. */
import type { KernelTeam } from '../../engine/extend.js'
import { neighbourSumKernels } from './neighbour-sums.js'
import { total } from './total.js'
import type { WeightedRows } from './weighted-rows.js'

/** What sums are added to. */
export interface OwnValues {
  readonly own: Float64Array
  /** How much of it counts. */
  readonly kept: number
  /** How much of the sums counts. */
  readonly share: number
}

/** The products of some rows and any vector. All arrays are of the team's region. */
export interface NeighbourSums {
  /**
   * Sets `sums` to those of the values of each vertex's neighbours, times the weights of the edges.
   *
   * @returns The largest; 0 if none is more.
   */
  gather(values: Float64Array, sums: Float64Array, onto?: OwnValues): Promise<number>
  /**
   * Divides by the L2 norm; zeros stay zeros.
   *
   * @param largest Of the values: squares then neither overflow nor vanish.
   * @param before What the values are compared with.
   * @returns The L1 distance from what was before.
   */
  settle(values: Float64Array, largest: number, before: Float64Array): Promise<number>
  /** The L1 distance. */
  distance(a: Float64Array, b: Float64Array): Promise<number>
}

/** Prepares the sums over some rows. */
export async function neighbourSums(team: KernelTeam, rows: WeightedRows): Promise<NeighbourSums> {
  const kernels = await team.load(neighbourSumKernels)
  const { offsets, neighbours, weights } = rows
  const parts = team.rowParts(offsets)
  const vertices = team.evenParts(offsets.length - 1)
  return {
    async gather(values, sums, { own, kept, share } = { own: values, kept: 0, share: 1 }) {
      const rest = [values, own, kept, share, sums] as const
      const largest =
        weights === null
          ? await kernels.gather(parts, offsets, neighbours, ...rest)
          : await kernels.gatherWeighted(parts, offsets, neighbours, weights, ...rest)
      return largest.reduce((a, b) => Math.max(a, b), 0)
    },
    async settle(values, largest, before) {
      const squares = largest === 0 ? 1 : total(await kernels.shrink(vertices, values, largest))
      return total(await kernels.settle(vertices, values, before, Math.sqrt(squares)))
    },
    async distance(a, b) {
      return total(await kernels.distance(vertices, a, b))
    },
  }
}
