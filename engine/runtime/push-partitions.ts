import type { Int32Column } from '../types/column.js'
import type { KeyedBatch } from './keys/keyed-batch.js'
import type { Output, Steps } from './operator.js'

/**
 * Pushes on records whose first key is the number of the partition they belong to; those of one
 * partition must be neighbours.
 */
export function* pushPartitions({ keys, batch }: KeyedBatch, output: Output): Steps {
  const partitions = (keys[0] as Int32Column).values
  let start = 0
  while (start < batch.length) {
    const partition = partitions[start]!
    let end = start + 1
    while (end < batch.length && partitions[end] === partition) end++
    yield* output.push(batch.slice(start, end).inPartition(partition))
    start = end
  }
}
