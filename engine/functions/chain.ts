/**
 * Chains: the record-wise functions between two pipeline breakers, run as one loop over columns.
 * This file says what a chain is; `compile*.ts` and `interpret.ts` run it, with the same answers.
 */
import type { RecordBatch } from '../types/batch.js'
import type { FieldChecks } from './field-check.js'
import type { GroupTarget } from './group-target.js'
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
      readonly operation?: string
    }
  /** Two inputs only: `[left, right]`. */
  | { readonly kind: 'pair' }
  /**
   * Two inputs only: the fields of both. Those that are `shared`, because they are equal in both,
   * come once, from the side that is there; other equal names fail.
   */
  | { readonly kind: 'merge'; readonly shared?: readonly string[] }

/**
 * The method that asked for these fields: a library's, or `selectAs` when one gets a new name, else
 * `select`.
 */
export function projectName({
  fields,
  operation,
}: Pick<Extract<Stage, { readonly kind: 'project' }>, 'fields' | 'operation'>): string {
  if (operation !== undefined) return operation
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

/** Lists of rows: row `k` of input number `probe` meets those of list `ids[k]` of the other one. */
export interface RowLists {
  readonly probe: 0 | 1
  /** The list of each row, -1 for none. */
  readonly ids: Int32Array
  /** List `k` is `rows[starts[k]]` up to `rows[starts[k + 1]]`. */
  readonly starts: Int32Array
  /** `null` where the lists are these positions themselves. */
  readonly rows: Int32Array | null
  /** Number of all pairs. */
  readonly pairs: number
}

/** How far a loop has come: a row of the input, and how many rows of its list are done. */
export interface Place {
  row: number
  done: number
}

/** The input of a chain: rows of batches side by side, or lists of rows. */
export interface ChainSource {
  readonly inputs: readonly ChainInput[]
  /** Rows of the inputs; with lists, of the one that has them. */
  readonly length: number
  readonly lists?: RowLists
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
   * Runs over the input records from `start` (default 0) up to `length` and collects the output.
   *
   * Yields finished batches whenever about `BATCH_SIZE` records have been collected; a chain that
   * gives one record per record shares unchanged columns with its input instead of copying them.
   *
   * @throws {FunctionError} If a function throws: operation, the record, and the error as `cause`.
   */
  run(inputs: readonly ChainInput[], length: number, start?: number): Iterable<RecordBatch>
  /** The collected rest, when there is one. Called at the end, and when the partition changes. */
  flush(): RecordBatch | undefined
  /** Whether `feed` can add records of this source to groups, as things are. */
  feeds?(source: ChainSource, target: GroupTarget): boolean
  /**
   * Adds records from `place` on to groups instead of collecting them, until it would be fine to
   * pause, and moves `place`. Only after `feeds`, and with nothing collected.
   *
   * @returns How many records, or pairs of records, it went through.
   * @throws {FunctionError} As `run`.
   */
  feed?(source: ChainSource, place: Place, target: GroupTarget): number
  /** The generated source of the kernels used so far, for `explain({ code: true })`. */
  code(): readonly string[]
}
