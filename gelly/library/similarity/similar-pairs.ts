import { BATCH_SIZE, createPauses } from '../../../engine/extend.js'
import { sumCommonNeighbours } from '../../kernels/common-neighbours.js'
import {
  appendPairs,
  createPairList,
  type PairChoice,
  type PairList,
} from '../../kernels/pair-list.js'
import type { Adjacency } from '../../topology/adjacency.js'

/**
 * The pairs of vertices that share a neighbour and are chosen, piece by piece: at any time there are
 * those of one piece, and of one vertex.
 *
 * @param rows Symmetric, ascending, without loops or duplicates.
 * @param weights What each vertex adds to the sum of a pair that shares it.
 * @returns A list that is valid until the next one is asked for.
 */
export async function* similarPairs(
  rows: Adjacency,
  weights: Float64Array,
  choice: PairChoice,
  signal: AbortSignal | undefined,
): AsyncGenerator<PairList> {
  const vertexCount = rows.offsets.length - 1
  const pause = createPauses(signal)
  const sums = new Float64Array(vertexCount)
  const found = new Int32Array(vertexCount)
  const list = createPairList()
  for (let u = 0; u < vertexCount; u++) {
    if (u % 64 === 0) await pause()
    const length = sumCommonNeighbours(rows, weights, u, sums, found)
    appendPairs(list, choice, u, sums, found.subarray(0, length))
    if (list.length < BATCH_SIZE) continue
    yield list
    list.length = 0
  }
  if (list.length > 0) yield list
}
