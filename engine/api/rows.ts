/** Types of records that come from files. */

/** A value of a field of a file whose types the program does not know. */
export type Cell = string | number | boolean | Date | null

/** A record of a file whose fields the program does not know; give your own type where it does. */
export type Row = Readonly<Record<string, Cell>>

/** The names of column types in options, and the values they stand for. */
export interface CellTypes {
  boolean: boolean
  int32: number
  float64: number
  number: number
  string: string
  timestamp: Date
}

/** A record with the types that the option `types` gives; other fields are any `Cell`. */
export type TypedRow<C> = {
  readonly [K in keyof C]: C[K] extends keyof CellTypes ? CellTypes[C[K]] : Cell
} & Row

/** Types given for some columns by name. */
export type TypesGiven = Readonly<Record<string, keyof CellTypes>>

/** The record that columns given as arrays make. */
export type ColumnsRecord<C> = {
  -readonly [K in keyof C]: C[K] extends readonly (infer V)[]
    ? Widened<V>
    : C[K] extends BigInt64Array | BigUint64Array
      ? number | bigint
      : number
}

/** The type of a literal: `'a'` is text. */
type Widened<V> = V extends string
  ? string
  : V extends number
    ? number
    : V extends boolean
      ? boolean
      : V
