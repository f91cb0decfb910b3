/** Expressions as functions of plans, and what the rules must know about conditions. */
import type { BinaryOperator, Expression } from '../functions/expression/expression.js'
import type { UserFunction } from '../functions/user-function.js'

/** An expression as a function of plans. */
export function expressionFunction(expression: Expression, like: UserFunction): UserFunction {
  return Object.freeze({ expression, handed: {}, operation: like.operation })
}

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>([
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  '===',
  '!==',
])
const CONNECTIVES: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>([
  '&&',
  '||',
  'and',
  'or',
  'xor',
])
const EXACT_ON_ZEROS: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(['+', '-', '*'])

/**
 * Whether a condition is the same for keys that count as equal. Keys count 0 and -0 as equal, which
 * a division can tell apart.
 */
export function sameForEqualKeys(condition: Expression): boolean {
  if (condition.kind === 'constant' || condition.kind === 'field') return true
  if (condition.kind === 'unary') {
    return (
      (condition.operator === '!' || condition.operator === 'not') &&
      sameForEqualKeys(condition.operand)
    )
  }
  if (condition.kind !== 'binary') return false
  const { operator, left, right } = condition
  if (CONNECTIVES.has(operator)) return sameForEqualKeys(left) && sameForEqualKeys(right)
  return COMPARISONS.has(operator) && isArithmetic(left) && isArithmetic(right)
}

function isArithmetic(value: Expression): boolean {
  if (value.kind === 'constant' || value.kind === 'field') return true
  return (
    value.kind === 'binary' &&
    EXACT_ON_ZEROS.has(value.operator) &&
    isArithmetic(value.left) &&
    isArithmetic(value.right)
  )
}
