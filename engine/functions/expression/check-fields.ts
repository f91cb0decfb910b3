/** Fields that a formula names must be there. */

import { nearestFirst } from '../../types/nearest.js'
import { unknownField } from '../../types/schema.js'
import { type Expression, operands } from './expression.js'

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
    const { name } = expression
    throw unknownField(operation, name, nearestFirst(name, names))
  }
  for (const operand of operands(expression)) checkFields(operation, operand, known)
}
