import { knownOptions, positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { AnyModel } from '../../ml/index.js'
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
 * @param importance A model that knows: boosted trees, or a linear model, whose coefficients tell where the
 *   features are scaled; or a number by feature, as an object or a map.
 * @throws {ArgumentError} If it is none, or an option is unknown or wrong.
 * @example
 * featureImportance({ hour: 0.7, distance: 0.2 }).description // '2 bars; hour has the most with 0.7, distance the least with 0.2.'
 */
export function featureImportance(
  importance: Readonly<Record<string, number>> | ReadonlyMap<string, number> | AnyModel,
  options: FeatureImportanceOptions = {},
): Figure {
  const figure = 'featureImportance'
  if (typeof importance !== 'object' || importance === null || Array.isArray(importance)) {
    throw new ArgumentError(
      `${figure}: give a number for each feature, such as { hour: 0.7 }; got ${shown(importance)}.`,
    )
  }
  knownOptions(options, ['most', ...CHART_OPTIONS], figure)
  const entries = entriesOf(importance, figure)
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

/** Numbers by feature; of a model, those on its card. */
function entriesOf(importance: object, figure: string): (readonly [string, number])[] {
  if (importance instanceof Map) return [...importance]
  const { card } = importance as Partial<AnyModel>
  if (typeof card !== 'function') return Object.entries(importance)
  const whole = (importance as AnyModel).card()
  const { table } = whole.steps?.at(-1) ?? whole
  const [feature, number] = table?.names ?? []
  if (table === undefined || feature !== 'feature' || table.names.length !== 2) {
    throw new ArgumentError(
      `${figure}: a model of ${(importance as AnyModel).kind} has no number for each feature${number === undefined ? '' : ` alone`}. Give numbers by feature, such as { hour: 0.7 }.`,
    )
  }
  return table.rows
    .filter(([name]) => name !== '(intercept)')
    .map(([name, value]) => [String(name), Number(value)] as const)
}
