import type { Column } from '../../engine/extend.js'
import type { Features } from '../data/features.js'
import type { Rows } from '../data/rows.js'
import type { Computation } from './computation.js'

/** What a model makes of vectors of features. */
export interface FeatureComputation {
  /** The model's name, for errors. */
  readonly operation: string
  readonly features: Features
  /** How many features there must be. */
  readonly size: number
  /** The fields that are added. */
  readonly adds: readonly string[]
  /** Whether features may be missing; they are NaN then. Default `false`. */
  readonly missing?: boolean
  /** The added columns. */
  apply(rows: Rows): readonly Column[]
}

/** A computation that reads features: of many records, or of one. */
export function overFeatures(computation: FeatureComputation): Computation {
  const { operation, features, size, adds, missing = false } = computation
  const options = { operation, missing }
  return {
    reads: features.reads,
    adds,
    compute: (columns, length, first) =>
      computation.apply(features.rows(columns, length, size, { ...options, first })),
    computeOne: record =>
      computation.apply(features.row(record, size, options)).map(column => column.get(0)),
  }
}
