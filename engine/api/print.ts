/** Tables for terminals. */
import type { RecordBatch } from '../types/batch.js'
import { isDate, shown } from '../types/column-writer.js'
import { concatBatches } from '../types/concat.js'
import { SparseVector } from '../types/sparse-vector.js'
import { knownOptions, nonNegativeInteger } from './arguments.js'

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

/**
 * The first records as an aligned table: numbers right, with as many decimals as the column needs,
 * missing values empty.
 */
export function tableText(batches: readonly RecordBatch[], options: PrintOptions = {}): string {
  knownOptions(options, ['rows', 'width', 'signal', 'onProgress'], 'print')
  const { rows = 20, width = 40 } = options
  nonNegativeInteger(rows, 'print', 'rows')
  nonNegativeInteger(width, 'print', 'width')
  const total = batches.reduce((sum, batch) => sum + batch.length, 0)
  const batch = concatBatches(firstRows(batches, rows))
  if (total === 0)
    return batch.names.length > 0 ? `${batch.names.join('  ')}\n(no records)` : '(no records)'
  const shownRows = Math.min(rows, batch.length)
  const columns = batch.columns.map((column, k) => {
    const values = Array.from({ length: shownRows }, (_, row) => column.get(row))
    return cells(batch.names[k]!, values, width)
  })
  const line = (row: number) =>
    columns
      .map(({ texts, right, size }) => pad(texts[row]!, size, right))
      .join('  ')
      .trimEnd()
  const rule = columns.map(({ size }) => '─'.repeat(size)).join('  ')
  const lines = [line(0), rule, ...Array.from({ length: shownRows }, (_, row) => line(row + 1))]
  const more = total - shownRows
  if (more > 0) lines.push(`... ${INTEGER.format(more)} more`)
  return lines.join('\n')
}

function firstRows(batches: readonly RecordBatch[], rows: number): RecordBatch[] {
  const taken: RecordBatch[] = []
  let left = Math.max(rows, 1)
  for (const batch of batches) {
    if (left <= 0) break
    taken.push(batch.slice(0, Math.min(left, batch.length)))
    left -= batch.length
  }
  return taken
}

function cells(name: string, values: readonly unknown[], width: number) {
  const present = values.filter(value => value !== null)
  const right = present.length > 0 && present.every(value => typeof value === 'number')
  const format = right ? numberFormat(present as number[]) : undefined
  const texts = [name, ...values.map(value => cut(format?.(value) ?? cellText(value), width))]
  return { texts, right, size: Math.max(...texts.map(displayWidth)) }
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
  if (isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : dateText(value)
  if (value instanceof Float64Array) return `[${value.join(', ')}]`
  if (value instanceof SparseVector) {
    return `{${Array.from(value.indices, (index, k) => `${index}: ${value.values[k]}`).join(', ')}}`
  }
  return shown(value)
}

/** A date without a time of day is printed as one. */
function dateText(date: Date): string {
  return date.toISOString().replace('T00:00:00.000Z', '').replace('.000Z', 'Z')
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
