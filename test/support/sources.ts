/** Reads sources and writes sinks in tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import type { ReadRequest, Sink, Source } from '../../engine/plan/source.js'
import { RecordBatch } from '../../engine/types/batch.js'
import type { RecordShape } from '../../engine/types/schema.js'
import { columnOf } from './columns.js'

/** All batches of a source. */
export async function readBatches(
  source: Source,
  request: ReadRequest = {},
): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = []
  for await (const batch of source.read(request)) batches.push(batch)
  return batches
}

/** All records of a source. */
export async function readRecords(source: Source, request: ReadRequest = {}): Promise<unknown[]> {
  return recordsOf(await readBatches(source, request))
}

/** All records of some batches. */
export function recordsOf(batches: readonly RecordBatch[]): unknown[] {
  return batches.flatMap(batch =>
    Array.from({ length: batch.length }, (_, row) => batch.record(row)),
  )
}

/** Writes batches to a sink and commits. */
export async function writeBatches(sink: Sink, batches: readonly RecordBatch[]): Promise<void> {
  const writer = await sink.open()
  try {
    for (const batch of batches) await writer.write(batch)
    await writer.commit()
  } catch (error) {
    await writer.abort()
    throw error
  }
}

/** A batch of columns of any values. */
export function batchOf(
  fields: Readonly<Record<string, readonly unknown[]>>,
  shape: RecordShape = 'object',
): RecordBatch {
  const columns = Object.values(fields).map(columnOf)
  return new RecordBatch(shape, Object.keys(fields), columns, columns[0]?.length ?? 0)
}

/** A directory that is gone after the test; gives paths in it. */
export async function temporary(t: ExecutionContext): Promise<(name: string) => string> {
  const directory = await mkdtemp(join(tmpdir(), 'wiesel-test-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  return name => join(directory, name)
}
