/** What waits; tests have one of their own. */
export interface Clock {
  /** Milliseconds since whenever. */
  now(): number
  /** Calls after so many milliseconds. @returns What calls it off. */
  after(milliseconds: number, call: () => void): () => void
}

/** The clock on the wall. */
export const CLOCK: Clock = {
  now: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds)
    return () => clearTimeout(timer)
  },
}
