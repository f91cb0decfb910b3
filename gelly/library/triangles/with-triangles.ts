import type { TeamKernels } from '../../../engine/extend.js'
import type { VertexId } from '../../elements.js'
import { countTrianglesKernels } from '../../kernels/count-triangles.js'
import type { DegreeOrderedRows } from '../../kernels/degree-ordered-rows.js'
import { triangleKernels, triangleParts } from '../../kernels/triangles.js'
import type { LoadedGraph } from '../../loading/loaded-graph.js'
import type { Scratch } from '../../topology/scratch.js'
import type { WorkOptions } from '../options.js'
import { type SearchProgress, searchProgress } from '../search-progress.js'
import { withTeam } from '../with-team.js'

/** What the kernels of triangles need. */
export interface TriangleTeam {
  /** The kernels, on all threads. */
  readonly kernels: TeamKernels<typeof triangleKernels.functions> &
    TeamKernels<typeof countTrianglesKernels.functions>
  /** Calls a kernel for all ranks, in parts of about the same work; gives what the parts gave. */
  inParts(call: (parts: Int32Array) => Promise<Float64Array>): Promise<Float64Array>
  /** As the kernels want them. */
  readonly marks: Uint8Array
  /** One for each thread. */
  readonly slots: Int32Array
  /** Where results go; lent until the work is done. */
  readonly scratch: Scratch
}

/** Work of a part, in steps: some tenths of a millisecond. */
const GRAIN = 2 ** 17

/** So many parts take longer than workers need to start. */
const WORTH_WAITING = 256

/**
 * Runs kernels of triangles on as many threads as the graph's environment has.
 *
 * @throws {AbortError} If the signal was aborted.
 */
export async function withTriangles<T>(
  loaded: Pick<LoadedGraph<VertexId, unknown, unknown>, 'topology' | 'environment'>,
  rows: DegreeOrderedRows,
  { signal, onProgress }: WorkOptions,
  work: (team: TriangleTeam) => Promise<T>,
): Promise<T> {
  return withTeam(loaded, signal, async (team, scratch) => {
    const counting = await team.load(countTrianglesKernels)
    const kernels = { ...counting, ...(await team.load(triangleKernels)) }
    const parts = triangleParts(rows, GRAIN)
    // There is a single call, and it does not wait for workers by itself.
    if (parts.length > WORTH_WAITING) await team.start()
    const marks = scratch.uint8(team.size * loaded.topology.vertexCount)
    const inParts = (call: (parts: Int32Array) => Promise<Float64Array>) =>
      onProgress === undefined ? call(parts) : inSteps(parts, onProgress, call)
    return work({ kernels, inParts, marks, slots: scratch.int32(team.size), scratch })
  })
}

/** Calls for some parts after the other, and tells how many are done. */
async function inSteps(
  parts: Int32Array,
  onProgress: SearchProgress,
  call: (parts: Int32Array) => Promise<Float64Array>,
): Promise<Float64Array> {
  const count = parts.length - 1
  const results = new Float64Array(count)
  const told = searchProgress(count, onProgress)
  for (let from = 0; from < count; from += STEP) {
    const to = Math.min(from + STEP, count)
    results.set(await call(parts.subarray(from, to + 1)), from)
    told(to)
  }
  return results
}

/** Parts between two looks at the clock: some milliseconds. */
const STEP = 32
