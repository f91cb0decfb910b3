import { type AnyDataSet, requiredOptions, shown, tableLines } from '../../engine/extend.js'
import { ArgumentError, type DataSet, type FieldOf } from '../../engine/index.js'
import type { ClassLabel } from '../data/labels.js'
import type { ClassOptions, PredictionFields, ScoreRun } from './metric.js'
import { type ClassTable, readClassTable } from './read-classes.js'

/** What the figures of one class are. */
export interface ClassReport {
  readonly class: ClassLabel
  /** Which share of what was predicted to be of the class is so; 0 where nothing was. */
  readonly precision: number
  /** Which share of the class was found; 0 where there is nothing. */
  readonly recall: number
  /** The harmonic mean of both. */
  readonly f1: number
  /** How many there are, or their weight. */
  readonly records: number
}

/** How often which class was predicted for which. */
export class ConfusionMatrix {
  /** All classes that occur, ascending. */
  readonly classes: readonly ClassLabel[]
  /** Row by row: a row for each true class, a column for each predicted one. */
  readonly counts: Float64Array
  readonly #table: ClassTable

  /** @internal Made by `confusionMatrix`. */
  constructor(table: ClassTable) {
    this.classes = table.classes
    this.counts = table.counts
    this.#table = table
  }

  /**
   * How many records of one class, or what weight of them, got the other one.
   *
   * @throws {ArgumentError} If a class does not occur.
   * @example
   * const guessed = from([{ is: 'cat', prediction: 'dog' }, { is: 'dog', prediction: 'dog' }])
   * const matrix = await confusionMatrix(guessed, { label: 'is' })
   * matrix.count('cat', 'dog') // 1
   */
  count(actual: ClassLabel, predicted: ClassLabel): number {
    return this.counts[this.#place(actual) * this.classes.length + this.#place(predicted)]!
  }

  /**
   * Precision, recall and F1 of each class.
   *
   * @example
   * const guessed = from([{ is: 'cat', prediction: 'dog' }, { is: 'dog', prediction: 'dog' }])
   * const [, dog] = (await confusionMatrix(guessed, { label: 'is' })).report()
   * dog // { class: 'dog', precision: 0.5, recall: 1, f1: 0.66..., records: 1 }
   */
  report(): readonly ClassReport[] {
    const { counts, actual, predicted } = this.#table
    return this.classes.map((name, k) => {
      const found = counts[k * this.classes.length + k]!
      return {
        class: name,
        precision: predicted[k]! > 0 ? found / predicted[k]! : 0,
        recall: actual[k]! > 0 ? found / actual[k]! : 0,
        f1: found > 0 ? (2 * found) / (actual[k]! + predicted[k]!) : 0,
        records: actual[k]!,
      }
    })
  }

  /** The table as text: true classes down, predicted ones across. */
  toString(): string {
    const size = this.classes.length
    const names = { texts: ['actual \\ predicted', ...this.classes.map(String)], right: false }
    const columns = this.classes.map((name, k) => {
      const counts = this.classes.map((_, row) => this.counts[row * size + k]!)
      const texts = counts.map(count => String(Number(count.toPrecision(6))))
      return { texts: [String(name), ...texts], right: true }
    })
    return tableLines([names, ...columns]).join('\n')
  }

  /** How Node shows it. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  #place(name: ClassLabel): number {
    const place = this.classes.indexOf(name)
    if (place >= 0) return place
    throw new ArgumentError(
      `ConfusionMatrix.count: there is no class ${shown(name)}; there are ${this.classes.map(shown).join(', ')}.`,
    )
  }
}

/**
 * How often which class was predicted for which: the table that metrics of classes are made of.
 *
 * @param options.prediction Default `'prediction'`.
 * @param options.weight Makes weights of counts.
 * @param options.classes Classes that there are, though they may not occur. Default: those that occur.
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no class, or classes have several types.
 * Cost: O(records).
 * @example
 * const guessed = from([{ is: 'cat', prediction: 'dog' }, { is: 'dog', prediction: 'dog' }])
 * console.log(String(await confusionMatrix(guessed, { label: 'is' })))
 * // actual \ predicted  cat  dog
 * // ──────────────────  ───  ───
 * // cat                   0    1
 * // dog                   0    1
 */
export async function confusionMatrix<T>(
  data: DataSet<T>,
  options: PredictionFields<FieldOf<T>> & ClassOptions & ScoreRun,
): Promise<ConfusionMatrix> {
  const operation = 'confusionMatrix'
  requiredOptions(options, ['label', 'prediction', 'weight', 'classes', 'signal'], operation)
  const { signal } = options
  const run = signal === undefined ? { operation } : { operation, signal }
  return new ConfusionMatrix(await readClassTable(data as AnyDataSet, options, run))
}
