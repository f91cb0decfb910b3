import {
  type AnyDataSet,
  addColumns,
  BooleanColumn,
  type Column,
  createRegion,
  shown,
  VectorColumn,
} from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { AnyModel } from '../core/any-model.js'
import type { ModelCard } from '../core/card.js'
import type { Computation } from '../core/computation.js'
import { AnyEstimator, Estimator, type FitRun } from '../core/estimator.js'
import { Predictor } from '../core/predictor.js'
import type { SavedModel } from '../core/saved-model.js'
import { classColumn } from '../data/class-column.js'
import { type ClassLabel, classLabels } from '../data/labels.js'
import { readColumns } from '../data/training-data.js'

/** What a classifier of two classes adds, for several: a score by class instead of a number. */
export type ByClass<Adds> = {
  [K in keyof Adds]: Adds[K] extends number ? Float64Array : Adds[K]
}

/** Several classes told apart by classifiers of two: one for each class. */
export class OneVersusRestModel<Needs extends object, Adds extends object> extends Predictor<
  Needs,
  ClassLabel,
  Adds
> {
  /** The classes, ascending; scores are in this order. */
  readonly classes: readonly ClassLabel[]
  /** By class the model that tells it from the rest. */
  readonly models: readonly AnyModel[]
  readonly #state: OneVersusRestState

  /** @internal Made by `oneVersusRest(...).fit`. */
  constructor(state: OneVersusRestState, models: readonly AnyModel[]) {
    super(NAME, computationOf(state, models))
    this.classes = Object.freeze([...state.classes])
    this.models = Object.freeze([...models])
    this.#state = state
  }

  protected override state(): SavedOneVersusRest {
    return { ...this.#state, models: this.models.map(model => model.toJSON()) }
  }

  override card(): ModelCard {
    const { label, classes } = this.#state
    return {
      title: NAME,
      facts: { label, classes: classes.map(String).join(', ') },
      steps: this.models.map((model, k) => {
        const card = model.card()
        return { ...card, title: `${String(classes[k])} or not: ${card.title}` }
      }),
    }
  }
}

/**
 * Tells several classes apart by a classifier of two, such as `linearSvm`, `svm` or `sgdClassifier`: for
 * each class one learns to tell it from the rest. The class with the highest score is predicted, of
 * equal ones the first.
 *
 * Fields are those of the classifier. Its decision becomes a vector of decisions by class, its probabilities are
 * those of each class against the rest, divided by their sum.
 *
 * @param estimator A classifier that adds a decision or probabilities; no pipeline: put `oneVersusRest` last
 *   into one instead.
 * @throws {ArgumentError} If it is no such estimator; by `fit`, if there is one class only.
 * @throws {SchemaError} By `fit`, as the classifier does, or if a label is no class.
 * Cost: a fit for each class, one after the other, each on all threads. With `checkpoint` each has a folder of
 * its own; those that were finished learn anew. Source: Rifkin, Klautau, "In Defense of One-Vs-All
 * Classification", 2004.
 * @example
 * const start = oneVersusRest(linearSvm({ features: ['distance', 'hours'], label: 'origin' }))
 * const model = await start.fit(flights)
 * model.classes // ['JFK', 'LAX', 'SFO']
 * model.predictOne({ distance: 2475, hours: 5.5 }) // 'JFK'
 */
export function oneVersusRest<Trains extends object, Needs extends object, Adds extends object>(
  estimator: Estimator<Trains, Predictor<Needs, ClassLabel, Adds>>,
): Estimator<Trains, OneVersusRestModel<Needs, ByClass<Adds>>> {
  if (!((estimator as unknown) instanceof AnyEstimator)) {
    throw new ArgumentError(
      `${NAME}: there must be a classifier, such as linearSvm(...); got ${estimator === undefined ? 'nothing' : shown(estimator)}.`,
    )
  }
  const { name, parameters } = estimator
  if (name === 'pipeline') {
    throw new ArgumentError(
      `${NAME}: it takes no pipeline. Put it last into one: pipeline(standardScaler(), ${NAME}(linearSvm(...))).`,
    )
  }
  const { label, prediction, decision, probabilities } = parameters
  const scores = decision ?? probabilities
  if (typeof label !== 'string' || typeof prediction !== 'string' || typeof scores !== 'string') {
    throw new ArgumentError(
      `${NAME}: ${name} adds neither decisions nor probabilities of classes. Give a classifier, such as linearSvm.`,
    )
  }
  const fields = {
    label,
    prediction,
    ...(decision === undefined ? { probabilities } : { decision }),
  }
  const all = { ...fields, features: parameters.features, estimator: { name, ...parameters } }
  return new Estimator(NAME, all, async (data, run) => {
    const columns = await readColumns(data, [label], NAME, run.signal)
    const column = columns.get(label)!
    if (column.length === 0) {
      throw new ArgumentError(`${NAME}: there are no records to learn from.`)
    }
    const { classes } = classLabels(column, label, NAME, createRegion())
    const models: AnyModel[] = []
    for (const [k, name] of classes.entries()) {
      models.push(await estimator.learn(against(data, label, name), runOf(run, k)))
    }
    const normalised = decision === undefined
    return new OneVersusRestModel({ label, prediction, scores, normalised, classes }, models)
  })
}

/** @internal A saved model. */
export async function restoreOneVersusRest(
  { models, ...state }: SavedOneVersusRest,
  inner: (saved: unknown) => Promise<AnyModel>,
): Promise<OneVersusRestModel<object, object>> {
  return new OneVersusRestModel(state, await Promise.all(models.map(inner)))
}

const NAME = 'oneVersusRest'

interface OneVersusRestState {
  readonly label: string
  readonly prediction: string
  /** The field with decisions or probabilities, in the models as well. */
  readonly scores: string
  /** Whether scores are divided by their sum. */
  readonly normalised: boolean
  readonly classes: readonly ClassLabel[]
}

interface SavedOneVersusRest extends OneVersusRestState {
  readonly models: readonly SavedModel[]
}

/** The records with a switch as label: whether they are of the class. */
function against(data: AnyDataSet, label: string, name: ClassLabel): AnyDataSet {
  const compute = ([column]: readonly Column[], length: number) => [
    new BooleanColumn(Uint8Array.from({ length }, (_, row) => +(column!.get(row) === name))),
  ]
  return addColumns(data, { reads: [label], adds: [label], compute, label: `${name} or not` }, NAME)
}

/** How the learning of class `k` runs: with checkpoints of its own. */
function runOf({ operation: _, checkpoint, ...run }: FitRun, k: number) {
  if (checkpoint === undefined) return run
  return { ...run, checkpoint: { ...checkpoint, directory: `${checkpoint.directory}/class-${k}` } }
}

function computationOf(
  { prediction, scores, normalised, classes }: OneVersusRestState,
  models: readonly AnyModel[],
): Computation {
  const computations = models.map(model => model.computation)
  const reads = computations[0]!.reads
  const place = computations[0]!.adds.indexOf(scores)
  const count = classes.length
  const scored = (own: (k: number) => readonly Column[], length: number) => {
    const values = new Float64Array(count * length)
    for (let k = 0; k < count; k++) {
      const column = own(k)[place]!
      for (let row = 0; row < length; row++) values[row * count + k] = scoreOf(column.get(row))
    }
    return finished(values, count, normalised)
  }
  return {
    reads,
    adds: [prediction, scores],
    compute(columns, length, first) {
      const values = scored(k => computations[k]!.compute(columns, length, first), length)
      const codes = Int32Array.from({ length }, (_, row) => highest(values, row * count, count))
      return [classColumn(codes, classes), new VectorColumn(values, count, length)]
    },
    computeOne(record) {
      const own = computations.map(({ computeOne }) => scoreOf(computeOne(record)[place]))
      const values = finished(Float64Array.from(own), count, normalised)
      return [classes[highest(values, 0, count)], values]
    },
  }
}

/** How much it is of the class: the decision, or the probability of `true`. */
function scoreOf(value: unknown): number {
  return typeof value === 'number' ? value : (value as Float64Array)[1]!
}

function finished(values: Float64Array, count: number, normalised: boolean): Float64Array {
  if (!normalised) return values
  for (let from = 0; from < values.length; from += count) {
    let sum = 0
    for (let k = 0; k < count; k++) sum += values[from + k]!
    for (let k = 0; k < count; k++) values[from + k] = sum > 0 ? values[from + k]! / sum : 1 / count
  }
  return values
}

function highest(values: Float64Array, from: number, count: number): number {
  let best = 0
  for (let k = 1; k < count; k++) if (values[from + k]! > values[from + best]!) best = k
  return best
}
