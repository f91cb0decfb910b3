import { recordReader } from '../functions/record-reader.js'
import { type ArrowWriteOptions, arrowSink } from '../io/arrow/arrow-ipc.js'
import { type CsvWriteOptions, csvSink } from '../io/csv/csv-sink.js'
import { type JsonLinesWriteOptions, jsonLinesSink } from '../io/json/json-sink.js'
import { type ParquetWriteOptions, parquetSink } from '../io/parquet/parquet-sink.js'
import { type TextWriteOptions, textSink } from '../io/text/text-sink.js'
import { type ExplainedPlan, explain, explainPlan } from '../optimizer/explain.js'
import { type PlanNode, planNode } from '../plan/node.js'
import type { Sink } from '../plan/source.js'
import { hasParts, knownOptions, oneOf } from '../types/arguments.js'
import type { RecordBatch } from '../types/batch.js'
import { concatBatches } from '../types/concat.js'
import { type Columns, columnsOf } from './columns.js'
import { DataSink } from './data-sink.js'
import type { Nothing } from './function-options.js'
import type { Host, RunOptions } from './host.js'
import { type PrintOptions, TablePreview } from './print.js'
import { Reducible } from './reducible.js'
import { streamRecords } from './stream-records.js'
import { type Summary, summarize } from './summarize.js'

/**
 * What runs a data set: everything that gives its records to the program, to a terminal or to a
 * file, and `explain`, which says how it runs. `DataSet` adds what describes new data sets.
 *
 * @typeParam T The records.
 */
export class Runnable<T> extends Reducible<T, Nothing> implements AsyncIterable<T> {
  /** @internal Data sets come from `from`, `readCsv` and their kin. */
  constructor(host: Host, node: PlanNode) {
    super({ host, node })
  }

  /** The plan that describes this data set. Plain frozen data; for tools and tests. */
  get node(): PlanNode {
    return this.flow.node
  }

  /** @internal The environment that runs it. */
  get host(): Host {
    return this.flow.host
  }

  /** @internal Whether this is a data set of that environment. */
  belongsTo(host: Host): boolean {
    return this.host === host
  }

  /**
   * Runs the job and gives all records.
   *
   * @throws {WieselError} What went wrong; see the error classes.
   * @example await from([1, 2, 3]).map(x => x + 1).collect() // [2, 3, 4]
   */
  async collect(options?: RunOptions): Promise<T[]> {
    const batches = await this.#batches(options)
    const records: T[] = []
    for (const batch of batches) {
      const read = recordReader(batch, this.host.codegen)
      for (let row = 0; row < batch.length; row++) records.push(read(row) as T)
    }
    return records
  }

  /**
   * Runs the job and gives the number of records.
   *
   * @example await from([1, 2, 3]).count() // 3
   */
  async count(options?: RunOptions): Promise<number> {
    let rows = 0
    const add = (batch: RecordBatch) => {
      rows += batch.length
    }
    const begin = () => {
      rows = 0
    }
    await this.host.stream(this.node, add, options, begin)
    return rows
  }

  /**
   * Runs the job and prints the first records as an aligned table, with the number of all.
   *
   * @example await words.first(5).print()
   */
  async print(options: PrintOptions & RunOptions = {}): Promise<void> {
    console.log(await this.toTable(options))
  }

  /**
   * Runs the job and gives the table that `print` prints, as text.
   *
   * @example const text = await words.toTable({ rows: 5 })
   */
  async toTable(options: PrintOptions & RunOptions = {}): Promise<string> {
    let preview = new TablePreview(options)
    const begin = () => {
      preview = new TablePreview(options)
    }
    const { rows: _, width: __, ...run } = options
    await this.host.stream(this.node, batch => preview.add(batch), run, begin)
    return preview.text()
  }

