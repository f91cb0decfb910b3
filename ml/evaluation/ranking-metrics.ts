/** Metrics of rankings: of what is shown first, how much is relevant? */
import { type AnyDataSet, oneOf, positiveInteger } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { ClassLabel } from '../data/labels.js'
import { numbersOf } from '../data/numbers.js'
import { type Metric, type MetricRun, metric, type RankingFields } from './metric.js'
import { codesOf } from './read-classes.js'
import { readScored } from './read-numbers.js'

/** Options of metrics of rankings. */
export interface RankingOptions {
  /** How many of each ranking are looked at. Default 10. */
  readonly k?: number
}

/** Options of `ndcg`. */
export interface NdcgOptions extends RankingOptions {
  /** What a record is worth: its label, or `2^label - 1`. Default `'linear'`. */
  readonly gain?: 'linear' | 'exponential'
}

/**
 * Which share of the first `k` places is taken by relevant records, the mean over rankings. Places of
 * rankings that are shorter than `k` count as wrong.
 *
 * Records of equal predictions keep their order. Records without prediction are not ranked.
 *
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing, or a label is negative.
 * Cost: O(n log n).
 * @example
 * const guessed = from([1, 0, 1].map((liked, k) => ({ user: 'ann', liked, prediction: 5 - k })))
 * await precisionAtK(guessed, { group: 'user', label: 'liked', k: 2 }) // 0.5
 */
export const precisionAtK: Metric<'rankings', RankingOptions> = metric({
  ...ranking('precisionAtK'),
  async measure(data, options, run) {
    const k = firstOf(options, 10, run)
    const rankings = await readRankings(data, options, run)
    return meanOver(rankings, options, run, false, ({ ranked }) => relevant(ranked, k) / k)
  },
})

/**
 * Which share of the relevant records is among the first `k`, the mean over rankings that have any.
 *
 * Records of equal predictions keep their order. Records without prediction are not ranked, but count
 * as relevant where they are.
 *
 * @throws {ArgumentError} If nothing is relevant, there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing, or a label is negative.
 * Cost: O(n log n).
 * @example
 * const guessed = from([1, 0, 1].map((liked, k) => ({ user: 'ann', liked, prediction: 5 - k })))
 * await recallAtK(guessed, { group: 'user', label: 'liked', k: 2 }) // 0.5
 */
export const recallAtK: Metric<'rankings', RankingOptions> = metric({
  ...ranking('recallAtK'),
  async measure(data, options, run) {
    const k = firstOf(options, 10, run)
    const rankings = await readRankings(data, options, run)
    return meanOver(
      rankings,
      options,
      run,
      true,
      ({ ranked, all }) => relevant(ranked, k) / relevant(all, all.length),
    )
  },
})

/**
 * Normalised discounted cumulative gain: the sum of `gain / log2(place + 1)` over the first `k` places, as
 * a share of what the best order would have; the mean over rankings that have anything relevant.
 *
 * Records of equal predictions keep their order. Records without prediction are not ranked.
 *
 * @param options.k Default: all places.
 * @throws {ArgumentError} If nothing is relevant, there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing, or a label is negative.
 * Cost: O(n log n). Source: Järvelin, Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
 * @example
 * const guessed = from([0, 2, 1].map((stars, k) => ({ user: 'ann', stars, prediction: 5 - k })))
 * await ndcg(guessed, { group: 'user', label: 'stars' }) // 0.66...
 */
export const ndcg: Metric<'rankings', NdcgOptions> = metric({
  ...ranking('ndcg'),
  options: ['k', 'gain'],
  async measure(data, options, run) {
    const { gain = 'linear' } = options
    oneOf(gain, ['linear', 'exponential'], run.operation, 'gain')
    const k = firstOf(options, Number.POSITIVE_INFINITY, run)
    const rankings = await readRankings(data, options, run)
    const gained = (labels: Float64Array) => {
      let sum = 0
      for (let place = 0; place < Math.min(k, labels.length); place++) {
        const worth = gain === 'linear' ? labels[place]! : 2 ** labels[place]! - 1
        sum += worth / Math.log2(place + 2)
      }
      return sum
    }
    const best = (all: Float64Array) => gained(all.toSorted().reverse())
    return meanOver(rankings, options, run, true, ({ ranked, all }) => gained(ranked) / best(all))
  },
})

