import {
  AnyColumn,
  type Column,
  oneOf,
  requiredOptions,
  SparseColumn,
  trueOrFalse,
} from '../../engine/extend.js'
import { ArgumentError, type SparseVector } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { overColumns } from '../core/computation.js'
import { Estimator } from '../core/estimator.js'
import { InvertibleModel } from '../core/invertible-model.js'
import { overFeatures } from '../core/over-features.js'
import type { FeatureVector } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { toDense } from '../data/rows.js'
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

/** Options of `oneHotEncoder`. */
export interface OneHotEncoderOptions<F extends readonly string[], O extends string> {
  /** Fields with a category each: texts, numbers or switches. */
  readonly fields: F
  /** The field for the vectors. Default `'features'`. */
  readonly output?: O
  /** What is done with values that were not there when it was learned: `'ignore'` leaves all at 0. Default `'error'`. */
  readonly unknown?: 'error' | 'ignore'
  /**
   * Whether the first category of each field has no feature, so that features do not add up to 1, which
   * linear models without `l2` need. Default `false`.
   */
  readonly dropFirst?: boolean
}

/** What `oneHotEncoder` has learned. */
export class OneHotEncoderModel<
  F extends readonly string[],
  O extends string,
> extends InvertibleModel<
  { readonly [P in F[number]]: Category },
  { [P in O]: SparseVector },
  { readonly [P in O]: FeatureVector },
  { [P in F[number]]: Category | null }
