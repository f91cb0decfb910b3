/** Answers in a form that can be compared: named facets, each a value or a small table. */

/** What contenders must agree about; only facets that both have are compared. */
export type Answer = Readonly<Record<string, Cell | readonly (readonly Cell[])[]>>

/** A value in an answer. */
export type Cell = string | number | boolean | null

/** Sums that depend on the order of additions may differ by this share. */
const TOLERANCE = 1e-9

/** What two answers differ in, in words; `undefined` when they are the same. */
export function sameAnswer(left: Answer, right: Answer): string | undefined {
  const shared = Object.keys(left).filter(facet => facet in right)
  if (shared.length === 0) return 'everything: they have no facet in common.'
  for (const facet of shared) {
    const [a, b] = [tableOf(left[facet]!), tableOf(right[facet]!)]
    if (a.length !== b.length) return `${facet}: ${a.length} rows and ${b.length}.`
    for (const [k, row] of a.entries()) {
      const other = b[k]!
      const same = row.length === other.length && row.every((cell, j) => sameCell(cell, other[j]!))
      if (!same) return `${facet}, row ${k}: ${JSON.stringify(row)} and ${JSON.stringify(other)}.`
    }
  }
  return undefined
}

/** Values of rivals as cells: big integers as numbers, dates as milliseconds. */
export function cell(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.getTime()
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  return String(value)
}

/** Records as rows of cells. */
export function rows(records: Iterable<object>): Cell[][] {
  return Array.from(records, record => Object.values(record).map(cell))
}

/** A sum of numbers weighted by their places, so that their order counts. */
export function orderedSum(values: ArrayLike<number | bigint>): number {
  let total = 0
  for (let k = 0; k < values.length; k++) total += Number(values[k]) * ((k % 1009) + 1)
  return total
}

/** The sum of products. */
export function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let total = 0
  for (let k = 0; k < left.length; k++) total += left[k]! * right[k]!
  return total
}

/** The sum of numbers. */
export function total(values: ArrayLike<number>): number {
  let total = 0
  for (let k = 0; k < values.length; k++) total += values[k]!
  return total
}

function tableOf(facet: Answer[string]): readonly (readonly Cell[])[] {
  return Array.isArray(facet) ? facet : [[facet as Cell]]
}

function sameCell(a: Cell, b: Cell): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Object.is(a, b) || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b))
}
