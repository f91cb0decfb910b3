import { addColumns } from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import { checkDataSet } from '../data/check-data-set.js'
import { checkRecord } from './check-record.js'
import type { Computation } from './computation.js'
import type { Added, Lacks } from './field-types.js'
import { Model } from './model.js'

/**
 * A model that can take back what it does.
 *
 * @typeParam Needs The fields that it reads.
 * @typeParam Adds The fields that it adds.
 * @typeParam From The fields that the way back reads.
 * @typeParam To The fields that the way back adds.
 */
export abstract class InvertibleModel<
  Needs extends object,
  Adds extends object,
  From extends object,
  To extends object,
> extends Model<Needs, Adds> {
  readonly #inverse: Computation

  /**
   * For authors of models.
   *
   * @param inverse The way back.
   */
  constructor(kind: string, computation: Computation, inverse: Computation) {
    super(kind, computation)
    this.#inverse = inverse
  }

  /**
   * The way back: from the fields that the model adds to those that it read. Lazy.
   *
   * @throws {SchemaError} When run, if a value cannot be used; names record, field and value.
   * @example
   * const scaler = await minMaxScaler({ features: ['distance'] }).fit(flights)
   * const scaled = scaler.transform(flights.first(1)).select('features')
   * scaler.inverseTransform(scaled).select('distance') // { distance: 2475 }
   */
  inverseTransform<T>(data: DataSet<T> & Lacks<T, From>): DataSet<Added<T, To>> {
    const operation = `${this.kind}.inverseTransform`
    checkDataSet(data, operation, 'inverseTransformOne')
    const { reads, adds, compute } = this.#inverse
    return addColumns(data, { reads, adds, compute, label: operation }, operation)
  }

  /**
   * The way back for one record, without a job.
   *
   * @throws {SchemaError} If a value cannot be used; names the field.
   * @example
   * const scaler = await minMaxScaler({ features: ['distance'] }).fit(flights)
   * scaler.inverseTransformOne({ features: Float64Array.of(1) }).distance // 2586
   */
  inverseTransformOne<T extends From>(record: T): Added<T, To> {
    const { reads, adds, computeOne } = this.#inverse
    const operation = `${this.kind}.inverseTransformOne`
    const given = checkRecord(record, operation, reads, 'inverseTransform')
    const values = computeOne(given)
    const added: Record<string, unknown> = { ...given }
    for (let k = 0; k < adds.length; k++) added[adds[k]!] = values[k]
    return added as Added<T, To>
  }
}