> {
  /** By field its categories, ascending. */
  readonly categories: readonly (readonly Category[])[]
  readonly #state: OneHotState

  /** @internal Made by `oneHotEncoder(...).fit`. */
  constructor(state: OneHotState) {
    const { fields, output, categories, unknown } = state
    const known = categories.map(placesByCategory)
    const starts = startsOf(state)
    super(
      NAME,
      overColumns(fields, [output], (columns, length, first) => [
        encoded(
          columns.map((column, k) => {
            const options = {
              operation: NAME,
              first,
              unknown: unknown === 'ignore' ? -1 : undefined,
            }
            return placesOf(column, fields[k]!, known[k]!, options)
          }),
          length,
          state,
        ),
      ]),
      overFeatures({
        operation: `${NAME}.inverseTransform`,
        features: new Features(output, NAME),
        size: starts.at(-1)!,
        adds: fields,
        apply: rows => decoded(toDense(rows).values, rows.length, state),
      }),
    )
    this.categories = Object.freeze(categories.map(each => Object.freeze([...each])))
    this.#state = state
  }

  /** A name for each entry of the vectors: `origin=JFK`. */
  get names(): readonly string[] {
    const { fields, dropFirst } = this.#state
    return fields.flatMap((field, k) =>
      this.categories[k]!.slice(dropFirst ? 1 : 0).map(category => `${field}=${category}`),
    )
  }

  protected override state(): OneHotState {
    return this.#state
  }

  override card(): ModelCard {
    const { fields, output, unknown, dropFirst, categories } = this.#state
    const rows = categoryRows(fields, categories)
    return {
      title: NAME,
      facts: { output, unknown, dropFirst, features: startsOf(this.#state).at(-1)! },
      table: { names: ['field', 'categories', 'such as'], rows },
    }
  }
}

/**
 * Makes a feature of each category: 1 where a record has it, else 0. The features of all fields are one
 * sparse vector, those of a field ascending; `inverseTransform` goes back.
 *
 * @param options.fields Texts, numbers or switches.
 * @param options.output Default `'features'`.
 * @param options.unknown Default `'error'`. With `'ignore'` and `dropFirst` unknown values look like the
 *   first category.
 * @param options.dropFirst Default `false`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if no feature would be left.
 * @throws {SchemaError} By `fit`, if a value is missing or no category; later also if it is unknown.
 * Cost: O(records * fields).
 * @example
 * const encoder = await oneHotEncoder({ fields: ['origin'] }).fit(flights)
 * encoder.names // ['origin=JFK', 'origin=LAX', 'origin=SFO']
 * encoder.transformOne({ origin: 'LAX' }).features.toDense() // Float64Array(3) [ 0, 1, 0 ]
 */
export function oneHotEncoder<
  const F extends readonly string[],
  const O extends string = 'features',
>(
  options: OneHotEncoderOptions<F, O>,
): Estimator<{ readonly [P in F[number]]: Category }, OneHotEncoderModel<F, O>> {
  requiredOptions(options, ['fields', 'output', 'unknown', 'dropFirst'], NAME)
  const { unknown = 'error', dropFirst = false } = options
  const fields = fieldList(options.fields, NAME)
  const output = fieldName(options.output ?? 'features', NAME, 'output')
  oneOf(unknown, ['error', 'ignore'], NAME, 'unknown')
  trueOrFalse(dropFirst, NAME, 'dropFirst')
  const parameters = { fields, output, unknown, dropFirst }
  return new Estimator(NAME, parameters, async (data, { operation, signal }) => {
    const columns = await readColumns(data, fields, operation, signal)
    if (columns.get(fields[0]!)!.length === 0) {
      throw new ArgumentError(`${NAME}: there are no records to learn from.`)
    }
    const categories = fields.map(field =>
      ascending(countCategories(columns.get(field)!, field, NAME).keys()),
    )
    const state = { ...parameters, categories }
    if (startsOf(state).at(-1) === 0) {
      throw new ArgumentError(
        `${NAME}: each field has one category only, so that dropFirst leaves nothing. Leave them out.`,
      )
    }
    return new OneHotEncoderModel<F, O>(state)
  })
}

/** @internal A saved encoder. */
export function restoreOneHotEncoder(
  state: OneHotState,
): OneHotEncoderModel<readonly string[], string> {
  return new OneHotEncoderModel(state)
}

const NAME = 'oneHotEncoder'

interface OneHotState {
  readonly fields: readonly string[]
  readonly output: string
  readonly unknown: 'error' | 'ignore'
  readonly dropFirst: boolean
  readonly categories: readonly (readonly Category[])[]
}

/** Where the features of each field begin, and behind the last one how many there are. */
function startsOf({
  categories,
  dropFirst,
}: Pick<OneHotState, 'categories' | 'dropFirst'>): number[] {
  const starts = [0]
  for (const each of categories) starts.push(starts.at(-1)! + each.length - (dropFirst ? 1 : 0))
  return starts
}

function encoded(places: readonly Int32Array[], length: number, state: OneHotState): SparseColumn {
  const starts = startsOf(state)
  const dropped = state.dropFirst ? 1 : 0
  const offsets = new Int32Array(length + 1)
  const indices = new Int32Array(length * places.length)
  let count = 0
  for (let row = 0; row < length; row++) {
    for (let field = 0; field < places.length; field++) {
      const place = places[field]![row]! - dropped
      if (place >= 0) indices[count++] = starts[field]! + place
    }
    offsets[row + 1] = count
  }
  return new SparseColumn(
    offsets,
    indices.slice(0, count),
    new Float64Array(count).fill(1),
    starts.at(-1)!,
  )
}

/** Of each field the category whose feature is greatest and above 0. */
function decoded(values: Float64Array, length: number, state: OneHotState): readonly Column[] {
  const { categories, dropFirst } = state
  const starts = startsOf(state)
  const size = starts.at(-1)!
  return categories.map((names, field) => {
    const found = new Array<Category | null>(length)
    for (let row = 0; row < length; row++) {
      let best = dropFirst ? 0 : -1
      let greatest = 0
      for (let k = starts[field]!; k < starts[field + 1]!; k++) {
        const value = values[row * size + k]!
        if (value <= greatest) continue
        greatest = value
        best = k - starts[field]! + (dropFirst ? 1 : 0)
      }
      found[row] = best < 0 ? null : names[best]!
    }
    return new AnyColumn(found)
  })
}
