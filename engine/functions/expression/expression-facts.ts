/** What can be said of an expression without evaluating it. */

import { PURE_FUNCTIONS } from '../globals.js'
import { type Expression, operands } from './expression.js'
import { FORMULA_FUNCTIONS } from './formula-functions.js'

/** Whether an expression never throws for data, so that it may be moved, repeated and left out. */
export function isPureExpression(expression: Expression): boolean {
  if (expression.kind === 'member' && !expression.optional) return false
  return isRepeatable(expression) && operands(expression).every(isPureExpression)
}

/** Whether an expression gives the same value for the same fields. All known functions do. */
export function isRepeatable(expression: Expression): boolean {
  if (expression.kind !== 'call') return operands(expression).every(isRepeatable)
  const known = expression.rules === 'missing' ? FORMULA_FUNCTIONS : PURE_FUNCTIONS
  return known.has(expression.name) && operands(expression).every(isRepeatable)
}

/** Whether the value is surely a number, string, boolean, date or missing. */
export function isSurelyScalar(expression: Expression): boolean {
  switch (expression.kind) {
    case 'constant':
    case 'unary':
    case 'call':
      return true
    case 'binary':
      return /^(&&|\|\||\?\?)$/.test(expression.operator)
        ? isSurelyScalar(expression.left) && isSurelyScalar(expression.right)
        : true
    case 'conditional':
      return isSurelyScalar(expression.then) && isSurelyScalar(expression.otherwise)
    case 'field':
    case 'member':
      return false
  }
}
