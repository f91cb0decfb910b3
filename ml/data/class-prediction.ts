/** From scores or shares of classes to what classifiers predict. */
import { type Column, VectorColumn } from '../../engine/extend.js'
import { classColumn } from './class-column.js'
import type { ClassLabel } from './labels.js'

/** The likeliest class of each record, the first of equal ones, and the probabilities of all. */
export function classPrediction(
  probabilities: Float64Array,
  classes: readonly ClassLabel[],
): readonly [prediction: Column, probabilities: Column] {
  const count = classes.length
  const codes = likeliest(probabilities, count)
  return [classColumn(codes, classes), new VectorColumn(probabilities, count, codes.length)]
}

/**
 * By record the probabilities of the classes.
 *
 * @param scores By class those of all records: logarithms of what probabilities are in proportion to. One list means two
 *   classes: the logarithms of the odds of the second one.
 */
export function probabilitiesOf(scores: readonly Float64Array[], length: number): Float64Array {
  const [only, ...others] = scores
  if (only !== undefined && others.length === 0) return ofOdds(only, length)
  const classes = scores.length
  const found = new Float64Array(classes * length)
  for (let row = 0; row < length; row++) {
    let most = Number.NEGATIVE_INFINITY
    for (const score of scores) most = Math.max(most, score[row]!)
    let sum = 0
    for (let k = 0; k < classes; k++) {
      const share = Math.exp(scores[k]![row]! - most)
      found[row * classes + k] = share
      sum += share
    }
    for (let k = 0; k < classes; k++) found[row * classes + k]! /= sum
  }
  return found
}

function ofOdds(scores: Float64Array, length: number): Float64Array {
  const found = new Float64Array(2 * length)
  for (let row = 0; row < length; row++) {
    const small = Math.exp(-Math.abs(scores[row]!))
    const positive = scores[row]! > 0 ? 1 : 0
    found[2 * row + positive] = 1 / (1 + small)
    found[2 * row + 1 - positive] = small / (1 + small)
  }
  return found
}

function likeliest(probabilities: Float64Array, classes: number): Int32Array {
  const codes = new Int32Array(probabilities.length / classes)
  for (let row = 0, at = 0; row < codes.length; row++, at += classes) {
    let best = 0
    for (let k = 1; k < classes; k++) {
      if (probabilities[at + k]! > probabilities[at + best]!) best = k
    }
    codes[row] = best
  }
  return codes
}
