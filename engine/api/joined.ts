import type { UserFunction } from '../functions/user-function.js'
import type { Key } from '../plan/key.js'
import { type JoinHint, type JoinResult, type JoinType, planNode } from '../plan/node.js'
import type { DataSet } from './data-set.js'
import type { FieldOf, Flat, RecordLike } from './fields.js'
import {
  type Context,
  type Formula,
  type FunctionOptions,
  type Nothing,
  userFunction,
} from './function-options.js'
import type { Flow } from './host.js'
import { type KeyFunction, keysOf, matchingKeys } from './keys.js'

/** A join that still needs its keys: `join(other).where('id').equalTo('source')`. */
export class Join<L, R, Left, Right> {
  readonly #parts: JoinParts

  /** @internal Use `DataSet.join` and its kin. */
  constructor(parts: JoinParts) {
    this.#parts = parts
  }

  /**
   * The key of the left side: fields, or one function of the record that gives it.
   *
   * @example flights.join(airports).where('origin')
   */
  where(...keys: [KeyFunction<L>] | FieldOf<L>[]): JoinWhere<L, R, Left, Right> {
    return new JoinWhere(this.#parts, keysOf(keys, 'where'))
  }
}

/** A join that still needs the key of its right side. */
export class JoinWhere<L, R, Left, Right> {
  readonly #parts: JoinParts
  readonly #leftKeys: readonly Key[]

  /** @internal */
  constructor(parts: JoinParts, leftKeys: readonly Key[]) {
    this.#parts = parts
    this.#leftKeys = leftKeys
  }

