import {
  type AnyDataSet,
  Float64Column,
  knownOptions,
  positiveInteger,
  shown,
  trueOrFalse,
} from '../../engine/extend.js'
import { ArgumentError, type DataSet, type ExecutionEnvironment } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import type { Added, Lacks } from '../core/field-types.js'
import { Predictor } from '../core/predictor.js'
import type { AlternateSettings } from './alternate.js'
import { FactorTable } from './factor-table.js'
import type { Id } from './ids.js'
import { type RatingRows, readRatings } from './rating-rows.js'
import { bestFor, type RecommendationRequest, recommendations } from './recommendations.js'
import { risk } from './risk.js'

/** What is predicted for users and items that were not learned from. */
export type ColdStart = 'nan' | 'drop' | 'mean'

/** What a model of ratings is made of. */
export interface AlsState extends Omit<AlternateSettings, 'iterations' | 'tolerance' | 'seed'> {
  readonly user: string
  readonly item: string
  readonly rating: string | null
  readonly coldStart: ColdStart
  readonly prediction: string
  /** Ascending. */
  readonly users: readonly Id[]
  readonly items: readonly Id[]
  readonly userFactors: Float64Array
  readonly itemFactors: Float64Array
  /** What each user has rated: those from `offsets[k]` up to `offsets[k + 1]` are the items of user `k`. */
  readonly offsets: Int32Array
  readonly rated: Int32Array
  /** For cold starts: the mean of each user's ratings, of each item's, and of all. */
  readonly means: {
    readonly users: Float64Array
    readonly items: Float64Array
    readonly all: number
  }
  readonly history: Float64Array
}

/** How recommendations are chosen. */
export interface RecommendOptions {
  /** Whether pairs that were learned from are left out. Default `true`. */
  readonly excludeKnown?: boolean
}

/** A user, an item, what is predicted of them, and the rank among others. */
export type Recommendation<F extends string, P extends string> = {
  readonly [Q in F]: Id
} & { readonly [Q in P | 'rank']: number }

/**
 * Factors of users and items: a rating is predicted by the product of two vectors.
 *
 * @typeParam U The field with users.
 * @typeParam I The field with items.
 * @typeParam P The field for predictions.
 */
export class AlsModel<U extends string, I extends string, P extends string> extends Predictor<
  { readonly [Q in U | I]: Id },
  number,
  { [Q in P]: number }
