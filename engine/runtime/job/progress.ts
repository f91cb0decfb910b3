import type { SuperstepReport } from '../iteration/report.js'

/** How far a loop is: its last superstep. */
export interface LoopProgress extends SuperstepReport {
  /** The loop's name. */
  readonly name: string
  /** The most supersteps that it may take. */
  readonly maxIterations: number
}

/** What a running job says about itself. */
export interface Progress {
  /** What it is doing: the label of the operator at work. */
  readonly phase: string
  /** Records read from sources so far. */
  readonly rows: number
  /** Input bytes read so far, where sources know them. */
  readonly bytes: number
  /** Input bytes in all, when every source that has bytes knows how many. */
  readonly totalBytes?: number
  /** The last superstep of the loop that runs, once it has done one. */
  readonly loop?: LoopProgress
  /** From 1; more when the job failed and is tried again. */
  readonly attempt: number
  /** Since the attempt began. */
  readonly milliseconds: number
  /** Whether this is the last report of the job. */
  readonly done: boolean
}
