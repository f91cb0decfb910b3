import { SchemaError } from '../../errors.js'
import type { Direction, SortKey } from '../../plan/key.js'
import { keyText } from '../../plan/key.js'
import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { typeName } from '../../types/data-type.js'
import { createFieldReader, createValueFunction, type KeyContext } from '../keys/keys.js'

/** The directions of an order, one per column that `createSortKeyExtractor` gives. */
export function directionsOf(order: readonly SortKey[]): readonly Direction[] {
  return order.map(({ direction }) => direction)
}

/**
 * Makes a function that gives the columns that an order compares, one per component.
 *
 * @throws {SchemaError} (the function made) If a field is a vector.
 */
export function createSortKeyExtractor(
  order: readonly SortKey[],
  context: KeyContext,
): (batch: RecordBatch) => readonly Column[] {
  const extractors = order.map(({ key }) => {
    if (key.kind === 'function') return createValueFunction(key.fn, context)
    return createFieldReader(key.path, key.operation ?? context.operation, context)
  })
  return batch =>
    extractors.map((extract, k) => {
      const column = extract(batch)
      if (column.layout !== 'vector' && column.layout !== 'sparse') return column
      throw new SchemaError(
        `${context.operation}: cannot order by ${keyText(order[k]!.key)}, which is a ${typeName(column.type)}. Order by a number that is computed from it.`,
      )
    })
}
