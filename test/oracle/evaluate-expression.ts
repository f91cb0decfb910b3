/** The value of an expression, worked out node by node: the naive version. */
import type { Expression } from '../../engine/functions/expression/expression.js'

/**
 * The value of `expression` for one or two records. For the operators of formulas without calls:
 * a missing operand makes the result missing, `and` and `or` know three values.
 */
export function evaluateExpression(expression: Expression, records: readonly unknown[]): unknown {
  const value = (part: Expression) => evaluateExpression(part, records)
  switch (expression.kind) {
    case 'constant':
      return expression.value
    case 'field':
      return (records[expression.input] as Record<string, unknown> | null)?.[expression.name]
    case 'member': {
      const object = value(expression.object) as Record<string, unknown>
      return expression.optional ? object?.[expression.name] : object[expression.name]
    }
    case 'unary':
      return unary(expression.operator, value(expression.operand))
    case 'conditional':
      return value(value(expression.test) ? expression.then : expression.otherwise)
    case 'binary': {
      const { operator, left, right, rules } = expression
      if (operator === '&&') return value(left) && value(right)
      if (operator === '||') return value(left) || value(right)
      if (operator === '??') return value(left) ?? value(right)
      return binary(operator, value(left), value(right), rules === 'missing')
    }
    case 'call':
      if (expression.name.startsWith('Math.')) {
        const call = Math[expression.name.slice(5) as 'abs'] as (...of: unknown[]) => unknown
        return call(...expression.parameters.map(value))
      }
      throw new Error(`The oracle does not know ${expression.name}.`)
  }
}

function unary(operator: string, value: unknown): unknown {
  if (operator === '!') return !value
  if (operator === 'not') return value === null || value === undefined ? null : !value
  if (operator === '-') return -(value as number)
  if (operator === '+') return +(value as number)
  throw new Error(`The oracle does not know ${operator}.`)
}

function binary(operator: string, a: unknown, b: unknown, missing: boolean): unknown {
  const absent = (value: unknown) => value === null || value === undefined
  if (operator === 'and') {
    if (a === false || b === false) return false
    return absent(a) || absent(b) ? null : Boolean(a && b)
  }
  if (operator === 'or') {
    if (a === true || b === true) return true
    return absent(a) || absent(b) ? null : Boolean(a || b)
  }
  if (missing && (absent(a) || absent(b))) return null
  const [x, y] = [a as number, b as number]
  const results: Readonly<Record<string, () => unknown>> = {
    '+': () => x + y,
    '-': () => x - y,
    '*': () => x * y,
    '/': () => x / y,
    '%': () => x % y,
    '<': () => x < y,
    '<=': () => x <= y,
    '>': () => x > y,
    '>=': () => x >= y,
    // biome-ignore lint/suspicious/noDoubleEquals: the operator of the user's function.
    '==': () => a == b,
    // biome-ignore lint/suspicious/noDoubleEquals: the operator of the user's function.
    '!=': () => a != b,
    '===': () => a === b,
    '!==': () => a !== b,
  }
  const result = results[operator]
  if (result === undefined) throw new Error(`The oracle does not know ${operator}.`)
  return result()
}
