import { createPauses } from '../../engine/extend.js'

/** Vertices between two looks at the clock. */
const RANGE = 1024

/**
 * Calls `work` for one range of vertices after the other, with pauses in which the thread does other
 * things.
 *
 * @throws {AbortError} If the signal was aborted.
 */
export async function overRanges(
  vertexCount: number,
  signal: AbortSignal | undefined,
  work: (from: number, to: number) => void,
): Promise<void> {
  const pause = createPauses(signal)
  for (let from = 0; from < vertexCount; from += RANGE) {
    await pause()
    work(from, Math.min(from + RANGE, vertexCount))
  }
}
