/**
 * The door for authors of libraries on the engine, such as `gelly/` and `ml/`: columns and how they
 * are written, the index that turns keys into positions, the driver of all loops, and regions with
 * the kernels that work on them, on one thread or several.
 */

// Data sets.
export {
  type AddedColumns,
  type AnyDataSet,
  addColumns,
  collectTogether,
  deriveField,
  environmentOf,
  selectFields,
} from './api/for-libraries.js'
// Tables as text.
export { type TableCells, tableCells, tableLines } from './api/print.js'
// Loops.
export {
  type KernelOutcome,
  type KernelState,
  type KernelStep,
  type KernelSuperstep,
  type RunLoopOptions,
  runLoop,
} from './api/run-loop.js'
// Showing in notebooks.
export {
  Showing,
  type ShownForms,
  type ShownKind,
  type Teacher,
  teachShowing,
} from './api/showing.js'
// Invariants.
export { assert } from './errors.js'
// Functions of users, and loops compiled around them.
export { functionFacts } from './functions/analysis.js'
export { type RecordArrays, recordArrays } from './functions/code/record-arrays.js'
export type { FunctionFacts } from './functions/facts.js'
export { makerAround } from './functions/maker-around.js'
export { overPlaces, type PlacedFunction, type PlacedRecords } from './functions/over-places.js'
export { ownCopy } from './functions/own-copy.js'
export { type KnownContext, type PlacedSource, placedSource } from './functions/placed-source.js'
export { checkCallable } from './functions/user-call.js'
// Sources.
// Files, and sources of columns.
export { type OutputFile, openOutput } from './io/atomic-file.js'
export { columnsSource } from './io/columns.js'
export { checkInput, checkOutput, listFiles } from './io/files.js'
export { type InputFile, readWhole } from './io/input-file.js'
export { type WholeFileOptions, writeWhole } from './io/write-whole.js'
// Numbers, times and sizes for people.
export { bytesText, countText, durationText } from './optimizer/format.js'
export { checkHanded, isAccumulator } from './plan/handed.js'
export type { CheckpointOptions } from './plan/loop.js'
export type { ComputeColumns } from './plan/node.js'
export type { NamedBatches } from './runtime/iteration/driver.js'
export { createPauses } from './runtime/job/pauses.js'
// Kernels on several threads.
export {
  createKernelTeam,
  KernelTeam,
  type KernelTeamOptions,
  type TeamKernel,
  type TeamKernels,
} from './runtime/kernel-team/kernel-team.js'
export type { Parts } from './runtime/kernel-team/parts.js'
// Kernels.
export type { EdgeRowKernels } from './runtime/kernels/edge-rows.js'
export type { Kernels } from './runtime/kernels/kernel.js'
export type {
  GeneratedKernel,
  KernelArgument,
  KernelFunction,
  KernelSource,
} from './runtime/kernels/kernel-source.js'
export {
  type KernelModules,
  type KernelOptions,
  loadKernels,
} from './runtime/kernels/load-kernels.js'
export type { SparseRows, VectorKernels } from './runtime/kernels/vectors.js'
// Indexes.
export { createKeyIndex, type KeyIndex } from './runtime/keys/key-index.js'
// Regions.
export { createRegion, openRegion, type RegionOptions } from './runtime/region/create-region.js'
export type { Region, RegionArray, RegionHandle, RegionMark } from './runtime/region/region.js'
// Checks of what users give.
export {
  knownOptions,
  nonNegativeInteger,
  numberFrom,
  oneOf,
  plainObject,
  positiveInteger,
  requiredOptions,
  trueOrFalse,
} from './types/arguments.js'
// Columns.
export { BATCH_SIZE, RecordBatch, valueBatch } from './types/batch.js'
export {
  AnyColumn,
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  isMissingAt,
  type Layout,
  SparseColumn,
  TextColumn,
  TimestampColumn,
  type Validity,
  VectorColumn,
} from './types/column.js'
export { ColumnWriter, shown } from './types/column-writer.js'
export { concatBatches, concatColumns, isAllMissing, missingColumn } from './types/concat.js'
export { Dictionary } from './types/dictionary.js'
export { nearestFirst } from './types/nearest.js'
// Randomness.
export { Random } from './types/random.js'
export { RecordWriter } from './types/record-writer.js'
