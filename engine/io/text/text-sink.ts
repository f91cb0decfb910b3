import { InputOutputError, SchemaError } from '../../errors.js'
import type { Sink, SinkWriter } from '../../plan/source.js'
import { knownOptions } from '../../types/arguments.js'
import type { RecordBatch } from '../../types/batch.js'
import { isDate, shown } from '../../types/column-writer.js'
import { schemaText } from '../../types/schema.js'
import { type OutputFile, openOutput } from '../atomic-file.js'
import { ByteWriter } from '../byte-writer.js'
import { checkOutput } from '../files.js'

/** How text is written. */
export interface TextWriteOptions {
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
}

const NEWLINE = 10
/** Bytes that are handed to the disk at once. */
const CHUNK = 512 * 1024

/**
 * A text file with one line per record. Records are plain values: texts, numbers, booleans, dates
 * (as ISO 8601); others fail. Compressed when the name ends with `.gz` or `.br`.
 *
 * @example textSink('words.txt')
 */
export function textSink(
  path: string | URL,
  options: TextWriteOptions = {},
  operation = 'writeText',
): Sink {
  knownOptions(options, ['overwrite'], operation)
  checkOutput(path, operation)
  const { overwrite = false } = options
  return {
    label: `${operation} ${path}`,
    open: async () => new TextWriter(await openOutput(path, { operation, overwrite }), operation),
  }
}

class TextWriter implements SinkWriter {
  readonly #output: OutputFile
  readonly #operation: string
  readonly #bytes = new ByteWriter(CHUNK * 2)

  constructor(output: OutputFile, operation: string) {
    this.#output = output
    this.#operation = operation
  }

  async write(batch: RecordBatch): Promise<void> {
    if (batch.shape !== 'value')
      throw new SchemaError(
        `${this.#operation}: records must be plain texts; got ${schemaText(batch.schema)}. Make texts of them first, with map(record => ...), or write CSV or JSON Lines.`,
      )
    const column = batch.columns[0]!
    for (let row = 0; row < batch.length; row++) {
      this.#bytes.text(this.#line(column.get(row)))
      this.#bytes.byte(NEWLINE)
      if (this.#bytes.length >= CHUNK) await this.#output.write(this.#bytes.take())
    }
  }

  async commit(): Promise<void> {
    if (this.#bytes.length > 0) await this.#output.write(this.#bytes.take())
    await this.#output.commit()
  }

  async abort(): Promise<void> {
    await this.#output.abort()
  }

  #line(value: unknown): string {
    if (typeof value === 'string') return value
    if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
      return String(value)
    if (isDate(value)) return value.toISOString()
    throw new InputOutputError(
      `${this.#operation}: a line must be a text, number, boolean or date; got ${shown(value)}. Make a text of it first, with map(value => ...).`,
    )
  }
}
