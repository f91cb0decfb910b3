/** Accumulators: what functions collect on the side, handed over to them by `with`. */
import { ArgumentError } from '../errors.js'
import type { Accumulator } from '../plan/handed.js'
import { shown } from '../types/column-writer.js'

/** An accumulator made of three functions; for your own kinds. */
export interface AccumulatorKind<S, V, R> {
  /** An empty state. */
  readonly empty: () => S
  /** The state with one more value; may change and return the same state. */
  readonly add: (state: S, value: V) => S
  /** Two states as one. */
  readonly merge: (a: S, b: S) => S
  /** The result of a state. */
  readonly result: (state: S) => R
}

class StateAccumulator<S, V, R> implements Accumulator<V, R> {
  readonly #kind: AccumulatorKind<S, V, R>
  #state: S

  constructor(kind: AccumulatorKind<S, V, R>) {
    this.#kind = kind
    this.#state = kind.empty()
  }

  get value(): R {
    return this.#kind.result(this.#state)
  }

  add(value: V): void {
    this.#state = this.#kind.add(this.#state, value)
  }

  fresh(): Accumulator<V, R> {
    return new StateAccumulator(this.#kind)
  }

  merge(other: Accumulator<V, R>): void {
    this.#state = this.#kind.merge(this.#state, (other as StateAccumulator<S, V, R>).#state)
  }

  reset(): void {
    this.#state = this.#kind.empty()
  }
}

/**
 * An accumulator of your own kind.
 *
 * @example const longest = accumulator({ empty: () => '', add: (s, v: string) => (v.length > s.length ? v : s), merge: (a, b) => (b.length > a.length ? b : a), result: s => s })
 */
export function accumulator<S, V, R>(kind: AccumulatorKind<S, V, R>): Accumulator<V, R> {
  for (const part of ['empty', 'add', 'merge', 'result'] as const) {
    if (typeof kind?.[part] !== 'function') {
      throw new ArgumentError(
        `accumulator: ${part} must be a function; got ${shown(kind?.[part])}. Give { empty, add, merge, result }.`,
      )
    }
  }
  return new StateAccumulator(kind)
}

/**
 * Adds up numbers.
 *
 * @example
 * const bad = counter()
 * await from([1, -1]).filter((x, { bad }) => { if (x < 0) bad.add(1); return x >= 0 }, { with: { bad } }).collect()
 * bad.value // 1
 */
export function counter(): Accumulator<number, number> {
  const add = (a: number, b: number) => a + b
  return accumulator({ empty: () => 0, add, merge: add, result: sum => sum })
}

/**
 * Counts how often each value is added.
 *
 * @example frequencies<string>().value // Map(0) {}
 */
export function frequencies<V>(): Accumulator<V, ReadonlyMap<V, number>> {
  const count = (counts: Map<V, number>, value: V, times: number) =>
    counts.set(value, (counts.get(value) ?? 0) + times)
  return accumulator<Map<V, number>, V, ReadonlyMap<V, number>>({
    empty: () => new Map(),
    add: (counts, value) => count(counts, value, 1),
    merge: (a, b) => {
      for (const [value, times] of b) count(a, value, times)
      return a
    },
    result: counts => new Map(counts),
  })
}

/**
 * The smallest number added; `undefined` before the first.
 *
 * @example minimum().value // undefined
 */
export function minimum(): Accumulator<number, number | undefined> {
  return extreme(Math.min)
}

/**
 * The largest number added; `undefined` before the first.
 *
 * @example maximum().value // undefined
 */
export function maximum(): Accumulator<number, number | undefined> {
  return extreme(Math.max)
}

/**
 * The mean of the numbers added; `undefined` before the first.
 *
 * @example average().value // undefined
 */
export function average(): Accumulator<number, number | undefined> {
  return accumulator({
    empty: () => ({ sum: 0, count: 0 }),
    add: (state, value: number) => ({ sum: state.sum + value, count: state.count + 1 }),
    merge: (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
    result: ({ sum, count }) => (count === 0 ? undefined : sum / count),
  })
}

/**
 * All values added, in order.
 *
 * @example list<string>().value // []
 */
export function list<V>(): Accumulator<V, readonly V[]> {
  return accumulator<V[], V, readonly V[]>({
    empty: () => [],
    add: (values, value) => {
      values.push(value)
      return values
    },
    merge: (a, b) => a.concat(b),
    result: values => [...values],
  })
}

function extreme(
  choose: (a: number, b: number) => number,
): Accumulator<number, number | undefined> {
  const merge = (a: number | undefined, b: number | undefined) =>
    a === undefined ? b : b === undefined ? a : choose(a, b)
  return accumulator({
    empty: () => undefined as number | undefined,
    add: merge,
    merge,
    result: state => state,
  })
}
