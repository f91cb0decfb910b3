/**
 * The errors that wiesel throws. They are few; tests match the class, people read the message.
 *
 * A message has the form `<function>: <what is wrong, with the value>. <What to do.>`
 */

/** Base of every error that wiesel throws on purpose. */
export class WieselError extends Error {
  override name = 'WieselError'
}

/**
 * An argument is wrong: out of range, of the wrong type, or an unknown option.
 *
 * @example new ArgumentError('first: count must be a positive integer; got -1.')
 */
export class ArgumentError extends WieselError {
  override name = 'ArgumentError'
}

/**
 * The data do not have the field, type or shape that an operation needs.
 *
 * @example new SchemaError('groupBy: field "wrod" is not in the data; it has word, count.')
 */
export class SchemaError extends WieselError {
  override name = 'SchemaError'
}

/** A plan that cannot run as it is: a sink in a loop body, two environments in one job. */
export class PlanError extends WieselError {
  override name = 'PlanError'
}

/** A file or stream could not be read or written; the message names file, line and reason. */
export class InputOutputError extends WieselError {
  override name = 'InputOutputError'
}

/** The memory budget, or the maximum of a region, does not suffice; the message says how much is needed. */
export class MemoryError extends WieselError {
  override name = 'MemoryError'
}

/** A user's function threw; the message names operator and record, `cause` is the original error. */
export class FunctionError extends WieselError {
  override name = 'FunctionError'
}

/** A worker failed; the message names the operator, `cause` is what the worker reported. */
export class WorkerError extends WieselError {
  override name = 'WorkerError'
}

/** The job was stopped through its `AbortSignal`; `cause` is the signal's reason. */
export class AbortError extends WieselError {
  override name = 'AbortError'
}

/**
 * Throws unless `condition` holds. For invariants inside the library, never for a user's input.
 *
 * @param message Built only when needed.
 * @throws {WieselError} If `condition` is false.
 */
export function assert(condition: boolean, message: () => string): asserts condition {
  if (!condition) throw new WieselError(`Broken invariant: ${message()}`)
}
