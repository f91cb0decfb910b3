/** How generated code reads the values of columns. */
import type { Column, Layout } from '../../types/column.js'
import { type CodeBuilder, keySource } from './code-builder.js'

/** What generated code depends on of a column: code for one column fits all of the same layout. */
export interface ColumnLayout {
  readonly name: string
  readonly layout: Layout
  readonly nullable: boolean
}

/** Reads one column in generated code. Lines that get at its arrays are added when it is first used. */
export interface ColumnCode {
  readonly column: ColumnLayout
  /** The name of the array of values (codes of a dictionary). */
  values(): string
  /** An expression for the value at `row`, as functions see it; objects are made anew each time. */
  value(row: string): string
  /** A condition: is the value at `row` missing? `undefined` when none is. */
  missing(row: string): string | undefined
}

/** The layout of `column` under `name`. */
export function columnLayout(name: string, column: Column): ColumnLayout {
  return { name, layout: column.layout, nullable: column.valid !== null }
}

/** A text that is the same for columns that the same code can read. */
export function columnSignature({ name, layout, nullable }: ColumnLayout): string {
  return `${JSON.stringify(name)}:${layout}${nullable ? '?' : ''}`
}

/**
 * Code that reads a column.
 *
 * @param source An expression that gives the column at the beginning of the function.
 */
export function columnCode(code: CodeBuilder, source: string, column: ColumnLayout): ColumnCode {
  const { layout, name, nullable } = column
  const self = once(() => code.first(source, `${name}_column`))
  const array = layout === 'dictionary' ? 'codes' : 'values'
  const values = once(() => code.first(`${self()}.${array}`, name))
  const valid = once(() => code.first(`${self()}.valid`, `${name}_valid`))
  const strings = once(() => code.first(`${self()}.dictionary.values`, `${name}_strings`))
  const size = once(() => code.first(`${self()}.size`, `${name}_size`))
  const present = (row: string): string => {
    switch (layout) {
      case 'boolean':
        return `${values()}[${row}] === 1`
      case 'int32':
      case 'float64':
      case 'text':
        return `${values()}[${row}]`
      case 'timestamp':
        return `new Date(${values()}[${row}])`
      case 'dictionary':
        return `${strings()}[${values()}[${row}]]`
      case 'vector':
        return `${values()}.slice(${row} * ${size()}, (${row} + 1) * ${size()})`
      case 'sparse':
        return `${self()}.get(${row})`
      case 'any':
        return `(${values()}[${row}] ?? null)`
    }
  }
  const missing = (row: string) => (nullable ? `${valid()}[${row}] === 0` : undefined)
  return {
    column,
    values,
    missing,
    value(row) {
      const gone = missing(row)
      return gone === undefined ? present(row) : `(${gone} ? null : ${present(row)})`
    },
  }
}

/** A function that calls `make` the first time only. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** An object or array literal. */
export function recordSource(
  shape: 'object' | 'tuple',
  fields: Iterable<readonly [name: string, value: string]>,
): string {
  const all = [...fields]
  if (shape === 'tuple') return `[${all.map(([, value]) => value).join(', ')}]`
  if (all.length === 0) return '{}'
  return `{ ${all.map(([name, value]) => `${keySource(name)}: ${value}`).join(', ')} }`
}
