import { SparseVector } from '../../engine/index.js'
import type { Values } from './rows.js'

/** Values that are looked at. */
const LOOKED_AT = 1000

/** The type of values, in a word: that of all of them, or `mixed`. */
export function typeOf(values: Values): string {
  const found = new Set<string>()
  for (let k = 0; k < Math.min(values.length, LOOKED_AT); k++) {
    const value = values[k]
    if (value !== null && value !== undefined) found.add(wordFor(value))
  }
  if (found.has('integer') && found.has('number')) found.delete('integer')
  if (found.size === 0) return 'nothing'
  return found.size === 1 ? [...found][0]! : 'mixed'
}

function wordFor(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  if (typeof value === 'string') return 'text'
  if (typeof value !== 'object') return typeof value
  if (value instanceof Date) return 'date'
  if (value instanceof Float64Array) return `vector(${value.length})`
  if (value instanceof SparseVector) return `sparse(${value.size})`
  return Array.isArray(value) ? 'list' : 'object'
}
