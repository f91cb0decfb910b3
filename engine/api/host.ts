import { ArgumentError } from '../errors.js'
import type { RunMetrics } from '../optimizer/metrics.js'
import type { PhysicalPlan } from '../optimizer/physical.js'
import type { NodeOf, PlanNode } from '../plan/node.js'
import type { JobResult } from '../runtime/job/job-result.js'
import type { Progress } from '../runtime/job/progress.js'
import { checkRestart, type RestartStrategy } from '../runtime/job/restart.js'
import { knownOptions } from '../types/arguments.js'
import type { RecordBatch } from '../types/batch.js'
import { shown } from '../types/column-writer.js'
import type { DataSet } from './data-set.js'
import type { IteratedDataSet } from './iterated.js'

/** Options of everything that runs a job. */
export interface RunOptions {
  /** Stops the job when aborted; it then fails with `AbortError`. */
  readonly signal?: AbortSignal
  /** Called about ten times a second with what the job is doing. */
  readonly onProgress?: (progress: Progress) => void
  /** Whether the job is tried again when it fails. Default: what the environment says. */
  readonly restart?: RestartStrategy
}

/** @throws {ArgumentError} If an option is unknown or of the wrong type. */
export function checkRunOptions(options: RunOptions): void {
  knownOptions(options, ['signal', 'onProgress', 'restart'], 'run')
  const { signal, onProgress, restart } = options
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new ArgumentError(
      `run: signal must be an AbortSignal; got ${shown(signal)}. Give { signal: controller.signal }.`,
    )
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new ArgumentError(`run: onProgress must be a function; got ${shown(onProgress)}.`)
  }
  checkRestart(restart, 'run')
}

/** A job's result: one list of batches for each root that is not a sink. */
export interface RunResult {
  readonly batches: readonly (readonly RecordBatch[])[]
  readonly result: JobResult
}

/** A plan as it will run or did run. */
export interface Planned {
  readonly plan: PhysicalPlan
  readonly metrics?: RunMetrics
}

/** What data sets ask of the environment they belong to. */
export interface Host {
  /** @internal The data set that a plan describes. */
  dataSet<T>(node: PlanNode): DataSet<T>
  /** @internal What a loop computes. */
  iterated<T>(node: NodeOf<'iterate' | 'iterateDelta'>): IteratedDataSet<T>
  /** @internal Runs plans as one job and gathers the batches of those that do not end in a sink. */
  run(roots: readonly PlanNode[], options?: RunOptions): Promise<RunResult>
  /**
   * @internal Runs one plan and hands each batch over as it comes; waits for returned promises.
   *
   * @param begin Forgets what came so far, so that the job can be tried again; without it, it can be
   *   until the first batch has come.
   */
  stream(
    root: PlanNode,
    onBatch: (batch: RecordBatch) => Promise<void> | void,
    options?: RunOptions,
    begin?: () => void,
  ): Promise<JobResult>
  /** @internal How a plan would run; how it did run, when it was the whole of an earlier job. */
  planned(root: PlanNode): Promise<Planned>
  /** Whether loops may be compiled. */
  readonly codegen: boolean
  /** Default number of partitions. */
  readonly parallelism: number
}

/** A plan and the environment it belongs to; what builders carry along. */
export interface Flow {
  readonly host: Host
  readonly node: PlanNode
}
