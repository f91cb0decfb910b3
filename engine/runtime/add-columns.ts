import { SchemaError } from '../errors.js'
import type { AddColumnsNode } from '../plan/node.js'
import { RecordBatch } from '../types/batch.js'
import type { Operator, OperatorContext } from './operator.js'

/** Adds the columns that a library computes of whole batches. */
export function createAddColumns(node: AddColumnsNode, context: OperatorContext): Operator {
  const { reads, adds, compute } = node
  const { operation, output } = context
  const fields = context.fields.of(operation, reads)
  let first = 0
  return {
    *process(_input, batch) {
      const { length, partition, shape } = batch
      if (shape !== 'object') {
        throw new SchemaError(
          `${operation}: the records must be objects with fields; they are ${shape === 'value' ? 'plain values' : 'tuples'}. Make objects of them with map.`,
        )
      }
      const read = reads.map(name => fields.column(batch, name))
      // Fields that no record has are named when the input ends.
      if (reads.some(name => fields.isUnseen(name))) return
      const added = compute(read, length, first)
      first += length
      const kept = batch.names.flatMap((name, k) => (adds.includes(name) ? [] : [k]))
      const names = [...kept.map(k => batch.names[k]!), ...adds]
      const columns = [...kept.map(k => batch.columns[k]!), ...added]
      yield* output.push(new RecordBatch('object', names, columns, length, partition))
    },
    *finish() {},
    restart() {
      first = 0
    },
  }
}
