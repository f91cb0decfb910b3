import { aborted } from './aborted.js'
import { pause, SLICE_MS } from './pause.js'

/**
 * A function to await between the pieces of long work on the calling thread. It mostly returns at
 * once; every few tens of milliseconds it lets other tasks of the thread run.
 *
 * @returns Its promise is rejected with `AbortError` once the signal was aborted.
 */
export function createPauses(signal?: AbortSignal): () => Promise<void> {
  let sliceEnds = performance.now() + SLICE_MS
  return async () => {
    if (performance.now() >= sliceEnds) {
      await pause()
      sliceEnds = performance.now() + SLICE_MS
    }
    if (signal?.aborted) throw aborted(signal)
  }
}
