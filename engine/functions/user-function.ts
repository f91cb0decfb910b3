/** A user's function as plans hold it: the function itself, or the text of a formula. */
import type { Expression } from './expression/expression.js'

/**
 * What a user gave where a function is expected, with the values that were handed over to it.
 *
 * Functions of one record are called as `fn(record, context)`, of two as `fn(left, right, context)`;
 * `context` has the handed-over values beside what the runtime offers (`FunctionContext`).
 */
export interface UserFunction {
  /** Called by the engine; for a formula and an expression it is `undefined`. */
  readonly call?: (...parameters: never[]) => unknown
  /** The text of a formula, such as `delay > 15`. */
  readonly formula?: string
  /** What the optimizer made of formulas and lambdas; then there is neither `call` nor `formula`. */
  readonly expression?: Expression
  /** Values handed over with `{ with: {...} }`; DataSets among them arrive as arrays. */
  readonly handed: Readonly<Record<string, unknown>>
  /** The operation as the user wrote it, for errors and `explain()`: `map`, `join.with`. */
  readonly operation: string
}
