/** What a run reports about itself; `explain()` puts it beside the estimates. */

/** What one operator did. */
export interface OperatorMetrics {
  /** Records received, over all inputs. */
  readonly rowsIn: number
  readonly rowsOut: number
  /** Batches pushed on. */
  readonly batches: number
  /** Time spent in this operator itself, not in those it pushes to. */
  readonly milliseconds: number
  /** Bytes written to temporary files. */
  readonly spilledBytes: number
  /** Of a loop: how many supersteps it took. */
  readonly supersteps?: number
  /** The generated source of its kernels. */
  readonly code: readonly string[]
}

/** What one job did. */
export interface RunMetrics {
  /** By the id of the physical node. */
  readonly operators: ReadonlyMap<number, OperatorMetrics>
  readonly milliseconds: number
  /** The most bytes of managed memory in use at one time. */
  readonly peakMemory: number
  /** Invalid input records that were skipped, where a source allows it. */
  readonly skipped: number
}
