/**
 * The door for authors of libraries on the engine, such as `gelly/` and `ml/`: columns and how they
 * are written, the index that turns keys into positions, the driver of all loops, and regions with
 * the kernels that work on them, on one thread or several.
 */

// Loops.
export {
  type KernelOutcome,
  type KernelStep,
  type KernelSuperstep,
  type RunLoopOptions,
  runLoop,
} from './api/run-loop.js'
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
export type { PageRankKernels, PullSweep } from './runtime/kernels/page-rank.js'
export type { SortedListKernels, SortedRows } from './runtime/kernels/sorted-lists.js'
export type { SparseRows, VectorKernels } from './runtime/kernels/vectors.js'
// Indexes.
export { createKeyIndex, type KeyIndex } from './runtime/keys/key-index.js'
// Regions.
export { createRegion, openRegion, type RegionOptions } from './runtime/region/create-region.js'
export type { Region, RegionArray, RegionHandle, RegionMark } from './runtime/region/region.js'
// Columns.
export { BATCH_SIZE, RecordBatch, valueBatch } from './types/batch.js'
export {
  AnyColumn,
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  type Layout,
  SparseColumn,
  TextColumn,
  TimestampColumn,
  type Validity,
  VectorColumn,
} from './types/column.js'
export { ColumnWriter } from './types/column-writer.js'
export { concatBatches, concatColumns } from './types/concat.js'
export { Dictionary } from './types/dictionary.js'
export { RecordWriter } from './types/record-writer.js'
