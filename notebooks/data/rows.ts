import { nearestFirst, shown } from '../../engine/extend.js'
import { ArgumentError, DataSet } from '../../engine/index.js'

/** Data for figures: a list of records, or arrays by name as `toColumns` gives them. */
export type Rows<T> = readonly T[] | { readonly [P in keyof T]: ArrayLike<T[P]> } | ArrowRows

/** A table of Apache Arrow, as much of it as is read. */
export interface ArrowRows {
  /** What it has. */
  readonly schema: { readonly fields: readonly { readonly name: string; readonly type: unknown }[] }
  readonly numRows: number
  /** The values of a field. */
  getChild(name: string): { readonly length: number; get(row: number): unknown } | null
}

/** What is known of a record of such a table: its fields may have any names. */
export type ArrowRecord = Readonly<Record<string, unknown>>

/** Values of a field. */
export type Values = ArrayLike<unknown>

/** Records in memory, read by field. */
export class Table {
  /** The number of records. */
  readonly length: number
  /** The fields. */
  readonly names: readonly string[]
  readonly #columns: Readonly<Record<string, Values>> | undefined
  readonly #records: readonly Readonly<Record<string, unknown>>[] | undefined
  readonly #figure: string

  /**
   * @param figure The figure's name, for errors.
   * @throws {ArgumentError} If it is neither a list of records nor columns of one length.
   */
  constructor(data: unknown, figure: string) {
    this.#figure = figure
    refuseDataSets(data, figure)
    if (Array.isArray(data)) {
      const wrong = data.findIndex(record => typeof record !== 'object' || record === null)
      if (wrong >= 0) {
        throw new ArgumentError(
          `${figure}: the data must be records with fields; number ${wrong} is ${shown(data[wrong])}.`,
        )
      }
      this.#records = data
      this.length = data.length
      this.names = [...new Set(data.slice(0, 1000).flatMap(record => Object.keys(record)))]
      return
    }
    if (typeof data !== 'object' || data === null) {
      throw new ArgumentError(
        `${figure}: the data must be a list of records, or arrays by name; got ${shown(data)}.`,
      )
    }
    const columns = isArrow(data) ? arrowColumns(data) : (data as Readonly<Record<string, Values>>)
    this.#columns = columns
    this.names = Object.keys(columns)
    const lengths = this.names.map(name => lengthOf(columns[name], name, figure))
    this.length = lengths[0] ?? 0
    const other = lengths.findIndex(length => length !== this.length)
    if (other >= 0) {
      throw new ArgumentError(
        `${figure}: columns must have one length; "${this.names[0]}" has ${this.length} values, "${this.names[other]}" has ${lengths[other]}.`,
      )
    }
  }

  /**
   * The values of a field, by record.
   *
   * @throws {ArgumentError} If there is no such field; lists those that there are.
   */
  values(name: unknown, option: string): Values {
    if (typeof name !== 'string') {
      throw new ArgumentError(
        `${this.#figure}: ${option} must be the name of a field; got ${name === undefined ? 'nothing' : shown(name)}.`,
      )
    }
    if (!this.names.includes(name) && this.length > 0) {
      throw new ArgumentError(
        `${this.#figure}: field "${name}" is not in the data; it has ${nearestFirst(name, this.names).join(', ')}.`,
      )
    }
    const columns = this.#columns
    if (columns !== undefined) return columns[name] ?? []
    return this.#records!.map(record => record[name])
  }

  /** The numbers of a field; what is none is NaN, dates are milliseconds. */
  numbers(name: unknown, option: string): Float64Array {
    return numbersOf(this.values(name, option))
  }
}

function isArrow(data: object): data is ArrowRows {
  const { schema, getChild } = data as Partial<ArrowRows>
  return typeof getChild === 'function' && Array.isArray(schema?.fields)
}

/** The columns of an Arrow table; times, which Arrow gives as numbers, are dates. */
function arrowColumns(data: ArrowRows): Readonly<Record<string, Values>> {
  const columns = data.schema.fields.map(({ name, type }) => {
    const values = data.getChild(name)
    const isTime = /^(Date|Timestamp)/.test(String(type))
    const at = (row: number) => {
      const value = values?.get(row) ?? null
      return isTime && typeof value === 'number' ? new Date(value) : value
    }
    return [name, Array.from({ length: data.numRows }, (_, row) => at(row))]
  })
  return Object.fromEntries(columns)
}

/** The numbers among values; what is none is NaN, dates are milliseconds, switches 0 and 1. */
export function numbersOf(values: Values): Float64Array {
  return Float64Array.from({ length: values.length }, (_, k) => {
    const value = values[k]
    if (typeof value === 'number') return value
    if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value)
    return value instanceof Date ? value.getTime() : Number.NaN
  })
}

/**
 * A figure draws what is there and runs nothing.
 *
 * @throws {ArgumentError} If it was given a data set.
 */
export function refuseDataSets(data: unknown, figure: string): void {
  if (!(data instanceof DataSet)) return
  throw new ArgumentError(
    `${figure}: got a data set, which has to run first. Give what it gives: ${figure}(await data.collect(), ...), or toColumns() for many records.`,
  )
}

function lengthOf(values: Values | undefined, name: string, figure: string): number {
  if (typeof values === 'object' && values !== null && typeof values.length === 'number') {
    return values.length
  }
  throw new ArgumentError(`${figure}: column "${name}" must be an array; got ${shown(values)}.`)
}
