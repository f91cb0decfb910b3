/** One CSV file, record by record: opens it, reads its header, and hands out blocks. */
import { InputOutputError, SchemaError } from '../../errors.js'
import { ByteWindow } from '../byte-window.js'
import type { InputFile, StreamOptions } from '../input-file.js'
import { toUtf8 } from '../text/encoding.js'
import { decodeText } from '../text/text-decoder.js'
import { type CheckedCsvOptions, duplicates } from './options.js'
import { type Dialect, type Fault, Scanner } from './scan.js'
import { sniffDelimiter } from './sniff.js'

/** More columns than this are taken for a file that is no CSV. */
const MOST_COLUMNS = 1 << 16
/** Fields that one scan finds at most; its bounds then stay in the processor's cache. */
const FIELDS_PER_SCAN = 1 << 17

/** A file whose header has been read. */
export class CsvRecords {
  readonly file: InputFile
  /** Names of the columns; `'0'`, `'1'`, ... when the file has no header and none was given. */
  readonly names: readonly string[]
  /** Whether the file has nothing that could be a header or a record. */
  readonly empty: boolean
  readonly dialect: Dialect
  readonly window: ByteWindow
  readonly scanner: Scanner
  readonly #operation: string
  readonly #invalid: 'fail' | 'skip'
  /** Told of each record that is left out. */
  readonly #skipped: () => void

  private constructor(
    file: InputFile,
    names: readonly string[] | undefined,
    dialect: Dialect,
    window: ByteWindow,
    line: number,
    invalid: 'fail' | 'skip',
    operation: string,
    skipped: () => void,
  ) {
    this.file = file
    this.names = names ?? []
    this.empty = names === undefined
    this.dialect = dialect
    this.window = window
    const width = Math.max(1, this.names.length)
    this.scanner = new Scanner(dialect, width, Math.max(16, Math.floor(FIELDS_PER_SCAN / width)))
    this.scanner.line = line
    this.#invalid = invalid
    this.#operation = operation
    this.#skipped = skipped
  }

  /**
   * Opens a file and reads its header.
   *
   * @param delimiter That of the files before this one, if any.
   * @throws {SchemaError} If names occur twice.
   */
  static async open(
    file: InputFile,
    options: CheckedCsvOptions,
    delimiter: number | undefined,
    stream: StreamOptions,
    operation: string,
    skipped: () => void,
  ): Promise<CsvRecords> {
    const bytes = file.stream(stream)
    const window = new ByteWindow(toUtf8(bytes, options.encoding, file.name, operation))
    try {
      await window.more()
      const { comment, invalid, quote, trim } = options
      const chosen = delimiter ?? options.delimiter ?? sniffDelimiter(window, file.name, options)
      const dialect = { delimiter: chosen, quote, comment, trim }
      // The width is not known yet; the scan changes what it reads, so it gets a copy.
      const first = new Scanner(dialect, MOST_COLUMNS, 1, true)
      let copy: Uint8Array
      do {
        copy = window.bytes.slice(0, window.end + 1)
        first.line = 1
        const onFault = (fault: Fault, line: number) => {
          throw invalidRecord(operation, file.name, line, faultText(fault, MOST_COLUMNS, 0))
        }
        first.scan(copy, window.start, window.end, window.final, 1, onFault)
      } while (first.rows === 0 && !window.final && (await window.more()))
      const { bounds } = first
      let names: readonly string[] | undefined
      const count = first.rows === 0 ? 0 : first.fields
      if (Array.isArray(options.header)) names = options.header
      else if (first.rows > 0 && options.header === false)
        names = Array.from({ length: count }, (_, k) => String(k))
      else if (first.rows > 0) {
        names = Array.from({ length: count }, (_, k) =>
          headerName(copy, bounds[k * 2]!, bounds[k * 2 + 1]!, k, file.name, operation),
        )
        const twice = duplicates(names)
        if (twice.length > 0)
          throw new SchemaError(
            `${operation}: ${file.name} has more than one column called ${twice.map(name => `"${name}"`).join(', ')}. Rename them in the file, or give names for all columns: { header: [...] } (and leave out the first line with { comments }).`,
          )
        window.start = first.position
      }
      const line = options.header === true ? first.line : 1
      return new CsvRecords(file, names, dialect, window, line, invalid, operation, skipped)
    } catch (error) {
      await window.close()
      throw error
    }
  }

  /** Finds up to `limit` records in `scanner`, reading on where needed; `false` at the end. */
  async next(limit: number): Promise<boolean> {
    const { scanner, window } = this
    if (this.empty) return false
    const wanted = Math.min(limit, scanner.capacity)
    while (true) {
      scanner.scan(window.bytes, window.start, window.end, window.final, wanted, this.#onFault)
      window.start = scanner.position
      if (scanner.rows > 0) return true
      if (window.final) return false
      if (!(await window.more())) this.#onFault('unclosed', scanner.line, 0, true)
    }
  }

  async close(): Promise<void> {
    await this.window.close()
  }

  readonly #onFault = (fault: Fault, line: number, fields: number, fatal = false): void => {
    if (this.#invalid === 'fail' || fatal) {
      const text = faultText(fault, this.names.length, fields)
      throw invalidRecord(this.#operation, this.file.name, line, text)
    }
    this.#skipped()
  }
}

/** The error for a record that is not valid. */
export function invalidRecord(
  operation: string,
  name: string,
  line: number,
  reason: string,
): InputOutputError {
  return new InputOutputError(
    `${operation}: ${name}, line ${line}: ${reason}, or leave out invalid lines with { invalid: 'skip' }.`,
  )
}

function faultText(fault: Fault, width: number, fields: number): string {
  if (fault === 'unclosed')
    return 'a quote is opened and never closed. Close it, or double it where it is part of the text'
  if (fault === 'quote')
    return 'text follows a closing quote. Double the quotes that are part of the text, or read quotes as they are with { quote: "" }'
  const count = fields === 1 ? '1 field' : `${fields} fields`
  return `the line has ${count}; ${width === 1 ? 'there is 1 column' : `there are ${width} columns`}. Put quotes around fields with delimiters, check the delimiter`
}

/** The name of a column; one without name is called by its position. */
function headerName(
  bytes: Uint8Array,
  start: number,
  end: number,
  position: number,
  file: string,
  operation: string,
): string {
  try {
    return decodeText(bytes, start, end) || `column${position + 1}`
  } catch (cause) {
    throw new InputOutputError(
      `${operation}: ${file}, line 1: the names of the columns are not UTF-8. Give the encoding, such as { encoding: 'windows-1252' }.`,
      { cause },
    )
  }
}
