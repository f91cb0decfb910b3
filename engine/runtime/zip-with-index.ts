import { SchemaError } from '../errors.js'
import type { ZipWithIndexNode } from '../plan/node.js'
import { RecordBatch } from '../types/batch.js'
import { AnyColumn, type Column, Float64Column, Int32Column } from '../types/column.js'
import { VALUE } from '../types/schema.js'
import type { Operator, OperatorContext } from './operator.js'

/**
 * Numbers the records 0, 1, 2, ... in the order in which they come. Objects get a further field;
 * tuples and plain values become `{ index, value }`.
 */
export function createZipWithIndex(node: ZipWithIndexNode, context: OperatorContext): Operator {
  const { operation, output } = context
  let next = 0
  return {
    *process(_input, batch) {
      const { length, partition } = batch
      const index = indexColumn(next, length)
      next += length
      const object = batch.shape === 'object'
      const names = object ? batch.names : [VALUE]
      const columns: readonly Column[] =
        batch.shape === 'tuple' ? [recordsOf(batch)] : batch.columns
      if (names.includes(node.as)) {
        throw new SchemaError(
          `${operation}: the records have a field "${node.as}" already. Choose another name for the number.`,
        )
      }
      const numbered = object
        ? new RecordBatch('object', [...names, node.as], [...columns, index], length, partition)
        : new RecordBatch('object', [node.as, ...names], [index, ...columns], length, partition)
      yield* output.push(numbered)
    },
    *finish() {},
    restart() {
      next = 0
    },
  }
}

function indexColumn(start: number, length: number): Column {
  const last = start + length - 1
  const values = last < 2 ** 31 ? new Int32Array(length) : new Float64Array(length)
  for (let k = 0; k < length; k++) values[k] = start + k
  return values instanceof Int32Array ? new Int32Column(values) : new Float64Column(values)
}

function recordsOf(batch: RecordBatch): Column {
  return new AnyColumn(Array.from({ length: batch.length }, (_, row) => batch.record(row)))
}
