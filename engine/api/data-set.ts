import type { Direction, SortKey } from '../plan/key.js'
import { type JoinHint, type JoinType, type PlanNode, planNode } from '../plan/node.js'
import {
  knownOptions,
  nonEmptyText,
  oneOf,
  plainObject,
  positiveInteger,
} from '../types/arguments.js'
import { CoGroup } from './co-grouped.js'
import { Crossed } from './crossed.js'
import type {
  FieldOf,
  FieldValue,
  Flat,
  KeyFunctionRecord,
  KeyRecord,
  RecordLike,
} from './fields.js'
import {
  type Context,
  type Formula,
  type FormulaValue,
  type FunctionOptions,
  type Nothing,
  userFunction,
} from './function-options.js'
import { GroupedDataSet } from './grouped-data-set.js'
import type { Flow } from './host.js'
import { Join, Selection } from './joined.js'
import {
  differentNames,
  fieldsOf,
  type KeyFunction,
  type KeyOf,
  keyOf,
  keysOf,
  sortKeyOf,
} from './keys.js'
import { Looping } from './looping.js'
import { otherSide } from './other-side.js'
import type { Results } from './reducible.js'
import { type SampleOptions, sampleNode } from './sample.js'

const JOIN_HINTS: readonly JoinHint[] = ['auto', 'build-left', 'build-right', 'sort-merge']

/** Options of a join. */
export interface JoinOptions {
  /**
   * What you know about the sizes: which side to build the table of, or `sort-merge`. By default
   * the optimizer decides.
   */
  readonly hint?: JoinHint
}

/** Options of an operation that spreads records over partitions. */
export interface PartitionOptions {
  /** How many partitions. Default: the environment's parallelism. */
  readonly partitions?: number
}

/**
 * A collection of records that is described, not yet computed: methods return new data sets and
 * run nothing; `collect`, `count`, `print`, `toColumns`, iteration and sinks run the description.
 *
 * Records are objects, tuples or plain values. Functions get them as values: changing one changes
 * nothing. A missing value (`undefined`, `null` or an absent field) reads as `null`.
 *
 * @typeParam T The records.
 */
export class DataSet<T> extends Looping<T> {
  /**
   * Exactly one record for each record.
   *
   * @param fn Gets the record and a context with the values handed over by `with`.
   * @throws {FunctionError} When run, if `fn` throws; names the record, keeps the error as `cause`.
   * @example from([1, 2, 3]).map(x => x * x) // 1, 4, 9
   */
  map<U extends RecordLike, H extends object = Nothing>(
    fn: (record: T, context: Context<H>) => U,
    options?: FunctionOptions<H>,
  ): DataSet<U> {
    const { node: input } = this
    return this.host.dataSet(planNode({ kind: 'map', input, fn: userFunction(fn, 'map', options) }))
  }

  /**
   * Any number of records for each record: those of the iterable that the function returns.
   *
   * @param fn Returns an array or another iterable (not a string), or is a generator.
   * @example from(['a b', 'c']).flatMap(line => line.split(' ')) // 'a', 'b', 'c'
   */
  flatMap<U extends RecordLike, H extends object = Nothing>(
    fn: (record: T, context: Context<H>) => Iterable<U>,
    options?: FunctionOptions<H>,
  ): DataSet<U> {
    const flat = userFunction(fn, 'flatMap', options)
    return this.host.dataSet(planNode({ kind: 'flatMap', input: this.node, fn: flat }))
  }

  /**
   * The records for which a condition holds.
   *
   * @param condition A function, or a formula such as `'delay > 15 and distance < 500'`.
   * @throws {SchemaError} When run, if a formula names an unknown field; lists the known ones.
   * @example flights.filter(f => f.delay > 15)
   */
  filter<S extends T>(condition: (record: T, context: Context<Nothing>) => record is S): DataSet<S>
  filter<H extends object = Nothing>(
    condition: string | Formula | ((record: T, context: Context<H>) => unknown),
    options?: FunctionOptions<H>,
  ): DataSet<T>
  filter(condition: unknown, options?: FunctionOptions<unknown>): DataSet<T> {
    const fn = userFunction(condition, 'filter', options)
    return this.host.dataSet(planNode({ kind: 'filter', input: this.node, fn }))
  }

