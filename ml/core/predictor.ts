import type { AnyDataSet } from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import { checkDataSet } from '../data/check-data-set.js'
import { checkRecord } from './check-record.js'
import type { Added, Has, Lacks, TYPES } from './field-types.js'
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
  predict<T extends Has<Needs>>(data: DataSet<T>): DataSet<Added<T, Adds>>
  predict<T>(data: DataSet<T> & Lacks<T, Needs>): DataSet<Added<T, Adds>>
  predict(data: AnyDataSet): unknown {
    checkDataSet(data, `${this.kind}.predict`, 'predictOne')
    return this.transform(data as DataSet<never>)
  }

  /**
   * The prediction for one record, without a job.
   *
   * @throws {SchemaError} If a value cannot be used; names the field.
   * @throws {ArgumentError} If it is not a record.
   * Cost: a microsecond or two, for models of a few features.
   * @example
   * const model = await linearRegression({ features: ['distance'], label: 'hours' }).fit(flights)
   * model.predictOne({ distance: 1000 }) // 2.6...
   */
  predictOne(record: Needs): P {
    return this.computation.computeOne(this.checkRecord(record))[0] as P
  }

  /** @internal @throws {ArgumentError} Unless it is an object with fields. */
  protected checkRecord(record: unknown): Readonly<Record<string, unknown>> {
    return checkRecord(record, `${this.kind}.predictOne`, this.reads, 'predict')
  }
}
