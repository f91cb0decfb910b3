/** The two forms of functions that are not functions: formulas, and what the optimizer makes. */

import { type Evaluator, evaluator } from './expression/evaluate.js'
import type { Expression } from './expression/expression.js'
import { parseFormula } from './expression/formula.js'
import type { UserFunction } from './user-function.js'

/**
 * The expression of a formula, or of what the optimizer made; `undefined` for functions.
 *
 * @throws {ArgumentError} If the formula is wrong.
 */
export function expressionOf(fn: UserFunction, records: 1 | 2): Expression | undefined {
  if (fn.expression !== undefined) return fn.expression
  return fn.formula === undefined ? undefined : parseFormula(fn.formula, records, fn.operation)
}

/**
 * A function to call with one or two records (and the context), whatever form it has: the user's
 * own, or the plain twin of an expression.
 */
export function callable(fn: UserFunction, records: 1 | 2): Evaluator {
  const expression = expressionOf(fn, records)
  if (expression === undefined) return fn.call as Evaluator
  const evaluate = evaluator(expression)
  return records === 1 ? record => evaluate(record) ?? null : (a, b) => evaluate(a, b) ?? null
}
