import {
  type AnyDataSet,
  knownOptions,
  type RunLoopOptions,
  Showing,
  type ShownKind,
} from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import { checkDataSet } from '../data/check-data-set.js'
import { giveRegionsBack } from '../data/region-pool.js'
import type { AnyModel } from './any-model.js'
import type { Has, Lacks, TYPES } from './field-types.js'

/** How learning runs. */
export interface FitOptions extends Pick<RunLoopOptions, 'signal' | 'onProgress' | 'checkpoint'> {}

/** What an estimator's own code gets beside the data. */
export interface FitRun extends FitOptions {
  /** The estimator's name, for errors and progress. */
  readonly operation: string
}

/** Learns: what an estimator does. */
export type Learn<M extends AnyModel> = (data: AnyDataSet, run: FitRun) => Promise<M>

/** An estimator, whatever it reads and makes. */
export abstract class AnyEstimator extends Showing {
  /** What made it: `linearRegression`. */
  readonly name: string
  /** All parameters, the defaults included. */
  readonly parameters: Readonly<Record<string, unknown>>

  /** @internal Only `Estimator` extends it. */
  constructor(name: string, parameters: Readonly<Record<string, unknown>>) {
    super()
    this.name = name
    this.parameters = Object.freeze({ ...parameters })
  }

  /** As `fit`, from data of which the compiler knows nothing. */
  abstract learn(data: AnyDataSet, options: FitOptions): Promise<AnyModel>

  /** What it is, for who draws it. */
  protected override get shownKind(): ShownKind {
    return 'estimator'
  }

  /** As one would write it: `linearRegression({"label":"delay"})`. */
  override toString(): string {
    return `${this.name}(${JSON.stringify(this.parameters)})`
  }
}

/**
 * Something that learns: it holds parameters, and `fit` makes a model of data. It is never changed, so
 * that one may be fitted to many data sets.
 *
 * @typeParam Trains The fields that it reads when it learns.
 * @typeParam M The model that it makes.
 */
export class Estimator<Trains extends object, M extends AnyModel> extends AnyEstimator {
  /** What it reads and makes, for the compiler. */
  declare readonly [TYPES]: { readonly trains: Trains; readonly model: M }
  readonly #learn: Learn<M>

  /**
   * For authors of estimators; others call functions such as `linearRegression`.
   *
   * @param parameters All of them, checked, the defaults included.
   * @param learn Makes a model of data.
   */
  constructor(name: string, parameters: Readonly<Record<string, unknown>>, learn: Learn<M>) {
    super(name, parameters)
    this.#learn = learn
  }

  /**
   * Learns from data.
   *
   * @param options.signal Stops it when aborted.
   * @param options.onProgress Hears of iterations, about ten times a second.
   * @param options.checkpoint Where it writes down how far it is, for estimators that iterate: a run
   *   that was killed goes on from there.
   * @returns A model, which does not change any more.
   * @throws {SchemaError} If a field is unknown or a value cannot be used; names record and field.
   * @throws {ArgumentError} If there is nothing to learn from.
   * @throws {AbortError} If the signal was aborted.
   * @example
   * const model = await linearRegression({ features: ['distance'], label: 'hours' }).fit(flights)
   * model.coefficients.length // 1
   */
  fit<T extends Has<Trains>>(data: DataSet<T>, options?: FitOptions): Promise<M>
  fit<T>(data: DataSet<T> & Lacks<T, Trains>, options?: FitOptions): Promise<M>
  fit(data: AnyDataSet, options: FitOptions = {}): Promise<M> {
    return this.learn(data, options)
  }

  /** As `fit`, from data of which the compiler knows nothing. */
  override async learn(data: AnyDataSet, options: FitOptions): Promise<M> {
    const operation = this.name
    checkDataSet(data, `${operation}.fit`)
    knownOptions(options, ['signal', 'onProgress', 'checkpoint'], `${operation}.fit`)
    const run = { ...options, operation }
    const model = await this.#learn(data, run)
    giveRegionsBack(run)
    return model
  }
}
