/** What the engine asks of a place that data come from; the sources in `io/` implement it. */
import type { RecordBatch } from '../types/batch.js'
import type { Field, RecordShape } from '../types/schema.js'

/** What a source knows before it is read. Everything is optional: less is known, less is planned. */
export interface SourceFacts {
  /** The fields, when they are known without reading all. */
  readonly fields?: readonly Field[]
  readonly shape?: RecordShape
  /** Number of records; `exact` when it is not an estimate. */
  readonly rows?: number
  readonly exact?: boolean
  /** Bytes of input, for progress. */
  readonly bytes?: number
}

/** What a reader of a source is told. */
export interface ReadRequest {
  /** Only these fields are needed; a source may deliver more. `undefined` means all. */
  readonly fields?: readonly string[]
  /** Stop early when it is aborted. */
  readonly signal?: AbortSignal
  /** Records that lie in memory may come in batches of any length: the reader cuts them. */
  readonly anyLength?: boolean
  /** Called with the number of input bytes consumed so far, for progress. */
  readonly onBytes?: (bytes: number) => void
}

/** The whole numbers from `from` on, `rows` of them. */
export interface SequenceSource {
  readonly from: number
  readonly rows: number
  /** Whether all of them fit into 32 bits. */
  readonly narrow: boolean
}

/** A place that data come from. Reading it twice gives the same records. */
export interface Source {
  /** As `explain()` shows it: `readCsv airports.csv`. */
  readonly label: string
  /** Facts for the planner; may open files, must not read them whole. */
  facts(): Promise<SourceFacts>
  /** The records, in order, in batches of at most about `BATCH_SIZE` records. */
  read(request: ReadRequest): AsyncIterable<RecordBatch> | Iterable<RecordBatch>
  /**
   * What the records are made of, when the program itself holds it; checkpoints know by its content
   * whether they belong to the same data. Default: only the label and the facts count.
   */
  content?(): unknown
  /** Invalid records that were skipped by the last read, where the source allows it. */
  readonly skipped?: number
  /** When the records are a sequence, which every worker can make its part of. */
  readonly sequence?: SequenceSource
  /** Whether every reading gives the very same arrays, so that shared copies of them can be kept. */
  readonly stable?: boolean
}

/** A place that data go to. One writer is opened per job; only `commit` makes the result visible. */
export interface Sink {
  /** As `explain()` shows it: `writeCsv out/busiest.csv`. */
  readonly label: string
  /** Makes ready what will be written to; fails early when it cannot be. */
  open(): Promise<SinkWriter>
}

/** An open sink. After `write`s comes exactly one of `commit` and `abort`. */
export interface SinkWriter {
  /** Takes the next records; the job waits for the promise. */
  write(batch: RecordBatch): Promise<void> | void
  /** Finishes and puts the result under its real name. */
  commit(): Promise<void>
  /** Removes whatever was written. */
  abort(): Promise<void>
}
