import { preparedRows } from '../kernels/prepared-rows.js'
import { countTriangles } from '../kernels/triangles.js'
import type { Topology } from '../topology/topology.js'
import { overRanges } from './over-ranges.js'

/** How many triangles there are, read without directions. O(edges^1.5). */
export async function countAllTriangles(
  topology: Topology,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { ordered } = preparedRows(topology)
  const marks = new Uint8Array(topology.vertexCount)
  let count = 0
  await overRanges(topology.vertexCount, signal, (from, to) => {
    count += countTriangles(ordered, marks, from, to)
  })
  return count
}
