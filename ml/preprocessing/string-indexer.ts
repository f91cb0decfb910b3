import { AnyColumn, Int32Column, oneOf, requiredOptions, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { overColumns } from '../core/computation.js'
import { Estimator } from '../core/estimator.js'
import { InvertibleModel } from '../core/invertible-model.js'
import { numbersOf } from '../data/numbers.js'
import { readColumns } from '../data/training-data.js'
import {
  ascending,
  type Category,
  categoryRows,
  countCategories,
  placesByCategory,
  placesOf,
} from './categories.js'
import { fieldList } from './field-list.js'

/** Options of `stringIndexer`. */
export interface StringIndexerOptions<F extends readonly string[], S extends string> {
  /** Fields with a category each: texts, numbers or switches. */
  readonly fields: F
  /** What the names of the new fields end with: `originIndex`. Default `'Index'`. */
  readonly suffix?: S
  /**
   * Which category has the number 0: the most frequent one (of equally frequent ones the first,
   * ascending), the least one, or the one that appears first. Default `'frequency'`.
   */
  readonly order?: 'frequency' | 'ascending' | 'appearance'
  /**
   * What is done with values that were not there when it was learned: `'index'` gives all of them the
   * number after the last. Default `'error'`.
   */
  readonly unknown?: 'error' | 'index'
}

/** What `stringIndexer` has learned. */
export class StringIndexerModel<
  F extends readonly string[],
  S extends string,
> extends InvertibleModel<
  { readonly [P in F[number]]: Category },
  { [P in F[number] as `${P}${S}`]: number },
  { readonly [P in F[number] as `${P}${S}`]: number },
  { [P in F[number]]: Category | null }
> {
  /** By field its categories, in the order of their numbers. */
  readonly categories: readonly (readonly Category[])[]
  readonly #state: IndexerState

  /** @internal Made by `stringIndexer(...).fit`. */
  constructor(state: IndexerState) {
    const { fields, suffix, categories, unknown } = state
    const known = categories.map(placesByCategory)
    const names = fields.map(field => `${field}${suffix}`)
    super(
      NAME,
      overColumns(fields, names, (columns, _, first) =>
        columns.map((column, k) => {
          const last = categories[k]!.length
          const options = {
            operation: NAME,
            first,
            unknown: unknown === 'index' ? last : undefined,
          }
          return new Int32Column(placesOf(column, fields[k]!, known[k]!, options))
        }),
      ),
      overColumns(names, fields, (columns, _, first) =>
        columns.map((column, k) => {
          const operation = `${NAME}.inverseTransform`
          const numbers = numbersOf(column, names[k]!, { operation, first })
          return new AnyColumn(categoriesAt(numbers, categories[k]!, names[k]!, first, state))
        }),
      ),
    )
    this.categories = Object.freeze(categories.map(each => Object.freeze([...each])))
    this.#state = state
  }

  protected override state(): IndexerState {
    return this.#state
  }

  override card(): ModelCard {
    const { fields, suffix, order, unknown, categories } = this.#state
    const rows = categoryRows(fields, categories)
    return {
      title: NAME,
      facts: { suffix, order, unknown },
      table: { names: ['field', 'categories', 'in order'], rows },
    }
  }
}

/**
 * Numbers categories: each becomes a whole number from 0 on, in a field beside the old one.
 * `inverseTransform` goes back.
 *
 * The numbers have an order that means nothing: for linear models take `oneHotEncoder`.
 *
 * @param options.fields Texts, numbers or switches.
 * @param options.suffix Default `'Index'`.
 * @param options.order Default `'frequency'`.
 * @param options.unknown Default `'error'`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} By `fit`, if a value is missing or no category; later also if it is unknown.
 * Cost: O(records * fields).
 * @example
 * const indexer = await stringIndexer({ fields: ['origin'] }).fit(flights)
 * indexer.categories // [['JFK', 'SFO', 'LAX']]
 * indexer.transformOne({ origin: 'LAX' }) // { origin: 'LAX', originIndex: 2 }
 */
export function stringIndexer<const F extends readonly string[], const S extends string = 'Index'>(
  options: StringIndexerOptions<F, S>,
): Estimator<{ readonly [P in F[number]]: Category }, StringIndexerModel<F, S>> {
  requiredOptions(options, ['fields', 'suffix', 'order', 'unknown'], NAME)
  const { suffix = 'Index', order = 'frequency', unknown = 'error' } = options
  const fields = fieldList(options.fields, NAME)
  if (typeof suffix !== 'string') {
    throw new ArgumentError(`${NAME}: suffix must be a text; got ${shown(suffix)}.`)
  }
  oneOf(order, ['frequency', 'ascending', 'appearance'], NAME, 'order')
  oneOf(unknown, ['error', 'index'], NAME, 'unknown')
  const parameters = { fields, suffix, order, unknown }
  return new Estimator(NAME, parameters, async (data, { operation, signal }) => {
    const columns = await readColumns(data, fields, operation, signal)
    if (columns.get(fields[0]!)!.length === 0) {
      throw new ArgumentError(`${NAME}: there are no records to learn from.`)
    }
    const categories = fields.map(field =>
      ordered(countCategories(columns.get(field)!, field, NAME), order),
    )
    return new StringIndexerModel<F, S>({ ...parameters, categories })
  })
}

/** @internal A saved indexer. */
export function restoreStringIndexer(
  state: IndexerState,
): StringIndexerModel<readonly string[], string> {
  return new StringIndexerModel(state)
}

const NAME = 'stringIndexer'

interface IndexerState {
  readonly fields: readonly string[]
  readonly suffix: string
  readonly order: 'frequency' | 'ascending' | 'appearance'
  readonly unknown: 'error' | 'index'
  readonly categories: readonly (readonly Category[])[]
}

function ordered(counts: ReadonlyMap<Category, number>, order: IndexerState['order']): Category[] {
  if (order === 'appearance') return [...counts.keys()]
  const names = ascending(counts.keys())
  // Sorting is stable: equally frequent ones stay in ascending order.
  return order === 'ascending' ? names : names.sort((a, b) => counts.get(b)! - counts.get(a)!)
}

function categoriesAt(
  numbers: ArrayLike<number>,
  categories: readonly Category[],
  name: string,
  first: number,
  { unknown }: IndexerState,
): readonly (Category | null)[] {
  const count = categories.length
  return Array.from(numbers, (number, row) => {
    if (unknown === 'index' && number === count) return null
    const category = categories[number]
    if (category !== undefined) return category
    throw new SchemaError(
      `${NAME}.inverseTransform: record ${first + row} has ${number} in field "${name}"; there are categories 0 to ${count - 1}.`,
    )
  })
}
