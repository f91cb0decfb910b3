import { numberFrom, oneOf } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'

/**
 * How steps become shorter. With r for the learning rate, j for the number of the iteration from 1, l2 for
 * the cost of squares and d for the decay:
 *
 * - `'default'`: r / sqrt(j)
 * - `'constant'`: r
 * - `'bottou'`: 1 / (l2 (t + j - 1)), where t makes the first rate r
 * - `'invScaling'`: r / j^d
 * - `'xu'`: r (1 + l2 r j)^-d
 * - `'adam'`: r, for each coefficient divided by the root of a running mean of its squared gradient
 */
export type Schedule = (typeof SCHEDULES)[number]

const SCHEDULES = ['default', 'constant', 'bottou', 'invScaling', 'xu', 'adam'] as const

/** What users say of steps. */
export interface StepOptions {
  readonly learningRate: number
  readonly schedule: Schedule
  readonly decay: number
  readonly l2: number
}

/** @throws {ArgumentError} If one is out of range, or Bottou's rule has no `l2` to go by. */
export function checkSteps(
  { learningRate, schedule, decay, l2 }: StepOptions,
  operation: string,
): void {
  numberFrom(learningRate, operation, 'learningRate', Number.MIN_VALUE, Number.MAX_VALUE)
  oneOf(schedule, SCHEDULES, operation, 'schedule')
  numberFrom(decay, operation, 'decay', 0, Number.MAX_VALUE)
  if (schedule === 'bottou' && l2 === 0) {
    throw new ArgumentError(
      `${operation}: the schedule "bottou" divides by l2, which is 0. Give an l2 above 0, or take another schedule.`,
    )
  }
}

/** The learning rate of steps of an iteration, which count from 1. */
export function learningRateAt(iteration: number, options: StepOptions): number {
  const { learningRate, schedule, decay, l2 } = options
  switch (schedule) {
    case 'default':
      return learningRate / Math.sqrt(iteration)
    case 'bottou':
      return 1 / (1 / learningRate + l2 * (iteration - 1))
    case 'invScaling':
      return learningRate / iteration ** decay
    case 'xu':
      return learningRate * (1 + l2 * learningRate * iteration) ** -decay
    default:
      return learningRate
  }
}
