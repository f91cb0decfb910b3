import {
  numberFrom,
  positiveInteger,
  requiredOptions,
  shown,
  trueOrFalse,
} from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { FeatureFields } from '../data/feature-fields.js'
import {
  SUPERVISED_OPTIONS,
  type SupervisedFields,
  type SupervisedOptions,
  supervisedFields,
} from '../data/supervised-fields.js'

/** What the two kinds of boosted trees have in common. */
export interface BoostingOptions<L extends string, F extends FeatureFields, P extends string>
  extends SupervisedOptions<L, F, P> {
  /** Trees, or trees of each class, at most. Default 100. */
  readonly maxIterations?: number
  /** What of a leaf's value a tree adds, above 0. Default 0.1. */
  readonly learningRate?: number
  /** Leaves of a tree at most, at least 2. Default 31. */
  readonly maxLeaves?: number
  /** Splits from the root to a leaf at most. Default: as many as there are. */
  readonly maxDepth?: number
  /** Records of a leaf at least. Default 20. */
  readonly minLeafRecords?: number
  /** How much large values of leaves cost, at least 0. Default 0. */
  readonly l2?: number
  /** Bins of a feature, from 2 to 255. Default 255. */
  readonly maxBins?: number
  /** The share of the records that each tree is made of, drawn anew, above 0. Default 1. */
  readonly subsample?: number
  /**
   * Whether records are held out to say when to stop; `'auto'`, the default, where there are more than
   * 10,000.
   */
  readonly earlyStopping?: boolean | 'auto'
  /** The share of the records that is held out then, between 0 and 1. Default 0.1. */
  readonly heldOut?: number
  /** Iterations without a lesser loss of the records held out before it stops. Default 10. */
  readonly patience?: number
  /** What counts as less, at least 0. Default 1e-7. */
  readonly tolerance?: number
  /** For what is drawn: the records held out, samples. Default 0. */
  readonly seed?: number
}

/** Parameters that are good. */
export interface BoostingParameters {
  readonly maxIterations: number
  readonly learningRate: number
  readonly maxLeaves: number
  readonly maxDepth: number
  readonly minLeafRecords: number
  readonly l2: number
  readonly maxBins: number
  readonly subsample: number
  readonly earlyStopping: boolean | 'auto'
  readonly heldOut: number
  readonly patience: number
  readonly tolerance: number
  readonly seed: number
}

const OPTIONS = [
  ...['maxIterations', 'learningRate', 'maxLeaves', 'maxDepth', 'minLeafRecords', 'l2', 'maxBins'],
  ...['subsample', 'earlyStopping', 'heldOut', 'patience', 'tolerance', 'seed'],
]

/**
 * Checks the options of boosted trees.
 *
 * @param more Options that this kind has besides.
 * @throws {ArgumentError} If one is unknown or wrong.
 */
export function boostingOptions(
  options: BoostingOptions<string, FeatureFields, string>,
  operation: string,
  more: readonly string[],
): { readonly fields: SupervisedFields; readonly parameters: BoostingParameters } {
  requiredOptions(options, [...SUPERVISED_OPTIONS, ...more, ...OPTIONS], operation)
  const { maxIterations = 100, learningRate = 0.1, maxLeaves = 31, minLeafRecords = 20 } = options
  const { maxDepth = Number.POSITIVE_INFINITY, l2 = 0, maxBins = 255, subsample = 1 } = options
  const { earlyStopping = 'auto', heldOut = 0.1, patience = 10, tolerance = 1e-7 } = options
  const { seed = 0 } = options
  positiveInteger(maxIterations, operation, 'maxIterations')
  numberFrom(learningRate, operation, 'learningRate', Number.MIN_VALUE, Number.MAX_VALUE)
  positiveInteger(minLeafRecords, operation, 'minLeafRecords')
  if (maxDepth !== Number.POSITIVE_INFINITY) positiveInteger(maxDepth, operation, 'maxDepth')
  numberFrom(l2, operation, 'l2', 0, Number.MAX_VALUE)
  wholeFrom(maxLeaves, operation, 'maxLeaves', 2, Number.MAX_SAFE_INTEGER)
  wholeFrom(maxBins, operation, 'maxBins', 2, 255)
  share(subsample, operation, 'subsample', true)
  share(heldOut, operation, 'heldOut', false)
  if (earlyStopping !== 'auto') trueOrFalse(earlyStopping, operation, 'earlyStopping')
  positiveInteger(patience, operation, 'patience')
  numberFrom(tolerance, operation, 'tolerance', 0)
  numberFrom(seed, operation, 'seed', -Number.MAX_VALUE, Number.MAX_VALUE)
  const growth = { maxIterations, learningRate, maxLeaves, maxDepth, minLeafRecords, l2, maxBins }
  const stopping = { earlyStopping, heldOut, patience, tolerance }
  return {
    fields: supervisedFields(options, operation),
    parameters: { ...growth, subsample, ...stopping, seed },
  }
}

function wholeFrom(
  value: unknown,
  operation: string,
  name: string,
  least: number,
  most: number,
): void {
  numberFrom(value, operation, name, least, most)
  positiveInteger(value, operation, name)
}

function share(value: unknown, operation: string, name: string, whole: boolean): void {
  if (typeof value === 'number' && value > 0 && (value < 1 || (whole && value === 1))) return
  throw new ArgumentError(
    `${operation}: ${name} must be a share above 0 and ${whole ? 'of at most' : 'below'} 1; got ${shown(value)}.`,
  )
}
