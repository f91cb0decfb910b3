/** Told about ten times a second how many searches, or steps of the work, are done, of how many. */
export type SearchProgress = (progress: { readonly done: number; readonly of: number }) => void

/** Progress is told this often at most. */
const PROGRESS_MS = 100

/** What to call after each search or step: tells progress now and then. */
export function searchProgress(
  of: number,
  onProgress: SearchProgress | undefined,
): (done: number) => void {
  let next = performance.now() + PROGRESS_MS
  return done => {
    if (onProgress === undefined || performance.now() < next) return
    next = performance.now() + PROGRESS_MS
    onProgress({ done, of })
  }
}
