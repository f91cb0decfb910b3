import { type AnyDataSet, type Column, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { ClassLabel } from '../data/labels.js'
import { numbersOf } from '../data/numbers.js'
import { toDense } from '../data/rows.js'
import { readVectors } from '../data/vectors.js'
import type { MetricRun, ScoredFields } from './metric.js'
import { checkKnown, checkOneType, codesOf, positiveOf } from './read-classes.js'
import { readScored } from './read-numbers.js'

/** Options of metrics that compare probabilities or decisions with the truth. */
export interface ScoreOptions {
  /**
   * What the entries of the vectors are of, or the two classes of numbers; ascending. Default: the
   * classes that occur as labels. In cross-validation those of the model.
   */
  readonly classes?: readonly ClassLabel[]
}

/** Scores of one class after the other, with the truth. */
export interface Scored {
  readonly length: number
  /** Ascending; two at least. */
  readonly classes: readonly ClassLabel[]
  /** The true class by record. */
  readonly codes: Int32Array
  readonly weights: ArrayLike<number> | null
  /** Whether there is a number by record: a score of the second of two classes. */
  readonly single: boolean
  /** By record, how much it is of class `k`. */
  of(k: number): ArrayLike<number>
}

/**
 * Reads scores and true classes.
 *
 * @throws {ArgumentError} If there are no records, weights are wrong, or the classes do not fit.
 * @throws {SchemaError} If a field is unknown, or a value is missing or neither a number nor a vector.
 */
export async function readScores(
  data: AnyDataSet,
  options: ScoredFields<string> & ScoreOptions,
  run: MetricRun,
): Promise<Scored> {
  const { label, scores = 'probabilities', weight, classes: given } = options
  const { operation } = run
  if (given !== undefined) checkKnown(given, operation)
  const { length, weights, column } = await readScored(data, [label, scores], weight, run)
  const found = new Map<ClassLabel, number>((given ?? []).map((name, code) => [name, code]))
  const unsorted = codesOf(column(label), label, found, operation)
  const names = [...found.keys()]
  checkOneType(names, [label], operation)
  const classes = names.toSorted((a, b) => (a < b ? -1 : 1))
  const place = Int32Array.from(names, name => classes.indexOf(name))
  const codes = unsorted.map(code => place[code]!)
  const single = isNumeric(column(scores))
  if (single) {
    checkCount(classes, 2, `the numbers in field "${scores}" tell two apart`, operation)
    const values = numbersOf(column(scores), scores, { operation })
    const others = () => Float64Array.from(values, value => -value)
    return { length, classes, codes, weights, single, of: k => (k === 1 ? values : others()) }
  }
  const { size, values } = toDense(readVectors(column(scores), scores, { operation }))
  checkCount(classes, size, `the vectors in field "${scores}" have ${size} entries`, operation)
  const of = (k: number) => Float64Array.from({ length }, (_, row) => values[row * size + k]!)
  return { length, classes, codes, weights, single, of }
}

/** The score and truth of one class against all others. */
export interface OneAgainstRest {
  readonly length: number
  readonly scores: ArrayLike<number>
  /** 1 where the record is of the class. */
  readonly truth: Uint8Array
  readonly weights: ArrayLike<number> | null
}

/** One class against all others. */
export function against({ length, codes, weights, of }: Scored, k: number): OneAgainstRest {
  return { length, scores: of(k), truth: Uint8Array.from(codes, code => +(code === k)), weights }
}

/**
 * The positive class against the others.
 *
 * @throws {ArgumentError} If it is unknown, or there are more than two classes and none is named.
 */
export function positiveAgainst(
  scored: Scored,
  positive: ClassLabel | undefined,
  operation: string,
): OneAgainstRest {
  return against(scored, positiveOf(scored.classes, positive, operation))
}

/**
 * Checks that scores are probabilities: from 0 to 1, those of a vector with the sum 1.
 *
 * @throws {SchemaError} If they are not; names the record.
 */
export function checkProbabilities(scored: Scored, name: string, operation: string): void {
  const { length, classes, single } = scored
  const sums = new Float64Array(length)
  for (let k = single ? 1 : 0; k < classes.length; k++) {
    const values = scored.of(k)
    for (let row = 0; row < length; row++) {
      const value = values[row]!
      sums[row]! += value
      if (value >= -1e-9 && value <= 1 + 1e-9) continue
      throw new SchemaError(
        `${operation}: record ${row} has ${value} in field "${name}", which is not a probability.`,
      )
    }
  }
  const row = single ? -1 : sums.findIndex(sum => Math.abs(sum - 1) > 1e-6)
  if (row < 0) return
  throw new SchemaError(
    `${operation}: the probabilities of record ${row} in field "${name}" add up to ${sums[row]}, not to 1.`,
  )
}

function isNumeric(column: Column): boolean {
  const { layout } = column
  if (layout === 'any') {
    const first = column.values.find(value => value != null)
    return typeof first === 'number' || typeof first === 'boolean'
  }
  return layout === 'float64' || layout === 'int32' || layout === 'boolean'
}

function checkCount(
  classes: readonly ClassLabel[],
  wanted: number,
  why: string,
  operation: string,
): void {
  if (classes.length === wanted && wanted > 1) return
  throw new ArgumentError(
    `${operation}: there are ${classes.length} classes, ${classes.slice(0, 5).map(shown).join(', ')}, but ${why}. Give all classes as classes.`,
  )
}
