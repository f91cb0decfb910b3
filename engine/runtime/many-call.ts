import { ArgumentError, FunctionError } from '../errors.js'
import { checkCallable } from '../functions/user-call.js'
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
  return (...parameters) => {
    try {
      return call(...parameters, handed)
    } catch (cause) {
      throw manyFailed(fn, place(parameters), cause)
    }
  }
}

/** The error for a function that failed on records described by `place`. */
export function manyFailed(fn: UserFunction, place: string, cause: unknown): FunctionError {
  const message = cause instanceof Error ? cause.message : shown(cause)
  return new FunctionError(`${fn.operation}: the function threw at ${place}: ${message}`, { cause })
}
