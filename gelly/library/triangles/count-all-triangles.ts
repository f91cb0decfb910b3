import type { VertexId } from '../../elements.js'
import { preparedRows } from '../../kernels/prepared-rows.js'
import type { LoadedGraph } from '../../loading/loaded-graph.js'
import type { WorkOptions } from '../options.js'
import { withTriangles } from './with-triangles.js'

/** How many triangles there are, read without directions. O(edges^1.5), on all threads. */
export function countAllTriangles(
  loaded: Pick<LoadedGraph<VertexId, unknown, unknown>, 'topology' | 'environment'>,
  options: WorkOptions,
): Promise<number> {
  const rows = preparedRows(loaded.topology).ordered
  const { offsets, neighbours } = rows
  return withTriangles(loaded, rows, options, async ({ kernels, inParts, marks, slots }) => {
    const counts = await inParts(parts =>
      kernels.countTriangles(
        ...([parts, offsets, neighbours, marks, slots] as const),
        ...([loaded.topology.vertexCount, slots.length] as const),
      ),
    )
    return counts.reduce((sum, count) => sum + count, 0)
  })
}
