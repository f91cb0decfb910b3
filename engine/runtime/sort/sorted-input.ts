import { concatKeyed, type KeyedBatch, type KeyedReader, sliceKeyed } from '../keys/keyed-batch.js'
import type { StepsTo } from '../steps.js'
import { compareKeys } from './compare-values.js'

/** A key, one value per component. */
export type KeyValues = readonly unknown[]

/** Sorted records, read in pieces that end where a key ends. */
export class SortedInput {
  readonly #reader: KeyedReader | undefined
  readonly #components: number
  #current: KeyedBatch | undefined

  /**
   * @param reader Records in ascending order of their keys; none when absent.
   * @param components How many of the key columns make the key; those after it are only an order.
   */
  constructor(reader: KeyedReader | undefined, components = Number.POSITIVE_INFINITY) {
    this.#reader = reader
    this.#components = components
  }

  /** The key of the next record; `undefined` at the end. */
  *nextKey(): StepsTo<KeyValues | undefined> {
    const current = yield* this.#fill()
    return current === undefined ? undefined : keyAt(current, 0, this.#components)
  }

  /**
   * The next records such that all of their keys are `complete`, or records of one key that may go
   * on. `undefined` at the end.
   */
  *window(): StepsTo<{ readonly keyed: KeyedBatch; readonly complete: boolean } | undefined> {
    const keyed = yield* this.rest()
    if (keyed === undefined) return undefined
    const next = yield* this.#fill()
    const { length } = keyed.batch
    const last = keyAt(keyed, length - 1)
    if (next === undefined || compareKeys(last, keyAt(next, 0)) !== 0) {
      return { keyed, complete: true }
    }
    const start = firstAtLeast(keyed, last)
    if (start === 0) return { keyed, complete: false }
    // The last key goes on in the next piece: it waits for that.
    this.#current = concatKeyed([sliceKeyed(keyed, start, length), next])
    return { keyed: sliceKeyed(keyed, 0, start), complete: true }
  }

  /** Records whose keys are at most `key`; `undefined` when there are no more of them. */
  *upTo(key: KeyValues): StepsTo<KeyedBatch | undefined> {
    const current = yield* this.#fill()
    if (current === undefined) return undefined
    const end = firstAfter(current, key)
    if (end === 0) return undefined
    const { length } = current.batch
    this.#current = end === length ? undefined : sliceKeyed(current, end, length)
    return sliceKeyed(current, 0, end)
  }

  /** The next records, whatever their keys. */
  *rest(): StepsTo<KeyedBatch | undefined> {
    const current = yield* this.#fill()
    this.#current = undefined
    return current
  }

  *#fill(): StepsTo<KeyedBatch | undefined> {
    this.#current ??= this.#reader && (yield* this.#reader.next())
    return this.#current
  }
}

/** The key at `row`, or its first components. */
export function keyAt({ keys }: KeyedBatch, row: number, components = keys.length): KeyValues {
  return (components < keys.length ? keys.slice(0, components) : keys).map(key => key.get(row))
}

function firstAtLeast(keyed: KeyedBatch, key: KeyValues): number {
  return search(keyed, row => compareKeys(key, keyAt(keyed, row)) <= 0)
}

function firstAfter(keyed: KeyedBatch, key: KeyValues): number {
  return search(keyed, row => compareKeys(key, keyAt(keyed, row)) < 0)
}

/** The first row that is `beyond`; rows are sorted, so that all after it are. */
function search({ batch }: KeyedBatch, beyond: (row: number) => boolean): number {
  let low = 0
  let high = batch.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (beyond(middle)) high = middle
    else low = middle + 1
  }
  return low
}
