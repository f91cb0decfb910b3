/** Aggregates: what `aggregate({ name: mean('field') })` computes over the records of a group. */
import { ArgumentError } from '../errors.js'
import type { AggregateOp, AggregateSpec } from '../plan/aggregate.js'
import { plainObject } from '../types/arguments.js'
import { shown } from '../types/column-writer.js'
import type { FieldOf, FieldValue, NumericFieldOf } from './fields.js'
import { Formula, userFunction } from './function-options.js'

/** The type of an aggregate's result that is the type of its input field. */
export interface TypeOfField<P extends string> {
  readonly typeOfField: P
}

/**
 * One aggregate. The type parameters say what it needs: records like `R`, the fields `F` (tagged by
 * what they must hold), and that it gives `V`.
 */
export class Aggregate<in R, out F extends string, out V> {
  /** Only in types: there is no such value. */
  declare readonly needs: (record: R) => [F, V]
  readonly #op: AggregateOp
  readonly #input: string | Formula | ((record: never) => unknown) | undefined

  constructor(op: AggregateOp, input?: string | Formula | ((record: never) => unknown)) {
    this.#op = op
    this.#input = input
  }

  /** @internal The plan's form, with the name `as`. */
  spec(as: string): AggregateSpec {
    const input = this.#input
    if (input === undefined) return { as, op: this.#op, input: { kind: 'none' } }
    if (typeof input === 'string')
      return { as, op: this.#op, input: { kind: 'field', path: input } }
    return { as, op: this.#op, input: { kind: 'function', fn: userFunction(input, this.#op) } }
  }
}

/** The aggregates that records of type `T` can have. */
export type AggregateOf<T> = Aggregate<
  T,
  `number ${NumericFieldOf<T>}` | `any ${FieldOf<T>}`,
  unknown
>

/** The record that the aggregates `A` over records of type `T` make. */
export type AggregateRecord<T, A> = {
  -readonly [K in keyof A]: A[K] extends Aggregate<never, string, infer V>
    ? V extends TypeOfField<infer P>
      ? FieldValue<T, P>
      : V
    : never
}

type NumberOf<R> = (record: R) => number | null | undefined

/**
 * The sum of a field, or of a function of the record. Missing values are left out; 0 for nothing.
 *
 * @example flights.groupBy('origin').aggregate({ miles: sum('distance') })
 */
export function sum<P extends string>(field: P): Aggregate<unknown, `number ${P}`, number>
export function sum(input: Formula): Aggregate<unknown, never, number>
export function sum<R>(input: NumberOf<R>): Aggregate<R, never, number>
export function sum(input: string | Formula | NumberOf<never>): Aggregate<never, string, number> {
  return new Aggregate('sum', needed(input, 'sum'))
}

/**
 * The mean of a field, or of a function of the record. Missing values are left out; missing (`null`) for nothing.
 *
 * @example flights.aggregate({ delay: mean('delay') })
 */
export function mean<P extends string>(field: P): Aggregate<unknown, `number ${P}`, number>
export function mean(input: Formula): Aggregate<unknown, never, number>
export function mean<R>(input: NumberOf<R>): Aggregate<R, never, number>
export function mean(input: string | Formula | NumberOf<never>): Aggregate<never, string, number> {
  return new Aggregate('mean', needed(input, 'mean'))
}

/**
 * The sample variance (divisor n - 1) of a field, or of a function of the record. Missing values are left out; missing
 * (`null`) for fewer than two values. Source: Welford 1962, merged after Chan et al. 1979.
 *
 * @example flights.aggregate({ spread: variance('delay') })
 */
export function variance<P extends string>(field: P): Aggregate<unknown, `number ${P}`, number>
export function variance(input: Formula): Aggregate<unknown, never, number>
export function variance<R>(input: NumberOf<R>): Aggregate<R, never, number>
export function variance(
  input: string | Formula | NumberOf<never>,
): Aggregate<never, string, number> {
  return new Aggregate('variance', needed(input, 'variance'))
}

/**
 * The sample standard deviation: the square root of `variance`.
 *
 * @example flights.aggregate({ spread: deviation('delay') })
 */
export function deviation<P extends string>(field: P): Aggregate<unknown, `number ${P}`, number>
export function deviation(input: Formula): Aggregate<unknown, never, number>
export function deviation<R>(input: NumberOf<R>): Aggregate<R, never, number>
export function deviation(
  input: string | Formula | NumberOf<never>,
): Aggregate<never, string, number> {
  return new Aggregate('deviation', needed(input, 'deviation'))
}

/**
 * The share of records for which a condition holds, from 0 to 1; missing (`null`) for no records.
 *
 * @example flights.groupBy('origin').aggregate({ late: share(f => f.delay > 15) })
 */
export function share(input: Formula): Aggregate<unknown, never, number>
export function share<R>(condition: (record: R) => unknown): Aggregate<R, never, number>
export function share(
  input: Formula | ((record: never) => unknown),
): Aggregate<never, string, number> {
  return new Aggregate('share', needed(input, 'share'))
}

/**
 * The number of records, or of those in which a field is not missing.
 *
 * @example flights.groupBy('origin').aggregate({ flights: count() })
 */
export function count(): Aggregate<unknown, never, number>
export function count<P extends string>(field: P): Aggregate<unknown, `any ${P}`, number>
export function count(field?: string): Aggregate<never, string, number> {
  return new Aggregate('count', field)
}

/**
 * The number of distinct values of a field, or of a function of the record; missing ones do not count. Exact.
 *
 * @example flights.aggregate({ airports: countDistinct('origin') })
 */
export function countDistinct<P extends string>(field: P): Aggregate<unknown, `any ${P}`, number>
export function countDistinct(input: Formula): Aggregate<unknown, never, number>
export function countDistinct<R>(input: (record: R) => unknown): Aggregate<R, never, number>
export function countDistinct(
  input: string | Formula | ((record: never) => unknown),
): Aggregate<never, string, number> {
  return new Aggregate('countDistinct', needed(input, 'countDistinct'))
}

/**
 * The smallest value of a field (number, text or date), or of a function of the record; missing for nothing.
 *
 * @example flights.groupBy('origin').aggregate({ first: min('date') })
 */
export function min<P extends string>(field: P): Aggregate<unknown, `any ${P}`, TypeOfField<P>>
export function min(input: Formula): Aggregate<unknown, never, number>
export function min<R, V>(input: (record: R) => V): Aggregate<R, never, V>
export function min(
  input: string | Formula | ((record: never) => unknown),
): Aggregate<never, string, unknown> {
  return new Aggregate('min', needed(input, 'min'))
}

/**
 * The largest value of a field (number, text or date), or of a function of the record; missing for nothing.
 *
 * @example flights.groupBy('origin').aggregate({ last: max('date') })
 */
export function max<P extends string>(field: P): Aggregate<unknown, `any ${P}`, TypeOfField<P>>
export function max(input: Formula): Aggregate<unknown, never, number>
export function max<R, V>(input: (record: R) => V): Aggregate<R, never, V>
export function max(
  input: string | Formula | ((record: never) => unknown),
): Aggregate<never, string, unknown> {
  return new Aggregate('max', needed(input, 'max'))
}

/**
 * The first value of a field in input order, missing or not.
 *
 * @example flights.groupBy('origin').aggregate({ example: firstValue('destination') })
 */
export function firstValue<P extends string>(
  field: P,
): Aggregate<unknown, `any ${P}`, TypeOfField<P>> {
  return new Aggregate('first', needed(field, 'firstValue'))
}

/**
 * The last value of a field in input order, missing or not.
 *
 * @example flights.groupBy('origin').aggregate({ example: lastValue('destination') })
 */
export function lastValue<P extends string>(
  field: P,
): Aggregate<unknown, `any ${P}`, TypeOfField<P>> {
  return new Aggregate('last', needed(field, 'lastValue'))
}

/** The plan's form of `{ name: aggregate }`. */
export function aggregateSpecs(
  aggregates: Readonly<Record<string, Aggregate<never, string, unknown>>>,
): AggregateSpec[] {
  plainObject(aggregates, 'aggregate', 'the aggregates', "{ n: count(), delay: mean('delay') }")
  const entries = Object.entries(aggregates)
  if (entries.length === 0) {
    throw new ArgumentError('aggregate: name at least one aggregate, such as { n: count() }.')
  }
  return entries.map(([as, aggregate]) => {
    if (!(aggregate instanceof Aggregate)) {
      throw new ArgumentError(
        `aggregate: "${as}" must be an aggregate such as count() or mean('field'); got ${shown(aggregate)}.`,
      )
    }
    return aggregate.spec(as)
  })
}

function needed<I>(input: I, operation: string): I & {} {
  const fits = ['string', 'function'].includes(typeof input) || input instanceof Formula
  if (input === undefined || input === null || !fits) {
    throw new ArgumentError(
      `${operation}: needs a field name, a function or formula('...'); got ${shown(input)}.`,
    )
  }
  return input
}
