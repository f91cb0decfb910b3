/** The memory budget of an environment, shared by the operators of its jobs. */
import { ArgumentError } from '../errors.js'

/**
 * Counts bytes against a budget. Operators reserve before they keep data; who does not get what it
 * asks for spills, and asks again.
 */
export class MemoryPool {
  /** Bytes that all operators together may keep. */
  readonly budget: number
  /** Bytes reserved now. */
  used = 0
  /** The most bytes that were ever reserved at once. */
  peak = 0

  constructor(budget: number) {
    this.budget = budget
  }

  /** Reserves `bytes` if they fit the budget, and says whether it did. */
  tryReserve(bytes: number): boolean {
    if (this.used + bytes > this.budget) return false
    this.used += bytes
    if (this.used > this.peak) this.peak = this.used
    return true
  }

  /** Gives back what was reserved. */
  release(bytes: number): void {
    this.used -= bytes
  }
}

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KIB: 1024,
  MIB: 1024 ** 2,
  GIB: 1024 ** 3,
}

/**
 * A number of bytes from a number or a text such as `'64 MiB'`.
 *
 * @throws {ArgumentError} If it is neither.
 */
export function parseBytes(size: number | string, operation: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/.exec(String(size))
  const unit = UNITS[(match?.[2] || 'B').toUpperCase()]
  const bytes = match && unit ? Math.floor(Number(match[1]) * unit) : Number.NaN
  if (!(bytes > 0)) {
    throw new ArgumentError(
      `${operation}: memory must be a positive number of bytes or a text such as '64 MiB'; got ${size}.`,
    )
  }
  return bytes
}
