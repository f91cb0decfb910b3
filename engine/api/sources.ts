/** Where data sets come from: functions on the ready-made environment. */

import type { ArrowReadOptions } from '../io/arrow/arrow-ipc.js'
import type { Collection, FromOptions } from '../io/collection.js'
import type { ColumnValues } from '../io/columns.js'
import type { CsvReadOptions } from '../io/csv/options.js'
import type { Input } from '../io/files.js'
import type { JsonLinesReadOptions, JsonReadOptions } from '../io/json/json-source.js'
import type { ParquetReadOptions } from '../io/parquet/parquet-source.js'
import type { TextReadOptions } from '../io/text/text-source.js'
import type { DataSet } from './data-set.js'
import { ExecutionEnvironment } from './environment.js'
import type { EnvironmentOptions } from './job-runner.js'
import type { ColumnsRecord, Row, TypedRow, TypesGiven } from './rows.js'

let ready: ExecutionEnvironment | undefined

/**
 * The environment behind `from`, `readCsv` and their kin, made when first needed.
 *
 * @example defaultEnvironment().parallelism // 1
 */
export function defaultEnvironment(): ExecutionEnvironment {
  ready ??= new ExecutionEnvironment()
  return ready
}

/**
 * Replaces the environment behind `from`, `readCsv` and their kin by one with other options; data
 * sets made before keep theirs.
 *
 * @example configure({ memory: '4 GiB' }) // not run
 */
export function configure(options: EnvironmentOptions): ExecutionEnvironment {
  ready = new ExecutionEnvironment(options)
  return ready
}

/**
 * A data set of the records of an array, another iterable or an async iterable.
 *
 * What can be iterated again is read anew by each job; a one-shot iterator is remembered.
 *
 * @param options.schema Names and types of the fields; found out from the records by default.
 * @throws {ArgumentError} If `records` cannot be iterated.
 * @example from([{ word: 'to', count: 2 }, { word: 'be', count: 2 }])
 */
export function from<T extends unknown[] | []>(
  records: Collection<T>,
  options?: FromOptions,
): DataSet<T>
export function from<T>(records: Collection<T>, options?: FromOptions): DataSet<T>
export function from<T>(records: Collection<T>, options?: FromOptions): DataSet<T> {
  return defaultEnvironment().from(records, options)
}

/**
 * A data set of columns that are there already: typed arrays (not copied) or plain arrays, all of
 * one length.
 *
 * @throws {ArgumentError} If lengths differ; names them.
 * @example fromColumns({ x: new Float64Array([1, 2]), label: ['a', 'b'] })
 */
export function fromColumns<const C extends Readonly<Record<string, ColumnValues>>>(
  columns: C,
): DataSet<ColumnsRecord<C>> {
  return defaultEnvironment().fromColumns(columns)
}

/**
 * A data set of the records of an `apache-arrow` table, the way back from `toArrow()`.
 *
 * 64-bit floats, 32-bit integers and strings' codes are shared with the table, not copied. The rest
 * is converted once, at the first use: other numbers are widened, dates and timestamps become
 * dates, lists arrays, structs objects. 64-bit integers are numbers where all of a record batch are
 * safe integers, `bigint` values otherwise.
 *
 * @typeParam T The records, where you know them.
 * @throws {ArgumentError} If `table` is not an Arrow table.
 * @example
 * const table = await from([{ id: 1 }, { id: 2 }]).toArrow()
 * await fromArrow<{ id: number }>(table).sum('id').collect() // [{ id: 3 }]
 */
export function fromArrow<T = Row>(table: import('apache-arrow').Table): DataSet<T> {
  return defaultEnvironment().fromArrow(table)
}

/**
 * The whole numbers from `from` to `to`, both included.
 *
 * @throws {ArgumentError} If a bound is not a safe integer, or `to` is below `from - 1`.
 * @example await generateSequence(1, 3).collect() // [1, 2, 3]
 */
export function generateSequence(from: number, to: number): DataSet<number> {
  return defaultEnvironment().generateSequence(from, to)
}

/**
 * The lines of text files, without their line ends.
 *
 * @param input A path, a glob, a directory, a URL, bytes, a `Blob`, or a list of these; `.gz` and
 *   `.br` are unpacked.
 * @example readText('hamlet.txt')
 */
export function readText(input: Input, options?: TextReadOptions): DataSet<string> {
  return defaultEnvironment().readText(input, options)
}

/**
 * The records of CSV files (TSV by the ending `.tsv`). The first line names the fields; types are
 * found out from the data, or given by `types`.
 *
 * @typeParam T The records, where you know them: `readCsv<{ iata: string }>('airports.csv')`.
 * @param input A path, a glob, a directory, a URL, bytes, a `Blob`, or a list of these; `.gz` and
 *   `.br` are unpacked.
 * @throws {InputOutputError} When run, if a file is not there or a line is invalid; names file,
 *   line and reason. `invalid: 'skip'` counts such lines instead.
 * @example readCsv('airports.csv', { types: { iata: 'string', latitude: 'number' } })
 */
export function readCsv<const C extends TypesGiven>(
  input: Input,
  options: CsvReadOptions & { readonly types: C },
): DataSet<TypedRow<C>>
export function readCsv<T = Row>(input: Input, options?: CsvReadOptions): DataSet<T>
export function readCsv(input: Input, options?: CsvReadOptions): never {
  return defaultEnvironment().readCsv(input, options) as never
}

/**
 * The records of JSON files, each of which holds one array.
 *
 * @throws {InputOutputError} When run, if a file is not there or not such JSON; names file and line.
 * @example readJson<{ id: number }>('items.json')
 */
export function readJson<T = Row>(input: Input, options?: JsonReadOptions): DataSet<T> {
  return defaultEnvironment().readJson(input, options)
}

/**
 * The records of files with one JSON value per line.
 *
 * @throws {InputOutputError} When run, if a file is not there or a line is invalid; names file,
 *   line and reason. `invalid: 'skip'` counts such lines instead.
 * @example readJsonLines<{ id: number }>('events/*.jsonl.gz')
 */
export function readJsonLines<T = Row>(input: Input, options?: JsonLinesReadOptions): DataSet<T> {
  return defaultEnvironment().readJsonLines(input, options)
}

/**
 * The records of Parquet files; only the columns that a job needs are decoded.
 *
 * @typeParam T The records, where you know them.
 * @throws {InputOutputError} When run, if a file is not there, damaged or cut off.
 * @example readParquet<{ delay: number; origin: string }>('flights-3m.parquet')
 */
export function readParquet<T = Row>(input: Input, options?: ParquetReadOptions): DataSet<T> {
  return defaultEnvironment().readParquet(input, options)
}

/**
 * The records of Arrow IPC files and streams (`.arrow`, `.feather`).
 *
 * @throws {InputOutputError} When run, if a file is not there, damaged or cut off.
 * @example readArrow<{ delay: number }>('flights-200k.arrow')
 */
export function readArrow<T = Row>(input: Input, options?: ArrowReadOptions): DataSet<T> {
  return defaultEnvironment().readArrow(input, options)
}
