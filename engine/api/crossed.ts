import { type JoinResult, type PlanNode, planNode } from '../plan/node.js'
import type { DataSet } from './data-set.js'
import type { Flat, RecordLike } from './fields.js'
import {
  type Context,
  type FunctionOptions,
  type Nothing,
  userFunction,
} from './function-options.js'
import type { Flow } from './host.js'

/** All pairs of two data sets, those of the first left record first. */
export class Crossed<L, R> {
  readonly #flow: Flow
  readonly #right: PlanNode

  /** @internal Use `DataSet.cross`. */
  constructor(flow: Flow, right: PlanNode) {
    this.#flow = flow
    this.#right = right
  }

  /**
   * One record for each pair.
   *
   * @example points.cross(centers).with((p, c) => ({ point: p.id, center: c.id, d: Math.abs(p.x - c.x) }))
   */
  with<U extends RecordLike, H extends object = Nothing>(
    fn: (left: L, right: R, context: Context<H>) => U,
    options?: FunctionOptions<H>,
  ): DataSet<Flat<U>> {
    return this.#result({ kind: 'map', fn: userFunction(fn, 'cross.with', options) })
  }

  /**
   * Any number of records for each pair.
   *
   * @example a.cross(b).flatWith((x, y) => (x.v < y.v ? [{ x: x.v, y: y.v }] : []))
   */
  flatWith<U extends RecordLike, H extends object = Nothing>(
    fn: (left: L, right: R, context: Context<H>) => Iterable<U>,
    options?: FunctionOptions<H>,
  ): DataSet<Flat<U>> {
    return this.#result({ kind: 'flatMap', fn: userFunction(fn, 'cross.flatWith', options) })
  }

  /**
   * One flat record for each pair: the fields of both sides, whose names must differ.
   *
   * @example days.cross(hours).merge()
   */
  merge(): DataSet<Flat<L & R>> {
    return this.#result({ kind: 'merge' })
  }

  /**
   * The pairs themselves, as tuples.
   *
   * @example from([1, 2]).cross(from(['a'])).pairs() // [1, 'a'], [2, 'a']
   */
  pairs(): DataSet<[L, R]> {
    return this.#result({ kind: 'pair' })
  }

  #result<U>(result: JoinResult): DataSet<U> {
    const { host, node: left } = this.#flow
    return host.dataSet(planNode({ kind: 'cross', left, right: this.#right, result }))
  }
}
