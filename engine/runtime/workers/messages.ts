/** What the calling thread and the workers say to each other. */
import type { FieldReport } from '../../functions/field-check.js'
import type { LoopFingerprint } from '../../optimizer/loop-fingerprints.js'
import type { OperatorMetrics } from '../../optimizer/metrics.js'
import type { SequenceSource } from '../../plan/source.js'
import type { BatchMessage } from '../exchange/batch-message.js'
import type { IterationReport } from '../iteration/report.js'
import type { LoopProgress } from '../job/progress.js'
import type { ToMember } from '../kernels/team-messages.js'
import type { ErrorMessage } from './error-message.js'
import type { PlanMessage } from './plan-message.js'
import type { PeerPort } from './port.js'

/** Everything that a worker needs for its part of a job. */
export interface JobMessage {
  readonly kind: 'job'
  readonly job: number
  readonly worker: number
  readonly ports: readonly (PeerPort | undefined)[]
  readonly bells: Int32Array
  readonly plan: PlanMessage
  /** By the id of a source: what the worker makes itself. */
  readonly sequences: ReadonlyMap<number, SequenceSource>
  readonly memory: number
  readonly codegen: boolean
  readonly parallelism: number
  readonly parameters: Readonly<Record<string, unknown>>
  readonly tempDirectory: string | undefined
  /** Of loops with checkpoints, by the loops' ids. */
  readonly fingerprints: ReadonlyMap<number, LoopFingerprint>
}

/** To a worker. */
export type ToWorker =
  | JobMessage
  /** Of a source; `batch` is missing at its end. */
  | {
      readonly kind: 'source'
      readonly job: number
      readonly source: number
      readonly batch?: BatchMessage
      /** What `nameMemories` says of the batch. */
      readonly memories?: readonly number[]
    }
  | { readonly kind: 'cancel'; readonly job: number }
  /** Of a kernel team instead of a job. */
  | ToMember

/** What a worker's part of a job came to. */
export interface PartResult {
  readonly rowsRead: number
  /** What loops did; only the first worker tells, since all know the same. */
  readonly iterations: readonly IterationReport[]
  readonly operators: ReadonlyMap<number, OperatorMetrics>
  readonly peakMemory: number
  readonly fields: readonly { readonly node: number; readonly reports: readonly FieldReport[] }[]
}

/** From a worker. */
export type FromWorker = { readonly job: number } & (
  | { readonly kind: 'batch'; readonly root: number; readonly batch: BatchMessage }
  | { readonly kind: 'added'; readonly accumulator: number; readonly values: readonly unknown[] }
  | { readonly kind: 'progress'; readonly phase: string; readonly loop?: LoopProgress }
  | { readonly kind: 'done'; readonly result: PartResult }
  | { readonly kind: 'failed'; readonly error: ErrorMessage }
  /** From a member of a kernel team; the job is none. */
  | { readonly kind: 'joined'; readonly team: number }
  /** What a kernel threw. */
  | {
      readonly kind: 'threw'
      readonly team: number
      readonly call: number
      readonly error: ErrorMessage
    }
)
