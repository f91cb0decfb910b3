/** What the contract suite needs to know of an estimator. */
import type { AnyEstimator } from '../../../ml/index.js'

export type Row = Readonly<Record<string, unknown>>

/** One estimator under the contract; see `contract.test.ts`. */
export interface ContractEntry {
  /** What users call. */
  readonly factory: (options: never) => AnyEstimator
  /** The estimator that it is made of, if it is of another one: errors may be of that. */
  readonly inner?: string
  /** Options, without `features`; with a seed where there is one. */
  readonly options: Row
  /** Records to learn from, in the order given; at least 30. */
  readonly records: readonly Row[]
  /**
   * Fields with numbers that are given as `features`; none for estimators that take other fields, for
   * which what speaks of features is left out.
   */
  readonly features?: readonly string[] | undefined
  /** Fields with a value that must not be missing beside the features, such as the label. */
  readonly required?: readonly string[]
  /** Whether features may be missing. Default `false`. */
  readonly missing?: boolean
  /** Whether there may be one record only. Default `false`: refused with `ArgumentError`. */
  readonly one?: boolean
  /** Whether a feature may be constant. Default `true`; else refused with `ArgumentError`. */
  readonly constant?: boolean
  /** How far, relatively, numbers of models may differ for other numbers of workers. Default 0: equal. */
  readonly bound?: number
  /**
   * How far, relatively, numbers of outputs may differ for sparse instead of dense vectors. Default
   * 1e-9. `null`: it does not take vectors.
   */
  readonly sparse?: number | null
  /**
   * For estimators that iterate: further options with which these records take more than four iterations.
   * Needed where a model has a number of iterations; see `resume.test.ts`.
   */
  readonly iterates?: Row
  /** How often the records are repeated for several workers, so that there is work for all. Default 1. */
  readonly repeat?: number
}
