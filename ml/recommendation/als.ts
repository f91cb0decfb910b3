import {
  environmentOf,
  knownOptions,
  numberFrom,
  oneOf,
  positiveInteger,
  shown,
  trueOrFalse,
} from '../../engine/extend.js'
import { ArgumentError, defaultEnvironment } from '../../engine/index.js'
import { Estimator } from '../core/estimator.js'
import { fieldName } from '../data/field-name.js'
import { withTeam } from '../data/training-data.js'
import { AlsModel, type AlsState, type ColdStart } from './als-model.js'
import { alternate } from './alternate.js'
import type { Id } from './ids.js'
import { type RatingRows, type Ratings, readRatings } from './rating-rows.js'

/** Options of `als`. */
export interface AlsOptions<
  U extends string,
  I extends string,
  R extends string | null,
  P extends string,
> {
  /** The field with users. Default `'user'`. */
  readonly user?: U
  /** The field with items. Default `'item'`. */
  readonly item?: I
  /**
   * The field with ratings. Default `'rating'`. `null`, with `implicit` only: each record counts 1.
   */
  readonly rating?: R
  /** How many numbers describe a user or an item. Default 10. */
  readonly factors?: number
  /** How much large factors cost, above 0. Default 0.1. */
  readonly regularization?: number
  /** Whether that grows with the number of ratings of a user or item. Default `true`. */
  readonly weighted?: boolean
  /** How often users and items are improved at most. Default 10. */
  readonly iterations?: number
  /** Stops when an iteration makes the objective smaller by at most this share of it. Default 0: never. */
  readonly tolerance?: number
  /** Whether ratings are counts of what users did, instead of opinions. Default `false`. */
  readonly implicit?: boolean
  /** How much more a count of 1 is trusted than none, above 0; for `implicit`. Default 1. */
  readonly alpha?: number
  /** Whether factors must not be negative. Default `false`. */
  readonly nonNegative?: boolean
  /**
   * What is predicted where user or item is unknown: NaN, nothing (the record is left out), or the mean:
   * of the user's ratings or else of the item's, whichever is known, or else of all. Default `'nan'`.
   */
  readonly coldStart?: ColdStart
  /** For the factors at the beginning. Default 0. */
  readonly seed?: number
  /** The field for the prediction. Default `'prediction'`. */
  readonly prediction?: P
}

/** What `als` learns from. */
export type RatingNeeds<U extends string, I extends string, R extends string | null> = {
  readonly [Q in U | I]: Id
} & (R extends string ? { readonly [Q in R]: number } : unknown)

/**
 * Alternating least squares: factors `x` of users and `y` of items whose products `x·y` are close to the
 * ratings, for predicting those that are missing.
 *
 * Explicit ratings `r` minimise, over the pairs that are rated,
 *
 *     sum (r - x·y)^2 + regularization * (sum n |x|^2 + sum n |y|^2)
 *
 * where `n` is the number of ratings of the user or item; with `weighted: false` it is 1. With `implicit`
 * ratings are counts, such as of plays or purchases; what is predicted is how likely it is, on a scale
 * from 0 to about 1, that there is one. Over all pairs, rated or not,
 *
 *     sum (1 + alpha r) (p - x·y)^2 + regularization * (...)
 *
 * is minimised, where `p` is 1 if `r` is above 0, else 0; `n` counts those above 0.
 *
 * Ids are numbers, texts or bigint values. A pair that is rated twice is refused, or added up where
 * ratings are implicit. Factors begin at random, those of each item by its id and the seed; an iteration
 * solves the equations of all users, then those of all items. The answer does not depend on the order of
 * the records, nor on the number of workers.
 *
 * @param options.user Default `'user'`.
 * @param options.item Default `'item'`.
 * @param options.rating Default `'rating'`; `null` counts records.
 * @param options.factors Default 10.
 * @param options.regularization Default 0.1.
 * @param options.weighted Default `true`.
 * @param options.iterations Default 10.
 * @param options.tolerance Default 0.
 * @param options.implicit Default `false`.
 * @param options.alpha Default 1.
 * @param options.nonNegative Default `false`; by coordinate descent then.
 * @param options.coldStart Default `'nan'`.
 * @param options.seed Default 0.
 * @param options.prediction Default `'prediction'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if a pair is rated twice, or an
 *   implicit rating is negative.
 * @throws {SchemaError} By `fit`, if an id or rating is missing or cannot be used; names the record.
 * Cost: O(ratings * factors^2 + (users + items) * factors^3) per iteration, in parallel.
 * Source: Zhou, Wilkinson, Schreiber, Pan 2008 (weighted regularisation); Hu, Koren, Volinsky 2008
 * (implicit).
 * @example
 * const model = await als({ factors: 2, regularization: 0.05 }).fit(ratings)
 * model.predictOne({ user: 'ann', item: 'Heat' }).toFixed(1) // '4.7'
 */
export function als<
  const U extends string = 'user',
  const I extends string = 'item',
  const R extends string | null = 'rating',
  const P extends string = 'prediction',