  /**
   * The record with further fields, each computed from the record as it was; a field of the same
   * name is replaced.
   *
   * @param columns A name for each: a function of the record, or a formula.
   * @example flights.derive({ speed: 'distance / hours', late: f => f.delay > 15 })
   */
  derive<const D extends Readonly<Record<string, string | Formula | ((record: T) => unknown)>>>(
    columns: D,
  ): DataSet<Flat<Omit<T, keyof D> & Derived<T, D>>> {
    plainObject(columns, 'derive', 'columns', "{ speed: 'distance / hours' }")
    const named = Object.entries(columns).map(([as, fn]) =>
      Object.freeze({ as, fn: userFunction(fn, `derive.${as}`) }),
    )
    return this.host.dataSet(planNode({ kind: 'derive', input: this.node, columns: named }))
  }

  /**
   * Some fields, in the order given.
   *
   * @throws {SchemaError} When run, if a field is unknown; lists the known ones.
   * @example flights.select('origin', 'delay')
   */
  select<P extends FieldOf<T>>(...fields: P[]): DataSet<Flat<KeyRecord<T, P>>> {
    const as = (from: string) => from.slice(from.lastIndexOf('.') + 1)
    return this.#project(
      fieldsOf(fields, 'select').map(from => ({ from, as: as(from) })),
      'select',
    )
  }

  /**
   * Some fields under new names: for each new name the field it takes.
   *
   * @example airports.selectAs({ code: 'iata', where: 'city' })
   */
  selectAs<const N extends Readonly<Record<string, FieldOf<T>>>>(
    names: N,
  ): DataSet<{ -readonly [K in keyof N]: FieldValue<T, N[K]> }> {
    plainObject(names, 'selectAs', 'names', "{ code: 'iata' }")
    const from = fieldsOf(Object.values(names), 'selectAs')
    return this.#project(
      Object.keys(names).map((as, k) => ({ from: from[k]!, as })),
      'selectAs',
    )
  }

  /**
   * Calls a function once per partition with an iterable of all its records.
   *
   * @param fn Returns an iterable of records (a generator function will do), or one record.
   * @example numbers.mapPartition(records => [{ n: [...records].length }])
   */
  mapPartition<U extends RecordLike, H extends object = Nothing>(
    fn: (records: readonly T[], context: Context<H>) => Iterable<U> | U,
    options?: FunctionOptions<H>,
  ): DataSet<Results<U>> {
    const whole = userFunction(fn, 'mapPartition', options)
    return this.host.dataSet(planNode({ kind: 'mapPartition', input: this.node, fn: whole }))
  }

  /**
   * All records of this and the other data sets, in that order. Duplicates stay.
   *
   * @example from([1, 2]).union(from([2, 3])) // 1, 2, 2, 3
   */
  union(...others: readonly DataSet<T>[]): DataSet<T> {
    const inputs = Object.freeze([
      this.node,
      ...others.map(other => otherSide(this.host, other, 'union')),
    ])
    return this.host.dataSet(planNode({ kind: 'union', inputs }))
  }

  /**
   * The first record of each key: of the given fields or key function, else of the whole record.
   *
   * @example flights.distinct('origin', 'destination')
   */
  distinct(...keys: [KeyFunction<T>] | FieldOf<T>[]): DataSet<T> {
    const parsed = keys.length === 0 ? [] : keysOf(keys, 'distinct')
    return this.host.dataSet(planNode({ kind: 'distinct', input: this.node, keys: parsed }))
  }

  /**
   * The first `count` records; the rest of the input is not read where that can be helped.
   *
   * @throws {ArgumentError} If `count` is not a positive integer.
   * @example words.orderBy('count', 'descending').first(10)
   */
  first(count: number): DataSet<T> {
    positiveInteger(count, 'first', 'count')
    const none = { keys: [], order: [] }
    return this.host.dataSet(planNode({ kind: 'first', input: this.node, count, ...none }))
  }

  /**
   * Groups the records by fields, by a key function, or by a formula.
   *
   * A key function that returns an object groups by its fields, which results carry; any other
   * key is called `key` in results. Missing keys form a group of their own, and so does NaN.
   *
   * @throws {SchemaError} When run, if a field is unknown; lists the known ones.
   * @example flights.groupBy('origin', 'destination').count()
   */
  groupBy<P extends FieldOf<T>>(...fields: P[]): GroupedDataSet<T, KeyRecord<T, P>>
  groupBy(key: Formula): GroupedDataSet<T, { key: number }>
  groupBy<R>(key: (record: T) => R): GroupedDataSet<T, KeyFunctionRecord<R>>
  groupBy(...keys: unknown[]): never {
    return new GroupedDataSet(this.flow, keysOf(keys, 'groupBy')) as never
  }

  /**
   * Pairs of records with equal keys. A missing key matches nothing.
   *
   * @example flights.join(airports).where('origin').equalTo('iata').with((f, a) => ({ ...f, city: a.city }))
   */
  join<R>(other: DataSet<R>, options?: JoinOptions): Join<T, R, T, R> {
    return new Join(this.#joined(other, 'inner', options))
  }

  /**
   * Like `join`, and records of this side without a match come with `null`.
   *
   * @example flights.leftJoin(airports).where('origin').equalTo('iata').with((f, a) => ({ ...f, city: a?.city }))
   */
  leftJoin<R>(other: DataSet<R>, options?: JoinOptions): Join<T, R, T, R | null> {
    return new Join(this.#joined(other, 'left', options))
  }

  /**
   * Like `join`, and records of the other side without a match come with `null`.
   *
   * @example orders.rightJoin(customers).where('customer').equalTo('customer').with((o, c) => ({ name: c.name, total: o?.total ?? 0 }))
   */
  rightJoin<R>(other: DataSet<R>, options?: JoinOptions): Join<T, R, T | null, R> {
    return new Join(this.#joined(other, 'right', options))
  }

  /**
   * Like `join`, and records of either side without a match come with `null`.
   *
   * @example before.fullJoin(after).where('id').equalTo('id').with((b, a) => ({ id: b?.id ?? a?.id, was: b?.v, is: a?.v }))
   */
  fullJoin<R>(other: DataSet<R>, options?: JoinOptions): Join<T, R, T | null, R | null> {
    return new Join(this.#joined(other, 'full', options))
  }

  /**
   * The records that have a match on the other side, each once.
   *
   * @example flights.semiJoin(hubs).where('origin').equalTo('iata')
   */
  semiJoin<R>(other: DataSet<R>, options?: JoinOptions): Selection<T, R> {
    return new Selection(this.#joined(other, 'semi', options))
  }

  /**
   * The records that have no match on the other side.
   *
   * @example flights.antiJoin(airports).where('origin').equalTo('iata')
   */
  antiJoin<R>(other: DataSet<R>, options?: JoinOptions): Selection<T, R> {
    return new Selection(this.#joined(other, 'anti', options))
  }

  /**
   * Brings together, by key, all records of both sides.
   *
   * @example orders.coGroup(payments).where('order').equalTo('order').with((o, p) => ({ open: o.length - p.length }))
   */
  coGroup<R>(other: DataSet<R>): CoGroup<T, R> {
    return new CoGroup(this.flow, otherSide(this.host, other, 'coGroup'))
  }

  /**
   * All pairs with the records of the other data set.
   *
   * Cost: the product of the sizes; the other side is kept in memory, or on disk.
   * @example from([1, 2]).cross(from(['a', 'b'])).pairs() // [1, 'a'], [1, 'b'], [2, 'a'], [2, 'b']
   */
  cross<R>(other: DataSet<R>): Crossed<T, R> {
    return new Crossed(this.flow, otherSide(this.host, other, 'cross'))
  }

  /**
   * All records in order: numbers by size, text by code units, dates by time; then NaN, then
   * missing values, in both directions. Stable. `thenBy` adds further keys.
   *
   * Cost: O(n log n), sorted runs go to disk when the budget is used up.
   * @example words.orderBy('count', 'descending').thenBy('word')
   */
  orderBy(key: KeyOf<T>, direction: Direction = 'ascending'): SortedDataSet<T> {
    return new SortedDataSet(this.flow, [sortKeyOf(key, direction, 'orderBy')], 'global')
  }

  /**
   * Like `orderBy`, within each partition only.
   *
   * @example flights.partitionByHash('origin').sortPartition('date')
   */
  sortPartition(key: KeyOf<T>, direction: Direction = 'ascending'): SortedDataSet<T> {
    return new SortedDataSet(this.flow, [sortKeyOf(key, direction, 'sortPartition')], 'partition')
  }

  /**
   * Spreads the records evenly over partitions.
   *
   * @example skewed.rebalance({ partitions: 4 })
   */
  rebalance(options?: PartitionOptions): DataSet<T> {
    return this.#partitioned({ kind: 'rebalance' }, options, 'rebalance')
  }

  /**
   * Puts records with equal keys into the same partition.
   *
   * @example flights.partitionByHash('origin')
   */
  partitionByHash(key: KeyOf<T> | readonly FieldOf<T>[], options?: PartitionOptions): DataSet<T> {
    const keys = keysOf(Array.isArray(key) ? key : [key], 'partitionByHash')
    return this.#partitioned({ kind: 'hash', keys }, options, 'partitionByHash')
  }

  /**
   * Gives each partition a range of keys, the first partition the smallest; ranges are chosen from
   * a sample so that partitions become about equally large.
   *
   * @example flights.partitionByRange('distance').sortPartition('distance')
   */
  partitionByRange(
    key: KeyOf<T>,
    options?: PartitionOptions & { readonly direction?: Direction },
  ): DataSet<T> {
    const order = [sortKeyOf(key, options?.direction ?? 'ascending', 'partitionByRange')]
    return this.#partitioned({ kind: 'range', order }, options, 'partitionByRange', ['direction'])
  }

  /**
   * Lets a function choose the partition of each key.
   *
   * @param partitioner Gets the key and the number of partitions; returns 0 to partitions - 1.
   * @example flights.partitionCustom('origin', (origin, n) => origin.charCodeAt(0) % n)
   */
  partitionCustom<P extends FieldOf<T>, H extends object = Nothing>(
    key: P,
    partitioner: (key: FieldValue<T, P>, partitions: number, context: Context<H>) => number,
    options?: PartitionOptions & FunctionOptions<H>,
  ): DataSet<T>
  partitionCustom<K, H extends object = Nothing>(
    key: (record: T) => K,
    partitioner: (key: K, partitions: number, context: Context<H>) => number,
    options?: PartitionOptions & FunctionOptions<H>,
  ): DataSet<T>
  partitionCustom(
    key: unknown,
    partitioner: unknown,
    options?: PartitionOptions & FunctionOptions<unknown>,
  ): DataSet<T> {
    const fn = userFunction(partitioner, 'partitionCustom', options, ['partitions'])
    const by = { kind: 'custom', key: keyOf(key, 'partitionCustom'), fn } as const
    return this.#partitioned(by, options, 'partitionCustom', ['with'])
  }

  /**
   * Numbers the records from 0, in order. Objects get a further field, other records become
   * `{ index, value }`.
   *
   * @param as The name of the field with the number.
   * @example from(['a', 'b']).zipWithIndex() // { index: 0, value: 'a' }, { index: 1, value: 'b' }
   */
  zipWithIndex<N extends string = 'index'>(as?: N): DataSet<Indexed<T, N>> {
    const field = as ?? 'index'
    nonEmptyText(field, 'zipWithIndex', 'the name of the number')
    return this.host.dataSet(planNode({ kind: 'zipWithIndex', input: this.node, as: field }))
  }

  /**
   * A random sample; the same data and seed give the same sample.
   *
   * @param size `{ fraction }`: each record with this probability (with replacement: this often on
   *   average); `{ count }`: exactly this many, or all when there are fewer.
   * @throws {ArgumentError} If the fraction or count is out of range.
   * @example flights.sample({ count: 1000, seed: 7 })
   */
  sample(size: SampleOptions): DataSet<T> {
    return this.host.dataSet(sampleNode(this.node, size))
  }

  /**
   * Keeps the result of the first job that computes this data set, for all later ones.
   *
   * The result stays in memory, outside the budget, as long as the data set is referred to.
   * @example const late = flights.filter(f => f.delay > 15).cache()
   */
  cache(): DataSet<T> {
    const store = { batches: undefined }
    return this.host.dataSet(planNode({ kind: 'cache', input: this.node, store }))
  }

  /**
   * Names the operation for `explain()` and errors.
   *
   * @example flights.filter(f => f.delay > 15).name('only the late ones')
   */
  name(name: string): DataSet<T> {
    nonEmptyText(name, 'name', 'the name')
    return this.host.dataSet(planNode({ ...this.node, name }))
  }

  #project<U>(
    fields: readonly { readonly from: string; readonly as: string }[],
    operation: string,
  ): DataSet<U> {
    differentNames(
      fields.map(({ as }) => as),
      operation,
    )
    return this.host.dataSet(planNode({ kind: 'project', input: this.node, fields }))
  }

  #joined(other: unknown, type: JoinType, options: JoinOptions | undefined) {
    const operation = type === 'inner' ? 'join' : `${type}Join`
    knownOptions(options, ['hint'], operation)
    const { hint = 'auto' } = options ?? {}
    oneOf(hint, JOIN_HINTS, operation, 'hint')
    return { flow: this.flow, right: otherSide(this.host, other, operation), type, hint } as const
  }

  #partitioned(
    by: Extract<PlanNode, { kind: 'partition' }>['by'],
    options: PartitionOptions | undefined,
    operation: string,
    further: readonly string[] = [],
  ): DataSet<T> {
    knownOptions(options, ['partitions', ...further], operation)
    const partitions = options?.partitions ?? this.host.parallelism
    positiveInteger(partitions, operation, 'partitions')
    return this.host.dataSet(planNode({ kind: 'partition', input: this.node, by, partitions }))
  }
}

/** A sorted data set; `thenBy` sorts further where the keys so far are equal. */
export class SortedDataSet<T> extends DataSet<T> {
  readonly #sorted: Flow
  readonly #order: readonly SortKey[]
  readonly #scope: 'global' | 'partition'

  /** @internal Use `orderBy` or `sortPartition`. */
  constructor(flow: Flow, order: readonly SortKey[], scope: 'global' | 'partition') {
    super(flow.host, planNode({ kind: 'sort', input: flow.node, order, scope }))
    this.#sorted = flow
    this.#order = order
    this.#scope = scope
  }

  /**
   * Sorts by a further key where all keys so far are equal.
   *
   * @example people.orderBy('name').thenBy('age', 'descending')
   */
  thenBy(key: KeyOf<T>, direction: Direction = 'ascending'): SortedDataSet<T> {
    const order = [...this.#order, sortKeyOf(key, direction, 'thenBy')]
    return new SortedDataSet(this.#sorted, order, this.#scope)
  }
}

/** The fields that `derive` adds: what functions return, and what formulas look like. */
export type Derived<T, D> = {
  -readonly [K in keyof D]: D[K] extends (record: never) => infer V ? V : FormulaValue<T, D[K]>
}

/** A record with its number. */
export type Indexed<T, N extends string> = T extends readonly unknown[]
  ? Flat<Record<N, number> & { value: T }>
  : T extends object
    ? T extends Date | Float64Array
      ? Flat<Record<N, number> & { value: T }>
      : Flat<T & Record<N, number>>
    : Flat<Record<N, number> & { value: T }>
