import { knownOptions, positiveInteger, requiredOptions } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { DenseRows } from '../data/rows.js'
import { type Metric, type MetricName, metricOf } from '../distances/metric.js'

/** What searches for neighbours have in common. */
export interface NeighborOptions {
  /** How many neighbours. Default 5. */
  readonly k?: number
  /** How far apart records are. Default `'euclidean'`. */
  readonly metric?: MetricName
  /** The exponent for the metric `'minkowski'`, at least 1. Default 2. */
  readonly p?: number
}

/** Options that are good. */
export interface CheckedNeighbors {
  readonly parameters: { readonly k: number; readonly metric: MetricName; readonly p: number }
  readonly metric: Metric
}

/**
 * Checks what searches have in common.
 *
 * @param more Further names of options.
 * @throws {ArgumentError} If an option is unknown or wrong.
 */
export function neighborOptions(
  options: NeighborOptions,
  operation: string,
  more: readonly string[],
): CheckedNeighbors {
  // What has a label cannot do without options.
  const check = more.includes('label') ? requiredOptions : knownOptions
  check(options, ['features', ...more, 'k', 'metric', 'p'], operation)
  const { k = 5, metric = 'euclidean', p = 2 } = options
  positiveInteger(k, operation, 'k')
  return { parameters: { k, metric, p }, metric: metricOf(metric, p, operation) }
}

/** @throws {ArgumentError} If there are fewer records than neighbours. */
export function checkEnough({ length }: DenseRows, k: number, operation: string): void {
  if (k <= length) return
  throw new ArgumentError(
    `${operation}: k is ${k}, but there are ${length} records only. Give a smaller k.`,
  )
}
