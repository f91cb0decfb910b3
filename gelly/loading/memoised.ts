import { AbortError, type RunOptions } from '../../engine/index.js'

/**
 * Loads once, for all who ask. What fails is tried again when asked again; who waits for a load that
 * somebody else aborts begins it anew.
 */
export function memoised<T>(
  load: (options?: RunOptions) => Promise<T>,
): (options?: RunOptions) => Promise<T> {
  let loading: Promise<T> | undefined
  const begin = (options?: RunOptions) => {
    const own = load(options)
    loading = own
    own.catch(() => {
      if (loading === own) loading = undefined
    })
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
