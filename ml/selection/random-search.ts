import {
  plainObject,
  positiveInteger,
  Random,
  requiredOptions,
  shown,
} from '../../engine/extend.js'
import { ArgumentError, type DataSet } from '../../engine/index.js'
import type { AnyModel } from '../core/any-model.js'
import type { Estimator } from '../core/estimator.js'
import type { Lacks } from '../core/field-types.js'
import { VALIDATION_OPTIONS } from './cross-validate.js'
import { type SearchOptions, type SearchResult, search } from './search.js'

/** Draws a value: `next` gives numbers from 0 up to 1, each equally likely. */
export type Draw<V> = (next: () => number) => V

/** By parameter a list of values, each equally likely, or how one is drawn. */
export type ParameterSpace = Readonly<Record<string, readonly unknown[] | Draw<unknown>>>

/** One value of each parameter. */
export type SpacePoint<S extends ParameterSpace> = {
  readonly [K in keyof S]: S[K] extends readonly (infer V)[]
    ? V
    : S[K] extends Draw<infer V>
      ? V
      : never
}

/** Options of `randomSearch`. */
export interface RandomSearchOptions<T, S extends ParameterSpace, R extends boolean>
  extends SearchOptions<T, R> {
  /** By parameter a list of values, or `uniform`, `logUniform`, `integers`, or a function of your own. */
  readonly space: S
  /** How many combinations are tried. Default 10. */
  readonly trials?: number
}

/**
 * Tries random combinations of parameters, each by cross-validation on the same folds, and fits the best
 * one to all records. Where only some parameters matter it finds good values sooner than a grid.
 *
 * @param make An estimator of parameters: the space says what they are called, and their types.
 * @param options.space No combination is tried twice; a small space may have fewer than `trials`.
 * @param options.trials Default 10.
 * @param options.score The first metric decides; it knows whether higher is better.
 * @param options.folds Default 5.
 * @param options.seed Draws folds and combinations. Default 0.
 * @param options.refit Default `true`.
 * @throws {ArgumentError} If an option is wrong, or a fit fails: says with which parameters.
 * @throws {SchemaError} If a field is unknown or a value cannot be used; names record and field.
 * @throws {AbortError} If the signal was aborted.
 * Cost: a fit for each trial and fold, one after the other, each on all threads. Source: Bergstra, Bengio,
 * "Random Search for Hyper-Parameter Optimization", 2012.
 * @example
 * const { trials, best } = await randomSearch(
 *   ({ l2 }) => linearRegression({ features: ['distance'], label: 'hours', l2 }),
 *   flights,
 *   { space: { l2: logUniform(1e-3, 1e3) }, trials: 4, folds: 3, score: rootMeanSquaredError, seed: 1 },
 * )
 * trials.length // 4
 * best.parameters // { l2: ... }
 */
export async function randomSearch<
  T,
  const S extends ParameterSpace,
  Trains extends object,
  M extends AnyModel,
  R extends boolean = true,
>(
  make: (parameters: SpacePoint<S>) => Estimator<Trains, M>,
  data: DataSet<T> & Lacks<T, Trains>,
  options: RandomSearchOptions<T, S, R>,
): Promise<SearchResult<SpacePoint<S>, R extends false ? undefined : M>> {
  requiredOptions(options, [...VALIDATION_OPTIONS, 'space', 'trials', 'refit'], NAME)
  const { space, trials = 10, ...others } = options
  positiveInteger(trials, NAME, 'trials')
  const points = drawn(space, trials, others.seed ?? 0) as SpacePoint<S>[]
  const found = await search(make as never, data as DataSet<T>, points, others, NAME)
  return found as unknown as SearchResult<SpacePoint<S>, R extends false ? undefined : M>
}

/**
 * Numbers from `low` up to `high`, each equally likely; for `randomSearch`.
 *
 * @throws {ArgumentError} If `low` is not below `high`.
 * @example uniform(0, 1)(() => 0.25) // 0.25
 */
export function uniform(low: number, high: number): Draw<number> {
  checkRange(low, high, 'uniform')
  return next => low + next() * (high - low)
}

/**
 * Numbers from `low` up to `high` whose logarithms are equally likely, for strengths that may be of any
 * order of magnitude; for `randomSearch`.
 *
 * @throws {ArgumentError} If `low` is not above 0 and below `high`.
 * @example logUniform(0.01, 100)(() => 0.5).toFixed(2) // '1.00'
 */
export function logUniform(low: number, high: number): Draw<number> {
  checkRange(low, high, 'logUniform')
  if (low <= 0) throw new ArgumentError(`logUniform: low must be above 0; got ${low}.`)
  const [from, to] = [Math.log(low), Math.log(high)]
  return next => Math.min(high, Math.max(low, Math.exp(from + next() * (to - from))))
}

/**
 * Whole numbers from `low` to `high`, both included, each equally likely; for `randomSearch`.
 *
 * @throws {ArgumentError} If they are not whole, or `low` is not below `high`.
 * @example integers(1, 6)(() => 0.99) // 6
 */
export function integers(low: number, high: number): Draw<number> {
  checkRange(low, high, 'integers')
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high)) {
    throw new ArgumentError(`integers: bounds must be whole numbers; got ${low} and ${high}.`)
  }
  return next => low + Math.floor(next() * (high - low + 1))
}

const NAME = 'randomSearch'

/** Draws that give what was drawn before, after which a space counts as used up. */
const MOST_REPEATS = 200

function drawn(
  space: ParameterSpace,
  trials: number,
  seed: number,
): Readonly<Record<string, unknown>>[] {
  plainObject(space, NAME, 'space', '{ l2: logUniform(0.01, 10) }')
  const names = Object.keys(space)
  for (const name of names) {
    const from = space[name]
    if (typeof from === 'function' || (Array.isArray(from) && from.length > 0)) continue
    throw new ArgumentError(
      `${NAME}: space must have a list of values for "${name}", or a function that draws one; got ${shown(from)}.`,
    )
  }
  // Folds are drawn from the same seed: go another way from it.
  const random = new Random(seed + 0.5)
  const next = () => random.next()
  const points = new Map<string, Readonly<Record<string, unknown>>>()
  for (let repeats = 0; points.size < trials && repeats < MOST_REPEATS; ) {
    const places = names.map(name => {
      const from = space[name] as readonly unknown[] | Draw<unknown>
      if (typeof from === 'function') return from(next)
      return from[random.int(from.length)]
    })
    const key = JSON.stringify(places)
    if (points.has(key)) repeats++
    else
      points.set(key, Object.freeze(Object.fromEntries(names.map((name, k) => [name, places[k]]))))
  }
  return [...points.values()]
}

function checkRange(low: number, high: number, operation: string): void {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return
  throw new ArgumentError(
    `${operation}: low must be below high, both finite; got ${shown(low)} and ${shown(high)}.`,
  )
}
