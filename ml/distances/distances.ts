/** Distances of vectors. Each takes lists of numbers, typed arrays and sparse vectors, all of one size. */
import { numberFrom } from '../../engine/extend.js'
import { type AnyVector, vectorPair } from './vector-pair.js'

/** A distance of two vectors. */
export type Distance = (a: AnyVector, b: AnyVector) => number

/**
 * The length of the straight line: the root of the sum of squared differences.
 *
 * @throws {ArgumentError} If the vectors have different sizes.
 * @example euclideanDistance([0, 0], [3, 4]) // 5
 */
export function euclideanDistance(a: AnyVector, b: AnyVector): number {
  return Math.sqrt(squares(a, b, 'euclideanDistance'))
}

/**
 * The sum of squared differences. No metric: the sides of a triangle may be longer together than they should.
 *
 * @throws {ArgumentError} If the vectors have different sizes.
 * @example squaredEuclideanDistance([0, 0], [3, 4]) // 25
 */
export function squaredEuclideanDistance(a: AnyVector, b: AnyVector): number {
  return squares(a, b, 'squaredEuclideanDistance')
}

/**
 * 1 minus the cosine of the angle: 0 for one direction, 1 for right angles, 2 for opposite ones. Two zero
 * vectors have distance 0, a zero vector and another one 1.
 *
 * @throws {ArgumentError} If the vectors have different sizes.
 * @example cosineDistance([1, 0], [0, 2]) // 1
 */
export function cosineDistance(a: AnyVector, b: AnyVector): number {
  const { ab, aa, bb } = products(a, b, 'cosineDistance')
  if (aa === 0 && bb === 0) return 0
  return aa === 0 || bb === 0 ? 1 : Math.max(1 - ab / (Math.sqrt(aa) * Math.sqrt(bb)), 0)
}

/**
 * The largest difference.
 *
 * @throws {ArgumentError} If the vectors have different sizes.
 * @example chebyshevDistance([0, 0], [3, 4]) // 4
 */
export function chebyshevDistance(a: AnyVector, b: AnyVector): number {
  const pair = vectorPair(a, b, 'chebyshevDistance')
  let most = 0
  for (let k = 0; k < pair.a.length; k++) most = Math.max(most, Math.abs(pair.a[k]! - pair.b[k]!))
  return most
}

/**
 * The sum of differences, as one goes along streets at right angles.
 *
 * @throws {ArgumentError} If the vectors have different sizes.
 * @example manhattanDistance([0, 0], [3, 4]) // 7
 */
export function manhattanDistance(a: AnyVector, b: AnyVector): number {
  const pair = vectorPair(a, b, 'manhattanDistance')
  let sum = 0
  for (let k = 0; k < pair.a.length; k++) sum += Math.abs(pair.a[k]! - pair.b[k]!)
  return sum
}

/**
 * The distance of order `p`: the p-th root of the sum of differences to the power of p. Manhattan's for 1,
 * Euclid's for 2.
 *
 * @param p At least 1.
 * @returns A function of two vectors; it throws `ArgumentError` if they have different sizes.
 * @throws {ArgumentError} If `p` is below 1 or infinite.
 * @example minkowskiDistance(3)([0, 0], [3, 4]).toFixed(3) // '4.498'
 */
export function minkowskiDistance(p: number): Distance {
  numberFrom(p, 'minkowskiDistance', 'p', 1, Number.MAX_VALUE)
  return (a, b) => {
    const pair = vectorPair(a, b, 'minkowskiDistance')
    let sum = 0
    for (let k = 0; k < pair.a.length; k++) sum += Math.abs(pair.a[k]! - pair.b[k]!) ** p
    return sum ** (1 / p)
  }
}

/**
 * 1 minus what two vectors have in common of what they have together: `1 - ab / (aa + bb - ab)`. For vectors of
 * 0 and 1 the distance of Jaccard. Two zero vectors have distance 0.
 *
 * @throws {ArgumentError} If the vectors have different sizes.
 * @example tanimotoDistance([1, 1, 0], [1, 0, 1]).toFixed(3) // '0.667'
 */
export function tanimotoDistance(a: AnyVector, b: AnyVector): number {
  const { ab, aa, bb } = products(a, b, 'tanimotoDistance')
  const together = aa + bb - ab
  return together === 0 ? 0 : 1 - ab / together
}

function squares(a: AnyVector, b: AnyVector, operation: string): number {
  const pair = vectorPair(a, b, operation)
  let sum = 0
  for (let k = 0; k < pair.a.length; k++) sum += (pair.a[k]! - pair.b[k]!) ** 2
  return sum
}

function products(a: AnyVector, b: AnyVector, operation: string) {
  const pair = vectorPair(a, b, operation)
  let [ab, aa, bb] = [0, 0, 0]
  for (let k = 0; k < pair.a.length; k++) {
    ab += pair.a[k]! * pair.b[k]!
    aa += pair.a[k]! ** 2
    bb += pair.b[k]! ** 2
  }
  return { ab, aa, bb }
}
