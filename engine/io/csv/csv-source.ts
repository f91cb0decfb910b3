import { SchemaError } from '../../errors.js'
import type { ReadRequest, Source, SourceFacts } from '../../plan/source.js'
import { BATCH_SIZE, RecordBatch } from '../../types/batch.js'
import { shown } from '../../types/column-writer.js'
import type { DataType } from '../../types/data-type.js'
import { any, boolean, float64, int32, string, timestamp } from '../../types/data-type.js'
import { type Field, type RecordShape, unknownField } from '../../types/schema.js'
import { checkInput, type Input, inputName, listFiles } from '../files.js'
import { type InputFile, summing } from '../input-file.js'
import { decodeText } from '../text/text-decoder.js'
import type { ColumnReader } from './base-reader.js'
import { type Block, MissingTexts } from './block.js'
import { columnReader } from './column-reader.js'
import {
  type CheckedCsvOptions,
  type CsvReadOptions,
  type CsvType,
  checkCsvOptions,
} from './options.js'
import { CsvRecords, invalidRecord } from './records.js'
import { type Sample, takeSample } from './sample.js'

/** Bytes of input after which a batch is handed on, however few records they were. */
const BATCH_BYTES = 16 * 1024 * 1024
/** Values of a batch of very wide records. */
const BATCH_VALUES = 1 << 22

/**
 * CSV and TSV files as a source. Fields that a job does not need are not decoded.
 *
 * Types are those given, or found in the first 20,000 records: booleans, numbers, timestamps, and
 * text for everything else. Each file has its own header; their columns may be in another order.
 *
 * @param operation Named in errors and by `explain()`.
 * @throws {ArgumentError} If an option is unknown or out of range. Errors of the data come when it
 * is read, as `InputOutputError` with file and line, or `SchemaError` about columns.
 * @example csvSource('flights/*.csv.gz', { types: { zip: 'string' } })
 */
export function csvSource(
  input: Input,
  options: CsvReadOptions = {},
  operation = 'readCsv',
): Source {
  checkInput(input, operation)
  return new CsvSource(input, checkCsvOptions(options, operation), operation)
}

/** What is found out once per source. */
interface Layout extends Sample {
  readonly files: readonly InputFile[]
  /** The columns of the records, in order. */
  readonly chosen: readonly string[]
}

class CsvSource implements Source {
  readonly label: string
  skipped = 0
  readonly #input: Input
  readonly #options: CheckedCsvOptions
  readonly #operation: string
  readonly #missing: MissingTexts
  #layout: Promise<Layout> | undefined

  constructor(input: Input, options: CheckedCsvOptions, operation: string) {
    this.label = `${operation} ${inputName(input)}`
    this.#input = input
    this.#options = options
    this.#operation = operation
    this.#missing = new MissingTexts(options.missing)
  }

