/**
 * Lambdas over records rewritten to work on single values. This is what makes compiled loops fast:
 * no record is built, and only fields that are read are touched.
 */
import type { FieldReference, OutputItem } from './facts.js'
import type { Result } from './lambda.js'
import type { UserFunction } from './user-function.js'

/** JavaScript source of a function over single values. */
export interface ScalarFunction {
  /** What to pass, in order. Missing values are passed as `null`, fields that do not exist as `undefined`. */
  readonly parameters: readonly FieldReference[]
  /** Whether the context is passed after them. */
  readonly context: boolean
  /** A function expression: `(a$, b$) => a$ > 0 && b$ < 3`. */
  readonly source: string
}

/** One item of a record, computed on its own. */
export type ScalarItem = OutputItem & { readonly compute?: ScalarFunction }

/** A result whose fields can be computed one by one. */
export interface ScalarOutputs {
  readonly shape: 'object' | 'tuple'
  /** Fields with `copyOf` and spreads are copies, all others have `compute`. */
  readonly items: readonly ScalarItem[]
}

/** What the loop's author decides when a body is put into a loop. */
export interface Rewriting {
  /** The JavaScript expression that reads a field: a name, or something in parentheses. */
  readonly field: (reference: FieldReference) => string
  /** Statements that take a result. `values` are expressions, one per item (none for spreads and copies). */
  readonly result: (result: Result, values: readonly (string | undefined)[]) => string
  /** How the body is left after a result: `return`, or `break body`. */
  readonly leave: string
  /** The expression for the context, when the function has such a parameter. */
  readonly context: string
}

/**
 * The function over single values: for filters, keys and functions that give plain values. Also
 * for formulas.
 *
 * @returns `undefined` when the function captures, uses a record whole, or is not understood.
 */
export function scalarSource(fn: UserFunction, records: 1 | 2): ScalarFunction | undefined {
  void fn
  void records
  return undefined
}

/**
 * The fields of a returned literal, each as a function of its own.
 *
 * @returns `undefined` when the function captures, uses a record whole, has more than one way to
 *   return, or is not understood.
 */
export function scalarOutputs(fn: UserFunction, records: 1 | 2): ScalarOutputs | undefined {
  void fn
  void records
  return undefined
}

/**
 * The body as statements to put into a loop, with block bodies, early returns and conditional
 * results: each `return` becomes what `rewriting.result` says, then `rewriting.leave`.
 *
 * The statements belong in a block of their own (`body: { ... }`). Names that the caller uses in
 * its expressions must not be among `forbidden` names.
 *
 * @returns `undefined` when the function captures, uses a record whole, or is not understood.
 */
export function rewriteBody(
  fn: UserFunction,
  records: 1 | 2,
  rewriting: Rewriting,
): string | undefined {
  void fn
  void records
  void rewriting
  return undefined
}
