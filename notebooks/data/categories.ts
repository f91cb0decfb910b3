import { CATEGORIES, MOST_CATEGORIES } from '../charts/theme.js'
import type { Values } from './rows.js'

/** Kinds of records, each with a colour. */
export interface Categories {
  /** The names, the most frequent first; the last one may stand for all others. */
  readonly names: readonly string[]
  /** By record: the place of its name. */
  readonly codes: Int32Array
  /** For the legend. */
  readonly legend: readonly (readonly [name: string, color: string])[]
  /** What was put together, in words. */
  readonly note: string | undefined
}

/** Kinds from values: the most frequent have colours, the others share one. */
export function categoriesOf(values: Values, most = MOST_CATEGORIES): Categories {
  const counts = new Map<string, number>()
  const names = Array.from({ length: values.length }, (_, k) => nameOf(values[k]))
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  const sorted = [...counts.keys()].toSorted(
    (a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1),
  )
  const kept = sorted.length <= most ? sorted : sorted.slice(0, most - 1)
  const others = sorted.length - kept.length
  const shown = others === 0 ? kept : [...kept, `${others} others`]
  const place = new Map(kept.map((name, k) => [name, k]))
  return {
    names: shown,
    codes: Int32Array.from(names, name => place.get(name) ?? kept.length),
    legend: shown.map((name, k) => [name, CATEGORIES[k % CATEGORIES.length]!]),
    note:
      others === 0 ? undefined : `${others} kinds with the fewest records share the last colour.`,
  }
}

/** A value as a name. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '(missing)'
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value)
}
