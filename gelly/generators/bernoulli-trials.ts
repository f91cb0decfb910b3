import type { Random } from '../../engine/extend.js'

/**
 * Independent trials of one probability, in time of the successes: instead of one trial after the
 * other, the number of failures before the next success is drawn (geometric distribution).
 *
 * @param length Number of trials.
 * @param hit Called with the number of each trial that succeeds, ascending.
 *
 * Cost: O(1 + successes). Source: Batagelj and Brandes, "Efficient generation of large random
 * networks", 2005.
 */
export function bernoulliTrials(
  length: number,
  probability: number,
  random: Random,
  hit: (trial: number) => void,
): void {
  if (probability <= 0) return
  if (probability >= 1) {
    for (let k = 0; k < length; k++) hit(k)
    return
  }
  const scale = 1 / Math.log1p(-probability)
  const skip = () => Math.floor(Math.log1p(-random.next()) * scale)
  for (let k = skip(); k < length; k += 1 + skip()) hit(k)
}
