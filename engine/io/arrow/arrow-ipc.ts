/** Reads and writes Arrow IPC: files (`.arrow`, `.feather` version 2) and streams (`.arrows`). */

import type { RecordBatch as ArrowBatch, RecordBatchWriter } from 'apache-arrow'
import { ArgumentError, InputOutputError, WieselError } from '../../errors.js'
import type { ReadRequest, Sink, SinkWriter, Source, SourceFacts } from '../../plan/source.js'
import { knownOptions } from '../../types/arguments.js'
import type { RecordBatch } from '../../types/batch.js'
import { concatBatches } from '../../types/concat.js'
import type { DataType } from '../../types/data-type.js'
import { ArrowConverter } from '../../types/from-arrow.js'
import { unknownField } from '../../types/schema.js'
import { type ArrowLayout, arrowLayout } from '../../types/to-arrow.js'
import { stopIfAborted } from '../abort.js'
import { type OutputFile, openOutput } from '../atomic-file.js'
import { checkInput, checkOutput, type Input, inputName, listFiles } from '../files.js'
import { type InputFile, type StreamOptions, summing } from '../input-file.js'
import { registerArrowCodecs } from './codecs.js'

/** Options of `arrowSource`. */
export interface ArrowReadOptions {
  /** Read these columns only. Default: all. */
  readonly columns?: readonly string[]
  /** Whether a directory means the files in its directories, too. Default `false`. */
  readonly recursive?: boolean
}

/** Options of `arrowSink`. */
export interface ArrowWriteOptions {
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
  /** The file format, which can be read at any place, or the stream format. Default `file`. */
  readonly format?: 'file' | 'stream'
  /** Types of fields that are not what the first records say, such as `{ price: float64 }`. */
  readonly types?: Readonly<Record<string, DataType>>
}

const READ = 'readArrow'
const WRITE = 'writeArrow'

/**
 * A source of the records of Arrow IPC files and streams, told apart by their first bytes. Streams
 * are read record batch by record batch, files as a whole. Buffers may be compressed with LZ4 or
 * Zstandard. Types become those of `fromArrow`.
 *
 * @throws {InputOutputError} While reading, if a file is not there, damaged or cut off.
 * @throws {SchemaError} While reading, if a chosen column is not in a file.
 */
export function arrowSource(input: Input, options: ArrowReadOptions = {}): Source {
  knownOptions(options, ['columns', 'recursive'], READ)
  checkInput(input, READ)
  const list = () => listFiles(input, { operation: READ, recursive: options.recursive })
  return {
    label: `${READ} ${inputName(input)}`,
    facts: async (): Promise<SourceFacts> => {
      const bytes = (await list()).reduce((sum, { size }) => sum + (size ?? 0), 0)
      return { bytes }
    },
    read: request => read(list, options, request),
  }
}

async function* read(
  list: () => Promise<readonly InputFile[]>,
  { columns }: ArrowReadOptions,
  { fields, onBytes, signal }: ReadRequest,
): AsyncGenerator<RecordBatch> {
  stopIfAborted(signal, READ)
  const converter = new ArrowConverter()
  const needed =
    columns === undefined ? fields : columns.filter(name => fields?.includes(name) ?? true)
  const stream = { signal, advance: summing(onBytes) }
  for (const file of await list()) {
    let checked = columns === undefined
    for await (const batch of arrowBatches(file, stream)) {
      const known = batch.schema.fields.map(field => String(field.name))
      const unknown = checked ? undefined : columns?.find(name => !known.includes(name))
      if (unknown !== undefined) throw unknownField(READ, unknown, known)
      checked = true
      for (const converted of converter.convert(batch, needed)) {
        stopIfAborted(signal, READ)
        yield converted
      }
    }
  }
}

