/**
 * Files for data that do not fit into memory. The implementation needs a file system and is loaded
 * only when something spills, so that the engine's core runs in browsers.
 */
import type { RecordBatch } from '../../types/batch.js'

/** A place for the temporary files of one job. All of it is gone after `close`. */
export interface SpillDirectory {
  /** A new, empty file. Throws `MemoryError` where there is no file system. */
  create(): Promise<SpillFile>
  /** Deletes all files. */
  close(): Promise<void>
}

/** Batches written in order and read back in order, as often as needed. */
export interface SpillFile {
  readonly bytes: number
  readonly rows: number
  /** Appends a batch. */
  write(batch: RecordBatch): Promise<void>
  /** The batches in the order written; a field keeps its type and its missing values. */
  read(): AsyncIterator<RecordBatch>
  delete(): Promise<void>
}
