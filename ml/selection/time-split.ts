import { positiveInteger, requiredOptions } from '../../engine/extend.js'
import type { DataSet, FieldOf } from '../../engine/index.js'
import { byTime } from './time-order.js'
import type { TrainTest } from './train-test-split.js'
import { partOf, wholeData } from './whole-data.js'

/** Options of `timeSplit`. */
export interface TimeSplitOptions<T> {
  /** A field with numbers or dates. */
  readonly time: FieldOf<T>
  /** How many folds. Default 5. */
  readonly folds?: number
  /** Stops reading when aborted. */
  readonly signal?: AbortSignal
}

/**
 * Folds for cross-validation in which what is learned from is earlier than what is held back.
 *
 * Records in order of time are cut into one more piece than there are folds. Fold `k` learns from the
 * first `k` pieces and holds back the next one. Those of one time are always together, so that pieces
 * may differ in size. The data are read once; folds keep the order of the data.
 *
 * @param options.folds Default 5.
 * @throws {ArgumentError} If there are fewer times than pieces, or an option is wrong.
 * @throws {SchemaError} If the field is unknown, or holds something that is no number or date.
 * Cost: the data in memory, sorted by time.
 * @example
 * const folds = await timeSplit(flights, { time: 'date', folds: 2 })
 * await folds[0].train.count() // 2
 * await folds[1].train.count() // 3
 */
export async function timeSplit<T>(
  data: DataSet<T>,
  options: TimeSplitOptions<T>,
): Promise<readonly [TrainTest<T>, ...TrainTest<T>[]]> {
  requiredOptions(options, ['time', 'folds', 'signal'], NAME)
  const { time, folds = 5, signal } = options
  positiveInteger(folds, NAME, 'folds')
  const whole = await wholeData(data, NAME, signal)
  const shares = Array.from({ length: folds }, (_, k) => (k + 1) / (folds + 1))
  const { rows, cuts } = byTime(whole, time, shares, NAME)
  const drawn = cuts.map((cut, k) => ({
    train: partOf<T>(whole, rows.slice(0, cut).sort(), `${NAME}: train ${k + 1}`),
    test: partOf<T>(whole, rows.slice(cut, cuts[k + 1]).sort(), `${NAME}: test ${k + 1}`),
  }))
  return Object.freeze(drawn) as unknown as readonly [TrainTest<T>, ...TrainTest<T>[]]
}

const NAME = 'timeSplit'
