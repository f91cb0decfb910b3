/** Sources of JSON: documents with an array of records, and JSON Lines, one record per line. */

import { InputOutputError, SchemaError } from '../../errors.js'
import type { ReadRequest, Source, SourceFacts } from '../../plan/source.js'
import { knownOptions, oneOf } from '../../types/arguments.js'
import { BATCH_SIZE, type RecordBatch } from '../../types/batch.js'
import { shown } from '../../types/column-writer.js'
import { RecordWriter } from '../../types/record-writer.js'
import type { Schema } from '../../types/schema.js'
import { stopIfAborted } from '../abort.js'
import { checkInput, type Input, inputName, listFiles } from '../files.js'
import { type InputFile, readWhole, type StreamOptions, summing } from '../input-file.js'

/** Options of `jsonLinesSource`. */
export interface JsonLinesReadOptions {
  /**
   * Names and types of the fields. Texts and numbers become dates where it says `timestamp`; without
   * it they stay what they are.
   */
  readonly schema?: Schema
  /** What to do with a malformed line: `fail` (the default), or `skip` it and count it. */
  readonly invalid?: 'fail' | 'skip'
  /** Whether a directory means the files in its directories, too. Default `false`. */
  readonly recursive?: boolean
}

/** Options of `jsonSource`. */
export interface JsonReadOptions extends JsonLinesReadOptions {
  /** Where the array is when it is not the whole document: `data.items`. */
  readonly at?: string
}

/**
 * A source of JSON Lines (NDJSON): one JSON value per line, read as a stream; empty lines are
 * skipped. Integers beyond 2^53 are rounded, as `JSON.parse` does.
 *
 * @throws {InputOutputError} While reading, if a line is malformed or does not match the schema and
 * `invalid` is `fail`; names file, line and reason.
 */
export function jsonLinesSource(input: Input, options: JsonLinesReadOptions = {}): Source {
  knownOptions(options, ['schema', 'invalid', 'recursive'], 'readJsonLines')
  return sourceOf('readJsonLines', input, options, async function* (file, writer, request, skip) {
    let line = 0
    for await (const lines of lineBlocks(file, request.stream)) {
      for (const text of lines) {
        line++
        if (isBlank(text)) continue
        try {
          writer.write(JSON.parse(text))
        } catch (error) {
          skip(line, reasonOf(error), error)
        }
        if (writer.length === BATCH_SIZE) yield writer.finish()
      }
      stopIfAborted(request.signal, 'readJsonLines')
    }
  })
}

/**
 * A source of JSON documents, each an array of records. A document is parsed as a whole.
 *
 * @throws {InputOutputError} While reading, if a document is malformed or holds no array, or a
 * record does not match the schema and `invalid` is `fail`; names file, line or record, and reason.
 */
export function jsonSource(input: Input, options: JsonReadOptions = {}): Source {
  knownOptions(options, ['schema', 'invalid', 'recursive', 'at'], 'readJson')
  const { at } = options
  return sourceOf('readJson', input, options, async function* (file, writer, request, skip) {
    const text = decode(file, await readWhole(file, request.stream))
    const records = recordsIn(file, text, at)
    for (let k = 0; k < records.length; k++) {
      try {
        writer.write(records[k])
      } catch (error) {
        skip(k, reasonOf(error), error)
      }
      if (writer.length < BATCH_SIZE) continue
      yield writer.finish()
      stopIfAborted(request.signal, 'readJson')
    }
  })
}

/** Reads one file: writes records, gives full batches, and reports what is invalid. */
type FileReader = (
  file: InputFile,
  writer: Pick<RecordWriter, 'write' | 'finish' | 'length'>,
  request: { readonly signal: AbortSignal | undefined; readonly stream: StreamOptions },
  skip: (position: number, reason: string, cause: unknown) => void,
) => AsyncGenerator<RecordBatch>

