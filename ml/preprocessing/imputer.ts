import {
  type Column,
  ColumnWriter,
  isMissingAt,
  oneOf,
  requiredOptions,
  shown,
} from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import type { Computation } from '../core/computation.js'
import { overColumns } from '../core/computation.js'
import { Estimator } from '../core/estimator.js'
import { Model } from '../core/model.js'
import { numbersOf } from '../data/numbers.js'
import { readColumns } from '../data/training-data.js'
import { ascending, type Category } from './categories.js'
import { fieldList } from './field-list.js'

/** How missing values are made up. */
export type ImputerStrategy = 'mean' | 'median' | 'mostFrequent' | 'constant'

/** Options of `imputer`. */
export interface ImputerOptions<
  F extends readonly string[],
  S extends ImputerStrategy,
  V extends Category,
> {
  /** Fields with numbers, or for `'mostFrequent'` and `'constant'` also texts and switches. */
  readonly fields: F
  /** What missing values become: a figure of the field, or always `value`. Default `'mean'`. */
  readonly strategy?: S
  /** The value of `'constant'`. */
  readonly value?: V
}

/** What the imputer puts in. */
type Filled<S extends ImputerStrategy, V extends Category> = S extends 'mean' | 'median'
  ? number
  : S extends 'constant'
    ? Widened<V>
    : Category

type Widened<V> = V extends string ? string : V extends number ? number : boolean

/** What `imputer` has learned. */
export class ImputerModel<F extends readonly string[], A extends Category> extends Model<
  { readonly [P in F[number]]: A | null | undefined },
  { [P in F[number]]: A }
> {
  /** By field what missing values become. */
  readonly values: readonly A[]
  readonly #state: ImputerState

  /** @internal Made by `imputer(...).fit`. */
  constructor(state: ImputerState) {
    super(NAME, filling(state))
    this.values = Object.freeze([...state.values]) as readonly A[]
    this.#state = state
  }

  protected override state(): ImputerState {
    return this.#state
  }

  override card(): ModelCard {
    const { fields, strategy, values } = this.#state
    const rows = fields.map((field, k) => [field, numberOrText(values[k]!)])
    return { title: NAME, facts: { strategy }, table: { names: ['field', 'value'], rows } }
  }
}

/**
 * Fills in what is missing: `null`, `undefined` and NaN become the field's mean, median or most frequent
 * value, or a constant. The fields keep their names.
 *
 * The median of an even number of values is the mean of the two in the middle; of equally frequent values
 * the least one is taken.
 *
 * @param options.strategy Default `'mean'`.
 * @param options.value Only for `'constant'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if a field has no value at all.
 * @throws {SchemaError} By `fit` and later, if a value is of another type than what is filled in.
 * Cost: O(records * fields), for medians O(n log n).
 * @example
 * const patients = from([{ age: 30 }, { age: null }, { age: 50 }])
 * const model = await imputer({ fields: ['age'] }).fit(patients)
 * model.transform(patients) // { age: 30 }, { age: 40 }, { age: 50 }
 */
export function imputer<
  const F extends readonly string[],
  const S extends ImputerStrategy = 'mean',
  const V extends Category = Category,
>(
  options: ImputerOptions<F, S, V>,
): Estimator<
  { readonly [P in F[number]]: Filled<S, V> | null | undefined },
  ImputerModel<F, Filled<S, V>>
> {
  requiredOptions(options, ['fields', 'strategy', 'value'], NAME)
  const { value } = options
  const strategy: ImputerStrategy = options.strategy ?? 'mean'
  const fields = fieldList(options.fields, NAME)
  oneOf(strategy, ['mean', 'median', 'mostFrequent', 'constant'], NAME, 'strategy')
  checkValue(strategy, value)
  const parameters = { fields, strategy, value: value ?? null }
  return new Estimator(NAME, parameters, async (data, { operation, signal }) => {
    const columns = await readColumns(data, fields, operation, signal)
    if (columns.get(fields[0]!)!.length === 0) {
      throw new ArgumentError(`${NAME}: there are no records to learn from.`)
    }
    const values = fields.map(field =>
      strategy === 'constant' ? value! : fillerOf(columns.get(field)!, field, strategy),
    )
    return new ImputerModel<F, Filled<S, V>>({ fields, strategy, values })
  })
}

