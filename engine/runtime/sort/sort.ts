import type { SortNode } from '../../plan/node.js'
import { Int32Column } from '../../types/column.js'
import type { Operator, OperatorContext } from '../operator.js'
import { pushPartitions } from '../push-partitions.js'
import { ExternalSorter } from './external-sorter.js'
import { isInOrder } from './in-order.js'
import { createSortKeyExtractor, directionsOf } from './sort-keys.js'
import { TOP_LIMIT, TopRows } from './top-rows.js'

/**
 * Sorts all records, or those of each partition; partitions then come in the order of their
 * numbers. Stable, also when runs were written to files. With a limit, as many records as that
 * are sure to come first, and the others may be missing.
 */
export function createSort(node: SortNode, context: OperatorContext): Operator {
  const { limit = Number.POSITIVE_INFINITY, scope } = node
  return scope === 'global' && limit <= TOP_LIMIT
    ? createTop(node, limit, context)
    : createFullSort(node, context)
}

/** The first records of the order only. */
function createTop(node: SortNode, limit: number, context: OperatorContext): Operator {
  const extract = createSortKeyExtractor(node.order, context)
  const createTopRows = () => new TopRows(limit, directionsOf(node.order), context)
  let top = createTopRows()
  return {
    *process(_input, batch) {
      if (batch.length > 0) yield* top.add(extract(batch), batch)
    },
    *finish() {
      const sorted = yield* top.sorted()
      if (sorted !== undefined) yield* context.output.push(sorted.inPartition(0))
    },
    restart() {
      top.close()
      top = createTopRows()
    },
    close: () => top.close(),
  }
}

function createFullSort(node: SortNode, context: OperatorContext): Operator {
  const extract = createSortKeyExtractor(node.order, context)
  const within = node.scope === 'partition'
  // Within partitions, the partition's number is the first key.
  const directions = directionsOf(node.order)
  const sorter = new ExternalSorter(within ? ['ascending', ...directions] : directions, context)
  return {
    *process(_input, batch) {
      if (batch.length === 0) return
      if (isInOrder(batch)) {
        yield* context.output.push(batch.inPartition(0))
        return
      }
      const keys = extract(batch)
      if (!within) yield* sorter.add(keys, batch)
      else {
        const partition = new Int32Column(new Int32Array(batch.length).fill(batch.partition))
        yield* sorter.add([partition, ...keys], batch)
      }
    },
    *finish() {
      if (sorter.rows === 0) return
      const reader = yield* sorter.sorted()
      while (!context.output.closed) {
        const sorted = yield* reader.next()
        if (sorted === undefined) break
        if (within) yield* pushPartitions(sorted, context.output)
        else yield* context.output.push(sorted.batch.inPartition(0))
      }
      yield sorter.close()
    },
    restart: () => sorter.restart(),
    close: () => sorter.close(),
  }
}
