/** Expressions as people write them, for `explain()` and errors. */
import type { BinaryOperator, Expression } from './expression.js'

/** How strongly operators bind; those of one group are worked out from left to right. */
const BINDING: readonly (readonly BinaryOperator[])[] = [
  ['??', '||', 'or'],
  ['xor'],
  ['&&', 'and'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!=', '===', '!=='],
  ['<', '<=', '>', '>='],
  ['<<', '>>', '>>>'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
]
const STRONGEST = BINDING.length

/**
 * The text of an expression: `delay > 15 and distance < 500`. Fields of the second of two records
 * are written as `right.name`.
 */
export function expressionText(expression: Expression): string {
  return text(expression, -1)
}

/** With parentheses where the operator around it binds as strongly as `around`. */
function text(expression: Expression, around: number): string {
  switch (expression.kind) {
    case 'constant':
      return constantText(expression.value)
    case 'field':
      return expression.input === 0 ? expression.name : `right.${expression.name}`
    case 'member':
      return `${text(expression.object, STRONGEST)}${expression.optional ? '?.' : '.'}${expression.name}`
    case 'unary': {
      const { operator, operand } = expression
      const space = /[a-z]/.test(operator) ? ' ' : ''
      return enclose(`${operator}${space}${text(operand, STRONGEST)}`, around >= STRONGEST)
    }
    case 'binary': {
      const binding = BINDING.findIndex(group => group.includes(expression.operator))
      const left = text(expression.left, binding - 1)
      const right = text(expression.right, binding)
      return enclose(`${left} ${expression.operator} ${right}`, binding <= around)
    }
    case 'conditional': {
      const { test, then, otherwise } = expression
      return enclose(`${text(test, 0)} ? ${text(then, 0)} : ${text(otherwise, 0)}`, around >= 0)
    }
    case 'call':
      return `${expression.name}(${expression.parameters.map(part => text(part, -1)).join(', ')})`
  }
}

function constantText(value: Extract<Expression, { readonly kind: 'constant' }>['value']): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  return Object.is(value, -0) ? '-0' : String(value)
}

function enclose(part: string, parentheses: boolean): string {
  return parentheses ? `(${part})` : part
}
