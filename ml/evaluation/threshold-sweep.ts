import { ArgumentError } from '../../engine/index.js'
import type { OneAgainstRest } from './read-scores.js'

/** What is found when everything of at least a threshold counts as positive, by threshold. */
export interface ThresholdSweep {
  /** The distinct scores, descending. */
  readonly thresholds: Float64Array
  /** The weight of positive records with at least this score. */
  readonly found: Float64Array
  /** The weight of the others with at least this score. */
  readonly wrong: Float64Array
  /** The weight of all positive records, and of all others. */
  readonly positives: number
  readonly negatives: number
}

/**
 * Counts positive and other records down from the highest score; those of one score together.
 *
 * @throws {ArgumentError} If there is no record of one of both kinds, with a weight above 0.
 * Cost: O(n log n).
 */
export function sweep(
  { length, scores, truth, weights }: OneAgainstRest,
  operation: string,
): ThresholdSweep {
  // Records without weight are as if they were not there.
  const rows = Int32Array.from({ length }, (_, row) => row)
  const order = weights === null ? rows : rows.filter(row => weights[row]! > 0)
  order.sort((a, b) => scores[b]! - scores[a]! || a - b)
  const thresholds = new Float64Array(order.length)
  const found = new Float64Array(order.length)
  const wrong = new Float64Array(order.length)
  let count = 0
  let positives = 0
  let negatives = 0
  for (let k = 0; k < order.length; k++) {
    const row = order[k]!
    const weight = weights === null ? 1 : weights[row]!
    if (truth[row] === 1) positives += weight
    else negatives += weight
    if (k + 1 < order.length && scores[order[k + 1]!] === scores[row]) continue
    thresholds[count] = scores[row]!
    found[count] = positives
    wrong[count++] = negatives
  }
  if (positives === 0 || negatives === 0) {
    throw new ArgumentError(
      `${operation}: all records are of one kind, ${positives === 0 ? 'none' : 'all'} of the positive class; there is nothing to tell apart.`,
    )
  }
  const shared = { positives, negatives }
  return {
    thresholds: thresholds.slice(0, count),
    found: found.slice(0, count),
    wrong: wrong.slice(0, count),
    ...shared,
  }
}
