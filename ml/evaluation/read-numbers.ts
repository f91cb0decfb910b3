import type { AnyDataSet, Column } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { numbersOf } from '../data/numbers.js'
import { readColumns, weightsOf } from '../data/training-data.js'
import type { MetricRun, PredictionFields } from './metric.js'

/** Truth and predictions by record. */
export interface NumberPairs {
  readonly length: number
  readonly labels: ArrayLike<number>
  readonly predictions: ArrayLike<number>
  /** `null` where each counts the same. */
  readonly weights: ArrayLike<number> | null
}

/**
 * Truth and predictions that are numbers.
 *
 * @throws {ArgumentError} If there are no records, or weights are wrong.
 * @throws {SchemaError} If a field is unknown, or a value is missing or no finite number.
 */
export async function readNumberPairs(
  data: AnyDataSet,
  { label, prediction = 'prediction', weight }: PredictionFields<string>,
  run: MetricRun,
): Promise<NumberPairs> {
  const { operation } = run
  const columns = await readScored(data, [label, prediction], weight, run)
  const forTexts = 'Predictions of classes are compared by accuracy and its kin.'
  const options = { operation, label: true, forTexts }
  const numbers = (name: string) => numbersOf(columns.column(name), name, options)
  const { length, weights } = columns
  return { length, labels: numbers(label), predictions: numbers(prediction), weights }
}

/** Columns of records that are scored. */
export interface ScoredColumns {
  readonly length: number
  readonly weights: ArrayLike<number> | null
  column(name: string): Column
}

/**
 * Reads the fields that a metric needs.
 *
 * @throws {ArgumentError} If there are no records, or weights are wrong.
 * @throws {SchemaError} If a field is unknown.
 */
export async function readScored(
  data: AnyDataSet,
  names: readonly string[],
  weight: string | undefined,
  { operation, signal }: MetricRun,
): Promise<ScoredColumns> {
  const all = weight === undefined ? names : [...names, weight]
  const columns = await readColumns(data, all, operation, signal)
  const { length } = columns.get(names[0]!)!
  if (length === 0) throw new ArgumentError(`${operation}: there are no records to score.`)
  const weights = weight === undefined ? null : weightsOf(columns.get(weight)!, weight, operation)
  return { length, weights, column: name => columns.get(name)! }
}
