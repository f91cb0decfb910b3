/**
 * The workers of one job as they see each other: how an operator learns what the same operator of
 * the other workers has found.
 */

/** See the module's documentation. */
export interface Team {
  /** The number of this worker, from 0. */
  readonly worker: number
  /** How many workers run the job. */
  readonly workers: number
  /**
   * Gives every member's value, by worker. Every member must call it, equally often and in the same
   * order. Values must survive a structured copy.
   */
  gather<T>(value: T): Promise<readonly T[]>
}

/** The team of a job that runs on one thread. */
export const SOLO: Team = Object.freeze({
  worker: 0,
  workers: 1,
  gather: async <T>(value: T): Promise<readonly T[]> => [value],
})
