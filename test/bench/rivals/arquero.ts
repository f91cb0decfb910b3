import { loadRival } from './rival.js'

/** Expressions as text, which arquero parses and compiles just like functions. */
type Expressions = Readonly<Record<string, string>>

/** The part of an arquero table that is used here. */
export interface ArqueroTable {
  derive(expressions: Expressions): ArqueroTable
  filter(expression: string): ArqueroTable
  groupby(...keys: (string | Expressions)[]): ArqueroTable
  rollup(expressions: Expressions): ArqueroTable
  join(other: ArqueroTable, on: readonly [string, string]): ArqueroTable
  orderby(...keys: unknown[]): ArqueroTable
  slice(from: number, to: number): ArqueroTable
  dedupe(...keys: string[]): ArqueroTable
  select(...names: string[]): ArqueroTable
  rename(names: Expressions): ArqueroTable
  array(name: string, type?: Float64ArrayConstructor): ArrayLike<number>
  objects(): object[]
  reify(): ArqueroTable
  numRows(): number
}

/** The part of the package `arquero` that is used here. */
export interface Arquero {
  table(columns: Readonly<Record<string, ArrayLike<unknown>>>): ArqueroTable
  desc(name: string): unknown
}

/** arquero itself. */
export function arquero(): Promise<Arquero> {
  return loadRival<Arquero>('arquero')
}
