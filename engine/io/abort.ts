import { AbortError } from '../errors.js'

/**
 * Throws if the job was stopped; sources call it between batches.
 *
 * @throws {AbortError} If `signal` is aborted; `cause` is the signal's reason.
 */
export function stopIfAborted(signal: AbortSignal | undefined, operation: string): void {
  if (!signal?.aborted) return
  throw new AbortError(`${operation}: stopped by the AbortSignal.`, { cause: signal.reason })
}