  /**
   * Runs the job and gives the fields as columns: typed arrays for numbers without missing values,
   * plain arrays for the rest.
   *
   * @example const { id, x } = await points.toColumns()
   */
  async toColumns(options?: RunOptions): Promise<Columns<T>> {
    return columnsOf<T>(concatBatches(await this.#batches(options)))
  }

  /**
   * Runs the job and gives an `apache-arrow` table; numbers are not copied.
   *
   * @example const table = await flights.toArrow()
   */
  async toArrow(options?: RunOptions): Promise<import('apache-arrow').Table> {
    const { toArrow } = await import('../types/to-arrow.js')
    return toArrow(await this.#batches(options))
  }

  /**
   * Runs the job and gives the records one by one as they are computed; the job waits for you.
   *
   * @example for await (const flight of flights) { ... }
   */
  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    yield* streamRecords<T>(this.host, this.node)
  }

  /**
   * Runs the job and describes each field: type, missing and distinct values, range, mean, spread.
   *
   * @example (await flights.summarize()).fields.delay.mean
   */
  async summarize(options?: RunOptions): Promise<Summary<T>> {
    return summarize<T>(await this.#batches(options))
  }

  /**
   * Describes how the data set would be computed and why; after a run also what it took.
   *
   * @param options.format `'text'` (default), or `'json'` for plain data.
   * @param options.code Also show the generated loops of the last run.
   * @example console.log(await busiest.explain())
   */
  explain(options?: { readonly format?: 'text'; readonly code?: boolean }): Promise<string>
  explain(options: { readonly format: 'json'; readonly code?: boolean }): Promise<ExplainedPlan>
  async explain(
    options: { readonly format?: 'text' | 'json'; readonly code?: boolean } = {},
  ): Promise<never> {
    knownOptions(options, ['format', 'code'], 'explain')
    const { format = 'text', code = false } = options
    oneOf(format, ['text', 'json'], 'explain', 'format')
    const { plan, metrics } = await this.host.planned(this.node)
    const how = { code, ...(metrics === undefined ? {} : { metrics }) }
    return (format === 'json' ? explainPlan(plan, how) : explain(plan, how)) as never
  }

  /**
   * A sink of your own as the end of this data set; run it alone with `await`, or several as one
   * job with `execute`.
   *
   * @example
   * let rows = 0
   * const counting: Sink = {
   *   label: 'counting',
   *   open: async () => ({ write: batch => { rows += batch.length }, async commit() {}, async abort() {} }),
   * }
   * await words.to(counting)
   * rows // 3
   *
   * @throws {ArgumentError} If `sink` lacks a part of a sink.
   */
  to(sink: Sink): DataSink {
    hasParts(sink, { label: 'string', open: 'function' }, 'to', 'sink')
    return new DataSink(this.host, planNode({ kind: 'sink', input: this.node, sink }))
  }

  /**
   * The data set on its way to a CSV file (TSV by the ending `.tsv`; compressed by `.gz`, `.br`).
   *
   * @returns A sink: `await` it, or give several to `execute`. The file appears under its name
   *   when all is written; an existing file is replaced only with `overwrite`.
   * @example await busiest.writeCsv('busiest.csv', { overwrite: true })
   */
  writeCsv(path: string | URL, options?: CsvWriteOptions): DataSink {
    return this.to(csvSink(path, options))
  }

  /**
   * The data set on its way to a file with one JSON value per line.
   *
   * @example await busiest.writeJsonLines('busiest.jsonl')
   */
  writeJsonLines(path: string | URL, options?: JsonLinesWriteOptions): DataSink {
    return this.to(jsonLinesSink(path, options))
  }

  /**
   * The data set on its way to a Parquet file.
   *
   * @example await busiest.writeParquet('busiest.parquet')
   */
  writeParquet(path: string | URL, options?: ParquetWriteOptions): DataSink {
    return this.to(parquetSink(path, options))
  }

  /**
   * The data set on its way to an Arrow IPC file.
   *
   * @example await busiest.writeArrow('busiest.arrow')
   */
  writeArrow(path: string | URL, options?: ArrowWriteOptions): DataSink {
    return this.to(arrowSink(path, options))
  }

  /**
   * The data set, plain texts, on its way to a text file, a line each.
   *
   * @example await words.map(w => w.word).writeText('words.txt')
   */
  writeText(path: string | URL, options?: TextWriteOptions): DataSink {
    return this.to(textSink(path, options))
  }

  async #batches(options?: RunOptions): Promise<readonly RecordBatch[]> {
    return (await this.host.run([this.node], options)).batches[0]!
  }
}
