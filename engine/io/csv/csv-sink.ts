import { ArgumentError, SchemaError } from '../../errors.js'
import type { Sink, SinkWriter } from '../../plan/source.js'
import { knownOptions } from '../../types/arguments.js'
import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { isMissingAt } from '../../types/column.js'
import { shown } from '../../types/column-writer.js'
import { type OutputFile, openOutput } from '../atomic-file.js'
import { ByteWriter } from '../byte-writer.js'
import { withoutCompression } from '../compression.js'
import { checkOutput } from '../files.js'
import { cellWriter, Quoting } from './cells.js'

/** How CSV is written. */
export interface CsvWriteOptions {
  /** One character between fields. Default a tab for `.tsv` and `.tab`, else a comma. */
  readonly delimiter?: string
  /** One character around fields where it is needed, doubled within them. Default `'"'`. */
  readonly quote?: string
  /** Whether names come first. Default: for objects and plain values yes, for tuples no. */
  readonly header?: boolean
  /** How a missing value is written. Default `''`. */
  readonly missing?: string
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
}

const NEWLINE = 10
/** Bytes that are handed to the disk at once. */
const CHUNK = 512 * 1024

/**
 * A CSV or TSV file (RFC 4180, lines end with \n), compressed when the name ends with `.gz` or
 * `.br`.
 *
 * Numbers have the shortest form that reads back as itself, dates are ISO 8601 in UTC, vectors and
 * nested values are JSON. A missing value is an empty field and an empty text is `""`, so that
 * `readCsv` tells them apart. Texts that look like numbers need `types` to be read back as texts.
 *
 * @throws {ArgumentError} If an option is out of range.
 * @example csvSink('out/busiest.csv', { overwrite: true })
 */
export function csvSink(
  path: string | URL,
  options: CsvWriteOptions = {},
  operation = 'writeCsv',
): Sink {
  knownOptions(options, ['delimiter', 'quote', 'header', 'missing', 'overwrite'], operation)
  checkOutput(path, operation)
  const tabs = /\.(tsv|tab)$/i.test(withoutCompression(String(path)))
  const { delimiter = tabs ? '\t' : ',', header, missing = '', overwrite = false } = options
  const { quote = '"' } = options
  for (const [name, text] of [
    ['delimiter', delimiter],
    ['quote', quote],
  ] as const) {
    if (!/^[^\r\n]$/.test(text) || text.charCodeAt(0) > 127)
      throw new ArgumentError(
        `${operation}: ${name} must be one ASCII character; got ${shown(text)}.`,
      )
  }
  if (delimiter === quote)
    throw new ArgumentError(
      `${operation}: quote must differ from the delimiter; both are ${quote}.`,
    )
  const quoting = new Quoting(delimiter, quote, missing)
  return {
    label: `${operation} ${path}`,
    open: async () =>
      new CsvWriter(await openOutput(path, { operation, overwrite }), quoting, header, operation),
  }
}

class CsvWriter implements SinkWriter {
  readonly #output: OutputFile
  readonly #quoting: Quoting
  readonly #header: boolean | undefined
  readonly #operation: string
  readonly #bytes = new ByteWriter(CHUNK * 2)
  #names: readonly string[] | undefined

  constructor(
    output: OutputFile,
    quoting: Quoting,
    header: boolean | undefined,
    operation: string,
  ) {
    this.#output = output
    this.#quoting = quoting
    this.#header = header
    this.#operation = operation
  }

  async write(batch: RecordBatch): Promise<void> {
    const bytes = this.#bytes
    if (this.#names === undefined) this.#begin(batch)
    const columns = this.#columns(batch)
    const writers = columns.map(column => column && cellWriter(column, this.#quoting))
    const delimiter = this.#quoting.delimiter.charCodeAt(0)
    const { missing } = this.#quoting
    const count = columns.length
    for (let row = 0; row < batch.length; row++) {
      for (let k = 0; k < count; k++) {
        if (k > 0) bytes.byte(delimiter)
        const column = columns[k]
        if (column === undefined || isMissingAt(column, row)) bytes.text(missing)
        else writers[k]!(bytes, row)
      }
      bytes.byte(NEWLINE)
      if (bytes.length >= CHUNK) await this.#output.write(bytes.take())
    }
  }

  async commit(): Promise<void> {
    if (this.#bytes.length > 0) await this.#output.write(this.#bytes.take())
    await this.#output.commit()
  }

  async abort(): Promise<void> {
    await this.#output.abort()
  }

  #begin({ names, shape }: RecordBatch): void {
    this.#names = [...names]
    if (!(this.#header ?? shape !== 'tuple')) return
    const delimiter = this.#quoting.delimiter
    this.#bytes.text(`${names.map(name => this.#quoting.text(name)).join(delimiter)}\n`)
  }

  /** The columns of a batch in the order of the file; one that it lacks is missing. */
  #columns(batch: RecordBatch): (Column | undefined)[] {
    const names = this.#names!
    const further = batch.names.filter(name => !names.includes(name))
    if (further.length > 0)
      throw new SchemaError(
        `${this.#operation}: a later record has ${further.join(', ')}, for which the file has no column; it has ${names.join(', ')}. Give all records the same fields, with map or select.`,
      )
    return names.map(name => batch.find(name))
  }
}
