import type { RunMetrics } from '../../optimizer/metrics.js'
import type { IterationReport } from '../iteration/report.js'

/** What a job reports when it is done. */
export interface JobResult {
  /** How often the job ran: 1 when it succeeded at once. The rest tells of the last time. */
  readonly attempts: number
  /** Wall time of the job. */
  readonly milliseconds: number
  /** Records read from sources. */
  readonly rowsRead: number
  /** Records that each sink was given, in the order of the sinks. */
  readonly rowsWritten: readonly number[]
  /** Invalid input records that sources skipped. */
  readonly skipped: number
  /** Bytes written to temporary files because the memory budget was used up. */
  readonly spilledBytes: number
  /** The most managed memory that was in use at once, in bytes. */
  readonly peakMemory: number
  /** Results of accumulators, by the name under which they were handed over. */
  readonly accumulators: Readonly<Record<string, unknown>>
  /** What each loop did, in the order in which they ended; a loop in a loop is there many times. */
  readonly iterations: readonly IterationReport[]
  /** Rows, batches and time per operator; what `explain()` shows. */
  readonly metrics: RunMetrics
}
