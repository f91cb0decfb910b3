import { AbortError, type RunOptions } from '../../engine/index.js'

/**
 * Loads once, for all who ask. What fails is tried again when asked again; who waits for a load that
 * somebody else aborts begins it anew.
 */
export function memoised<T>(
  load: (options?: RunOptions) => Promise<T>,
): (options?: RunOptions) => Promise<T> {
  let loading: Promise<T> | undefined
  // What is needed to load, such as another graph in memory, is let go when that is done.
  let needed: typeof load | undefined = load
  const begin = (options?: RunOptions) => {
    const own = needed!(options)
    loading = own
    own.then(
      () => {
        needed = undefined
      },
      () => {
        if (loading === own) loading = undefined
      },
    )
    return own
  }
  return async options => {
    while (loading !== undefined) {
      try {
        return await loading
      } catch (error) {
        if (!(error instanceof AbortError) || options?.signal?.aborted) throw error
      }
    }
    return begin(options)
  }
}
