import { ArgumentError, FunctionError } from '../errors.js'
import { checkCallable, Refusal, refuseThenable } from '../functions/user-call.js'
import type { UserFunction } from '../functions/user-function.js'
import { shown } from '../types/column-writer.js'
import type { OperatorContext } from './operator.js'

/** A function of several records, such as those of a group, ready to be called. */
export type ManyCall = (...parameters: readonly unknown[]) => unknown

/**
 * `fn` with its context as the last parameter; what it throws says which records it was given.
 *
 * @param place Says which records, as in `of the group 7`.
 * @throws {ArgumentError} If the function is asynchronous or not a function.
 */
export function manyCall(
  fn: UserFunction,
  context: OperatorContext,
  place: (parameters: readonly unknown[]) => string,
): ManyCall {
  checkCallable(fn, true)
  const call = fn.call as ManyCall | undefined
  if (call === undefined) {
    throw new ArgumentError(
      `${fn.operation}: needs a function of many records; got the formula ${shown(fn.formula)}.`,
    )
  }
  const handed = context.handed(fn.handed)
  const failed = (parameters: readonly unknown[], cause: unknown) =>
    manyFailed(fn, place(parameters), cause)
  /** Generators run only while they are read, and may fail then. */
  function* guarded(records: Iterable<unknown>, parameters: readonly unknown[]) {
    const iterator = records[Symbol.iterator]()
    for (;;) {
      let next: IteratorResult<unknown>
      try {
        next = iterator.next()
      } catch (cause) {
        throw failed(parameters, cause)
      }
      if (next.done) return
      yield next.value
    }
  }
  return (...parameters) => {
    let result: unknown
    try {
      result = refuseThenable(call(...parameters, handed))
    } catch (cause) {
      throw failed(parameters, cause)
    }
    const lazy = typeof result === 'object' && result !== null && !Array.isArray(result)
    if (!lazy || !(Symbol.iterator in (result as object))) return result
    return guarded(result as Iterable<unknown>, parameters)
  }
}

/** The error for a function that failed on records described by `place`. */
export function manyFailed(fn: UserFunction, place: string, cause: unknown): FunctionError {
  if (cause instanceof Refusal) {
    return new FunctionError(`${fn.operation}: ${cause.message}; at ${place}.`)
  }
  const message = cause instanceof Error ? cause.message : shown(cause)
  return new FunctionError(`${fn.operation}: the function threw at ${place}: ${message}`, { cause })
}
