import { knownOptions, shown } from '../../engine/extend.js'
import { ArgumentError, type DataSet, type FieldOf } from '../../engine/index.js'
import { drawnApart, type SplitOptions } from './random-split.js'
import { byTime } from './time-order.js'
import { partOf, wholeData } from './whole-data.js'

/** What is learned from, and what is held back to see how well. */
export interface TrainTest<T> {
  /** To learn from. */
  readonly train: DataSet<T>
  /** To measure with. No record of it is in `train`. */
  readonly test: DataSet<T>
}

/** Options of `trainTestSplit`. */
export interface TrainTestOptions<T> extends SplitOptions<T> {
  /** The share that is held back, above 0 and below 1. Default 0.25. */
  readonly test?: number
  /**
   * A field with numbers or dates: the latest records are held back, instead of random ones. Those of
   * one time stay together.
   */
  readonly time?: FieldOf<T>
}

/**
 * Holds records back to test with: at random, or the latest.
 *
 * The data are read once, and the parts stay as they were drawn. They keep the order of the data.
 *
 * @param options.test Default 0.25.
 * @param options.seed Default 0.
 * @param options.stratify A field whose values both parts have in the same proportion.
 * @param options.group A field whose values are never in both parts.
 * @param options.time Not together with `stratify` and `group`.
 * @throws {ArgumentError} If a part would be empty, or an option is wrong.
 * @throws {SchemaError} If a field is unknown or missing in a record.
 * Cost: the data in memory, and four bytes a record.
 * @example
 * const { train, test } = await trainTestSplit(flights, { test: 0.2, seed: 1 })
 * await train.count() // 4
 * const { test: latest } = await trainTestSplit(flights, { test: 0.4, time: 'date' })
 * latest.select('origin') // { origin: 'SFO' }, { origin: 'SFO' }
 */
export async function trainTestSplit<T>(
  data: DataSet<T>,
  options: TrainTestOptions<T> = {},
): Promise<TrainTest<T>> {
  knownOptions(options, ['test', 'seed', 'stratify', 'group', 'time', 'signal'], NAME)
  const { test: share = 0.25, time } = options
  if (typeof share !== 'number' || !(share > 0 && share < 1)) {
    throw new ArgumentError(`${NAME}: test must be above 0 and below 1; got ${shown(share)}.`)
  }
  if (time === undefined) {
    const [train, test] = await drawnApart(data, [1 - share, share], options, NAME)
    return { train: train!, test: test! }
  }
  if (options.stratify !== undefined || options.group !== undefined) {
    throw new ArgumentError(`${NAME}: time does not go together with stratify and group.`)
  }
  const whole = await wholeData(data, NAME, options.signal)
  const { rows, cuts } = byTime(whole, time, [1 - share], NAME)
  const [cut] = cuts
  return {
    train: partOf(whole, rows.slice(0, cut).sort(), `${NAME}: train`),
    test: partOf(whole, rows.slice(cut).sort(), `${NAME}: test`),
  }
}

const NAME = 'trainTestSplit'