>(options: AlsOptions<U, I, R, P> = {}): Estimator<RatingNeeds<U, I, R>, AlsModel<U, I, P>> {
  const parameters = checked(options)
  return new Estimator(NAME, parameters, async (data, run) => {
    const ratings = await readRatings(data, parameters, NAME, run.signal)
    const environment = environmentOf(data)
    const { converged: _, ...learned } = await withTeam(
      { environment, region: ratings.region },
      run.signal,
      team => alternate(team, ratings, parameters, run),
    )
    const { iterations: _i, tolerance: _t, seed: _s, ...kept } = parameters
    const state: AlsState = {
      ...kept,
      ...learned,
      users: ratings.users,
      items: ratings.items,
      offsets: ratings.byUser.offsets.slice(),
      rated: ratings.byUser.indices.slice(),
      means: meansOf(ratings, parameters.implicit),
    }
    return new AlsModel<U, I, P>(state, environment)
  })
}

/** @internal A saved model. */
export function restoreAls(state: AlsState): AlsModel<string, string, string> {
  return new AlsModel(state, defaultEnvironment())
}

const NAME = 'als'
const OPTIONS = [
  ...['user', 'item', 'rating', 'factors', 'regularization', 'weighted', 'iterations', 'tolerance'],
  ...['implicit', 'alpha', 'nonNegative', 'coldStart', 'seed', 'prediction'],
]

function checked(options: AlsOptions<string, string, string | null, string>) {
  knownOptions(options, OPTIONS, NAME)
  const {
    factors = 10,
    regularization = 0.1,
    weighted = true,
    iterations = 10,
    tolerance = 0,
    implicit = false,
    alpha = 1,
    nonNegative = false,
    coldStart = 'nan',
    seed = 0,
  } = options
  const user = fieldName(options.user ?? 'user', NAME, 'user')
  const item = fieldName(options.item ?? 'item', NAME, 'item')
  const prediction = fieldName(options.prediction ?? 'prediction', NAME, 'prediction')
  positiveInteger(factors, NAME, 'factors')
  positiveInteger(iterations, NAME, 'iterations')
  positive(
    regularization,
    'regularization',
    ', since a user with fewer ratings than factors has many best ones otherwise',
  )
  positive(alpha, 'alpha')
  numberFrom(tolerance, NAME, 'tolerance', 0, 1)
  numberFrom(seed, NAME, 'seed', -Number.MAX_VALUE, Number.MAX_VALUE)
  for (const [name, value] of Object.entries({ weighted, implicit, nonNegative })) {
    trueOrFalse(value, NAME, name)
  }
  oneOf(coldStart, ['nan', 'drop', 'mean'], NAME, 'coldStart')
  if (alpha !== 1 && !implicit) {
    throw new ArgumentError(
      `${NAME}: alpha is for implicit ratings. Leave it out, or give implicit: true.`,
    )
  }
  const rating = options.rating === undefined ? 'rating' : options.rating
  if (rating === null && !implicit) {
    throw new ArgumentError(
      `${NAME}: rating: null counts records, which is for implicit ratings. Name the field with ratings, or give implicit: true.`,
    )
  }
  if (rating !== null) fieldName(rating, NAME, 'rating')
  if (user === item || user === rating || item === rating) {
    throw new ArgumentError(
      `${NAME}: user, item and rating must be different fields; got ${[user, item, rating].map(shown).join(', ')}.`,
    )
  }
  return {
    user,
    item,
    rating,
    factors,
    regularization,
    weighted,
    iterations,
    tolerance,
    implicit,
    alpha,
    nonNegative,
    coldStart,
    seed,
    prediction,
  }
}

function positive(value: unknown, name: string, why = ''): void {
  if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return
  throw new ArgumentError(`${NAME}: ${name} must be a number above 0${why}; got ${shown(value)}.`)
}

/** The mean of what is approximated, by user, by item and of all; implicit ratings are 1 or 0. */
function meansOf({ byUser, byItem }: Ratings, implicit: boolean): AlsState['means'] {
  const [users, items] = [byUser, byItem].map(rows => rows.offsets.length - 1)
  const all = meanOf(byUser.values, 0, byUser.values.length, implicit ? users! * items! : 0)
  return {
    users: rowMeans(byUser, implicit ? items! : 0),
    items: rowMeans(byItem, implicit ? users! : 0),
    all,
  }
}

/** @param pairs How many there are, where those count that are not rated; else 0. */
function rowMeans({ offsets, values }: RatingRows, pairs: number): Float64Array {
  return Float64Array.from({ length: offsets.length - 1 }, (_, row) =>
    meanOf(values, offsets[row]!, offsets[row + 1]!, pairs),
  )
}

function meanOf(values: Float64Array, from: number, to: number, pairs: number): number {
  let sum = 0
  for (let k = from; k < to; k++) sum += pairs === 0 ? values[k]! : values[k]! > 0 ? 1 : 0
  return sum / (pairs === 0 ? to - from : pairs)
}
