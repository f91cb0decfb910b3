/** Expressions as people read them, for `explain()`. */
import type { Expression } from './expression.js'

/** An expression as text: `delay > 15 and distance < 500`. */
export function expressionText(expression: Expression): string {
  switch (expression.kind) {
    case 'constant':
      return typeof expression.value === 'string'
        ? JSON.stringify(expression.value)
        : String(expression.value)
    case 'field':
      return expression.input === 0 ? expression.name : `right.${expression.name}`
    case 'member':
      return `${inner(expression.object)}.${expression.name}`
    case 'unary':
      return `${expression.operator}${/\w/.test(expression.operator) ? ' ' : ''}${inner(expression.operand)}`
    case 'binary':
      return `${inner(expression.left)} ${expression.operator} ${inner(expression.right)}`
    case 'conditional':
      return `${inner(expression.test)} ? ${inner(expression.then)} : ${inner(expression.otherwise)}`
    case 'call':
      return `${expression.name}(${expression.parameters.map(expressionText).join(', ')})`
  }
}

function inner(expression: Expression): string {
  const text = expressionText(expression)
  return /^(binary|conditional)$/.test(expression.kind) ? `(${text})` : text
}
