import { knownOptions, numberFrom, positiveInteger } from '../../engine/extend.js'
import { ArgumentError, type DataSet } from '../../engine/index.js'
import { drawParts, rowsOfParts } from './draw-parts.js'
import type { SplitOptions } from './random-split.js'
import type { TrainTest } from './train-test-split.js'
import { partOf, wholeData } from './whole-data.js'

/** Options of `kFold`. */
export interface KFoldOptions<T> extends SplitOptions<T> {
  /** How many folds, at least 2. Default 5. */
  readonly folds?: number
}

/**
 * Folds for cross-validation: every record is held back in exactly one of them.
 *
 * The data are read once, and the folds stay as they were drawn. They are of one size, but for a
 * record, or as near as whole groups allow, and keep the order of the data.
 *
 * @param options.folds Default 5.
 * @param options.seed Default 0.
 * @param options.stratify A field whose values all folds have in the same proportion. A value that is
 *   rarer than there are folds is in some of them only.
 * @param options.group A field whose values are never in two folds. With `stratify`, groups stay whole, and
 *   proportions are as near as they allow.
 * @throws {ArgumentError} If there are fewer records, or groups, than folds, or an option is wrong.
 * @throws {SchemaError} If a field is unknown or missing in a record.
 * Cost: the data in memory, and four bytes a record and fold.
 * @example
 * const folds = await kFold(flights, { folds: 5, seed: 1 })
 * await folds[0].train.count() // 4
 */
export async function kFold<T>(
  data: DataSet<T>,
  options: KFoldOptions<T> = {},
): Promise<readonly [TrainTest<T>, ...TrainTest<T>[]]> {
  knownOptions(options, ['folds', 'seed', 'stratify', 'group', 'signal'], NAME)
  return foldsOf(data, options, NAME)
}

/** @internal The folds; errors name `operation`. */
export async function foldsOf<T>(
  data: DataSet<T>,
  { folds = 5, seed = 0, stratify, group, signal }: KFoldOptions<T>,
  operation: string,
): Promise<readonly [TrainTest<T>, ...TrainTest<T>[]]> {
  positiveInteger(folds, operation, 'folds')
  if (folds === 1) throw new ArgumentError(`${operation}: there must be two folds at least; got 1.`)
  numberFrom(seed, operation, 'seed', Number.NEGATIVE_INFINITY)
  const whole = await wholeData(data, operation, signal)
  const shares = new Array<number>(folds).fill(1 / folds)
  const parts = drawParts(whole, { shares, seed, stratify, group, bySize: true }, operation)
  const held = rowsOfParts(parts, folds)
  const drawn = held.map((rows, fold) => {
    const others = new Int32Array(parts.length - rows.length)
    let length = 0
    for (let row = 0; row < parts.length; row++) if (parts[row] !== fold) others[length++] = row
    return {
      train: partOf<T>(whole, others, `${operation}: train ${fold + 1}`),
      test: partOf<T>(whole, rows, `${operation}: test ${fold + 1}`),
    }
  })
  return Object.freeze(drawn) as unknown as readonly [TrainTest<T>, ...TrainTest<T>[]]
}

const NAME = 'kFold'
