/** Tables for terminals. */

import { knownOptions, nonNegativeInteger } from '../types/arguments.js'
import type { RecordBatch } from '../types/batch.js'
import { isDate, shown } from '../types/column-writer.js'
import { concatBatches } from '../types/concat.js'
import { SparseVector } from '../types/sparse-vector.js'

/** Options of `print` and `toTable`. */
export interface PrintOptions {
  /** Records to show; the number of those left out is said below. Default 20. */
  readonly rows?: number
  /** Characters that a cell may have before it is cut. Default 40. */
  readonly width?: number
}

const INTEGER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const DECIMAL = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})

/** Gathers the records that a table shows, and counts the others. */
export class TablePreview {
  readonly #options: Required<PrintOptions>
  readonly #batches: RecordBatch[] = []
  #shown = 0
  #total = 0

  /** @throws {ArgumentError} If an option is unknown or out of range. */
  constructor(options: PrintOptions) {
    knownOptions(options, ['rows', 'width', 'signal', 'onProgress'], 'print')
    const { rows = 20, width = 40 } = options
    nonNegativeInteger(rows, 'print', 'rows')
    nonNegativeInteger(width, 'print', 'width')
    this.#options = { rows, width }
  }

  /** Takes a batch in; keeps no more of it than will be shown. */
  add(batch: RecordBatch): void {
    this.#total += batch.length
    const wanted = Math.min(this.#options.rows - this.#shown, batch.length)
    if (wanted <= 0 && this.#batches.length > 0) return
    this.#batches.push(batch.slice(0, wanted))
    this.#shown += wanted
  }

  /**
   * The aligned table: numbers right, with as many decimals as the column needs, missing values
   * empty, and below it how many records are not shown.
   */
  text(): string {
    const batch = concatBatches(this.#batches)
    if (this.#total === 0) {
      return batch.names.length > 0 ? `${batch.names.join('  ')}\n(no records)` : '(no records)'
    }
    const columns = batch.columns.map((column, k) => {
      const values = Array.from({ length: batch.length }, (_, row) => column.get(row))
      return tableCells(batch.names[k]!, values, this.#options.width)
    })
    const lines = tableLines(columns)
    const more = this.#total - batch.length
    if (more > 0) lines.push(`... ${INTEGER.format(more)} more`)
    return lines.join('\n')
  }
}

/** A column of a table as texts. */
export interface TableCells {
  /** The name, then the values. */
  readonly texts: readonly string[]
  /** Whether they stand on the right, as numbers do. */
  readonly right: boolean
}

/** The lines of an aligned table: names, a rule, records. */
export function tableLines(columns: readonly TableCells[]): string[] {
  const sizes = columns.map(({ texts }) => Math.max(...texts.map(displayWidth)))
  const line = (row: number) =>
    columns
      .map(({ texts, right }, k) => pad(texts[row]!, sizes[k]!, right))
      .join('  ')
      .trimEnd()
  const records = (columns[0]?.texts.length ?? 1) - 1
  const rule = sizes.map(size => '─'.repeat(size)).join('  ')
  return [line(0), rule, ...Array.from({ length: records }, (_, row) => line(row + 1))]
}

/**
 * A column of a table: numbers with as many decimals as the column needs, dates without a time of day
 * where none has one, missing values empty.
 *
 * @param width Characters that a cell may have before it is cut.
 */
export function tableCells(name: string, values: readonly unknown[], width: number): TableCells {
  const present = values.filter(value => value !== null)
  const right = present.length > 0 && present.every(value => typeof value === 'number')
  const format = right ? numberFormat(present as number[]) : undefined
  const days = present.every(value => isDate(value) && dateText(value).length === DAY.length)
  const text = (value: unknown) =>
    !days && isDate(value) ? timeText(value) : (format?.(value) ?? cellText(value))
  const texts = [name, ...values.map(value => cut(text(value), width))]
  return { texts, right }
}

/** Whole numbers with thousands separators; else two decimals, more when all are small. */
function numberFormat(values: readonly number[]): (value: unknown) => string {
  const finite = values.filter(Number.isFinite)
  const whole = finite.every(Number.isInteger)
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return value => {
    if (value === null) return ''
    const number = value as number
    if (!Number.isFinite(number)) return String(number)
    if (largest >= 1e15 || (largest > 0 && largest < 0.1))
      return String(Number(number.toPrecision(4)))
    return (whole ? INTEGER : DECIMAL).format(number)
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.replace(/[\n\r\t]/g, ' ')
  if (isDate(value)) return dateText(value)
  if (value instanceof Float64Array) return `[${value.join(', ')}]`
  if (value instanceof SparseVector) {
    return `{${Array.from(value.indices, (index, k) => `${index}: ${value.values[k]}`).join(', ')}}`
  }
  return shown(value)
}

const DAY = 'YYYY-MM-DD'

/** A date without a time of day is shown as one, if all of its column are. */
function dateText(date: Date): string {
  return timeText(date).replace('T00:00:00Z', '')
}

function timeText(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString().replace('.000Z', 'Z')
}

function cut(text: string, width: number): string {
  return displayWidth(text) > width
    ? `${[...text].slice(0, Math.max(width - 1, 0)).join('')}…`
    : text
}

/** Columns that a text takes on a terminal; wide East Asian characters and emoji take two. */
function displayWidth(text: string): number {
  let width = 0
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
        character,
      )
        ? 2
        : 1
  }
  return width
}

function pad(text: string, size: number, right: boolean): string {
  const space = ' '.repeat(Math.max(size - displayWidth(text), 0))
  return right ? space + text : text + space
}
