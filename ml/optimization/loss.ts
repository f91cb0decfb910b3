import { numberFrom, oneOf } from '../../engine/extend.js'
import type { LOSS_CODES } from '../kernels/linear-loss.js'

/**
 * What a wrong prediction costs. With m for the linear function of a record, and r = label - m:
 *
 * - `'squared'`: r^2 / 2
 * - `'huber'`: r^2 / 2 up to |r| = epsilon, and epsilon |r| - epsilon^2 / 2 beyond
 * - `'quantile'`: quantile * r for r above 0, (quantile - 1) * r below
 *
 * and for labels y of -1 and 1:
 *
 * - `'logistic'`: log(1 + exp(-y m))
 * - `'hinge'`: max(0, 1 - y m)
 * - `'squaredHinge'`: max(0, 1 - y m)^2
 */
export type LossName = keyof typeof LOSS_CODES

/** A loss, and its number where it has one. */
export interface Loss {
  readonly name: LossName
  /** Epsilon of Huber's loss, or the quantile; 0 for others. */
  readonly parameter: number
}

/** Losses of numbers. */
export const REGRESSION_LOSSES = ['squared', 'huber', 'quantile'] as const

/** Losses of two classes. */
export const CLASSIFICATION_LOSSES = ['logistic', 'hinge', 'squaredHinge'] as const

/** What users say of a loss. */
export interface LossOptions {
  readonly loss: unknown
  readonly epsilon: unknown
  readonly quantile: unknown
}

/**
 * The loss that options name.
 *
 * @throws {ArgumentError} If it is not one of `known`, or epsilon is not above 0, or the quantile not
 *   between 0 and 1.
 */
export function lossOf(
  { loss, epsilon, quantile }: LossOptions,
  known: readonly LossName[],
  operation: string,
): Loss {
  oneOf(loss, known, operation, 'loss')
  numberFrom(epsilon, operation, 'epsilon', Number.MIN_VALUE, Number.MAX_VALUE)
  numberFrom(quantile, operation, 'quantile', Number.EPSILON, 1 - Number.EPSILON)
  const parameter = loss === 'huber' ? epsilon : loss === 'quantile' ? quantile : 0
  return { name: loss as LossName, parameter: parameter as number }
}
