import { createPauses } from '../../engine/extend.js'
import type { Step } from '../kernels/steps.js'
import type { WorkOptions } from './options.js'
import { searchProgress } from './search-progress.js'

/** Vertices or edges between two looks at the clock. */
const RANGE = 1 << 14

/** Calls `work` for one range after the other up to `count`; waits for `pause` before each. */
export async function inRanges(
  count: number,
  pause: () => Promise<void>,
  work: (from: number, to: number) => void,
  range = RANGE,
): Promise<void> {
  for (let from = 0; from < count; from += range) {
    await pause()
    work(from, Math.min(from + range, count))
  }
}

/** What a kernel calls between its pieces: hears the signal, and tells progress of a count now and then. */
export function stepsOf(count: number, { signal, onProgress }: WorkOptions): Step {
  const pause = createPauses(signal)
  const told = searchProgress(count, onProgress)
  return async done => {
    told(done)
    await pause()
  }
}
