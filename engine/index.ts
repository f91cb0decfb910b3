/**
 * wiesel: a lean dataflow engine for TypeScript.
 *
 * Layers, low to high; a file imports from its own layer or a lower one:
 * `types`, `functions`, `plan`, `optimizer`, `runtime`, `io`, `api`, and this door.
 */

export type { AccumulatorKind } from './api/accumulators.js'
export {
  accumulator,
  average,
  counter,
  frequencies,
  list,
  maximum,
  minimum,
} from './api/accumulators.js'
export type { Aggregate, AggregateOf, AggregateRecord, TypeOfField } from './api/aggregates.js'
// Aggregates.
export {
  count,
  countDistinct,
  deviation,
  firstValue,
  lastValue,
  max,
  mean,
  min,
  share,
  sum,
  variance,
} from './api/aggregates.js'
export { CoGroup, CoGrouped, CoGroupWhere } from './api/co-grouped.js'
export type { ColumnArray, Columns } from './api/columns.js'
export { Crossed } from './api/crossed.js'
export type { Derived, Indexed, JoinOptions, PartitionOptions } from './api/data-set.js'
// Data sets.
export { DataSet, SortedDataSet } from './api/data-set.js'
export { DataSink, execute } from './api/data-sink.js'
export { ExecutionEnvironment } from './api/environment.js'
export type {
  FieldOf,
  FieldValue,
  Flat,
  KeyFunctionRecord,
  KeyRecord,
  NumericFieldOf,
  RecordLike,
} from './api/fields.js'
export type {
  Context,
  Formula,
  FormulaValue,
  FunctionOptions,
  HandedValues,
  RuntimeContext,
} from './api/function-options.js'
// Functions, and what is handed over to them.
export { formula } from './api/function-options.js'
export { GroupedDataSet } from './api/grouped-data-set.js'
// Running.
export type { RunOptions } from './api/host.js'
// Loops.
export { IteratedDataSet, type IterationResult } from './api/iterated.js'
export type { EnvironmentOptions } from './api/job-runner.js'
export { Join, Joined, JoinWhere, Selection, SelectionWhere } from './api/joined.js'
export type { KeyFunction, KeyOf } from './api/keys.js'
export type { IterateDeltaOptions, IterateOptions } from './api/loop-options.js'
export { Looping } from './api/looping.js'
export {
  type BulkResult,
  type DeltaResult,
  OpenDeltaIteration,
  OpenIteration,
} from './api/loops.js'
export type { PrintOptions } from './api/print.js'
export { Reducible, type Results } from './api/reducible.js'
export type { Cell, CellTypes, ColumnsRecord, Row, TypedRow, TypesGiven } from './api/rows.js'
export { Runnable } from './api/runnable.js'
export type { SampleOptions } from './api/sample.js'
// Where data sets come from.
export {
  configure,
  defaultEnvironment,
  from,
  fromArrow,
  fromColumns,
  generateSequence,
  readArrow,
  readCsv,
  readJson,
  readJsonLines,
  readParquet,
  readText,
} from './api/sources.js'
export type { FieldSummary, Summary } from './api/summarize.js'
// Errors.
export {
  AbortError,
  ArgumentError,
  FunctionError,
  InputOutputError,
  MemoryError,
  PlanError,
  SchemaError,
  WieselError,
  WorkerError,
} from './errors.js'
export type { ArrowReadOptions, ArrowWriteOptions } from './io/arrow/arrow-ipc.js'
export type { Collection, FromOptions } from './io/collection.js'
export type { ColumnValues } from './io/columns.js'
export type { CsvWriteOptions } from './io/csv/csv-sink.js'
export type { CsvReadOptions, CsvType } from './io/csv/options.js'
// Files.
export type { Input } from './io/files.js'
export type { JsonLinesWriteOptions } from './io/json/json-sink.js'
export type { JsonLinesReadOptions, JsonReadOptions } from './io/json/json-source.js'
export type { ParquetWriteOptions } from './io/parquet/parquet-sink.js'
export type { ParquetReadOptions } from './io/parquet/parquet-source.js'
export type { TextWriteOptions } from './io/text/text-sink.js'
export type { TextReadOptions } from './io/text/text-source.js'
export type { ExplainedFunction, ExplainedNode, ExplainedPlan } from './optimizer/explain.js'
export type { OperatorMetrics, RunMetrics } from './optimizer/metrics.js'
export type { OptimizerOptions, RuleName } from './optimizer/options.js'
export type { OutlineNode } from './optimizer/outline.js'
export type { Accumulator } from './plan/handed.js'
export type { Direction } from './plan/key.js'
export type {
  Aggregator,
  CheckpointOptions,
  CustomAggregator,
  OnDuplicate,
  SuperstepState,
} from './plan/loop.js'
export type { JoinHint } from './plan/node.js'
// Sources and sinks of your own.
export type { ReadRequest, Sink, SinkWriter, Source, SourceFacts } from './plan/source.js'
export type { IterationReport, StopReason, SuperstepReport } from './runtime/iteration/report.js'
export type { JobResult } from './runtime/job/job-result.js'
export type { LoopProgress, Progress } from './runtime/job/progress.js'
export type {
  FailureRateRestart,
  FixedDelayRestart,
  RestartStrategy,
} from './runtime/job/restart.js'
export { RecordBatch } from './types/batch.js'
export type { DataType } from './types/data-type.js'
// Types of data.
export {
  any,
  boolean,
  float64,
  int32,
  sparse,
  string,
  timestamp,
  vector,
} from './types/data-type.js'
export { batchOf } from './types/record-writer.js'
export type { Field, RecordShape, Schema } from './types/schema.js'
export { SparseVector } from './types/sparse-vector.js'
