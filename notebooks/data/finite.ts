import type { Values } from './rows.js'
import { numbersOf } from './rows.js'

/** The numbers among values, and how many values are none. */
export interface Finite {
  readonly numbers: Float64Array
  /** Missing values, NaN, infinities, and what is no number at all. */
  readonly others: number
}

/** Takes the finite numbers of values. */
export function finiteOf(values: Values): Finite {
  const numbers = numbersOf(values).filter(Number.isFinite)
  return { numbers, others: values.length - numbers.length }
}

/** `3 of 500 values are left out: missing, NaN or infinite.`; nothing where none is. */
export function leftOut(others: number, all: number, what = 'values'): string | undefined {
  if (others === 0) return undefined
  return `${grouped(others)} of ${grouped(all)} ${what} left out: missing, NaN or infinite.`
}

/** A number for people: `1,234`, `0.1235`. */
export function grouped(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  // More digits than numbers have would be zeros.
  if (Math.abs(value) >= 1e15) return String(Number(value.toPrecision(4)))
  const decimals = Number.isInteger(value) ? 0 : Math.abs(value) >= 1000 ? 0 : undefined
  if (decimals !== undefined) return WHOLE.format(value)
  return String(Number(value.toPrecision(4)))
}

/** Made once: making one takes longer than a thousand uses. */
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
