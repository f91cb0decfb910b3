/** Data that are read once, and parts of them. */
import {
  type AnyDataSet,
  BATCH_SIZE,
  type Column,
  ColumnWriter,
  collectTogether,
  concatBatches,
  environmentOf,
  RecordBatch,
} from '../../engine/extend.js'
import {
  type DataSet,
  type ExecutionEnvironment,
  SchemaError,
  type Source,
} from '../../engine/index.js'
import { checkDataSet } from '../data/check-data-set.js'

/** All records of a data set, in memory. */
export interface WholeData {
  readonly environment: ExecutionEnvironment
  readonly batch: RecordBatch
}

/**
 * Reads all records, once.
 *
 * @throws {ArgumentError} If it is no data set.
 * @throws {AbortError} If the signal was aborted.
 */
export async function wholeData(
  data: AnyDataSet,
  operation: string,
  signal?: AbortSignal,
): Promise<WholeData> {
  checkDataSet(data, operation)
  const [batches] = await collectTogether([data], operation, signal === undefined ? {} : { signal })
  return { environment: environmentOf(data), batch: concatBatches(batches!) }
}

/**
 * A field of all records, which may be a path into nested objects.
 *
 * @throws {SchemaError} If there is no such field.
 */
export function wholeField({ batch }: WholeData, path: string, operation: string): Column {
  const column = batch.find(path)
  if (column !== undefined) return column
  const [head, ...rest] = path.split('.')
  const outer = batch.find(head!)
  if (outer === undefined || rest.length === 0) {
    throw new SchemaError(
      `${operation}: field "${path}" is not in the data; it has ${batch.names.join(', ')}.`,
    )
  }
  const writer = new ColumnWriter(batch.length, path)
  for (let row = 0; row < batch.length; row++) {
    let value = outer.get(row) as Readonly<Record<string, unknown>> | null | undefined
    for (const name of rest) value = value?.[name] as typeof value
    writer.set(row, value)
  }
  return writer.finish(batch.length)
}

/**
 * The records at `rows`, as a data set. They are taken out of the whole when they are read, so that a
 * part costs four bytes a record.
 *
 * @param rows Ascending.
 */
export function partOf<T>(whole: WholeData, rows: Int32Array, label: string): DataSet<T> {
  const { environment, batch } = whole
  const source: Source = {
    label: `${label} of ${rows.length} records`,
    facts: async () => ({ ...batch.schema, rows: rows.length, exact: true }),
    *read({ fields, signal }) {
      const wanted = withFields(batch, fields)
      for (let start = 0; start < rows.length; start += BATCH_SIZE) {
        signal?.throwIfAborted()
        yield wanted.take(rows.subarray(start, start + BATCH_SIZE))
      }
    },
    content: () => ({ names: batch.names, columns: batch.columns, rows }),
  }
  return environment.read<T>(source)
}

/** Only the fields that are asked for; all of them unless records are objects. */
function withFields(batch: RecordBatch, fields: readonly string[] | undefined): RecordBatch {
  if (fields === undefined || batch.shape !== 'object') return batch
  const names = batch.names.filter(name => fields.includes(name))
  const columns = names.map(name => batch.find(name)!)
  return new RecordBatch(batch.shape, names, columns, batch.length)
}