  async facts(): Promise<SourceFacts> {
    const { bytes, chosen, complete, missing, names, rows, types } = await this.#layoutOnce()
    const fields = chosen.map((column, position): Field => {
      const k = names.indexOf(column)
      const name = this.#shape === 'tuple' ? String(position) : column
      return { name, type: dataType(types[k]), nullable: !complete || missing[k]! }
    })
    const facts = { fields, shape: this.#shape }
    return {
      ...facts,
      ...(rows === undefined ? {} : { rows, exact: complete && this.#options.invalid === 'fail' }),
      ...(bytes === undefined ? {} : { bytes }),
    }
  }

  async *read({ fields, onBytes, signal }: ReadRequest): AsyncGenerator<RecordBatch, void> {
    const { chosen, delimiter, files, names, types } = await this.#layoutOnce()
    this.skipped = 0
    const tuple = this.#shape === 'tuple'
    const all = chosen.map((column, k) => ({ column, name: tuple ? String(k) : column }))
    const asked = fields === undefined ? all : all.filter(({ name }) => fields.includes(name))
    const wanted = asked.map(({ column }) => column)
    const positions = wanted.map(name => names.indexOf(name))
    const capacity = Math.max(
      256,
      Math.min(BATCH_SIZE, Math.floor(BATCH_VALUES / Math.max(1, wanted.length))),
    )
    const readers = wanted.map((name, k) =>
      columnReader({
        type: types[positions[k]!],
        declared: this.#options.types[name] !== undefined,
        missing: this.#missing,
        capacity,
      }),
    )
    const output = new BatchBuilder(
      this.#shape,
      asked.map(({ name }) => name),
      readers,
      capacity,
    )
    const stream = { signal, advance: summing(onBytes) }
    const skipped = () => {
      this.skipped++
    }
    for (const file of files) {
      const records = await CsvRecords.open(
        file,
        this.#options,
        delimiter,
        stream,
        this.#operation,
        skipped,
      )
      try {
        if (records.empty) continue
        const order = this.#order(records, names, files[0]!)
        const columns = positions.map(position => order[position]!)
        const block = this.#block(records, output)
        while (await records.next(output.room)) {
          const { bounds, rows } = records.scanner
          output.add(block(rows, records.window.bytes, bounds), columns)
          if (output.full) {
            const batch = output.finish(skipped)
            if (batch.length > 0) yield batch
            signal?.throwIfAborted()
          }
        }
      } finally {
        await records.close()
      }
    }
    const batch = output.finish(skipped)
    if (batch.length > 0) yield batch
  }

  get #shape(): RecordShape {
    return this.#options.header === false ? 'tuple' : 'object'
  }

  #layoutOnce(): Promise<Layout> {
    this.#layout ??= this.#findLayout().catch(error => {
      this.#layout = undefined // the next attempt may find what is missing now
      throw error
    })
    return this.#layout
  }

  async #findLayout(): Promise<Layout> {
    const operation = this.#operation
    const { columns, recursive, types } = this.#options
    const files = await listFiles(this.#input, { operation, recursive })
    const sample = await takeSample(files, this.#options, this.#missing, operation)
    for (const name of [...(columns ?? []), ...Object.keys(types)]) {
      if (!sample.names.includes(name))
        throw unknownField(operation, name, sample.names, this.#shape)
    }
    return { ...sample, files, chosen: columns ?? sample.names }
  }

  /** For each column of the first file its position in this one. */
  #order(records: CsvRecords, names: readonly string[], first: InputFile): number[] {
    const here = records.names
    const order = names.map(name => here.indexOf(name))
    const lacking = names.filter((_, k) => order[k]! < 0)
    const surplus = here.filter(name => !names.includes(name))
    if (lacking.length === 0 && surplus.length === 0) return order
    const differences = [
      ...(lacking.length > 0 ? [`lacks ${lacking.join(', ')}`] : []),
      ...(surplus.length > 0 ? [`has ${surplus.join(', ')} besides`] : []),
    ]
    throw new SchemaError(
      `${this.#operation}: ${records.file.name} has other columns than ${first.name}: it ${differences.join(' and ')}. Read these files one by one.`,
    )
  }

  /** Makes blocks of a file, which know how to complain about its values. */
  #block(
    { dialect, file, names, scanner }: CsvRecords,
    output: BatchBuilder,
  ): (rows: number, bytes: Uint8Array, bounds: Int32Array) => Block {
    const { invalid, types } = this.#options
    return (rows, bytes, bounds) => ({
      bytes,
      bounds,
      rows,
      width: scanner.width,
      quote: dialect.quote,
      reject: (row, field, expected) => {
        if (invalid === 'skip') return output.drop(row)
        const name = names[field]!
        const bound = (row * scanner.width + field) * 2
        const value = safeText(bytes, bounds[bound]!, bounds[bound + 1]!)
        const remedy =
          types[name] === undefined && !expected.includes('UTF-8')
            ? `Values before it were, so that type was chosen; if this is right, give { types: { ${key(name)}: 'string' } }`
            : 'Correct the value'
        const reason = `column "${name}" must be ${expected}; got ${shown(value)}. ${remedy}`
        throw invalidRecord(this.#operation, file.name, scanner.lines[row]!, reason)
      },
    })
  }
}

/** Collects blocks into batches. */
class BatchBuilder {
  readonly #shape: RecordShape
  readonly #names: readonly string[]
  readonly #readers: readonly ColumnReader[]
  readonly #capacity: number
  #length = 0
  #bytes = 0
  /** 1 for records to leave out, once there is one. */
  #dropped: Uint8Array | undefined

  constructor(
    shape: RecordShape,
    names: readonly string[],
    readers: readonly ColumnReader[],
    capacity: number,
  ) {
    this.#shape = shape
    this.#names = names
    this.#readers = readers
    this.#capacity = capacity
  }

  /** Records that fit. */
  get room(): number {
    return this.#capacity - this.#length
  }

  get full(): boolean {
    return this.#length === this.#capacity || this.#bytes >= BATCH_BYTES
  }

  /** Reads the fields `columns` of a block. */
  add(block: Block, columns: readonly number[]): void {
    const { bounds, rows, width } = block
    for (let k = 0; k < columns.length; k++)
      this.#readers[k]!.read(block, columns[k]!, this.#length)
    this.#length += rows
    this.#bytes += bounds[rows * width * 2 - 1]! - bounds[0]!
  }

  /** Leaves out the record `row` of the block that is being read. */
  drop(row: number): void {
    this.#dropped ??= new Uint8Array(this.#capacity)
    this.#dropped[this.#length + row] = 1
  }

  /** The batch so far; begins anew. */
  finish(skipped: () => void): RecordBatch {
    const length = this.#length
    const columns = this.#readers.map(reader => reader.finish(length))
    const batch = new RecordBatch(this.#shape, this.#names, columns, length)
    const dropped = this.#dropped
    this.#length = 0
    this.#bytes = 0
    this.#dropped = undefined
    if (dropped === undefined) return batch
    const kept: number[] = []
    for (let row = 0; row < length; row++) {
      if (dropped[row] === 1) skipped()
      else kept.push(row)
    }
    return batch.take(Int32Array.from(kept))
  }
}

function dataType(type: CsvType | undefined): DataType {
  if (type === undefined) return any
  return { boolean, float64, int32, number: float64, string, timestamp }[type]
}

/** A name as it is written in an object literal. */
function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

function safeText(bytes: Uint8Array, start: number, end: number): string {
  try {
    return decodeText(bytes, start, Math.min(end, start + 200))
  } catch {
    return new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 200)))
  }
}
