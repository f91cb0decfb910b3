import { numberFrom, positiveInteger, trueOrFalse } from '../../engine/extend.js'
import { checkSteps, type Schedule } from '../optimization/learning-rate.js'

/** Options of gradient descent, beside the loss. */
export interface SgdOptions {
  /** How much coefficients cost by their squares, at least 0. Default 0.0001. */
  readonly l2?: number
  /** How much coefficients cost by their absolute values, at least 0. Default 0. */
  readonly l1?: number
  /** How long the first step is, above 0. Default 0.1. */
  readonly learningRate?: number
  /** How steps become shorter. Default `'default'`. */
  readonly schedule?: Schedule
  /** The exponent of the schedules `'invScaling'` and `'xu'`. Default 0.5. */
  readonly decay?: number
  /** Records of a step; `Infinity`: all of them. Default 32. */
  readonly batchSize?: number
  /** Whether there is an intercept. Default `true`. */
  readonly intercept?: boolean
  /** The most iterations, each of which goes over all records once. Default 100. */
  readonly maxIterations?: number
  /** Iterations that bring less than this part of the objective count as none. Default 1e-4. */
  readonly tolerance?: number
  /** Ends after so many of these in a row. Default 5. */
  readonly patience?: number
  /** Of the order of records. Default 0. */
  readonly seed?: number
}

/** Their names. */
export const SGD_OPTIONS: readonly string[] = [
  ...['l2', 'l1', 'learningRate', 'schedule', 'decay', 'batchSize', 'intercept'],
  ...['maxIterations', 'tolerance', 'patience', 'seed'],
]

/** @throws {ArgumentError} If one is out of range. */
export function sgdOptions(options: SgdOptions, operation: string): Required<SgdOptions> {
  const { l1 = 0, l2 = 1e-4, learningRate = 0.1, schedule = 'default', decay = 0.5 } = options
  const { batchSize = 32, intercept = true, maxIterations = 100, tolerance = 1e-4 } = options
  const { patience = 5, seed = 0 } = options
  numberFrom(l1, operation, 'l1', 0, Number.MAX_VALUE)
  numberFrom(l2, operation, 'l2', 0, Number.MAX_VALUE)
  checkSteps({ learningRate, schedule, decay, l2 }, operation)
  if (batchSize !== Number.POSITIVE_INFINITY) positiveInteger(batchSize, operation, 'batchSize')
  trueOrFalse(intercept, operation, 'intercept')
  positiveInteger(maxIterations, operation, 'maxIterations')
  numberFrom(tolerance, operation, 'tolerance', 0, 1)
  positiveInteger(patience, operation, 'patience')
  numberFrom(seed, operation, 'seed', -Number.MAX_VALUE, Number.MAX_VALUE)
  return {
    ...{ l1, l2, learningRate, schedule, decay, batchSize, intercept, maxIterations },
    ...{ tolerance, patience, seed },
  }
}
