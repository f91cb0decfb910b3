/**
 * Chains: the record-wise functions between two pipeline breakers, run as one loop over columns.
 * This file says what a chain is; `compile*.ts` and `interpret.ts` run it, with the same answers.
 */
import type { RecordBatch } from '../types/batch.js'
import type { FieldChecks } from './field-check.js'
import type { UserFunction } from './user-function.js'

/** One record-wise step. The first step of a chain may take two records (a join's function). */
export type Stage =
  | { readonly kind: 'map'; readonly fn: UserFunction }
  | { readonly kind: 'flatMap'; readonly fn: UserFunction }
  | { readonly kind: 'filter'; readonly fn: UserFunction }
  | {
      readonly kind: 'derive'
      readonly columns: readonly { readonly as: string; readonly fn: UserFunction }[]
    }
  | {
      readonly kind: 'project'
      readonly fields: readonly { readonly from: string; readonly as: string }[]
    }
  /** Two inputs only: `[left, right]`. */
  | { readonly kind: 'pair' }
  /**
   * Two inputs only: the fields of both. Those that are `shared`, because they are equal in both,
   * come once, from the side that is there; other equal names fail.
   */
  | { readonly kind: 'merge'; readonly shared?: readonly string[] }

/** The method that asked for these fields: `selectAs` when one gets a new name, else `select`. */
export function projectName(
  fields: readonly { readonly from: string; readonly as: string }[],
): string {
  const kept = fields.every(({ from, as }) => from.slice(from.lastIndexOf('.') + 1) === as)
  return kept ? 'select' : 'selectAs'
}

/**
 * The records a chain runs over: row `k` of the input is row `rows[k]` of `batch`, or row `k`
 * itself without `rows`. A negative row is an absent record, passed to functions as `null`.
 */
export interface ChainInput {
  readonly batch: RecordBatch
  readonly rows?: Int32Array
  /** Whether some of the rows are negative; looked up where it is not said. */
  readonly absent?: boolean
}

/** What a chain needs besides its stages. */
export interface ChainOptions {
  /** Whether loops may be compiled with `new Function`; otherwise they are interpreted. */
  readonly codegen: boolean
  /** Number of inputs: 1, or 2 for the records of a pair. */
  readonly inputs: 1 | 2
  /** Gets the fields that stages ask for by name; `check` it when the input has ended. */
  readonly fields: FieldChecks
  /**
   * The context that `stages[k]`'s function gets as its last argument (for `derive`, one per
   * column, in order). Made once per chain; functions read it anew for each record.
   */
  readonly contexts: readonly (readonly object[])[]
}

/** A chain that is ready to run. */
export interface Chain {
  /**
   * Runs over `length` input records and collects the output.
   *
   * Yields finished batches whenever about `BATCH_SIZE` records have been collected; a chain that
   * gives one record per record shares unchanged columns with its input instead of copying them.
   *
   * @throws {FunctionError} If a function throws: operation, the record, and the error as `cause`.
   */
  run(inputs: readonly ChainInput[], length: number): Iterable<RecordBatch>
  /** The collected rest, when there is one. Called at the end, and when the partition changes. */
  flush(): RecordBatch | undefined
  /** The generated source of the kernels used so far, for `explain({ code: true })`. */
  code(): readonly string[]
}
