import { type OutlineNode, outlineOf, outlineText } from '../optimizer/outline.js'
import type { AggregateSpec } from '../plan/aggregate.js'
import type { Direction, Key, SortKey } from '../plan/key.js'
import { planNode } from '../plan/node.js'
import { type AggregateOf, type AggregateRecord, aggregateSpecs } from './aggregates.js'
import type { DataSet } from './data-set.js'
import type { FieldOf, FieldValue, Flat, NumericFieldOf, RecordLike } from './fields.js'
import {
  type Context,
  type FunctionOptions,
  type Nothing,
  userFunction,
} from './function-options.js'
import type { Flow } from './host.js'
import { fieldsOf, keysOf } from './keys.js'
import { Showing, type ShownKind } from './showing.js'

/**
 * What makes one record, or a few, out of many: for all records of a `DataSet`, or for each group
 * of a `GroupedDataSet`.
 *
 * @typeParam T The records.
 * @typeParam K The key fields that results carry; none for a whole data set.
 */
export class Reducible<T, K> extends Showing {
  /** @internal The plan so far. */
  protected readonly flow: Flow
  /** @internal What records are grouped by; empty for all in one. */
  protected readonly keys: readonly Key[]
  /** @internal The order within each group; empty is the order of arrival. */
  protected readonly order: readonly SortKey[]

  /** @internal */
  constructor(flow: Flow, keys: readonly Key[] = [], order: readonly SortKey[] = []) {
    super()
    this.flow = flow
    this.keys = keys
    this.order = order
  }

  /** What it is, for who draws it. */
  protected override get shownKind(): ShownKind {
    return 'dataSet'
  }

  /** The operations that describe it, as they were written: the last one on top. Runs nothing. */
  outline(): readonly OutlineNode[] {
    return outlineOf(this.flow.node)
  }

  /**
   * The operations that describe it as text, the last one on top. Runs nothing.
   *
   * @example String(words.filter('count > 1').first(2)) // 'first 2\n└─ filter count > 1\n   └─ from words...'
   */
  override toString(): string {
    return outlineText(this.flow.node)
  }

  /**
   * One record, per group the key fields first, with aggregates under names of your choice.
   *
   * @param aggregates A name for each: `{ flights: count(), delay: mean('delay') }`.
   * @throws {SchemaError} When run, if a field is unknown or cannot be aggregated.
   * Cost: one pass; memory for the groups, spilled to disk when the budget is used up.
   * @example flights.groupBy('origin').aggregate({ flights: count(), delay: mean('delay') })
   */
  aggregate<A extends Readonly<Record<string, AggregateOf<T>>>>(
    aggregates: A,
  ): DataSet<Flat<K & AggregateRecord<T, A>>> {
    return this.aggregated(aggregateSpecs(aggregates))
  }

  /**
   * The sum of each field (per group), under the field's own name.
   *
   * @example words.groupBy('word').sum('count')
   */
  sum<P extends NumericFieldOf<T>>(...fields: P[]): DataSet<Flat<K & Record<P, number>>> {
    return this.aggregated(fieldsOf(fields, 'sum').map(path => field('sum', path)))
  }

  /**
   * The mean of each field (per group), under the field's own name.
   *
   * @example flights.groupBy('origin').mean('delay')
   */
  mean<P extends NumericFieldOf<T>>(...fields: P[]): DataSet<Flat<K & Record<P, number>>> {
    return this.aggregated(fieldsOf(fields, 'mean').map(path => field('mean', path)))
  }

  /**
   * The smallest value of each field (per group), under the field's own name.
   *
   * @example flights.groupBy('origin').min('delay')
   */
  min<P extends FieldOf<T>>(...fields: P[]): DataSet<Flat<K & { [Q in P]: FieldValue<T, Q> }>> {
    return this.aggregated(fieldsOf(fields, 'min').map(path => field('min', path)))
  }

  /**
   * The largest value of each field (per group), under the field's own name.
   *
   * @example flights.groupBy('origin').max('delay')
   */
  max<P extends FieldOf<T>>(...fields: P[]): DataSet<Flat<K & { [Q in P]: FieldValue<T, Q> }>> {
    return this.aggregated(fieldsOf(fields, 'max').map(path => field('max', path)))
  }

  /**
   * The record (of each group) with the smallest value of a field; ties go to later fields, then to
   * the first record.
   *
   * @example flights.groupBy('origin').minBy('delay')
   */
  minBy(...fields: FieldOf<T>[]): DataSet<T> {
    return this.#picked(fields, 'ascending', 'minBy')
  }

  /**
   * The record (of each group) with the largest value of a field; ties go to later fields, then to
   * the first record.
   *
   * @example flights.groupBy('origin').maxBy('delay', 'distance')
   */
  maxBy(...fields: FieldOf<T>[]): DataSet<T> {
    return this.#picked(fields, 'descending', 'maxBy')
  }

  /**
   * The records (of each group) combined pairwise into one, in input order; nothing for no records.
   *
   * @param fn Associative; gets what has been combined so far and the next record.
   * @example words.groupBy('word').reduce((a, b) => ({ word: a.word, count: a.count + b.count }))
   */
  reduce<H extends object = Nothing>(
    fn: (combined: T, record: T, context: Context<H>) => T,
    options?: FunctionOptions<H>,
  ): DataSet<T> {
    const { host, node: input } = this.flow
    const reducer = userFunction(fn, 'reduce', options)
    return host.dataSet(planNode({ kind: 'reduce', input, fn: reducer, keys: this.keys }))
  }

  /**
   * Calls a function once (per group) with all records, in input order or that of `sortGroup`.
   *
   * @param fn Returns one record, or an iterable of any number of records.
   * Cost: all records of a group are in memory at once.
   * @example flights.groupBy('origin').reduceGroup(group => ({ origin: group[0].origin, n: group.length }))
   */
  reduceGroup<U extends RecordLike, H extends object = Nothing>(
    fn: (records: readonly T[], context: Context<H>) => Iterable<U> | U,
    options?: FunctionOptions<H>,
  ): DataSet<Results<U>> {
    return this.groupReduced(fn, 'reduceGroup', options)
  }

  /** @internal */
  protected aggregated<R>(aggregates: readonly AggregateSpec[]): DataSet<R> {
    const { host, node: input } = this.flow
    return host.dataSet(planNode({ kind: 'aggregate', input, keys: this.keys, aggregates }))
  }

  #picked(fields: readonly string[], direction: Direction, operation: string): DataSet<T> {
    const { host, node: input } = this.flow
    const by = keysOf(fields, operation)
    return host.dataSet(planNode({ kind: 'pick', input, keys: this.keys, by, direction }))
  }

  /** @internal */
  protected groupReduced<R>(
    fn: unknown,
    operation: 'reduceGroup' | 'combineGroup',
    options?: FunctionOptions<unknown>,
  ): DataSet<R> {
    const { host, node: input } = this.flow
    return host.dataSet(
      planNode({
        kind: 'reduceGroup',
        input,
        fn: userFunction(fn, operation, options),
        keys: this.keys,
        order: this.order,
        partial: operation === 'combineGroup',
      }),
    )
  }
}

/** The records that a function's result stands for: those of an iterable, or the one record. */
export type Results<U> = U extends string ? U : U extends Iterable<infer V> ? V : U

function field(op: 'sum' | 'mean' | 'min' | 'max', path: string): AggregateSpec {
  return { as: path, op, input: { kind: 'field', path } }
}
