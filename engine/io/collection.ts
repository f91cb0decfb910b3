/** Sources over records that a program already has, or makes: arrays, iterables, async iterables. */

import { ArgumentError } from '../errors.js'
import { type IngestOptions, ingest } from '../functions/record-ingest.js'
import type { ReadRequest, Source, SourceFacts } from '../plan/source.js'
import { knownOptions } from '../types/arguments.js'
import { BATCH_SIZE, type RecordBatch } from '../types/batch.js'
import { shown } from '../types/column-writer.js'
import { RecordWriter } from '../types/record-writer.js'
import type { Schema } from '../types/schema.js'
import { stopIfAborted } from './abort.js'

/** Records that a source can be made of. */
export type Collection<T> = Iterable<T> | AsyncIterable<T>

/** How records become columns. */
export interface FromOptions {
  /** Names and types of the fields; records that do not match fail. Default: found while reading. */
  readonly schema?: Schema
}

/** Options of `collectionSource`. */
export interface CollectionOptions extends FromOptions {
  /** Whether loops may be compiled with `new Function`. Default `true`; never under a CSP. */
  readonly codegen?: boolean
  /** The operation's name for errors and `explain()`. Default `from`. */
  readonly operation?: string
}

/** Arrays up to this length are looked at when planning, so that their fields are known early. */
const INSPECTED_RECORDS = 256

/**
 * A source of the records of an array, an iterable or an async iterable.
 *
 * What can be iterated again (arrays, sets, objects with a generator method) is read anew for each
 * job, so later changes to it are seen. What can be iterated once (generators, streams) is read on
 * demand and its records are remembered in columns, so that a second job sees the same ones; that
 * costs memory for as long as the source is referenced. A one-shot iterator is never closed early.
 *
 * @throws {ArgumentError} If `records` cannot be iterated, or is a string.
 */
export function collectionSource<T>(
  records: Collection<T>,
  options: CollectionOptions = {},
): Source {
  const { codegen = true, schema, operation = 'from' } = options ?? {}
  knownOptions(options, ['schema', 'codegen', 'operation'], operation)
  checkSchema(schema, operation)
  const kind = kindOf(records, operation)
  const again = () => batches(records, { codegen, ...(schema && { schema }) })
  const read = kind === 'once' ? remembered(again) : again
  return {
    label: Array.isArray(records)
      ? `${operation} ${records.length} ${records.length === 1 ? 'record' : 'records'}`
      : `${operation} ${kind === 'once' ? 'iterator' : 'iterable'}`,
    facts: async () => factsOf(records, schema),
    read: request => watched(read(), request, operation),
    ...(Array.isArray(records) && { content: () => records }),
  }
}

function kindOf(records: unknown, operation: string): 'again' | 'once' {
  if (typeof records === 'object' && records !== null) {
    if (Array.isArray(records)) return 'again'
    if (Symbol.iterator in records) {
      const iterable = records as Iterable<unknown>
      return (iterable[Symbol.iterator]() as unknown) === records ? 'once' : 'again'
    }
    // Streams give out new iterators, but what one has read the next one does not see.
    if ('getReader' in records || 'pipe' in records) return 'once'
    if (Symbol.asyncIterator in records) {
      const iterable = records as AsyncIterable<unknown>
      return (iterable[Symbol.asyncIterator]() as unknown) === records ? 'once' : 'again'
    }
  }
  throw new ArgumentError(
    `${operation}: records must be an array, an iterable or an async iterable; got ${shown(records)}. ${remedyFor(records)}`,
  )
}

function remedyFor(records: unknown): string {
  if (typeof records === 'function') return 'Call the function.'
  return records instanceof Promise
    ? 'Await the promise first.'
    : 'Put a single record into an array.'
}

function checkSchema(schema: Schema | undefined, operation: string): void {
  if (schema === undefined) return
  const valid =
    ['object', 'tuple', 'value'].includes(schema?.shape) &&
    Array.isArray(schema.fields) &&
    schema.fields.every(field => typeof field?.name === 'string' && field.type?.kind !== undefined)
  if (valid) return
  throw new ArgumentError(
    `${operation}: schema must have a shape and fields, as in { shape: 'object', fields: [{ name: 'id', type: int32, nullable: false }] }; got ${shown(schema)}.`,
  )
}

async function factsOf(
  records: Collection<unknown>,
  schema: Schema | undefined,
): Promise<SourceFacts> {
  const declared = schema && { fields: schema.fields, shape: schema.shape }
  if (!Array.isArray(records)) return { ...declared }
  const facts = { ...declared, rows: records.length, exact: true }
  if (declared !== undefined || records.length === 0 || records.length > INSPECTED_RECORDS) {
    return facts
  }
  const writer = new RecordWriter(records.length)
  for (const record of records) writer.write(record)
  const { fields, shape } = writer.finish().schema
  return { ...facts, fields, shape }
}

async function* batches(
  records: Collection<unknown>,
  options: IngestOptions,
): AsyncGenerator<RecordBatch> {
  if (Symbol.iterator in records) return yield* ingest(records, options)
  const writer = new RecordWriter(BATCH_SIZE, options.schema)
  for await (const record of records) {
    writer.write(record)
    if (writer.length === BATCH_SIZE) yield writer.finish()
  }
  if (writer.length > 0) yield writer.finish()
}

/** Reads what `open` gives once, on demand, and repeats it for every later reader. */
function remembered(open: () => AsyncGenerator<RecordBatch>): () => AsyncGenerator<RecordBatch> {
  const seen: RecordBatch[] = []
  let running: AsyncGenerator<RecordBatch> | undefined
  let pending: Promise<void> | undefined
  let done = false
  let failure: { error: unknown } | undefined

  const advance = async () => {
    running ??= open()
    try {
      const next = await running.next()
      if (next.done) done = true
      else seen.push(next.value)
    } catch (error) {
      failure = { error }
    } finally {
      pending = undefined
    }
  }
  return async function* read() {
    for (let k = 0; ; k++) {
      while (k >= seen.length && !done && failure === undefined) {
        pending ??= advance()
        await pending
      }
      if (k < seen.length) yield seen[k]!
      else if (failure !== undefined) throw failure.error
      else return
    }
  }
}

async function* watched(
  source: AsyncGenerator<RecordBatch>,
  { signal }: ReadRequest,
  operation: string,
): AsyncGenerator<RecordBatch> {
  stopIfAborted(signal, operation)
  for await (const batch of source) {
    yield batch
    stopIfAborted(signal, operation)
  }
}
