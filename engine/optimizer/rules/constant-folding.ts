/**
 * Conditions are decided as far as they can be without data: a filter that is always true goes, and
 * one that is always false lets nothing be read.
 */
import { constant, type Expression } from '../../functions/expression/expression.js'
import { foldConstants } from '../../functions/expression/fold-constants.js'
import { planNode } from '../../plan/node.js'
import { expressionFunction } from '../expressions.js'
import { type Rule, rewritePlan } from '../rule.js'

/** Decides constant conditions and drops or empties what they filter. */
export const constantFolding: Rule = (roots, context) =>
  rewritePlan(roots, context, node => {
    if (node.kind !== 'filter') return node
    const { pure, expression } = context.facts(node.fn, 1)
    if (!pure || expression === undefined) return node
    const folded = decided(foldConstants(expression))
    if (folded === expression && folded.kind !== 'constant') return node
    if (folded.kind !== 'constant') {
      return planNode({ ...node, fn: expressionFunction(folded, node.fn) })
    }
    context.applied(`filter: always ${Boolean(folded.value)}`)
    if (folded.value) return node.input
    return planNode({ kind: 'first', input: node.input, count: 0, keys: [], order: [] })
  })

/** A condition with the same truth, decided as far as constants decide it. */
function decided(condition: Expression): Expression {
  if (condition.kind === 'unary' && (condition.operator === '!' || condition.operator === 'not')) {
    const operand = decided(condition.operand)
    // What is missing stays missing under `not`.
    if (operand.kind === 'constant' && typeof operand.value === 'boolean') {
      return constant(!operand.value)
    }
    return operand === condition.operand ? condition : Object.freeze({ ...condition, operand })
  }
  if (condition.kind !== 'binary') return condition
  const { operator } = condition
  const and = operator === '&&' || operator === 'and'
  if (!and && operator !== '||' && operator !== 'or') return condition
  const left = decided(condition.left)
  const right = decided(condition.right)
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind !== 'constant' || typeof one.value !== 'boolean') continue
    return one.value === and ? other : constant(!and)
  }
  const same = left === condition.left && right === condition.right
  return same ? condition : Object.freeze({ ...condition, left, right })
}
