import { type AnyDataSet, addColumns } from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import { checkDataSet } from '../data/check-data-set.js'
import { AnyModel } from './any-model.js'
import { checkRecord } from './check-record.js'
import type { Added, Has, Lacks, TYPES } from './field-types.js'

/**
 * What an estimator has learned; it adds fields to records.
 *
 * @typeParam Needs The fields that it reads.
 * @typeParam Adds The fields that it adds.
 */
export abstract class Model<Needs extends object, Adds extends object> extends AnyModel {
  /** What it reads and adds, for the compiler. */
  declare readonly [TYPES]: { readonly needs: Needs; readonly adds: Adds }

  /**
   * The records with the fields that the model adds. Lazy: runs when the data set does, on the calling
   * thread.
   *
   * @throws {SchemaError} When run, if a value cannot be used; names record, field and value.
   * @example
   * const scaler = await standardScaler({ features: ['distance'] }).fit(flights)
   * scaler.transform(flights.select('distance').first(2)) // { distance: 2475, features: Float64Array(1) [ ... ] }, { distance: 337, features: Float64Array(1) [ ... ] }
   */
  transform<T extends Has<Needs>>(data: DataSet<T>): DataSet<Added<T, Adds>>
  transform<T>(data: DataSet<T> & Lacks<T, Needs>): DataSet<Added<T, Adds>>
  transform(data: AnyDataSet): unknown {
    checkDataSet(data, `${this.kind}.transform`, 'transformOne')
    const { reads, adds, compute } = this.computation
    return addColumns(data, { reads, adds, compute, label: this.kind }, this.kind)
  }

  /**
   * One record with the fields that the model adds; without a job.
   *
   * @throws {SchemaError} If a value cannot be used; names the field.
   * Cost: a microsecond or two, for models of a few features.
   * @example
   * const scaler = await standardScaler({ features: ['distance'] }).fit(flights)
   * scaler.transformOne({ distance: 337 }) // { distance: 337, features: Float64Array(1) [ -0.9... ] }
   */
  transformOne<T extends Needs>(record: T): Added<T, Adds> {
    const given = checkRecord(record, `${this.kind}.transformOne`, this.reads, 'transform')
    const { adds, computeOne } = this.computation
    const values = computeOne(given)
    const added: Record<string, unknown> = { ...given }
    for (let k = 0; k < adds.length; k++) added[adds[k]!] = values[k]
    return added as Added<T, Adds>
  }
}
