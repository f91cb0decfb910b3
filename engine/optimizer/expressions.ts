/** Work on expressions: taking conditions apart, and moving them to where fields have other names. */
import type { BinaryOperator, Expression } from '../functions/expression/expression.js'
import type { UserFunction } from '../functions/user-function.js'

type ExpressionOf<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>

/** The expression with every field replaced; `undefined` if `replace` has nothing for one of them. */
export function replaceFields(
  expression: Expression,
  replace: (field: ExpressionOf<'field'>) => Expression | undefined,
): Expression | undefined {
  if (expression.kind === 'field') return replace(expression)
  const parts = partsOf(expression)
  const replaced = parts.map(part => replaceFields(part, replace))
  return replaced.every(part => part !== undefined) ? withParts(expression, replaced) : undefined
}

/** The fields that an expression reads. */
export function fieldsIn(expression: Expression): readonly ExpressionOf<'field'>[] {
  return expression.kind === 'field' ? [expression] : partsOf(expression).flatMap(fieldsIn)
}

/** The parts that must all be true for a condition to be true. */
export function conjunctsOf(condition: Expression): readonly Expression[] {
  if (condition.kind !== 'binary') return [condition]
  const { operator, left, right } = condition
  return operator === '&&' || operator === 'and'
    ? [...conjunctsOf(left), ...conjunctsOf(right)]
    : [condition]
}

/** The condition that all of `parts` are true. They are tried in order. */
export function conjunction(parts: readonly Expression[]): Expression {
  return parts.reduce((left, right) =>
    Object.freeze({ kind: 'binary', operator: '&&', left, right, rules: 'javascript' }),
  )
}

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

const PARTS: { readonly [K in Expression['kind']]: (e: ExpressionOf<K>) => readonly Expression[] } =
  {
    constant: () => [],
    field: () => [],
    member: ({ object }) => [object],
    unary: ({ operand }) => [operand],
    binary: ({ left, right }) => [left, right],
    conditional: ({ test, then, otherwise }) => [test, then, otherwise],
    call: ({ parameters }) => parameters,
  }

/** The expressions within an expression. */
export function partsOf(expression: Expression): readonly Expression[] {
  return (PARTS[expression.kind] as (e: Expression) => readonly Expression[])(expression)
}

function withParts(expression: Expression, parts: readonly Expression[]): Expression {
  const [a, b, c] = parts
  const build: { readonly [K in Expression['kind']]: (e: ExpressionOf<K>) => Expression } = {
    constant: e => e,
    field: e => e,
    member: e => ({ ...e, object: a! }),
    unary: e => ({ ...e, operand: a! }),
    binary: e => ({ ...e, left: a!, right: b! }),
    // biome-ignore lint/suspicious/noThenProperty: an expression, never awaited.
    conditional: e => ({ ...e, test: a!, then: b!, otherwise: c! }),
    call: e => ({ ...e, parameters: parts }),
  }
  return Object.freeze((build[expression.kind] as (e: Expression) => Expression)(expression))
}
