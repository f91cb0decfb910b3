import type { Key, SortKey } from '../../plan/key.js'
import { BATCH_SIZE } from '../../types/batch.js'
import { createKeyExtractor } from '../keys/keys.js'
import type { Operator, OperatorContext } from '../operator.js'
import { createSortKeyExtractor, directionsOf } from '../sort/sort-keys.js'
import { type GroupedRecords, RecordGroups } from './record-groups.js'
import { SpillingGroups } from './spilling-groups.js'

/**
 * Makes an operator that gives the first `count` records of each group in an order; of equal
 * records the one that came first. Groups come in the order of their first record, as long as
 * nothing is spilled.
 *
 * Cost: memory for about 4 x `count` records per group.
 */
export function createOrderedFirst(
  { keys, order, count }: { keys: readonly Key[]; order: readonly SortKey[]; count: number },
  context: OperatorContext,
): Operator {
  const keysOf = createKeyExtractor(keys, context)
  const { output } = context
  const groups = new RecordGroups({
    orderOf: createSortKeyExtractor(order, context),
    directions: directionsOf(order),
    limit: count,
    *emit({ batch, rows, starts }: GroupedRecords) {
      const wanted: number[] = []
      for (let group = 0; group + 1 < starts.length; group++) {
        const end = Math.min(starts[group]! + count, starts[group + 1]!)
        for (let k = starts[group]!; k < end; k++) wanted.push(rows[k]!)
      }
      for (let start = 0; start < wanted.length && !output.closed; start += BATCH_SIZE) {
        const some = Int32Array.from(wanted.slice(start, start + BATCH_SIZE))
        yield* output.push(batch.take(some).inPartition(0))
      }
    },
  })
  const spilling = new SpillingGroups(groups, context)
  return {
    process: (_input, batch) => spilling.take({ keys: keysOf(batch), batch }),
    finish: () => spilling.finish(),
    restart() {},
    close: () => spilling.close(),
  }
}
