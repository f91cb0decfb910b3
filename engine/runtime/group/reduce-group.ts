/** The operator of `reduceGroup` and `combineGroup`: a function of all records of a group. */
import { type RecordReader, recordReader } from '../../functions/record-reader.js'
import type { NodeOf } from '../../plan/node.js'
import { shown } from '../../types/column-writer.js'
import { ResultEmitter } from '../emit-results.js'
import { type KeyedBatch, sliceKeyed } from '../keys/keyed-batch.js'
import { createKeyExtractor } from '../keys/keys.js'
import { manyCall } from '../many-call.js'
import type { Operator, OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import { createSortKeyExtractor, directionsOf } from '../sort/sort-keys.js'
import { type GroupedRecords, RecordGroups } from './record-groups.js'
import { pieceRowsFor, SpillingGroups } from './spilling-groups.js'

/** Groups between two pauses. */
const PAUSE = 256

/**
 * Makes the operator of a reduceGroup node. The function gets an array of records that it may keep
 * and change, in the order of arrival or in the order asked for, and the context; an iterable that
 * it returns gives its records, `undefined` none, anything else is one record.
 *
 * Groups come in the order of their first record, as long as nothing is spilled. Without keys the
 * function is called exactly once, also when there are no records. `partial` (combineGroup) calls
 * it whenever memory runs out, so that a key may come several times, and never spills.
 *
 * @throws {MemoryError} (when it runs) If one group is larger than the memory budget.
 */
export function createReduceGroup(node: NodeOf<'reduceGroup'>, context: OperatorContext): Operator {
  const keysOf = createKeyExtractor(node.keys, context)
  const emitter = new ResultEmitter(context.output)
  let place = 'all records'
  const call = manyCall(node.fn, context, () => place)
  let called = false
  const groups = new RecordGroups({
    orderOf: createSortKeyExtractor(node.order, context),
    directions: directionsOf(node.order),
    *emit({ batch, rows, starts, keys }: GroupedRecords) {
      called = true
      const read = recordReader(batch, context.codegen)
      for (let group = 0; group + 1 < starts.length; group++) {
        if (context.output.closed) return
        if (keys.length > 0) place = `group ${keys.map(key => shown(key.get(group))).join(', ')}`
        const records = readRows(read, rows, starts[group]!, starts[group + 1]!)
        yield* emitter.emit(call(records))
        if (group % PAUSE === PAUSE - 1) yield
      }
      yield* emitter.flush()
    },
  })
  const driver = node.partial ? greedy(groups, context) : new SpillingGroups(groups, context)
  return {
    process: (_input, batch) => driver.take({ keys: keysOf(batch), batch }),
    *finish() {
      yield* driver.finish()
      if (called || node.keys.length > 0) return
      yield* emitter.emit(call([]))
      yield* emitter.flush()
    },
    restart() {
      called = false
      emitter.restart()
    },
    close: () => driver.close(),
  }
}

function readRows(read: RecordReader, rows: Int32Array, start: number, end: number): unknown[] {
  const records = new Array<unknown>(end - start)
  for (let k = start; k < end; k++) records[k - start] = read(rows[k]!)
  return records
}

/** Gives results for what there is when memory runs out, instead of moving it to disk. */
function greedy(groups: RecordGroups, context: OperatorContext) {
  const memory = new Reservation(context)
  function* finish(): Steps {
    yield* groups.results()
    memory.releaseAll()
  }
  const pieceRows = pieceRowsFor(context)
  return {
    *take(records: KeyedBatch): Steps {
      for (let start = 0; start < records.batch.length; start += pieceRows) {
        const end = Math.min(start + pieceRows, records.batch.length)
        yield* groups.restore(sliceKeyed(records, start, end))
        if (!memory.tryGrow(groups.byteLength - memory.bytes)) yield* finish()
      }
    },
    finish,
    close() {
      groups.clear()
      memory.releaseAll()
    },
  }
}
