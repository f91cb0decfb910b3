/** Keys and orders of values as the engine promises them, the naive version. */
import type { SortKey } from '../../engine/plan/key.js'

/** Whether a value is missing. */
export function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

/** A text that two values share when they are equal as keys. */
export function keyTextOf(value: unknown): string {
  if (isMissing(value)) return 'missing'
  if (value === 0) return 'number 0'
  if (value instanceof Date) return `date ${value.getTime()}`
  if (Array.isArray(value)) return `[${value.map(keyTextOf).join()}]`
  if (typeof value === 'object') {
    const parts = Object.entries(value).filter(([, part]) => !isMissing(part))
    return `{${parts.map(([name, part]) => `${JSON.stringify(name)}:${keyTextOf(part)}`).sort()}}`
  }
  return `${typeof value} ${JSON.stringify(String(value))}`
}

/** Compares two values: numbers and the like by direction, then NaN, then what is missing. */
export function compareValues(a: unknown, b: unknown, direction: SortKey['direction']): number {
  const last = (value: unknown) => (isMissing(value) ? 2 : Number.isNaN(value) ? 1 : 0)
  if (last(a) !== 0 || last(b) !== 0) return last(a) - last(b)
  const [x, y] = [a as number, b as number]
  const order = TYPES.indexOf(typeof a) - TYPES.indexOf(typeof b) || (x < y ? -1 : x > y ? 1 : 0)
  return direction === 'ascending' ? order : -order
}

const TYPES = ['boolean', 'number', 'string', 'object']
