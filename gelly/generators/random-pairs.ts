/** Random choices among very many pairs, in time of the chosen ones. */
import type { Random } from '../../engine/extend.js'
import { bernoulliTrials } from './bernoulli-trials.js'
import { BLOCK, blockRandom } from './block-random.js'
import { PairSet } from './pair-set.js'

/**
 * Draws each place of each row independently with `probability`. Rows are drawn in blocks, each with
 * a generator of its own.
 *
 * @param rowLength Places in a row.
 * @param hit Called with row and place, by row, then by place.
 *
 * Cost: O(rows + hits).
 */
export function drawPairs(
  rowCount: number,
  rowLength: (row: number) => number,
  probability: number,
  seed: number,
  hit: (row: number, place: number) => void,
): void {
  for (let first = 0; first < rowCount; first += BLOCK) {
    const last = Math.min(first + BLOCK, rowCount)
    drawRows(first, last, rowLength, probability, blockRandom(seed, first / BLOCK), hit)
  }
}

/** Rows `from` to `to` as one line of trials. */
function drawRows(
  from: number,
  to: number,
  rowLength: (row: number) => number,
  probability: number,
  random: Random,
  hit: (row: number, place: number) => void,
): void {
  let places = 0
  for (let row = from; row < to; row++) places += rowLength(row)
  let row = from
  let begin = 0
  let end = rowLength(from)
  bernoulliTrials(places, probability, random, trial => {
    while (trial >= end) {
      row++
      begin = end
      end += rowLength(row)
    }
    hit(row, trial - begin)
  })
}

/**
 * Chooses `count` of the numbers from 0 to `total - 1`, each choice equally likely.
 *
 * @param take Called with each; the order is random where few are chosen, else ascending.
 *
 * Cost: O(count), expected.
 */
export function someOfAll(
  total: number,
  count: number,
  seed: number,
  take: (number: number) => void,
): void {
  const random = blockRandom(seed, 0)
  const few = count <= total / 2
  const drawn = new PairSet(few ? count : total - count)
  let missing = few ? count : total - count
  while (missing > 0) {
    const number = random.int(total)
    if (!drawn.add(number)) continue
    if (few) take(number)
    missing--
  }
  if (few) return
  for (let number = 0; number < total; number++) if (!drawn.has(number)) take(number)
}
