/**
 * The door for authors of libraries on the engine, such as `gelly/` and `ml/`: columns and how they
 * are written, the index that turns keys into positions, and regions with the kernels that work on
 * them.
 */

// Regions and kernels.
export type { EdgeRowKernels } from './runtime/kernels/edge-rows.js'
export type { Kernels } from './runtime/kernels/kernel.js'
export type { KernelModules, KernelOptions } from './runtime/kernels/load-kernels.js'
export { loadKernels } from './runtime/kernels/load-kernels.js'
export type { PageRankKernels, PullSweep } from './runtime/kernels/page-rank.js'
export type { SortedListKernels, SortedRows } from './runtime/kernels/sorted-lists.js'
export type { SparseRows, VectorKernels } from './runtime/kernels/vectors.js'
export type { KeyIndex } from './runtime/keys/key-index.js'
// Indexes.
export { createKeyIndex } from './runtime/keys/key-index.js'
export type {
  Region,
  RegionArray,
  RegionHandle,
  RegionMark,
  RegionOptions,
} from './runtime/region/region.js'
export { createRegion, openRegion } from './runtime/region/region.js'
export { BATCH_SIZE, RecordBatch, valueBatch } from './types/batch.js'
export type { Column, Layout, Validity } from './types/column.js'
// Columns.
export {
  AnyColumn,
  BooleanColumn,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  SparseColumn,
  TextColumn,
  TimestampColumn,
  VectorColumn,
} from './types/column.js'
export { ColumnWriter } from './types/column-writer.js'
export { concatBatches, concatColumns } from './types/concat.js'
export { Dictionary } from './types/dictionary.js'
export { RecordWriter } from './types/record-writer.js'