  /**
   * The key of the right side, with as many components as the left one.
   *
   * @throws {ArgumentError} If the numbers of components differ.
   * @throws {SchemaError} When run, if the types of the keys do not match.
   * @example flights.join(airports).where('origin').equalTo('iata')
   */
  equalTo(...keys: [KeyFunction<R>] | FieldOf<R>[]): Joined<L, R, Left, Right> {
    const rightKeys = matchingKeys(this.#leftKeys, keys, 'equalTo')
    return new Joined({ ...this.#parts, leftKeys: this.#leftKeys, rightKeys })
  }
}

/** Matching pairs of records; say with `with`, `flatWith`, `merge` or `pairs` what becomes of them. */
export class Joined<L, R, Left, Right> {
  readonly #parts: KeyedJoinParts

  /** @internal */
  constructor(parts: KeyedJoinParts) {
    this.#parts = parts
  }

  /**
   * Keeps the pairs for which a condition holds, beside the equal keys. In an outer join the
   * condition is part of the match: a record none of whose pairs pass it comes alone. In a formula
   * the two records are `left` and `right`: `'left.time < right.time'`.
   *
   * @example a.join(b).where('id').equalTo('id').filter((x, y) => x.time < y.time).pairs()
   */
  filter<H extends object = Nothing>(
    condition: string | Formula | ((left: L, right: R, context: Context<H>) => unknown),
    options?: FunctionOptions<H>,
  ): Joined<L, R, Left, Right> {
    const fn = userFunction(condition, 'join.filter', options)
    const { condition: first, ...parts } = this.#parts
    const both = first === undefined ? fn : conjunction(first, fn)
    return new Joined({ ...parts, condition: both })
  }

  /**
   * One record for each pair.
   *
   * @param fn Gets `null` for the side without a match in an outer join.
   * @example flights.join(airports).where('origin').equalTo('iata').with((f, a) => ({ ...f, city: a.city }))
   */
  with<U extends RecordLike, H extends object = Nothing>(
    fn: (left: Left, right: Right, context: Context<H>) => U,
    options?: FunctionOptions<H>,
  ): DataSet<Flat<U>> {
    return this.#result({ kind: 'map', fn: userFunction(fn, 'join.with', options) })
  }

  /**
   * Any number of records for each pair.
   *
   * @example a.join(b).where('id').equalTo('id').flatWith((x, y) => (x.v < y.v ? [x, y] : []))
   */
  flatWith<U extends RecordLike, H extends object = Nothing>(
    fn: (left: Left, right: Right, context: Context<H>) => Iterable<U>,
    options?: FunctionOptions<H>,
  ): DataSet<Flat<U>> {
    return this.#result({ kind: 'flatMap', fn: userFunction(fn, 'join.flatWith', options) })
  }

  /**
   * One flat record for each pair: the fields of both sides. Fields that are keys of both sides
   * under one name come once; other equal names fail, use `with` to choose.
   *
   * @throws {SchemaError} When run, if a field that is not a key is on both sides.
   * @example orders.join(customers).where('customer').equalTo('customer').merge()
   */
  merge(): DataSet<Flat<Left & Right>> {
    const { leftKeys, rightKeys } = this.#parts
    const shared = leftKeys.flatMap((key, k) => {
      const other = rightKeys[k]
      const same = key.kind === 'field' && other?.kind === 'field' && key.path === other.path
      return same ? [key.path] : []
    })
    return this.#result({ kind: 'merge', shared })
  }

  /**
   * The pairs themselves, as tuples.
   *
   * @example from([1, 2]).join(from([2, 3])).where(x => x).equalTo(y => y).pairs() // [2, 2]
   */
  pairs(): DataSet<[Left, Right]> {
    return this.#result({ kind: 'pair' })
  }

  #result<U>(result: JoinResult): DataSet<U> {
    const { flow, right, ...parts } = this.#parts
    return flow.host.dataSet(planNode({ kind: 'join', left: flow.node, right, ...parts, result }))
  }
}

/** What a join knows before its keys. */
export interface JoinParts {
  readonly flow: Flow
  readonly right: Flow['node']
  readonly type: JoinType
  readonly hint: JoinHint
}

interface KeyedJoinParts extends JoinParts {
  readonly leftKeys: readonly Key[]
  readonly rightKeys: readonly Key[]
  readonly condition?: UserFunction
}

/** A semi or anti join that still needs its keys. */
export class Selection<L, R> {
  readonly #parts: JoinParts

  /** @internal Use `DataSet.semiJoin` and `DataSet.antiJoin`. */
  constructor(parts: JoinParts) {
    this.#parts = parts
  }

  /**
   * The key of the left side.
   *
   * @example flights.semiJoin(hubs).where('origin')
   */
  where(...keys: [KeyFunction<L>] | FieldOf<L>[]): SelectionWhere<L, R> {
    return new SelectionWhere(this.#parts, keysOf(keys, 'where'))
  }
}

/** A semi or anti join that still needs the key of its right side. */
export class SelectionWhere<L, R> {
  readonly #parts: JoinParts
  readonly #leftKeys: readonly Key[]

  /** @internal */
  constructor(parts: JoinParts, leftKeys: readonly Key[]) {
    this.#parts = parts
    this.#leftKeys = leftKeys
  }

  /**
   * The key of the right side, and with it the result.
   *
   * @example flights.semiJoin(hubs).where('origin').equalTo('iata')
   */
  equalTo(...keys: [KeyFunction<R>] | FieldOf<R>[]): DataSet<L> {
    const { flow, right, ...parts } = this.#parts
    const rightKeys = matchingKeys(this.#leftKeys, keys, 'equalTo')
    const leftKeys = this.#leftKeys
    const result = { kind: 'pair' } as const
    return flow.host.dataSet(
      planNode({ kind: 'join', left: flow.node, right, ...parts, leftKeys, rightKeys, result }),
    )
  }
}

/** Both conditions in turn, as one function; each keeps its own context. */
function conjunction(first: UserFunction, second: UserFunction): UserFunction {
  const call = (...parameters: never[]) =>
    first.call?.(...parameters) && second.call?.(...parameters)
  const handed = { ...first.handed, ...second.handed }
  return Object.freeze({ call, handed, operation: 'join.filter' })
}
