import { type Column, ColumnWriter } from '../../engine/extend.js'

/** What a model does with records: from the columns that it reads to those that it adds. */
export interface Computation {
  /** The fields that it reads. */
  readonly reads: readonly string[]
  /** The fields that it adds. */
  readonly adds: readonly string[]
  /**
   * The added columns for many records.
   *
   * @param columns Those of `reads`.
   * @param first The number of the first record, for errors.
   * @throws {SchemaError} If a value cannot be used; names record and field.
   */
  compute(columns: readonly Column[], length: number, first: number): readonly Column[]
  /** The values of `adds` for one record, without a job. */
  computeOne(record: Readonly<Record<string, unknown>>): readonly unknown[]
}

/** A computation of columns alone; one record is a batch of one. */
export function overColumns(
  reads: readonly string[],
  adds: readonly string[],
  compute: Computation['compute'],
): Computation {
  return {
    reads,
    adds,
    compute,
    computeOne(record) {
      const columns = reads.map(name => {
        const writer = new ColumnWriter(1, name)
        writer.set(0, record[name])
        return writer.finish(1)
      })
      return compute(columns, 1, 0).map(column => column.get(0))
    },
  }
}