/** @internal A saved imputer. */
export function restoreImputer(state: ImputerState): ImputerModel<readonly string[], Category> {
  return new ImputerModel(state)
}

const NAME = 'imputer'

interface ImputerState {
  readonly fields: readonly string[]
  readonly strategy: ImputerStrategy
  readonly values: readonly Category[]
}

function checkValue(strategy: ImputerStrategy, value: unknown): void {
  if (strategy !== 'constant') {
    if (value == null) return
    throw new ArgumentError(
      `${NAME}: value is for the strategy "constant"; got ${shown(value)} with "${strategy}".`,
    )
  }
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return
  throw new ArgumentError(
    `${NAME}: the strategy "constant" needs a value, a text, finite number or switch; got ${value === undefined ? 'nothing' : shown(value)}.`,
  )
}

/** What missing values of a field become. */
function fillerOf(column: Column, name: string, strategy: ImputerStrategy): Category {
  if (strategy === 'mostFrequent') return mostFrequent(column, name)
  const numbers = numbersOf(column, name, { operation: NAME, missing: true })
  const present = Float64Array.from(numbers).filter(value => !Number.isNaN(value))
  const count = present.length
  if (count === 0) throw noValue(name)
  if (strategy === 'mean') return present.reduce((sum, value) => sum + value, 0) / count
  present.sort()
  const half = count >> 1
  return count % 2 === 1 ? present[half]! : (present[half - 1]! + present[half]!) / 2
}

function mostFrequent(column: Column, name: string): Category {
  const counts = new Map<Category, number>()
  for (let row = 0; row < column.length; row++) {
    if (isMissingAt(column, row)) continue
    const value = column.get(row)
    if (Number.isNaN(value)) continue
    if (counts.size === 0) checkType(value, value, row, name)
    else checkType(value, counts.keys().next().value, row, name)
    counts.set(value as Category, (counts.get(value as Category) ?? 0) + 1)
  }
  if (counts.size === 0) throw noValue(name)
  return ascending(counts.keys()).sort((a, b) => counts.get(b)! - counts.get(a)!)[0]!
}

function noValue(name: string): ArgumentError {
  return new ArgumentError(
    `${NAME}: field "${name}" has no value that others could be made up from. Use the strategy "constant".`,
  )
}

function filling({ fields, values }: ImputerState): Computation {
  const byColumns = overColumns(fields, fields, (columns, length, first) =>
    columns.map((column, k) => filled(column, length, first, fields[k]!, values[k]!)),
  )
  return {
    ...byColumns,
    computeOne: record =>
      fields.map((field, k) => {
        const value = record[field]
        if (value == null || Number.isNaN(value)) return values[k]
        checkType(value, values[k]!, 0, field)
        return value
      }),
  }
}

function filled(
  column: Column,
  length: number,
  first: number,
  name: string,
  filler: Category,
): Column {
  const writer = new ColumnWriter(length, name)
  for (let row = 0; row < length; row++) {
    const value = isMissingAt(column, row) ? null : column.get(row)
    if (value === null || Number.isNaN(value)) writer.set(row, filler)
    else {
      checkType(value, filler, first + row, name)
      writer.set(row, value)
    }
  }
  return writer.finish(length)
}

/** Switches count as numbers where numbers are filled in. */
function checkType(value: unknown, like: unknown, row: number, name: string): void {
  const type = typeof value
  if (type === 'string' || type === 'number' || type === 'boolean') {
    if (type === typeof like || (type === 'boolean' && typeof like === 'number')) return
  }
  throw new SchemaError(
    `${NAME}: record ${row} has ${shown(value)} in field "${name}", which is no ${typeof like === 'object' ? 'text, number or switch' : typeof like}.`,
  )
}

function numberOrText(value: Category): string | number {
  return typeof value === 'boolean' ? String(value) : value
}