function sourceOf(
  operation: string,
  input: Input,
  { schema, invalid = 'fail', recursive }: JsonLinesReadOptions,
  readFile: FileReader,
): Source {
  checkInput(input, operation)
  oneOf(invalid, ['fail', 'skip'], operation, 'invalid')
  const files = () => listFiles(input, { operation, recursive })
  let skipped = 0
  async function* read({ onBytes, signal }: ReadRequest): AsyncGenerator<RecordBatch> {
    stopIfAborted(signal, operation)
    skipped = 0
    const stream = { signal, advance: summing(onBytes) }
    const writer = recordWriter(schema)
    for (const file of await files()) {
      const what = operation === 'readJson' ? 'record' : 'line'
      const skip = (position: number, reason: string, cause: unknown) => {
        skipped++
        if (invalid === 'skip') return
        throw new InputOutputError(
          `${operation}: ${file.name}, ${what} ${position}: ${reason}. Correct it, or give { invalid: 'skip' }.`,
          { cause },
        )
      }
      yield* readFile(file, writer, { signal, stream }, skip)
    }
    if (writer.length > 0) yield writer.finish()
  }
  return {
    label: `${operation} ${inputName(input)}`,
    facts: async (): Promise<SourceFacts> => {
      const bytes = (await files()).reduce((sum, { size }) => sum + (size ?? 0), 0)
      return schema ? { fields: schema.fields, shape: schema.shape, bytes } : { bytes }
    },
    async *read(request) {
      try {
        yield* read(request)
      } catch (error) {
        stopIfAborted(request.signal, operation)
        throw error
      }
    },
    get skipped() {
      return skipped
    },
  }
}

/** A writer that makes dates of texts and numbers where the schema wants them. */
function recordWriter(
  schema: Schema | undefined,
): Pick<RecordWriter, 'write' | 'finish' | 'length'> {
  const writer = new RecordWriter(BATCH_SIZE, schema)
  const dates = schema?.fields.flatMap(({ name, type }) =>
    type.kind === 'timestamp' ? [name] : [],
  )
  if (schema === undefined || dates === undefined || dates.length === 0) return writer
  return {
    get length() {
      return writer.length
    },
    finish: () => writer.finish(),
    write(record) {
      if (schema.shape === 'value') return writer.write(dateOf(record, 'value'))
      if (typeof record === 'object' && record !== null) {
        const fields = record as Record<string, unknown>
        for (const name of dates) fields[name] = dateOf(fields[name], name)
      }
      writer.write(record)
    },
  }
}

function dateOf(value: unknown, name: string): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  const date = new Date(value)
  if (!Number.isNaN(date.getTime())) return date
  throw new SchemaError(`field "${name}" must be a date; got ${shown(value)}.`)
}

/** The lines of a file, as many as there are in a piece of it. */
async function* lineBlocks(
  file: InputFile,
  stream: StreamOptions,
): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let line = 0
  const decoded = (chunk?: Uint8Array) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch (error) {
      throw new InputOutputError(
        `readJsonLines: ${file.name}, after line ${line}: the text is not valid UTF-8. Convert the file.`,
        { cause: error },
      )
    }
  }
  for await (const chunk of file.stream(stream)) {
    const lines = (rest + decoded(chunk)).split('\n')
    rest = lines.pop()!
    line += lines.length
    yield lines
  }
  rest += decoded()
  if (rest !== '') yield [rest]
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0)
  return !(first > 32) && text.trim() === ''
}

function decode(file: InputFile, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new InputOutputError(
      `readJson: ${file.name}: the text is not valid UTF-8. Convert the file.`,
      { cause: error },
    )
  }
}

function recordsIn({ name }: InputFile, text: string, at: string | undefined): readonly unknown[] {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch (error) {
    const position = Number(/position (\d+)/.exec(reasonOf(error))?.[1] ?? text.length)
    const before = text.slice(0, position)
    const line = before.split('\n').length
    const lines = /^\s*\{.*\}\s*$/s.test(before)
      ? ' If every line is a record of its own, use readJsonLines.'
      : ' Correct the file; it must be one JSON document.'
    throw new InputOutputError(`readJson: ${name}, line ${line}: ${reasonOf(error)}.${lines}`, {
      cause: error,
    })
  }
  for (const key of at?.split('.') ?? []) {
    found = typeof found === 'object' && found !== null ? (found as never)[key] : undefined
  }
  if (Array.isArray(found)) return found
  const where = at === undefined ? 'the document' : `the value at "${at}"`
  const arrays = at === undefined ? arraysIn(found) : []
  const hint = arrays.length > 0 ? ` Give { at: '${arrays[0]}' }.` : ''
  throw new InputOutputError(
    `readJson: ${name}: ${where} must be an array of records; got ${shown(found)}.${hint}`,
  )
}

function arraysIn(found: unknown): string[] {
  if (typeof found !== 'object' || found === null) return []
  return Object.entries(found).flatMap(([key, value]) => (Array.isArray(value) ? [key] : []))
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
}
