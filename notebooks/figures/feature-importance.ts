import { knownOptions, positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { CHART_OPTIONS, type ChartOptions } from '../charts/chart.js'
import { grouped } from '../data/finite.js'
import type { Figure } from '../display/figure.js'
import { bars } from './bars.js'

/** Options of `featureImportance`. */
export interface FeatureImportanceOptions extends ChartOptions {
  /** The most features that are drawn. Default 20. */
  readonly most?: number
}

/**
 * Which features matter, the most important first.
 *
 * @param importance By feature: a number; records or a map, such as `model.importances`, or coefficients
 *   of scaled features.
 * @throws {ArgumentError} If it is none, or an option is unknown or wrong.
 * @example
 * featureImportance({ hour: 0.7, distance: 0.2 }).description // '2 bars; hour has the most with 0.7, distance the least with 0.2.'
 */
export function featureImportance(
  importance: Readonly<Record<string, number>> | ReadonlyMap<string, number>,
  options: FeatureImportanceOptions = {},
): Figure {
  const figure = 'featureImportance'
  if (typeof importance !== 'object' || importance === null || Array.isArray(importance)) {
    throw new ArgumentError(
      `${figure}: give a number for each feature, such as { hour: 0.7 }; got ${shown(importance)}.`,
    )
  }
  knownOptions(options, ['most', ...CHART_OPTIONS], figure)
  const entries = importance instanceof Map ? [...importance] : Object.entries(importance)
  const rows = entries
    .map(([feature, value]) => ({ feature, importance: value as number }))
    .toSorted((a, b) => Math.abs(b.importance) - Math.abs(a.importance))
  const { most = 20, title = 'Importance of features', ...others } = options
  positiveInteger(most, figure, 'most')
  const kept = rows.slice(0, most)
  return bars(kept, {
    ...others,
    title:
      kept.length < rows.length ? `${title} (${kept.length} of ${grouped(rows.length)})` : title,
    name: 'feature',
    value: 'importance',
    horizontal: true,
  })
}
