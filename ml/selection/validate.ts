/** Fits an estimator to folds and scores it: what cross-validation and searches share. */
import { type AnyDataSet, addColumns, shown } from '../../engine/extend.js'
import { AbortError, ArgumentError, WieselError } from '../../engine/index.js'
import type { AnyModel } from '../core/any-model.js'
import { AnyEstimator } from '../core/estimator.js'
import type { ClassLabel } from '../data/labels.js'
import type { Score, ScoreFields } from '../evaluation/metric.js'
import { partOf, wholeData } from './whole-data.js'

/** Data of any records to learn from and to test with. */
export interface AnyTrainTest {
  readonly train: AnyDataSet
  readonly test: AnyDataSet
}

/** What one fold came to. */
export interface FoldScores {
  /** From 1. */
  readonly fold: number
  /** By name of the metric. */
  readonly scores: Readonly<Record<string, number>>
  /** What learning and scoring took. */
  readonly milliseconds: number
}

/** How folds are gone through. */
export interface ValidateRun {
  /** The user's call, for errors. */
  readonly operation: string
  readonly signal?: AbortSignal | undefined
  /** Told after each fold. */
  readonly done?: (fold: FoldScores) => void
}

/**
 * Fits an estimator to each fold, and scores what it predicts for the records that were held back.
 * One fold after the other: each fit uses all threads of the environment.
 *
 * @throws {ArgumentError} If a score is no number.
 */
export async function validate(
  estimator: AnyEstimator,
  folds: readonly AnyTrainTest[],
  scores: readonly Score[],
  { operation, signal, done }: ValidateRun,
): Promise<readonly FoldScores[]> {
  if (!((estimator as unknown) instanceof AnyEstimator)) {
    throw new ArgumentError(
      `${operation}: there must be an estimator, such as linearRegression(...); got ${shown(estimator)}.`,
    )
  }
  const run = signal === undefined ? {} : { signal }
  const results: FoldScores[] = []
  for (const [k, { train, test }] of folds.entries()) {
    const start = performance.now()
    const model = await estimator.learn(train, run)
    const { reads, adds, compute } = model.computation
    const lazy = addColumns(test, { reads, adds, compute, label: model.kind }, operation)
    const predicted = scores.length === 1 ? lazy : await inMemory(lazy, operation, signal)
    const fields = scoreFields(estimator, model)
    const found: Record<string, number> = {}
    for (const score of scores) {
      const value = await score.score(predicted, fields, run)
      if (typeof value !== 'number' || Number.isNaN(value)) {
        throw new ArgumentError(
          `${operation}: ${score.name} of fold ${k + 1} is ${shown(value)}, which cannot be compared.`,
        )
      }
      found[score.name] = value
    }
    const milliseconds = performance.now() - start
    results.push(Object.freeze({ fold: k + 1, scores: Object.freeze(found), milliseconds }))
    done?.(results.at(-1)!)
  }
  return Object.freeze(results)
}

/**
 * The scores as a list, with names of their own.
 *
 * @throws {ArgumentError} If there is none, or two have one name.
 */
export function checkScores(score: unknown, operation: string): readonly [Score, ...Score[]] {
  const list = (Array.isArray(score) ? score : [score]) as Score[]
  for (const each of list) {
    const good = ['function', 'object'].includes(typeof each) && typeof each?.score === 'function'
    if (good && typeof each.higherIsBetter === 'boolean' && typeof each.name === 'string') continue
    throw new ArgumentError(
      `${operation}: score must be a metric, such as rootMeanSquaredError, or a list of them; got ${each === undefined ? 'nothing' : shown(each)}.`,
    )
  }
  const twice = list.find((each, k) => list.findIndex(({ name }) => name === each.name) !== k)
  if (twice !== undefined) {
    throw new ArgumentError(
      `${operation}: two scores are called "${twice.name}". Name them: ${twice.name}.with({ ... }, 'another name').`,
    )
  }
  if (list.length === 0) throw new ArgumentError(`${operation}: there is no score.`)
  return list as unknown as readonly [Score, ...Score[]]
}

/** An error of one fit, with what was tried in its message; aborts stay what they are. */
export function withContext(error: unknown, context: string): unknown {
  if (!(error instanceof WieselError) || error instanceof AbortError) return error
  const Class = error.constructor as new (message: string, options: ErrorOptions) => WieselError
  return new Class(`${context}: ${error.message}`, { cause: error })
}

/** Where a score finds what it compares: as the last step of the estimator says. */
function scoreFields(estimator: AnyEstimator, model: AnyModel): ScoreFields {
  let parameters: Readonly<Record<string, unknown>> = estimator.parameters
  while (Array.isArray(parameters.steps)) parameters = parameters.steps.at(-1)
  let last: unknown = model
  while (Array.isArray((last as { steps?: unknown[] }).steps)) {
    last = (last as { steps: unknown[] }).steps.at(-1)
  }
  const named = (option: string) => {
    const name = parameters[option] ?? option
    return typeof name === 'string' && model.adds.includes(name) ? name : undefined
  }
  const found = {
    label: parameters.label as string | undefined,
    prediction: named('prediction'),
    scores: named('probabilities') ?? named('decision'),
    features: parameters.features as string | readonly string[] | undefined,
    classes: (last as { classes?: readonly ClassLabel[] }).classes,
  }
  const known = Object.entries(found).filter(([, value]) => value != null)
  return Object.fromEntries(known)
}

/** The records read once, for several scores. */
async function inMemory(
  data: AnyDataSet,
  operation: string,
  signal: AbortSignal | undefined,
): Promise<AnyDataSet> {
  const whole = await wholeData(data, operation, signal)
  const rows = Int32Array.from({ length: whole.batch.length }, (_, row) => row)
  return partOf(whole, rows, `${operation}: predictions`)
}
