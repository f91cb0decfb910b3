/** Expressions as people read them, for `explain()`. */
import { SchemaError } from '../../errors.js'
import { nearestFirst } from '../nearest.js'
import { evaluator } from './evaluate.js'
import { type Expression, operands, withOperands } from './expression.js'

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

/** The expression with parts that have no fields replaced by their values, where those are plain. */
export function foldConstants(expression: Expression): Expression {
  const parts = operands(expression)
  if (parts.length === 0) return expression
  const folded = withOperands(expression, parts.map(foldConstants))
  if (!operands(folded).every(({ kind }) => kind === 'constant') || folded.kind === 'member')
    return folded
  const value = evaluator(folded)(null) as never
  return typeof value === 'object' && value !== null
    ? folded
    : Object.freeze({ kind: 'constant', value })
}

/**
 * Checks that the fields that a formula reads are there.
 *
 * @param known Per record, the names of its fields; `undefined` where they are not known.
 * @throws {SchemaError} If one is not; lists those that are, the nearest first.
 */
export function checkFields(
  operation: string,
  expression: Expression,
  known: readonly (readonly string[] | undefined)[],
): void {
  if (expression.kind === 'field') {
    const names = known[expression.input]
    if (names === undefined || names.includes(expression.name)) return
    const list = nearestFirst(expression.name, names).join(', ')
    throw new SchemaError(
      `${operation}: field "${expression.name}" is not in the data; it has ${list}.`,
    )
  }
  for (const operand of operands(expression)) checkFields(operation, operand, known)
}
