import { plainObject, requiredOptions, shown } from '../../engine/extend.js'
import { ArgumentError, type DataSet } from '../../engine/index.js'
import type { AnyModel } from '../core/any-model.js'
import type { Estimator } from '../core/estimator.js'
import type { Lacks } from '../core/field-types.js'
import { VALIDATION_OPTIONS } from './cross-validate.js'
import { type SearchOptions, type SearchResult, search } from './search.js'

/** By parameter the values that are tried. */
export type ParameterGrid = Readonly<Record<string, readonly unknown[]>>

/** One value of each parameter. */
export type GridPoint<G extends ParameterGrid> = { readonly [K in keyof G]: G[K][number] }

/** Options of `gridSearch`. */
export interface GridSearchOptions<T, G extends ParameterGrid, R extends boolean>
  extends SearchOptions<T, R> {
  /** By parameter the values that are tried, each with each of the others. */
  readonly grid: G
}

/**
 * Tries all combinations of parameters, each by cross-validation on the same folds, and fits the best one
 * to all records.
 *
 * @param make An estimator of parameters: the grid says what they are called, and their types.
 * @param options.grid The first parameter changes slowest.
 * @param options.score The first metric decides; it knows whether higher is better.
 * @param options.folds Default 5.
 * @param options.seed Default 0.
 * @param options.refit Default `true`.
 * @throws {ArgumentError} If an option is wrong, or a fit fails: says with which parameters.
 * @throws {SchemaError} If a field is unknown or a value cannot be used; names record and field.
 * @throws {AbortError} If the signal was aborted.
 * Cost: a fit for each combination and fold, one after the other, each on all threads.
 * @example
 * const { best, model } = await gridSearch(
 *   ({ l2 }) => linearRegression({ features: ['distance'], label: 'hours', l2 }),
 *   flights,
 *   { grid: { l2: [0, 1e12] }, folds: 3, score: rootMeanSquaredError },
 * )
 * best.parameters // { l2: 0 }
 * model.predictOne({ distance: 1000 }).toFixed(1) // '2.7'
 */
export async function gridSearch<
  T,
  const G extends ParameterGrid,
  Trains extends object,
  M extends AnyModel,
  R extends boolean = true,
>(
  make: (parameters: GridPoint<G>) => Estimator<Trains, M>,
  data: DataSet<T> & Lacks<T, Trains>,
  options: GridSearchOptions<T, G, R>,
): Promise<SearchResult<GridPoint<G>, R extends false ? undefined : M>> {
  requiredOptions(options, [...VALIDATION_OPTIONS, 'grid', 'refit'], NAME)
  const { grid, ...others } = options
  const points = pointsOf(grid) as GridPoint<G>[]
  const found = await search(make as never, data as DataSet<T>, points, others, NAME)
  return found as unknown as SearchResult<GridPoint<G>, R extends false ? undefined : M>
}

const NAME = 'gridSearch'

/** All combinations. */
function pointsOf(grid: ParameterGrid): Readonly<Record<string, unknown>>[] {
  plainObject(grid, NAME, 'grid', '{ l2: [0, 1] }')
  let points: Readonly<Record<string, unknown>>[] = [{}]
  for (const [name, values] of Object.entries(grid)) {
    if (!Array.isArray(values) || values.length === 0) {
      throw new ArgumentError(
        `${NAME}: grid must have a list of values for "${name}"; got ${shown(values)}.`,
      )
    }
    points = points.flatMap(point => values.map(value => ({ ...point, [name]: value })))
  }
  return points.map(point => Object.freeze(point))
}
