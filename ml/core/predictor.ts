import type { DataSet } from '../../engine/index.js'
import type { Added, Lacks, TYPES } from './field-types.js'
import { Model } from './model.js'

/**
 * A model that predicts.
 *
 * @typeParam Needs The fields that it reads.
 * @typeParam P What it predicts.
 * @typeParam Adds The fields that it adds, the prediction among them.
 */
export abstract class Predictor<Needs extends object, P, Adds extends object> extends Model<
  Needs,
  Adds
> {
  /** What it reads, adds and predicts, for the compiler. */
  declare readonly [TYPES]: { readonly needs: Needs; readonly adds: Adds; readonly predicts: P }

  /**
   * The records with a field for the prediction. Lazy: runs when the data set does, on the calling
   * thread. The same as `transform`.
   *
   * @throws {SchemaError} When run, if a value cannot be used; names record, field and value.
   * @example
   * const model = await linearRegression({ features: ['distance'], label: 'hours' }).fit(flights)
   * model.predict(flights.first(1)).select('prediction') // { prediction: 5.63... }
   */
  predict<T>(data: DataSet<T> & Lacks<T, Needs>): DataSet<Added<T, Adds>> {
    return this.transform(data)
  }

  /**
   * The prediction for one record, without a job.
   *
   * @throws {SchemaError} If a value cannot be used; names the field.
   * Cost: a microsecond or two, for models of a few features.
   * @example
   * const model = await linearRegression({ features: ['distance'], label: 'hours' }).fit(flights)
   * model.predictOne({ distance: 1000 }) // 2.6...
   */
  predictOne(record: Needs): P {
    return this.computation.computeOne(record as Readonly<Record<string, unknown>>)[0] as P
  }
}
