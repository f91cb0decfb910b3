/** What grid and random search share: candidates are validated on the same folds, the best is refitted. */
import { type AnyDataSet, environmentOf, trueOrFalse } from '../../engine/extend.js'
import { ArgumentError, type DataSet, type Flat } from '../../engine/index.js'
import type { AnyModel } from '../core/any-model.js'
import type { Estimator } from '../core/estimator.js'
import {
  givenFolds,
  type Validation,
  type ValidationOptions,
  validationOf,
} from './cross-validate.js'
import { checkScores, type FoldScores, validate, withContext } from './validate.js'

/** Parameters by name. */
export type Parameters = Readonly<Record<string, unknown>>

/** One candidate and what it came to. */
export interface Trial<P> extends Validation {
  /** What the estimator was made with. */
  readonly parameters: P
  /** 1 is the best by the first metric; equal ones share it. */
  readonly rank: number
}

/** What a search found. */
export interface SearchResult<P, M> {
  /** The best one; of equal ones the first. */
  readonly best: Trial<P>
  /** All, in the order in which they were tried. */
  readonly trials: readonly Trial<P>[]
  /** The best one fitted to all records; `undefined` with `refit: false`. */
  readonly model: M
  /** All as a data set, the best first: their parameters, `meanScore`, `deviation` and `rank`. */
  readonly table: DataSet<Flat<P & { meanScore: number; deviation: number; rank: number }>>
}

/** Options that searches share. */
export interface SearchOptions<T, R extends boolean> extends ValidationOptions<T> {
  /** Whether the best one is fitted to all records at the end. Default `true`. */
  readonly refit?: R
}

/**
 * Validates candidates and finds the best.
 *
 * @throws {ArgumentError} If an option is wrong; errors of fits say with which parameters.
 */
export async function search<T, P extends Parameters, M extends AnyModel>(
  make: (parameters: P) => Estimator<never, M>,
  data: DataSet<T>,
  candidates: readonly P[],
  options: SearchOptions<T, boolean>,
  operation: string,
): Promise<SearchResult<P, M | undefined>> {
  const { signal, onProgress, refit = true } = options
  trueOrFalse(refit, operation, 'refit')
  if (typeof make !== 'function') {
    throw new ArgumentError(
      `${operation}: the first argument must be a function that makes an estimator of parameters.`,
    )
  }
  const scores = checkScores(options.score, operation)
  const folds = await givenFolds<T>(data, options, operation)
  const start = performance.now()
  const totalFits = candidates.length * folds.length
  let fits = 0
  const validations: { parameters: P; validation: Validation }[] = []
  for (const parameters of candidates) {
    const done = (fold: FoldScores) =>
      onProgress?.({
        fits: ++fits,
        totalFits,
        fold,
        parameters,
        milliseconds: performance.now() - start,
      })
    const run = { operation, signal, done }
    const found = await inContext(operation, parameters, () =>
      validate(make(parameters), folds, scores, run),
    )
    validations.push({ parameters, validation: validationOf(found, scores) })
  }
  const trials = ranked(validations, scores[0].higherIsBetter)
  const best = trials.find(({ rank }) => rank === 1)!
  const model = refit
    ? await inContext(operation, best.parameters, () =>
        make(best.parameters).learn(data, signal === undefined ? {} : { signal }),
      )
    : undefined
  return { best, trials, model, table: tableOf(data, trials) }
}

function ranked<P>(
  validations: readonly { parameters: P; validation: Validation }[],
  higherIsBetter: boolean,
): readonly Trial<P>[] {
  const better = (a: number, b: number) => (higherIsBetter ? a > b : a < b)
  return Object.freeze(
    validations.map(({ parameters, validation }) => {
      const above = validations.filter(other => better(other.validation.mean, validation.mean))
      return Object.freeze({ parameters, rank: above.length + 1, ...validation })
    }),
  )
}

function tableOf<P extends Parameters>(
  data: AnyDataSet,
  trials: readonly Trial<P>[],
): SearchResult<P, never>['table'] {
  const rows = trials
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ parameters, mean, deviation, rank }) => ({
      ...parameters,
      meanScore: mean,
      deviation,
      rank,
    }))
  return environmentOf(data).from(rows) as unknown as SearchResult<P, never>['table']
}

async function inContext<R>(
  operation: string,
  parameters: unknown,
  work: () => Promise<R>,
): Promise<R> {
  try {
    return await work()
  } catch (error) {
    throw withContext(error, `${operation}: with ${JSON.stringify(parameters)}`)
  }
}