> {
  /** The objective after each iteration. */
  readonly history: Float64Array
  readonly #state: AlsState
  readonly #users: FactorTable
  readonly #items: FactorTable
  readonly #environment: ExecutionEnvironment
  #turned: KnownPairs | undefined

  /** @internal Made by `fit`. */
  constructor(state: AlsState, environment: ExecutionEnvironment) {
    const { user, item, prediction, factors } = state
    const users = new FactorTable(user, state.users, state.userFactors, factors)
    const items = new FactorTable(item, state.items, state.itemFactors, factors)
    super('als', {
      reads: [user, item],
      adds: [prediction],
      compute([userColumn, itemColumn], length, first) {
        const values = new Float64Array(length)
        for (let row = 0; row < length; row++) {
          const userPlace = users.ids.find(userColumn!.get(row), 'als', first + row)
          const itemPlace = items.ids.find(itemColumn!.get(row), 'als', first + row)
          values[row] = predicted(userPlace, itemPlace)
        }
        return [new Float64Column(values)]
      },
      computeOne: record => [
        predicted(users.ids.find(record[user], 'als'), items.ids.find(record[item], 'als')),
      ],
    })
    function predicted(userPlace: number, itemPlace: number): number {
      if (userPlace < 0 || itemPlace < 0) return unknown(state, userPlace, itemPlace)
      let sum = 0
      let [u, i] = [userPlace * factors, itemPlace * factors]
      for (let k = 0; k < factors; k++) sum += state.userFactors[u++]! * state.itemFactors[i++]!
      return sum
    }
    this.history = state.history
    this.#state = state
    this.#users = users
    this.#items = items
    this.#environment = environment
  }

  /** The users that were learned from, ascending. */
  get users(): readonly Id[] {
    return this.#state.users
  }

  /** The items that were learned from, ascending. */
  get items(): readonly Id[] {
    return this.#state.items
  }

  /** A record for each user, with the vector `factors`. */
  get userFactors(): DataSet<{ readonly [Q in U]: Id } & { readonly factors: Float64Array }> {
    return this.#users.dataSet(this.#environment)
  }

  /** A record for each item, with the vector `factors`. */
  get itemFactors(): DataSet<{ readonly [Q in I]: Id } & { readonly factors: Float64Array }> {
    return this.#items.dataSet(this.#environment)
  }

  /**
   * The records with a field for the predicted rating. Lazy.
   *
   * Records of unknown users and items have what `coldStart` says; with `'drop'` they are left out. In a
   * pipeline they get NaN instead.
   *
   * @throws {SchemaError} When run, if an id is missing, or of another type than those learned from.
   * @example
   * const model = await als({ factors: 2 }).fit(ratings)
   * model.predict(from([{ user: 'ann', item: 'Heat' }])) // { user: 'ann', item: 'Heat', prediction: ... }
   */
  override transform<T>(
    data: DataSet<T> & Lacks<T, { readonly [Q in U | I]: Id }>,
  ): DataSet<Added<T, { [Q in P]: number }>> {
    const { coldStart, prediction } = this.#state
    const all = super.transform(data)
    if (coldStart !== 'drop') return all
    return all.filter(
      (record, { name }) => !Number.isNaN((record as Record<string, unknown>)[name] as number),
      { with: { name: prediction } },
    )
  }

  /**
   * The items with the largest predictions for each of some users, as records of user, item, prediction
   * and rank, from 1 on. Equal predictions are ordered by id. Lazy.
   *
   * @param users Default: all.
   * @param count How many each gets at most.
   * @throws {ArgumentError} If a user is unknown; with `coldStart: 'drop'` such users get nothing.
   * Cost: O(users * items * factors).
   * @example
   * const model = await als({ factors: 2, regularization: 0.05 }).fit(ratings)
   * model.recommend(['ann'], 1) // { user: 'ann', item: 'Heat', prediction: 4.7..., rank: 1 }
   */
  recommend(
    users: readonly Id[] | undefined,
    count: number,
    options: RecommendOptions = {},
  ): DataSet<Recommendation<U | I, P>> {
    return this.#recommend('recommend', this.#users, this.#items, users, count, options)
  }

  /**
   * As `recommend`, with the roles of users and items exchanged: whom each item would please most.
   *
   * @param items Default: all.
   * @throws {ArgumentError} If an item is unknown; with `coldStart: 'drop'` such items get nothing.
   * Cost: O(users * items * factors).
   * @example
   * const model = await als({ factors: 2, regularization: 0.05 }).fit(ratings)
   * model.recommendUsers(['Heat'], 1, { excludeKnown: false }) // { item: 'Heat', user: 'bob', ... }
   */
  recommendUsers(
    items: readonly Id[] | undefined,
    count: number,
    options: RecommendOptions = {},
  ): DataSet<Recommendation<U | I, P>> {
    return this.#recommend('recommendUsers', this.#items, this.#users, items, count, options)
  }

  /**
   * What `recommend` gives for one user, without a job.
   *
   * @throws {ArgumentError} If the user is unknown.
   * Cost: O(items * factors).
   * @example
   * const model = await als({ factors: 2, regularization: 0.05 }).fit(ratings)
   * model.recommendOne('ann', 1) // [{ item: 'Heat', prediction: 4.7... }]
   */
  recommendOne(
    user: Id,
    count: number,
    options: RecommendOptions = {},
  ): readonly ({ readonly [Q in I]: Id } & { readonly [Q in P]: number })[] {
    const operation = 'als.recommendOne'
    const request = this.#request(operation, this.#users, this.#items, count, options)
    const { places, scores } = bestFor(placeOf(user, this.#users, operation), request)
    const { item, prediction } = this.#state
    return places.map((place, k) => ({
      [item]: this.items[place],
      [prediction]: scores[k],
    })) as never
  }

  /**
   * The items that are most like one: those whose factors have the smallest angle to its own, with the
   * cosine as `similarity`.
   *
   * @throws {ArgumentError} If the item is unknown.
   * Cost: O(items * factors).
   * @example
   * const model = await als({ factors: 2, regularization: 0.05 }).fit(ratings)
   * model.similarItems('Heat', 1) // [{ item: 'Alien', similarity: 0.9... }]
   */
  similarItems(
    item: Id,
    count: number,
  ): readonly ({ readonly [Q in I]: Id } & { readonly similarity: number })[] {
    const operation = 'als.similarItems'
    positiveInteger(count, operation, 'count')
    const found = this.#items.similar(placeOf(item, this.#items, operation), count)
    return found.map(({ id, similarity }) => ({ [this.#state.item]: id, similarity })) as never
  }

  /**
   * The objective for given ratings: what `fit` makes small, see `als`. For the ratings that were learned
   * from it is the last value of `history`.
   *
   * Pairs with an unknown user or item are left out.
   *
   * @throws {ArgumentError} If there are no ratings of known users and items.
   * @throws {SchemaError} If an id or rating cannot be used; names the record.
   * @example
   * const model = await als({ factors: 2 }).fit(ratings)
   * const risk = await model.empiricalRisk(ratings)
   * Math.abs(risk - model.history.at(-1)!) < 1e-9 // true
   */
  async empiricalRisk(ratings: AnyDataSet): Promise<number> {
    const operation = 'als.empiricalRisk'
    const state = this.#state
    const read = await readRatings(ratings, state, operation)
    const found = risk(read, this.#users, this.#items, state, operation)
    if (found !== null) return found
    throw new ArgumentError(
      `${operation}: none of the ratings is of a user and an item that were learned from.`,
    )
  }

  protected override state(): AlsState {
    return this.#state
  }

  override card(): ModelCard {
    const { factors, regularization, weighted, implicit, alpha, nonNegative, coldStart, rated } =
      this.#state
    return {
      title: 'als',
      facts: {
        users: this.users.length,
        items: this.items.length,
        ratings: rated.length,
        factors,
        regularization,
        weighted,
        ...(implicit ? { implicit, alpha } : {}),
        ...(nonNegative ? { nonNegative } : {}),
        coldStart,
      },
      curve: Array.from(this.history),
    }
  }

  #request(
    operation: string,
    askers: FactorTable,
    offers: FactorTable,
    count: number,
    options: RecommendOptions,
  ): Omit<RecommendationRequest, 'places'> {
    positiveInteger(count, operation, 'count')
    knownOptions(options, ['excludeKnown'], operation)
    const { excludeKnown = true } = options
    trueOrFalse(excludeKnown, operation, 'excludeKnown')
    const known = askers === this.#users ? this.#known : this.#knownByItem
    return {
      askers,
      offers,
      count,
      known: excludeKnown ? known : undefined,
      prediction: this.#state.prediction,
    }
  }

  #recommend(
    method: string,
    askers: FactorTable,
    offers: FactorTable,
    ids: readonly Id[] | undefined,
    count: number,
    options: RecommendOptions,
  ): DataSet<Recommendation<U | I, P>> {
    const operation = `als.${method}`
    const request = this.#request(operation, askers, offers, count, options)
    if (ids !== undefined && !Array.isArray(ids)) {
      throw new ArgumentError(
        `${operation}: ${askers.ids.name}s must be a list of ids, or undefined for all; got ${shown(ids)}.`,
      )
    }
    const drop = this.#state.coldStart === 'drop'
    const places =
      ids === undefined
        ? Int32Array.from({ length: askers.length }, (_, place) => place)
        : Int32Array.from(
            ids.map(id => (drop ? askers.ids.find(id, operation) : placeOf(id, askers, operation))),
          ).filter(place => place >= 0)
    return recommendations(this.#environment, { ...request, places })
  }

  get #known(): KnownPairs {
    const { offsets, rated: indices } = this.#state
    return { offsets, indices }
  }

  get #knownByItem(): KnownPairs {
    this.#turned ??= turned(this.#known, this.items.length)
    return this.#turned
  }
}

/** What is predicted where a place is -1. */
function unknown({ coldStart, means }: AlsState, user: number, item: number): number {
  if (coldStart !== 'mean') return Number.NaN
  return means.users[user] ?? means.items[item] ?? means.all
}

type KnownPairs = Pick<RatingRows, 'offsets' | 'indices'>

/** @throws {ArgumentError} If it is unknown. */
function placeOf(id: Id, table: FactorTable, operation: string): number {
  const place = table.ids.find(id, operation)
  if (place >= 0) return place
  throw new ArgumentError(
    `${operation}: ${table.ids.name} ${shown(id)} is unknown; there was no rating of it to learn from.`,
  )
}

/** Rows by the other side. */
function turned({ offsets, indices }: KnownPairs, count: number): KnownPairs {
  const starts = new Int32Array(count + 1)
  for (let k = 0; k < indices.length; k++) starts[indices[k]! + 1]!++
  for (let row = 0; row < count; row++) starts[row + 1]! += starts[row]!
  const next = starts.slice()
  const rows = new Int32Array(indices.length)
  for (let row = 0; row + 1 < offsets.length; row++) {
    for (let k = offsets[row]!; k < offsets[row + 1]!; k++) rows[next[indices[k]!]!++] = row
  }
  return { offsets: starts, indices: rows }
}