async function* arrowBatches(file: InputFile, stream: StreamOptions): AsyncGenerator<ArrowBatch> {
  const arrow = await import('apache-arrow')
  await registerArrowCodecs(arrow)
  try {
    const reader = await arrow.RecordBatchReader.from(nonEmpty(file, stream))
    await reader.open({ autoDestroy: true })
    if (reader.schema === undefined) throw new InputOutputError('there is no schema in it')
    for await (const batch of reader) yield batch
  } catch (error) {
    stopIfAborted(stream.signal, READ)
    if (error instanceof WieselError && !(error instanceof InputOutputError)) throw error
    if (error instanceof InputOutputError && error.message.startsWith(READ)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new InputOutputError(
      `${READ}: ${file.name} cannot be read: ${reason}. The file is damaged, cut off, or not Arrow IPC.`,
      { cause: error },
    )
  }
}

async function* nonEmpty(file: InputFile, stream: StreamOptions): AsyncGenerator<Uint8Array> {
  for await (const chunk of file.stream(stream)) if (chunk.length > 0) yield chunk
}

/**
 * A sink that writes one Arrow IPC file or stream, a record batch at a time. Strings are written as
 * plain UTF-8, since dictionaries of a file cannot grow; the other types are those of `toArrow`.
 *
 * A file has one type per field, which the first records decide unless `types` says more.
 *
 * @throws {InputOutputError} If the file exists and may not be replaced, or cannot be written.
 * @throws {SchemaError} If later records need a wider type, naming field and remedy.
 */
export function arrowSink(path: string | URL, options: ArrowWriteOptions = {}): Sink {
  knownOptions(options, ['overwrite', 'format', 'types'], WRITE)
  checkOutput(path, WRITE)
  const { format = 'file', overwrite = false, types = {} } = options
  if (format !== 'file' && format !== 'stream') {
    throw new ArgumentError(`${WRITE}: format must be 'file' or 'stream'; got ${format}.`)
  }
  return {
    label: `${WRITE} ${path}`,
    async open() {
      const arrow = await import('apache-arrow')
      const output = await openOutput(path, { operation: WRITE, overwrite })
      const writer =
        format === 'file' ? new arrow.RecordBatchFileWriter() : new arrow.RecordBatchStreamWriter()
      return new ArrowSinkWriter(arrow, writer, output, types)
    },
  }
}

/** Records that a sink looks at before it decides on types, and that a record batch has at least. */
const FIRST_RECORDS = 65_536

class ArrowSinkWriter implements SinkWriter {
  readonly #arrow: typeof import('apache-arrow')
  readonly #writer: RecordBatchWriter
  readonly #output: OutputFile
  readonly #types: Readonly<Record<string, DataType>>
  /** Takes what the writer has encoded to the file, as it comes. */
  readonly #drained: Promise<void>
  #layout: ArrowLayout | undefined
  #pending: RecordBatch[] = []
  #pendingRows = 0
  #failure: { error: unknown } | undefined

  constructor(
    arrow: typeof import('apache-arrow'),
    writer: RecordBatchWriter,
    output: OutputFile,
    types: Readonly<Record<string, DataType>>,
  ) {
    this.#arrow = arrow
    this.#writer = writer
    this.#output = output
    this.#types = types
    this.#drained = this.#drain().catch(error => {
      this.#failure = { error }
    })
  }

  async write(batch: RecordBatch): Promise<void> {
    this.#pending.push(batch)
    this.#pendingRows += batch.length
    if (this.#pendingRows >= FIRST_RECORDS) await this.#flush()
  }

  async commit(): Promise<void> {
    if (this.#pendingRows > 0 || this.#layout === undefined) await this.#flush()
    this.#writer.finish()
    await this.#drained
    if (this.#failure !== undefined) throw this.#failure.error
    await this.#output.commit()
  }

  async abort(): Promise<void> {
    this.#writer.abort()
    await this.#drained
    await this.#output.abort()
  }

  async #flush(): Promise<void> {
    const batch = concatBatches(this.#pending)
    this.#pending = []
    this.#pendingRows = 0
    if (this.#layout === undefined) {
      this.#layout = arrowLayout(this.#arrow, [batch], false, this.#types)
      this.#writer.reset(undefined, this.#layout.schema)
    }
    this.#writer.write(this.#layout.convert(batch))
    await new Promise(resolve => setTimeout(resolve)) // lets the file take it
    if (this.#failure !== undefined) throw this.#failure.error
  }

  async #drain(): Promise<void> {
    for await (const chunk of this.#writer) await this.#output.write(chunk)
  }
}
