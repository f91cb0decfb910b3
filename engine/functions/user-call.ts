/**
 * What every way of running users' functions shares: which functions are refused, what is checked
 * of what they return, how records are kept from being changed, and how failures are reported.
 */
import { ArgumentError, FunctionError } from '../errors.js'
import { isDate, shown } from '../types/column-writer.js'
import { shapeOf } from '../types/record-writer.js'
import { callable } from './expression-of.js'
import type { UserFunction } from './user-function.js'

/** A user's function as the engine calls it. */
export type Call = (...parameters: readonly unknown[]) => unknown

/** `fn` of so many records as it is called: with its records and the context. */
export function callOf(fn: UserFunction, records: 1 | 2): Call {
  const call = fn.call as Call | undefined
  if (call !== undefined) {
    return takesContext(fn) ? call : (...parameters) => call(...parameters.slice(0, -1))
  }
  return callable(fn, records) as Call
}

/**
 * Whether the context may be passed to `fn`. Not to native functions: they know nothing of it, and
 * `Math.max` would take it for a number.
 */
export function takesContext({ call }: UserFunction): boolean {
  if (call === undefined || call.name.startsWith('bound ')) return true
  return !/\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(call))
}

/** A refusal of what a function returned; becomes a `FunctionError` that names the record. */
export class Refusal extends Error {}

/**
 * Refuses functions that cannot work on one record at a time.
 *
 * @param several Whether the function gives any number of records, so that generators are welcome.
 * @throws {ArgumentError} If the function is asynchronous, or a generator where one value is needed.
 */
export function checkCallable(fn: UserFunction, several: boolean): void {
  if (fn.call === undefined) return
  const kind = Object.prototype.toString.call(fn.call)
  if (kind === '[object AsyncFunction]' || kind === '[object AsyncGeneratorFunction]') {
    throw new ArgumentError(
      `${fn.operation}: the function must not be async; it runs once per record. ` +
        'Await what it needs before, and hand it over with { with: { ... } }.',
    )
  }
  if (kind === '[object GeneratorFunction]' && !several) {
    throw new ArgumentError(
      `${fn.operation}: the function must return a value; got a generator. Use flatMap for several records.`,
    )
  }
}

/**
 * The records that a flatMap function returned.
 *
 * @throws {Refusal} If they are not iterable, or a string (whose letters are hardly meant).
 */
export function iterableOf(returned: unknown): Iterable<unknown> {
  if (Array.isArray(returned)) return returned
  if (
    typeof returned === 'object' &&
    returned !== null &&
    typeof (returned as Iterable<unknown>)[Symbol.iterator] === 'function'
  ) {
    return returned as Iterable<unknown>
  }
  refuseThenable(returned)
  throw new Refusal(
    `the function must return an array or another iterable of records; got ${shown(returned)}. ` +
      'Return [] for none, [x] for one',
  )
}

/**
 * `value`, unless it is a promise.
 *
 * @throws {Refusal} If it is one.
 */
export function refuseThenable(value: unknown): unknown {
  if (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  ) {
    throw new Refusal(
      'the function must not return a promise. Await what it needs before, and hand it over ' +
        'with { with: { ... } }',
    )
  }
  return value
}

/**
 * A copy of a record, so that neither the user's object nor what later functions see can be changed
 * through it. Fields that are `undefined` become `null`. Nested objects are shared.
 */
export function ownRecord(record: unknown): unknown {
  switch (shapeOf(record)) {
    case 'tuple':
      return Array.from(record as readonly unknown[], ownValue)
    case 'object': {
      const copy = { ...(record as Record<string, unknown>) }
      for (const key in copy) {
        const value = copy[key]
        if (value === undefined || typeof value === 'object') copy[key] = ownValue(value)
      }
      return copy
    }
    default:
      return ownValue(record)
  }
}

function ownValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null
  if (value instanceof Float64Array) return value.slice()
  return isDate(value) ? new Date(value.getTime()) : value
}

/**
 * The error for a function that failed.
 *
 * @param record What the function, or the chain that it is part of, was given.
 */
export function functionFailed(fn: UserFunction, record: unknown, cause: unknown): FunctionError {
  const at = `at record ${shown(record)}`
  if (cause instanceof Refusal) {
    return new FunctionError(`${fn.operation}: ${cause.message}; ${at}.`)
  }
  const message = cause instanceof Error ? cause.message : shown(cause)
  return new FunctionError(`${fn.operation}: the function threw ${at}: ${message}`, { cause })
}
