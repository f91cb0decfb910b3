import { AbortError } from '../../errors.js'

/** The error of a job whose signal was aborted; the signal's reason is its cause. */
export function aborted({ reason }: AbortSignal): AbortError {
  const why = reason instanceof Error ? reason.message : String(reason)
  return new AbortError(`The job was stopped: ${why}`, { cause: reason })
}
