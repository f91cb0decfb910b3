import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { Classes } from './labels.js'

/**
 * How much classes count: `'balanced'` makes all count the same in sum; or a factor for each class by
 * its name as text, 1 for classes that are not named.
 */
export type ClassWeights = 'balanced' | Readonly<Record<string, number>>

/** @throws {ArgumentError} Unless it is `'balanced'`, or has factors of at least 0. */
export function checkClassWeights(weights: unknown, operation: string): void {
  if (weights == null || weights === 'balanced') return
  const factors =
    typeof weights === 'object' && !Array.isArray(weights) ? Object.values(weights) : [Number.NaN]
  if (factors.every(factor => typeof factor === 'number' && factor >= 0 && factor < Infinity)) {
    return
  }
  throw new ArgumentError(
    `${operation}: classWeights must be "balanced", or numbers of at least 0 by class, such as { yes: 2 }; got ${shown(weights)}.`,
  )
}

/**
 * Multiplies the weight of each record with that of its class.
 *
 * @param weights By record; changed.
 * @throws {ArgumentError} If a class is named that there is not, or no record counts any more.
 */
export function weighClasses(
  weights: Float64Array,
  { classes, codes }: Classes,
  given: ClassWeights | null | undefined,
  operation: string,
): void {
  if (given == null) return
  const names = classes.map(String)
  const factors = new Float64Array(classes.length).fill(1)
  if (given === 'balanced') {
    const sums = new Float64Array(classes.length)
    for (let row = 0; row < codes.length; row++) sums[codes[row]!]! += weights[row]!
    const total = sums.reduce((a, b) => a + b)
    for (const [code, sum] of sums.entries()) {
      factors[code] = sum === 0 ? 0 : total / (classes.length * sum)
    }
  } else {
    for (const [name, factor] of Object.entries(given)) {
      const code = names.indexOf(name)
      if (code < 0) {
        throw new ArgumentError(
          `${operation}: classWeights names "${name}", which is not a class; there are ${names.join(', ')}.`,
        )
      }
      factors[code] = factor
    }
  }
  let total = 0
  for (let row = 0; row < codes.length; row++) {
    weights[row]! *= factors[codes[row]!]!
    total += weights[row]!
  }
  if (total === 0) {
    throw new ArgumentError(`${operation}: classWeights leave no record that counts.`)
  }
}
