/**
 * The door for authors of libraries on the engine, such as `gelly/` and `ml/`: columns and how they
 * are written, the index that turns keys into positions, and the driver of all loops.
 */

// Loops.
export {
  type KernelOutcome,
  type KernelStep,
  type KernelSuperstep,
  type RunLoopOptions,
  runLoop,
} from './api/run-loop.js'
export type { KeyIndex } from './runtime/keys/key-index.js'
// Indexes.
export { createKeyIndex } from './runtime/keys/key-index.js'
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
