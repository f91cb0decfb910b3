import {
  knownOptions,
  shown,
  type TableCells,
  tableCells,
  tableLines,
} from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { MAIN } from '../charts/theme.js'
import { nameOf } from '../data/categories.js'
import { grouped } from '../data/finite.js'
import { numbersOf, type Rows, Table, type Values } from '../data/rows.js'
import { typeOf } from '../data/type-of.js'
import { Displayable } from '../display/displayable.js'
import { escaped } from '../display/escaped.js'
import { tableHTML } from '../display/table-html.js'

/** Options of `summary`. */
export interface SummaryOptions {
  /** What it is of, above it. */
  readonly caption?: string
}

/** What the fields of records are like. */
export class SummaryView extends Displayable {
  override readonly title: string
  readonly #fields: readonly FieldFigures[]
  readonly #note: string

  /** @internal Made by `summary`. */
  constructor(title: string, fields: readonly FieldFigures[], note: string) {
    super()
    this.title = title
    this.#fields = fields
    this.#note = note
  }

  override toHTML(): string {
    return tableHTML({
      caption: this.title,
      heads: HEADS.map(html => ({ html })),
      rows: this.#fields.map(field => [...textsOf(field).map(escaped), bars(field)]),
      note: this.#note,
    })
  }

  override toString(): string {
    const texts = this.#fields.map(textsOf)
    const columns = HEADS.slice(0, -1).map(
      (name, k): TableCells =>
        tableCells(
          name,
          texts.map(row => row[k]),
          40,
        ),
    )
    return [this.title, ...(texts.length > 0 ? tableLines(columns) : []), this.#note].join('\n')
  }
}

/**
 * What each field of the records is like: its type, how many values are missing, how many are different,
 * its range or its most frequent value, and how it is spread.
 *
 * @param data A list of records, or arrays by name; `await data.toColumns()` of a data set.
 * @throws {ArgumentError} If the data are neither, or an option is unknown.
 * Cost: O(values log values).
 * @example
 * console.log(String(summary([{ city: 'Oslo', people: 709 }, { city: 'Bern', people: null }])))
 * // Summary
 * // field   type     missing   distinct  values
 * // ──────  ───────  ────────  ────────  ──────────────────────
 * // city    text     0         2         Oslo, ...
 * // people  integer  1 (50 %)  1         709 to 709, median 709
 * // 2 records, 2 fields
 */
export function summary<T extends object>(
  data: Rows<T>,
  options: SummaryOptions = {},
): SummaryView {
  const name = 'summary'
  knownOptions(options, ['caption'], name)
  const { caption = 'Summary' } = options
  if (typeof caption !== 'string') {
    throw new ArgumentError(`${name}: caption must be a text; got ${shown(caption)}.`)
  }
  const table = new Table(data, name)
  const fields = table.names.map(field => figuresOf(field, table.values(field, 'field')))
  const records = `${grouped(table.length)} ${table.length === 1 ? 'record' : 'records'}`
  const count = `${grouped(fields.length)} ${fields.length === 1 ? 'field' : 'fields'}`
  return new SummaryView(caption, fields, `${records}, ${count}`)
}

const HEADS = ['field', 'type', 'missing', 'distinct', 'values', 'spread']

/** What is known of a field. */
interface FieldFigures {
  readonly name: string
  readonly type: string
  readonly length: number
  readonly missing: number
  readonly distinct: number
  /** In words: its range, or its most frequent value. */
  readonly values: string
  /** How many values there are in each part of its range, or of each of the most frequent ones. */
  readonly spread: readonly number[]
}

const PARTS = 16

function figuresOf(name: string, values: Values): FieldFigures {
  const present: unknown[] = []
  for (let k = 0; k < values.length; k++) {
    const value = values[k]
    const missing = value === null || value === undefined || Number.isNaN(value)
    if (!missing) present.push(value)
  }
  const type = typeOf(values)
  const base = { name, type, length: values.length, missing: values.length - present.length }
  const numeric = type === 'integer' || type === 'number' || type === 'date'
  if (numeric) return { ...base, ...ofNumbers(present, type === 'date') }
  const counts = new Map<string, number>()
  for (const value of present) counts.set(textOf(value), (counts.get(textOf(value)) ?? 0) + 1)
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1])
  const [first] = sorted
  const top = first === undefined ? '' : `${short(first[0])} (${grouped(first[1])})`
  return {
    ...base,
    distinct: counts.size,
    values:
      first === undefined
        ? ''
        : counts.size === present.length
          ? `${short(first[0])}, ...`
          : `most often ${top}`,
    spread: sorted.slice(0, PARTS).map(([, count]) => count),
  }
}

function ofNumbers(present: readonly unknown[], dates: boolean) {
  const sorted = numbersOf(present).filter(Number.isFinite).sort()
  if (sorted.length === 0) return { distinct: 0, values: '', spread: [] }
  let distinct = 1
  for (let k = 1; k < sorted.length; k++) if (sorted[k] !== sorted[k - 1]) distinct++
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  const spread = new Array<number>(low === high ? 1 : PARTS).fill(0)
  for (const value of sorted) {
    spread[Math.min(spread.length - 1, Math.floor((PARTS * (value - low)) / (high - low || 1)))]!++
  }
  const said = (value: number) => (dates ? nameOf(new Date(value)) : grouped(value))
  const median = sorted[(sorted.length - 1) >> 1]!
  return { distinct, values: `${said(low)} to ${said(high)}, median ${said(median)}`, spread }
}

function textOf(value: unknown): string {
  return typeof value === 'object' && !(value instanceof Date) ? shown(value) : nameOf(value)
}

function short(text: string): string {
  const characters = [...text]
  return characters.length > 24 ? `${characters.slice(0, 23).join('')}…` : text
}

function textsOf({ name, type, length, missing, distinct, values }: FieldFigures): string[] {
  const share = length > 0 ? ` (${grouped(Math.round((1000 * missing) / length) / 10)} %)` : ''
  return [
    name,
    type,
    missing === 0 ? '0' : `${grouped(missing)}${share}`,
    grouped(distinct),
    values,
  ]
}

/** Small bars. */
function bars({ spread, name }: FieldFigures): string {
  const most = Math.max(...spread)
  if (spread.length === 0) return ''
  const width = 112 / PARTS
  const drawn = spread.map((count, k) => {
    const height = Math.max(count > 0 ? 1 : 0, Math.round((18 * count) / most))
    return `<rect x="${k * width}" y="${20 - height}" width="${width - 1}" height="${height}"><title>${grouped(count)}</title></rect>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="spread of ${escaped(name)}" width="112" height="20" fill="${MAIN}">${drawn.join('')}</svg>`
}
