/** Records of users become batches: the fast way in. */
import { BATCH_SIZE, type RecordBatch } from '../types/batch.js'
import { RecordWriter } from '../types/record-writer.js'
import type { Schema } from '../types/schema.js'
import { CodeBuilder, canGenerateCode, warmUp } from './code/code-builder.js'
import { storeOpaque, writerCode, writerSignature } from './code/store-code.js'

/** How records are read. */
export interface IngestOptions {
  /** Refuse records of other types instead of widening. */
  readonly schema?: Schema
  /** Whether loops may be compiled with `new Function`. */
  readonly codegen: boolean
}

/** Writes records from `start` up to `length`; returns where to go on once layouts have changed. */
type Loop = (
  records: readonly unknown[],
  writer: RecordWriter,
  start: number,
  length: number,
) => number

const loops = new Map<string, Loop>()
/** Distinct layouts whose loops are kept; more than that only in odd programs. */
const KEPT_LOOPS = 1000

/**
 * The records as batches, in order; what `RecordWriter` gives, several times faster where code may
 * be generated. Lazy: an iterable is read as far as batches are asked for.
 *
 * @throws {SchemaError} If a record does not have the types of `options.schema`.
 */
export function* ingest(
  records: Iterable<unknown>,
  options: IngestOptions,
): Generator<RecordBatch, void, undefined> {
  const codegen = options.codegen && canGenerateCode()
  let writer: RecordWriter | undefined
  const batchOf = (from: readonly unknown[], start: number, end: number): RecordBatch => {
    writer ??= new RecordWriter(Math.max(end - start, 1), options.schema)
    // The rest of the records may need less room than the batches before.
    writer.reserve(end - start)
    writeAll(writer, from, start, end, codegen)
    return writer.finish()
  }
  if (Array.isArray(records)) {
    for (let start = 0; start < records.length; start += BATCH_SIZE) {
      yield batchOf(records, start, Math.min(start + BATCH_SIZE, records.length))
    }
    return
  }
  let chunk: unknown[] = []
  for (const record of records) {
    chunk.push(record)
    if (chunk.length < BATCH_SIZE) continue
    yield batchOf(chunk, 0, chunk.length)
    chunk = []
  }
  if (chunk.length > 0) yield batchOf(chunk, 0, chunk.length)
}

/** Appends `records` from `start` up to `end` to `writer`, which has room for them. */
export function writeAll(
  writer: RecordWriter,
  records: readonly unknown[],
  start: number,
  end: number,
  codegen: boolean,
): void {
  let row = start
  // The first record tells the shape.
  if (writer.shape === undefined && row < end) writer.write(records[row++])
  if (codegen) while (row < end) row = loopFor(writer)(records, writer, row, end)
  else while (row < end) writer.write(records[row++])
}

function loopFor(writer: RecordWriter): Loop {
  const signature = writerSignature(writer)
  let loop = loops.get(signature)
  if (loop === undefined) {
    if (loops.size >= KEPT_LOOPS) loops.clear()
    const made = makeLoop(writer)
    warmUp(() => made([], writer, 0, 0))
    loop = made
    loops.set(signature, loop)
  }
  return loop
}

function makeLoop(writer: RecordWriter): Loop {
  const code = new CodeBuilder()
  const writers = writerCode(code, writer)
  code.line('let i = start, k = writer.length, end = length')
  code.open('for (; i < end; i++) {')
  const record = code.local('records[i]', 'record')
  storeOpaque(code, writer, writers, record, { guarded: false, checked: false })
  code.close()
  code.line('writer.length = k')
  code.line('return i')
  return code.build<Loop>(['records', 'writer', 'start', 'length']).run
}
