/** Spreads records over partitions anew; partitions come out one after the other, in order. */
import { FunctionError, SchemaError } from '../errors.js'
import type { Direction } from '../plan/key.js'
import type { Partitioning, PartitionNode } from '../plan/node.js'
import type { RecordBatch } from '../types/batch.js'
import { type Column, Int32Column } from '../types/column.js'
import { shown } from '../types/column-writer.js'
import { Random } from '../types/random.js'
import { BatchBuffer } from './batch-buffer.js'
import { hashPartitions } from './keys/hash.js'
import { createFieldReader, createKeyExtractor, createValueFunction } from './keys/keys.js'
import { manyFailed } from './many-call.js'
import type { Operator, OperatorContext, Steps } from './operator.js'
import { pushPartitions } from './push-partitions.js'
import { compareKeys, compareValues } from './sort/compare-values.js'
import { ExternalSorter } from './sort/external-sorter.js'
import { comparableValues } from './sort/merge-runs.js'
import { createSortKeyExtractor, directionsOf } from './sort/sort-keys.js'

/** Gives each record of a batch the number of its partition. */
type Assign = (batch: RecordBatch) => Int32Array

/** Keys that are looked at to find the bounds of ranges, per partition. */
const SAMPLE_PER_PARTITION = 256
/** Seed of that sample: the same input gives the same partitions. */
const SAMPLE_SEED = 20_150_609

/**
 * Puts every record into one of `node.partitions` partitions; within one the order is kept.
 *
 * `rebalance` deals records out in turn, `hash` by the hash of their keys, `range` by bounds taken
 * from a sample of the keys (equal keys stay together), `custom` by the user's function.
 *
 * @throws {FunctionError} If a custom function gives something else than a number of a partition.
 */
export function createPartition(node: PartitionNode, context: OperatorContext): Operator {
  if (node.by.kind === 'range') return rangePartition(node.by, node.partitions, context)
  const assign = assignment(node.by, node.partitions, context)
  const sorter = new ExternalSorter(['ascending'], context)
  return {
    *process(_input, batch) {
      if (batch.length > 0) yield* sorter.add([new Int32Column(assign(batch))], batch)
    },
    *finish() {
      yield* pushAll(sorter, context)
    },
    close: () => sorter.close(),
  }
}

function* pushAll(sorter: ExternalSorter, context: OperatorContext): Steps {
  if (sorter.rows === 0) return
  const reader = yield* sorter.sorted()
  while (!context.output.closed) {
    const sorted = yield* reader.next()
    if (sorted === undefined) break
    yield* pushPartitions(sorted, context.output)
  }
  yield sorter.close()
}

function assignment(
  by: Exclude<Partitioning, { readonly kind: 'range' }>,
  partitions: number,
  context: OperatorContext,
): Assign {
  switch (by.kind) {
    case 'rebalance': {
      let next = 0
      return batch => {
        const assigned = new Int32Array(batch.length)
        for (let row = 0; row < batch.length; row++) {
          assigned[row] = next
          next = next + 1 === partitions ? 0 : next + 1
        }
        return assigned
      }
    }
    case 'hash': {
      const extract = createKeyExtractor(by.keys, context)
      return batch => hashPartitions(extract(batch), batch.length, partitions)
    }
    case 'custom':
      return customAssignment(by, partitions, context)
  }
}

function customAssignment(
  { key, fn }: Extract<Partitioning, { readonly kind: 'custom' }>,
  partitions: number,
  context: OperatorContext,
): Assign {
  const extract =
    key.kind === 'function'
      ? createValueFunction(key.fn, context)
      : createFieldReader(key.path, key.operation ?? context.operation, context)
  const call = fn.call as
    | ((key: unknown, partitions: number, handed: unknown) => unknown)
    | undefined
  if (call === undefined) {
    throw new SchemaError(
      `${context.operation}: a formula cannot choose partitions. Use a function.`,
    )
  }
  const handed = context.handed(fn.handed)
  return batch => {
    const keys = extract(batch)
    const assigned = new Int32Array(batch.length)
    for (let row = 0; row < batch.length; row++) {
      const value = keys.get(row)
      let partition: unknown
      try {
        partition = call(value, partitions, handed)
      } catch (cause) {
        throw manyFailed(fn, `key ${shown(value)}`, cause)
      }
      if (
        !Number.isInteger(partition) ||
        Number(partition) < 0 ||
        Number(partition) >= partitions
      ) {
        throw new FunctionError(
          `${context.operation}: the function must return a whole number from 0 to ${partitions - 1}; got ${shown(partition)} for the key ${shown(value)}.`,
        )
      }
      assigned[row] = Number(partition)
    }
    return assigned
  }
}

/** Keeps all records until the bounds are known, which takes the whole input. */
function rangePartition(
  { order }: Extract<Partitioning, { readonly kind: 'range' }>,
  partitions: number,
  context: OperatorContext,
): Operator {
  const directions = directionsOf(order)
  const extract = createSortKeyExtractor(order, context)
  const sample = new KeySample(partitions * SAMPLE_PER_PARTITION)
  const buffer = new BatchBuffer(context)
  const sorter = new ExternalSorter(['ascending'], context)
  return {
    *process(_input, batch) {
      if (batch.length === 0) return
      sample.add(extract(batch), batch.length)
      yield* buffer.add(batch)
    },
    *finish() {
      const bounds = sample.bounds(partitions, directions)
      yield* buffer.each(function* (batch) {
        const assigned = rangeOf(extract(batch), batch.length, bounds, directions)
        yield* sorter.add([new Int32Column(assigned)], batch)
      })
      yield buffer.close()
      yield* pushAll(sorter, context)
    },
    async close() {
      await buffer.close()
      await sorter.close()
    },
  }
}

/** A reservoir of keys; see `sample.ts`. */
class KeySample {
  readonly #size: number
  readonly #random = new Random(SAMPLE_SEED)
  readonly #keys: unknown[][] = []
  #seen = 0

  constructor(size: number) {
    this.#size = size
  }

  add(keys: readonly Column[], length: number): void {
    for (let row = 0; row < length; row++) {
      const place = this.#seen < this.#size ? this.#seen : this.#random.int(this.#seen + 1)
      this.#seen++
      if (place < this.#size) this.#keys[place] = keys.map(column => column.get(row))
    }
  }

  /** The last key of each partition but the last one. */
  bounds(partitions: number, directions: readonly Direction[]): unknown[][] {
    const keys = this.#keys.sort((a, b) => compareKeys(a, b, directions))
    if (keys.length === 0) return []
    return Array.from(
      { length: partitions - 1 },
      (_, k) => keys[Math.max(0, Math.ceil(((k + 1) * keys.length) / partitions) - 1)]!,
    )
  }
}

/** For each row the number of the first bound that is not before its key. */
function rangeOf(
  columns: readonly Column[],
  length: number,
  bounds: readonly (readonly unknown[])[],
  directions: readonly Direction[],
): Int32Array {
  const values = columns.map(comparableValues)
  const assigned = new Int32Array(length)
  for (let row = 0; row < length; row++) {
    let low = 0
    let high = bounds.length
    while (low < high) {
      const middle = (low + high) >> 1
      const bound = bounds[middle]!
      let order = 0
      for (let k = 0; order === 0 && k < values.length; k++) {
        order = compareValues(bound[k], values[k]![row], directions[k]!)
      }
      if (order < 0) low = middle + 1
      else high = middle
    }
    assigned[row] = low
  }
  return assigned
}