/**
 * The mean over rankings of the average precision: the mean, over relevant records, of the precision at
 * their place; 0 for those that are not ranked, or behind the first `k`.
 *
 * Records of equal predictions keep their order. Rankings without anything relevant are left out.
 *
 * @param options.k Default: all places. With it, at most `k` relevant records count.
 * @throws {ArgumentError} If nothing is relevant, there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing, or a label is negative.
 * Cost: O(n log n).
 * @example
 * const guessed = from([1, 0, 1].map((liked, k) => ({ user: 'ann', liked, prediction: 5 - k })))
 * await meanAveragePrecision(guessed, { group: 'user', label: 'liked' }) // 0.83...
 */
export const meanAveragePrecision: Metric<'rankings', RankingOptions> = metric({
  ...ranking('meanAveragePrecision'),
  async measure(data, options, run) {
    const k = firstOf(options, Number.POSITIVE_INFINITY, run)
    const rankings = await readRankings(data, options, run)
    return meanOver(rankings, options, run, true, ({ ranked, all }) => {
      let sum = 0
      let found = 0
      for (let place = 0; place < Math.min(k, ranked.length); place++) {
        if (ranked[place]! > 0) sum += ++found / (place + 1)
      }
      return sum / Math.min(k, relevant(all, all.length))
    })
  },
})

/** What metrics of rankings have in common; a higher one is better. */
function ranking(name: string) {
  return {
    name,
    higherIsBetter: true,
    fields: ['label', 'prediction', 'weight'],
    needs: ['group', 'label'],
    options: ['k'],
  } as const
}

/** One ranking. */
interface Ranking {
  /** The labels of what is ranked, the highest prediction first. */
  readonly ranked: Float64Array
  /** All labels, also of what is not ranked. */
  readonly all: Float64Array
  /** How much it counts. */
  readonly weight: number
}

function firstOf({ k }: RankingOptions, otherwise: number, { operation }: MetricRun): number {
  if (k === undefined) return otherwise
  positiveInteger(k, operation, 'k')
  return k
}

async function readRankings(
  data: AnyDataSet,
  { group, label, prediction = 'prediction', weight }: RankingFields<string>,
  run: MetricRun,
): Promise<readonly Ranking[]> {
  const { operation } = run
  const names = [label, prediction, group]
  const { length, weights, column } = await readScored(data, names, weight, run)
  const labels = numbersOf(column(label), label, { operation })
  const bad = labels.findIndex(value => value < 0)
  if (bad >= 0) {
    throw new SchemaError(
      `${operation}: record ${bad} has ${labels[bad]} in field "${label}"; how relevant something is must be 0 or above.`,
    )
  }
  const predictions = numbersOf(column(prediction), prediction, { operation, missing: true })
  const found = new Map<ClassLabel, number>()
  const codes = codesOf(column(group), group, found, operation)
  const rows: number[][] = Array.from(found, () => [])
  for (let row = 0; row < length; row++) rows[codes[row]!]!.push(row)
  return rows.map(own => ({
    ranked: Float64Array.from(
      own
        .filter(row => !Number.isNaN(predictions[row]!))
        .sort((a, b) => predictions[b]! - predictions[a]!),
      row => labels[row]!,
    ),
    all: Float64Array.from(own, row => labels[row]!),
    weight: weights === null ? 1 : own.reduce((sum, row) => sum + weights[row]!, 0) / own.length,
  }))
}

function meanOver(
  rankings: readonly Ranking[],
  { label }: RankingFields<string>,
  { operation }: MetricRun,
  onlyRelevant: boolean,
  figure: (ranking: Ranking) => number,
): number {
  const counted = rankings.filter(
    ({ all, weight }) => weight > 0 && (!onlyRelevant || relevant(all, all.length) > 0),
  )
  if (counted.length === 0) {
    throw new ArgumentError(
      `${operation}: nothing is relevant: field "${label}" is never above 0 in rankings that count.`,
    )
  }
  let sum = 0
  let total = 0
  for (const one of counted) {
    sum += one.weight * figure(one)
    total += one.weight
  }
  return sum / total
}

/** How many of the first `k` labels are above 0. */
function relevant(labels: Float64Array, k: number): number {
  let count = 0
  for (let place = 0; place < Math.min(k, labels.length); place++) if (labels[place]! > 0) count++
  return count
}
