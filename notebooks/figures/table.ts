import {
  knownOptions,
  nonNegativeInteger,
  positiveInteger,
  shown,
  tableCells,
  tableLines,
} from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { grouped } from '../data/finite.js'
import { type ArrowRecord, type ArrowRows, type Rows, Table, type Values } from '../data/rows.js'
import { typeOf } from '../data/type-of.js'
import { Displayable } from '../display/displayable.js'
import { escaped } from '../display/escaped.js'
import { tableHTML } from '../display/table-html.js'

/** Options of `table`. */
export interface TableOptions<T> {
  /** The most records that are shown. Default 10. */
  readonly rows?: number
  /** The fields that are shown, in this order. Default: all, at most 20. */
  readonly columns?: readonly (keyof T & string)[]
  /** What it shows, above it. */
  readonly caption?: string
  /** The most characters of a cell. Default 40. */
  readonly width?: number
}

/** A table. */
export class TableView extends Displayable {
  override readonly title: string
  readonly #parts: TableParts

  /** @internal Made by `table` and its kin. */
  constructor(parts: TableParts) {
    super()
    this.title = parts.caption ?? 'Table'
    this.#parts = parts
  }

  override toHTML(): string {
    const { caption, columns, types, note } = this.#parts
    const length = (columns[0]?.texts.length ?? 1) - 1
    const missing = '<span style="opacity:.5">–</span>'
    return tableHTML({
      caption,
      heads: columns.map(({ texts, right }, k) => {
        const type = `<br/><span style="font-weight:400;opacity:.6;font-size:85%">${escaped(types[k]!)}</span>`
        return { html: escaped(texts[0]!) + type, right }
      }),
      rows: Array.from({ length }, (_, row) =>
        columns.map(({ texts }) => escaped(texts[row + 1]!) || missing),
      ),
      note,
    })
  }

  override toString(): string {
    const { caption, columns, note } = this.#parts
    return [...(caption === undefined ? [] : [caption]), ...tableLines(columns), note].join('\n')
  }
}

/** What a table is made of. */
export interface TableParts {
  readonly caption?: string | undefined
  readonly columns: readonly { readonly texts: readonly string[]; readonly right: boolean }[]
  /** Below the names. */
  readonly types: readonly string[]
  /** Below the table: its shape, what is not shown. */
  readonly note: string
}

/**
 * Records as a table: numbers aligned, types below the names, missing values as a dash, the shape below.
 *
 * @param data A list of records, or arrays by name; `await data.collect()` of a data set.
 * @throws {ArgumentError} If a field is not there, or an option is unknown or wrong.
 * @example
 * table([{ city: 'Oslo', people: 709000 }, { city: 'Bern', people: null }]).toString()
 * // 'city  people \n────  ───────\nOslo  709,000\nBern\n2 records, 2 fields'
 */
export function table(data: ArrowRows, options?: TableOptions<ArrowRecord>): TableView
export function table<T extends object>(data: Rows<T>, options?: TableOptions<T>): TableView
export function table<T extends object>(data: Rows<T>, options: TableOptions<T> = {}): TableView {
  const name = 'table'
  knownOptions(options, ['rows', 'columns', 'caption', 'width'], name)
  const { rows = 10, caption, width = 40 } = options
  nonNegativeInteger(rows, name, 'rows')
  positiveInteger(width, name, 'width')
  if (caption !== undefined && typeof caption !== 'string') {
    throw new ArgumentError(`${name}: caption must be a text; got ${shown(caption)}.`)
  }
  const read = new Table(data, name)
  const wanted = options.columns ?? read.names.slice(0, MOST_FIELDS)
  const all = wanted.map(field => read.values(field, 'columns'))
  const length = Math.min(rows, read.length)
  const columns = all.map((values, k) => tableCells(wanted[k]!, head(values, length), width))
  const fields = `${grouped(read.names.length)} ${read.names.length === 1 ? 'field' : 'fields'}`
  const records = `${grouped(read.length)} ${read.length === 1 ? 'record' : 'records'}`
  const hidden = [
    ...(length < read.length ? [`${grouped(read.length - length)} records`] : []),
    ...(wanted.length < read.names.length
      ? [`${grouped(read.names.length - wanted.length)} fields`]
      : []),
  ]
  return new TableView({
    caption,
    columns,
    types: all.map(typeOf),
    note: `${records}, ${fields}${hidden.length > 0 ? `; ${hidden.join(' and ')} not shown` : ''}`,
  })
}

const MOST_FIELDS = 20

function head(values: Values, length: number): unknown[] {
  return Array.from({ length }, (_, k) => values[k] ?? null)
}
