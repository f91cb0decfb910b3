import { type ArrowReadOptions, arrowSource } from '../io/arrow/arrow-ipc.js'
import { arrowTableSource } from '../io/arrow/table-source.js'
import { type Collection, collectionSource, type FromOptions } from '../io/collection.js'
import { type ColumnValues, columnsSource } from '../io/columns.js'
import { csvSource } from '../io/csv/csv-source.js'
import type { CsvReadOptions } from '../io/csv/options.js'
import type { Input } from '../io/files.js'
import {
  type JsonLinesReadOptions,
  type JsonReadOptions,
  jsonLinesSource,
  jsonSource,
} from '../io/json/json-source.js'
import { type ParquetReadOptions, parquetSource } from '../io/parquet/parquet-source.js'
import { sequenceSource } from '../io/sequence.js'
import { type TextReadOptions, textSource } from '../io/text/text-source.js'
import { type NodeOf, type PlanNode, planNode } from '../plan/node.js'
import type { Source } from '../plan/source.js'
import { hasParts, knownOptions } from '../types/arguments.js'
import { DataSet } from './data-set.js'
import { IteratedDataSet } from './iterated.js'
import { JobRunner } from './job-runner.js'
import type { ColumnsRecord, Row, TypedRow, TypesGiven } from './rows.js'

/**
 * Where data sets are made and jobs run. The ready-made one behind `from`, `readCsv` and their kin
 * is enough to begin; make your own for a memory budget, job parameters or other switches.
 *
 * @example const env = new ExecutionEnvironment({ memory: '256 MiB' })
 */
export class ExecutionEnvironment extends JobRunner {
  /** @internal The data set that a plan describes. */
  dataSet<T>(node: PlanNode): DataSet<T> {
    return new DataSet(this, node)
  }

  /** @internal What a loop computes. */
  iterated<T>(node: NodeOf<'iterate' | 'iterateDelta'>): IteratedDataSet<T> {
    return new IteratedDataSet(this, node)
  }

  /**
   * A data set that reads a source of your own.
   *
   * @example
   * const source: Source = {
   *   label: 'two numbers',
   *   facts: async () => ({}),
   *   read: () => [batchOf([{ id: 1 }, { id: 2 }])],
   * }
   * new ExecutionEnvironment().read<{ id: number }>(source)
   *
   * @throws {ArgumentError} If `source` lacks a part of a source.
   */
  read<T>(source: Source): DataSet<T> {
    hasParts(source, { label: 'string', facts: 'function', read: 'function' }, 'read', 'source')
    return this.dataSet(planNode({ kind: 'source', source }))
  }

  /** As `from`, in this environment. */
  from<T extends unknown[] | []>(records: Collection<T>, options?: FromOptions): DataSet<T>
  from<T>(records: Collection<T>, options?: FromOptions): DataSet<T>
  from<T>(records: Collection<T>, options: FromOptions = {}): DataSet<T> {
    knownOptions(options, ['schema'], 'from')
    return this.read(collectionSource(records, { ...options, codegen: this.codegen }))
  }

  /** As `fromColumns`, in this environment. */
  fromColumns<const C extends Readonly<Record<string, ColumnValues>>>(
    columns: C,
  ): DataSet<ColumnsRecord<C>> {
    return this.read(columnsSource(columns))
  }

  /** As `fromArrow`, in this environment. */
  fromArrow<T = Row>(table: import('apache-arrow').Table): DataSet<T> {
    return this.read(arrowTableSource(table))
  }

  /** As `generateSequence`, in this environment. */
  generateSequence(from: number, to: number): DataSet<number> {
    return this.read(sequenceSource(from, to))
  }

  /** As `readText`, in this environment. */
  readText(input: Input, options?: TextReadOptions): DataSet<string> {
    return this.read(textSource(input, options))
  }

  /** As `readCsv`, in this environment. */
  readCsv<const C extends TypesGiven>(
    input: Input,
    options: CsvReadOptions & { readonly types: C },
  ): DataSet<TypedRow<C>>
  readCsv<T = Row>(input: Input, options?: CsvReadOptions): DataSet<T>
  readCsv(input: Input, options?: CsvReadOptions): never {
    return this.read(csvSource(input, options)) as never
  }

  /** As `readJson`, in this environment. */
  readJson<T = Row>(input: Input, options?: JsonReadOptions): DataSet<T> {
    return this.read(jsonSource(input, options))
  }

  /** As `readJsonLines`, in this environment. */
  readJsonLines<T = Row>(input: Input, options?: JsonLinesReadOptions): DataSet<T> {
    return this.read(jsonLinesSource(input, options))
  }

  /** As `readParquet`, in this environment. */
  readParquet<T = Row>(input: Input, options?: ParquetReadOptions): DataSet<T> {
    return this.read(parquetSource(input, options))
  }

  /** As `readArrow`, in this environment. */
  readArrow<T = Row>(input: Input, options?: ArrowReadOptions): DataSet<T> {
    return this.read(arrowSource(input, options))
  }
}
