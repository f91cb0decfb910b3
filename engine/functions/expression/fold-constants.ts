/** What can be computed without data is computed once. */
import { evaluator } from './evaluate.js'
import { constant, type Expression, operands, withOperands } from './expression.js'

/**
 * The expression with parts that have no fields replaced by their values, where those are plain.
 *
 * @returns The expression itself when there is no such part.
 */
export function foldConstants(expression: Expression): Expression {
  const parts = operands(expression)
  if (parts.length === 0) return expression
  const foldedParts = parts.map(foldConstants)
  const same = foldedParts.every((part, k) => part === parts[k])
  const folded = same ? expression : withOperands(expression, foldedParts)
  if (folded.kind === 'member' || !foldedParts.every(({ kind }) => kind === 'constant')) {
    return folded
  }
  const value = evaluator(folded)(null) as never
  return typeof value === 'object' && value !== null ? folded : constant(value)
}
