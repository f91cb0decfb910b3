import { aborted } from './aborted.js'
import { pause, SLICE_MS } from './pause.js'

/**
 * A function to await between the pieces of long work on the calling thread. It mostly returns at
 * once; every few tens of milliseconds it lets other tasks of the thread run.
 *
 * @param signal Once it is aborted, the promises are rejected with `AbortError`.
 *
 * @example
 * const pause = createPauses()
 * let sum = 0
 * for (let piece = 0; piece < 10; piece++) {
 *   await pause()
 *   for (let x = 0; x < 1000; x++) sum += x
 * }
 * sum // 4995000
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
