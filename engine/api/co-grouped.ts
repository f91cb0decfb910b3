import type { Direction, Key, SortKey } from '../plan/key.js'
import { type PlanNode, planNode } from '../plan/node.js'
import type { DataSet } from './data-set.js'
import type { FieldOf, RecordLike } from './fields.js'
import {
  type Context,
  type FunctionOptions,
  type Nothing,
  userFunction,
} from './function-options.js'
import type { Flow } from './host.js'
import { type KeyFunction, type KeyOf, keysOf, matchingKeys, sortKeyOf } from './keys.js'
import type { Results } from './reducible.js'

/** A coGroup that still needs its keys. */
export class CoGroup<L, R> {
  readonly #flow: Flow
  readonly #right: PlanNode

  /** @internal Use `DataSet.coGroup`. */
  constructor(flow: Flow, right: PlanNode) {
    this.#flow = flow
    this.#right = right
  }

  /**
   * The key of the left side: fields, or one function of the record that gives it.
   *
   * @example orders.coGroup(payments).where('order')
   */
  where(...keys: [KeyFunction<L>] | FieldOf<L>[]): CoGroupWhere<L, R> {
    return new CoGroupWhere(this.#flow, this.#right, keysOf(keys, 'where'))
  }
}

/** A coGroup that still needs the key of its right side. */
export class CoGroupWhere<L, R> {
  readonly #flow: Flow
  readonly #right: PlanNode
  readonly #leftKeys: readonly Key[]

  /** @internal */
  constructor(flow: Flow, right: PlanNode, leftKeys: readonly Key[]) {
    this.#flow = flow
    this.#right = right
    this.#leftKeys = leftKeys
  }

  /**
   * The key of the right side, with as many components as the left one.
   *
   * @example orders.coGroup(payments).where('order').equalTo('order')
   */
  equalTo(...keys: [KeyFunction<R>] | FieldOf<R>[]): CoGrouped<L, R> {
    return new CoGrouped({
      flow: this.#flow,
      right: this.#right,
      leftKeys: this.#leftKeys,
      rightKeys: matchingKeys(this.#leftKeys, keys, 'equalTo'),
      leftOrder: [],
      rightOrder: [],
    })
  }
}

interface CoGroupParts {
  readonly flow: Flow
  readonly right: PlanNode
  readonly leftKeys: readonly Key[]
  readonly rightKeys: readonly Key[]
  readonly leftOrder: readonly SortKey[]
  readonly rightOrder: readonly SortKey[]
}

/** The records of two data sets, brought together by key. */
export class CoGrouped<L, R> {
  readonly #parts: CoGroupParts

  /** @internal */
  constructor(parts: CoGroupParts) {
    this.#parts = parts
  }

  /**
   * Sorts the left records of each key; several calls sort by several fields.
   *
   * @example orders.coGroup(payments).where('order').equalTo('order').sortLeft('time')
   */
  sortLeft(key: KeyOf<L>, direction: Direction = 'ascending'): CoGrouped<L, R> {
    const leftOrder = [...this.#parts.leftOrder, sortKeyOf(key, direction, 'sortLeft')]
    return new CoGrouped({ ...this.#parts, leftOrder })
  }

  /**
   * Sorts the right records of each key; several calls sort by several fields.
   *
   * @example orders.coGroup(payments).where('order').equalTo('order').sortRight('time')
   */
  sortRight(key: KeyOf<R>, direction: Direction = 'ascending'): CoGrouped<L, R> {
    const rightOrder = [...this.#parts.rightOrder, sortKeyOf(key, direction, 'sortRight')]
    return new CoGrouped({ ...this.#parts, rightOrder })
  }

  /**
   * Calls a function for every key that either side has, with the records of both sides.
   * Missing keys form one group, as in `groupBy`.
   *
   * @param fn Returns one record, or an iterable of any number of records.
   * @example orders.coGroup(payments).where('order').equalTo('order')
   *   .with((orders, payments) => ({ due: orders.length > payments.length }))
   */
  with<U extends RecordLike, H extends object = Nothing>(
    fn: (left: readonly L[], right: readonly R[], context: Context<H>) => Iterable<U> | U,
    options?: FunctionOptions<H>,
  ): DataSet<Results<U>> {
    const { flow, ...parts } = this.#parts
    const grouped = userFunction(fn, 'coGroup.with', options)
    return flow.host.dataSet(planNode({ kind: 'coGroup', left: flow.node, ...parts, fn: grouped }))
  }
}
