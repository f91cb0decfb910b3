import { type AnyDataSet, addColumns, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { AnyModel } from './any-model.js'
import type { ModelCard } from './card.js'
import type { Computation } from './computation.js'
import { AnyEstimator, Estimator, type FitRun } from './estimator.js'
import type { TYPES } from './field-types.js'
import { Model } from './model.js'
import { Predictor } from './predictor.js'
import type { SavedModel } from './saved-model.js'

/** What an estimator reads when it learns. */
type TrainsOf<E> = E extends { readonly [TYPES]: { readonly trains: infer T } } ? T : never
/** The model that an estimator makes. */
type ModelOf<E> = E extends { readonly [TYPES]: { readonly model: infer M } } ? M : never
type NeedsOf<M> = M extends { readonly [TYPES]: { readonly needs: infer N } } ? N : never
type AddsOf<M> = M extends { readonly [TYPES]: { readonly adds: infer A } } ? A : never

/** What steps read when they learn that no step before them adds. */
type PipelineTrains<S, Made = unknown> = S extends readonly [infer E, ...infer Rest]
  ? Omit<TrainsOf<E>, keyof Made> & PipelineTrains<Rest, Made & AddsOf<ModelOf<E>>>
  : unknown

/** What their models read that no model before them adds. */
type PipelineNeeds<S, Made = unknown> = S extends readonly [infer E, ...infer Rest]
  ? Omit<NeedsOf<ModelOf<E>>, keyof Made> & PipelineNeeds<Rest, Made & AddsOf<ModelOf<E>>>
  : unknown

/** What all of them add; the last of one name counts. */
type PipelineAdds<S, Made = unknown> = S extends readonly [infer E, ...infer Rest]
  ? PipelineAdds<Rest, Omit<Made, keyof AddsOf<ModelOf<E>>> & AddsOf<ModelOf<E>>>
  : Made

type Whole<T> = { [K in keyof T]: T[K] }

/** The model that a pipeline of the estimators `S` makes: a predictor where the last one is. */
export type PipelineModelOf<S extends readonly AnyEstimator[]> = S extends readonly [
  ...infer _,
  infer Last,
]
  ? ModelOf<Last> extends { readonly [TYPES]: { readonly predicts: infer P } }
    ? PipelinePredictor<Whole<PipelineNeeds<S>>, P, Whole<PipelineAdds<S>>>
    : PipelineModel<Whole<PipelineNeeds<S>>, Whole<PipelineAdds<S>>>
  : never

/** The models of a pipeline, one after the other. */
export class PipelineModel<Needs extends object, Adds extends object> extends Model<Needs, Adds> {
  /** The models of the steps, in order. */
  readonly steps: readonly AnyModel[]

  /** @internal Made by `pipeline(...).fit`. */
  constructor(steps: readonly AnyModel[]) {
    super('pipeline', chained(steps))
    this.steps = Object.freeze([...steps])
  }

  protected override state(): { readonly steps: readonly SavedModel[] } {
    return savedSteps(this.steps)
  }

  override card(): ModelCard {
    return cardOf(this.steps)
  }
}

/** The models of a pipeline that ends with a predictor. */
export class PipelinePredictor<Needs extends object, P, Adds extends object> extends Predictor<
  Needs,
  P,
  Adds
> {
  /** The models of the steps, in order. */
  readonly steps: readonly AnyModel[]

  /** @internal Made by `pipeline(...).fit`. */
  constructor(steps: readonly AnyModel[]) {
    super('pipeline', chained(steps))
    this.steps = Object.freeze([...steps])
  }

  /** The prediction for one record. */
  override predictOne(record: Needs): P {
    const { adds, computeOne } = this.computation
    const prediction = this.steps.at(-1)!.adds[0]!
    return computeOne(this.checkRecord(record))[adds.indexOf(prediction)] as P
  }

  protected override state(): { readonly steps: readonly SavedModel[] } {
    return savedSteps(this.steps)
  }

  override card(): ModelCard {
    return cardOf(this.steps)
  }
}

/**
 * Estimators one after the other, as one: each learns from the records as the models before it have
 * made them. Steps that read and add the field `features`, as they do by default, need no names.
 *
 * @throws {ArgumentError} If there are no steps, or one is no estimator.
 * @example
 * const late = pipeline(
 *   standardScaler({ features: ['distance', 'hours'] }),
 *   linearRegression({ label: 'delay' }),
 * )
 * const model = await late.fit(flights)
 * model.reads // ['distance', 'hours']
 * model.predictOne({ distance: 700, hours: 2 }) // 3.88...
 */
export function pipeline<const S extends readonly [AnyEstimator, ...AnyEstimator[]]>(
  ...steps: S
): Estimator<Whole<PipelineTrains<S>>, PipelineModelOf<S>> {
  const wrong: unknown = steps.find(step => !((step as unknown) instanceof AnyEstimator))
  if (steps.length === 0 || wrong !== undefined) {
    throw new ArgumentError(
      `pipeline: the steps must be estimators, such as standardScaler(); got ${steps.length === 0 ? 'none' : named(wrong)}.`,
    )
  }
  const parameters = { steps: steps.map(({ name, parameters }) => ({ name, ...parameters })) }
  return new Estimator('pipeline', parameters, async (data, run) => {
    const models = await fitAll(steps, data, run)
    return pipelineOf(models) as PipelineModelOf<S>
  })
}

/** What is no estimator, in words. */
function named(step: unknown): string {
  if (step instanceof AnyModel) return `a model of ${step.kind}. Give what was fitted`
  return Array.isArray(step) ? 'a list. Give them one by one: pipeline(a, b)' : shown(step)
}

/** @internal The models as one. */
export function pipelineOf(models: readonly AnyModel[]): AnyModel {
  return models.at(-1) instanceof Predictor
    ? new PipelinePredictor(models)
    : new PipelineModel(models)
}

async function fitAll(
  steps: readonly AnyEstimator[],
  data: AnyDataSet,
  { operation: _, ...options }: FitRun,
): Promise<readonly AnyModel[]> {
  const models: AnyModel[] = []
  let current = data
  for (const step of steps) {
    const model = await step.learn(current, options)
    models.push(model)
    const { reads, adds, compute } = model.computation
    current = addColumns(current, { reads, adds, compute, label: model.kind }, model.kind)
  }
  return models
}

/** One computation of several: what none before adds is read, and all that is added stays. */
function chained(models: readonly AnyModel[]): Computation {
  const computations = models.map(({ computation }) => computation)
  const adds = [...new Set(computations.flatMap(step => step.adds))]
  const reads = new Set<string>()
  const made = new Set<string>()
  for (const step of computations) {
    for (const name of step.reads) if (!made.has(name)) reads.add(name)
    for (const name of step.adds) made.add(name)
  }
  const names = [...reads]
  return {
    reads: names,
    adds,
    compute(columns, length, first) {
      const known = new Map(names.map((name, k) => [name, columns[k]!]))
      for (const step of computations) {
        const read = step.reads.map(name => known.get(name)!)
        const added = step.compute(read, length, first)
        for (const [k, name] of step.adds.entries()) known.set(name, added[k]!)
      }
      return adds.map(name => known.get(name)!)
    },
    computeOne(record) {
      const known: Record<string, unknown> = { ...record }
      for (const step of computations) {
        const added = step.computeOne(known)
        for (let k = 0; k < added.length; k++) known[step.adds[k]!] = added[k]
      }
      return adds.map(name => known[name])
    },
  }
}

function savedSteps(steps: readonly AnyModel[]): { readonly steps: readonly SavedModel[] } {
  return { steps: steps.map(step => step.toJSON()) }
}

function cardOf(steps: readonly AnyModel[]): ModelCard {
  return {
    title: 'pipeline',
    facts: { steps: steps.length },
    steps: steps.map(step => step.card()),
  }
}

/** @internal A saved pipeline. */
export async function restorePipeline(
  { steps }: { readonly steps: readonly unknown[] },
  inner: (saved: unknown) => Promise<AnyModel>,
): Promise<AnyModel> {
  return pipelineOf(await Promise.all(steps.map(inner)))
}
