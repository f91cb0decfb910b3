import type { MapPartitionNode } from '../plan/node.js'
import type { RecordBatch } from '../types/batch.js'
import { BatchBuffer } from './batch-buffer.js'
import { ResultEmitter } from './emit-results.js'
import { manyCall } from './many-call.js'
import type { Operator, OperatorContext } from './operator.js'
import { recordArray } from './record-array.js'
import { Reservation } from './reservation.js'
import { wait } from './steps.js'

/**
 * Calls a function once per partition with all of its records, partitions in the order of their
 * numbers; once with no records when there is no partition at all.
 *
 * A partition that is waiting may be in a file; while the function runs it is in memory as a whole.
 *
 * @throws {MemoryError} If a partition alone is larger than the memory budget.
 */
export function createMapPartition(node: MapPartitionNode, context: OperatorContext): Operator {
  const emitter = new ResultEmitter(context.output)
  const partitions = new Map<number, BatchBuffer>()
  const working = new Reservation(context)
  let partition = 0
  const call = manyCall(node.fn, context, () => `partition ${partition}`)
  return {
    *process(_input, batch) {
      if (batch.length === 0) return
      let buffer = partitions.get(batch.partition)
      if (buffer === undefined) {
        buffer = new BatchBuffer(context)
        partitions.set(batch.partition, buffer)
      }
      yield* buffer.add(batch)
    },
    *finish() {
      const numbers = [...partitions.keys()].sort((a, b) => a - b)
      const { team } = context
      const all = yield* wait(team.gather(numbers.length))
      const none = team.worker === 0 && !all.some(count => count > 0)
      for (const number of none ? [0] : numbers) {
        partition = number
        context.enterPartition(number)
        const records: unknown[] = []
        const buffer = partitions.get(number)
        if (buffer?.spilled) {
          yield* buffer.each(function* (batch: RecordBatch) {
            working.demand(batch.byteLength)
            for (const record of recordArray(batch)) records.push(record)
          })
        } else {
          for (const batch of buffer?.kept ?? []) {
            for (const record of recordArray(batch)) records.push(record)
            yield
          }
        }
        yield buffer?.close()
        yield* emitter.emit(call(records), number)
        working.releaseAll()
      }
      yield* emitter.flush()
    },
    restart() {
      partitions.clear()
      emitter.restart()
    },
    async close() {
      working.releaseAll()
      for (const buffer of partitions.values()) await buffer.close()
    },
  }
}
