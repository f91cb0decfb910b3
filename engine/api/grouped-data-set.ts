import type { Direction } from '../plan/key.js'
import { planNode } from '../plan/node.js'
import { positiveInteger } from '../types/arguments.js'
import type { DataSet } from './data-set.js'
import type { Flat, RecordLike } from './fields.js'
import type { Context, FunctionOptions, Nothing } from './function-options.js'
import { type KeyOf, sortKeyOf } from './keys.js'
import { Reducible, type Results } from './reducible.js'

/**
 * Records in groups by key: what `groupBy` gives. Nothing is computed until a method says what to
 * do with each group. Groups come out in the order in which their keys first appear, unless memory
 * ran out; use `orderBy` where the order matters.
 *
 * @typeParam T The records.
 * @typeParam K The key fields, as results carry them.
 */
export class GroupedDataSet<T, K> extends Reducible<T, K> {
  /**
   * The number of records per group, as `count`.
   *
   * @example flights.groupBy('origin').count()
   */
  count(): DataSet<Flat<K & { count: number }>> {
    return this.aggregated([{ as: 'count', op: 'count', input: { kind: 'none' } }])
  }

  /**
   * Like `reduceGroup`, on as much of each group as fits into memory: a key may come several times.
   * Follow it with a real reduction by the same key.
   *
   * @example
   * pairs.groupBy('key')
   *   .combineGroup(part => ({ key: part[0].key, n: part.length }))
   *   .groupBy('key').sum('n') // { key: 'x', n: 2 }, { key: 'y', n: 1 }
   */
  combineGroup<U extends RecordLike, H extends object = Nothing>(
    fn: (records: readonly T[], context: Context<H>) => Iterable<U> | U,
    options?: FunctionOptions<H>,
  ): DataSet<Results<U>> {
    return this.groupReduced(fn, 'combineGroup', options)
  }

  /**
   * The first `count` records of each group, in input order or that of `sortGroup`.
   *
   * @throws {ArgumentError} If `count` is not a positive integer.
   * @example flights.groupBy('origin').sortGroup('delay', 'descending').first(3)
   */
  first(count: number): DataSet<T> {
    positiveInteger(count, 'first', 'count')
    const { host, node: input } = this.flow
    const order = this.order
    return host.dataSet(planNode({ kind: 'first', input, count, keys: this.keys, order }))
  }

  /**
   * Sorts the records within each group for `reduceGroup`, `combineGroup` and `first`; several
   * calls sort by several fields, the first call's first.
   *
   * @example flights.groupBy('origin').sortGroup('date').first(1)
   */
  sortGroup(key: KeyOf<T>, direction: Direction = 'ascending'): GroupedDataSet<T, K> {
    const order = [...this.order, sortKeyOf(key, direction, 'sortGroup')]
    return new GroupedDataSet(this.flow, this.keys, Object.freeze(order))
  }
}
