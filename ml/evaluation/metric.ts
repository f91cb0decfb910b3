/** Metrics: numbers that say how good predictions are. One form for a call of one's own and for searches. */
import { type AnyDataSet, knownOptions } from '../../engine/extend.js'
import { ArgumentError, type DataSet, type FieldOf } from '../../engine/index.js'
import { checkDataSet } from '../data/check-data-set.js'
import type { ClassLabel } from '../data/labels.js'

/** Where a model's predictions and the truth are, for `Score`. */
export interface ScoreFields {
  /** The field with the truth. */
  readonly label?: string
  /** The field with the prediction. */
  readonly prediction?: string
  /** The field with probabilities, by class or of the second class, or with a decision. */
  readonly scores?: string
  /** The field with a weight for each record. */
  readonly weight?: string
  /** The features that the model reads. */
  readonly features?: string | readonly string[]
  /** The classes that the model knows, ascending. */
  readonly classes?: readonly ClassLabel[]
}

/** How a score runs. */
export interface ScoreRun {
  /** Stops it when aborted. */
  readonly signal?: AbortSignal
}

/**
 * What `crossValidate` and searches ask for: a number for data with predictions. All metrics are such;
 * write one for what only you know, such as costs.
 *
 * @example
 * const late: Score = {
 *   name: 'greatest error',
 *   higherIsBetter: false,
 *   async score(predicted, { label = '', prediction = '' }) {
 *     const records = await (predicted as DataSet<Record<string, number>>).collect()
 *     return Math.max(...records.map(record => Math.abs(record[label] - record[prediction])))
 *   },
 * }
 * const model = linearRegression({ features: ['distance'], label: 'hours' })
 * const found = await crossValidate(model, flights, { score: late })
 * found.mean < 2 // true
 */
export interface Score {
  /** How results call it. */
  readonly name: string
  /** Whether a higher number is a better one. */
  readonly higherIsBetter: boolean
  /** The number for records to which a model has added its fields. */
  score(predicted: AnyDataSet, fields: ScoreFields, run?: ScoreRun): Promise<number>
}

/** Fields of metrics that compare predictions with the truth. */
export interface PredictionFields<F extends string> {
  /** The field with the truth. */
  readonly label: F
  /** The field with the prediction. Default `'prediction'`. */
  readonly prediction?: F
  /** A field with a weight for each record, not negative. Default: each counts the same. */
  readonly weight?: F
}

/** Options of metrics of classes. */
export interface ClassOptions {
  /**
   * Classes that there are, though they may not occur. Needed for classes that are fractions and occur on
   * one side only. In cross-validation those of the model. Default: the classes that occur.
   */
  readonly classes?: readonly ClassLabel[]
}

/** Fields of metrics that compare probabilities or decisions with the truth. */
export interface ScoredFields<F extends string> {
  /** The field with the true class. */
  readonly label: F
  /**
   * The field with a vector of probabilities by class, or with a number that is higher the more likely
   * the record is of the positive class. Default `'probabilities'`.
   */
  readonly scores?: F
  /** A field with a weight for each record, not negative. Default: each counts the same. */
  readonly weight?: F
}

/** Fields of metrics of rankings. */
export interface RankingFields<F extends string> {
  /** The field that says which ranking a record belongs to: the user, the query. */
  readonly group: F
  /** The field with what is relevant: a number, 0 for not at all, or a switch. */
  readonly label: F
  /** The field by which records are ranked, the highest first; missing ones are not ranked. Default `'prediction'`. */
  readonly prediction?: F
  /**
   * A field with weights, not negative: a ranking counts by the mean of those of its records. Default: each
   * ranking counts the same.
   */
  readonly weight?: F
}

/** Fields of metrics of clusters. */
export interface ClusterFields<F extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F | readonly F[]
  /** The field with the cluster. Default `'prediction'`. */
  readonly prediction?: F
  /**
   * A field with a weight for each record, not negative: for all means that are made. Default: each counts
   * the same.
   */
  readonly weight?: F
}

/** By kind of metric the fields that it reads. */
export interface MetricFields<F extends string> {
  readonly predictions: PredictionFields<F>
  readonly scores: ScoredFields<F>
  readonly rankings: RankingFields<F>
  readonly clusters: ClusterFields<F>
}

/**
 * A metric: call it with data and the names of fields, or give it to `crossValidate` as `score`.
 *
 * @typeParam K What kind of fields it reads.
 * @typeParam More Its further options.
 */
export interface Metric<K extends keyof MetricFields<string>, More extends object> extends Score {
  /** The metric of records that have labels and predictions. */
  <T>(data: DataSet<T>, options: MetricFields<FieldOf<T>>[K] & More & ScoreRun): Promise<number>
  /**
   * The same metric with some options given.
   *
   * @param name What results call it. Default: as before.
   * @example
   * const macro = f1.with({ average: 'macro' }, 'macro f1')
   * macro.name // 'macro f1'
   */
  with(options: Partial<MetricFields<string>[K]> & More, name?: string): Metric<K, More>
}

/** What makes a metric. */
export interface MetricDefinition<O extends object> {
  readonly name: string
  readonly higherIsBetter: boolean
  /** The fields that it reads, of those that a `Score` is told. */
  readonly fields: readonly (keyof ScoreFields)[]
  /** Fields that must be given. */
  readonly needs?: readonly string[]
  /** The names of its further options. */
  readonly options?: readonly string[]
  /** The number. `options` are as the user gave them, with known names. */
  measure(data: AnyDataSet, options: O, run: MetricRun): Promise<number>
}

/** For whom a metric is measured. */
export interface MetricRun extends ScoreRun {
  /** The metric's name, for errors. */
  readonly operation: string
}

/**
 * Makes a metric.
 *
 * @param given Options that are given already.
 */
export function metric<K extends keyof MetricFields<string>, More extends object = object>(
  definition: MetricDefinition<MetricFields<string>[K] & More>,
  given: object = {},
  name: string = definition.name,
): Metric<K, More> {
  type Options = MetricFields<string>[K] & More
  const { name: operation, fields, higherIsBetter, needs = [], options: further = [] } = definition
  const known = [...new Set([...fields, ...needs, ...further])]
  const measured = (data: AnyDataSet, options: object, { signal }: ScoreRun) => {
    checkDataSet(data, operation)
    const missing = needs.find(need => (options as Record<string, unknown>)[need] === undefined)
    if (missing !== undefined) {
      throw new ArgumentError(`${operation}: ${missing} is not given; name the field.`)
    }
    const run = signal === undefined ? { operation } : { operation, signal }
    return definition.measure(data, options as Options, run)
  }
  const call = async (data: AnyDataSet, options: ScoreRun & Partial<Options> = {}) => {
    knownOptions(options, [...known, 'signal'], operation)
    const { signal, ...own } = options
    return measured(data, { ...given, ...own }, signal === undefined ? {} : { signal })
  }
  const more = {
    higherIsBetter,
    score: async (data: AnyDataSet, told: ScoreFields, run: ScoreRun = {}) => {
      const read = fields.flatMap(field =>
        told[field] === undefined ? [] : [[field, told[field]]],
      )
      return measured(data, { ...Object.fromEntries(read), ...given }, run)
    },
    with: (options: object, other = name) => {
      knownOptions(options, known, `${operation}.with`)
      return metric<K, More>(definition, { ...given, ...options }, other)
    },
  }
  Object.defineProperty(call, 'name', { value: name })
  return Object.freeze(Object.assign(call, more)) as unknown as Metric<K, More>
}
