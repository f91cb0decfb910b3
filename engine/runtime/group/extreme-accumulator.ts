/** The least or greatest value: numbers and dates in arrays, everything else as it is. */
import type { TargetAggregate } from '../../functions/group-target.js'
import {
  BooleanColumn,
  type Column,
  Float64Column,
  Int32Column,
  TimestampColumn,
} from '../../types/column.js'
import { ColumnWriter } from '../../types/column-writer.js'
import { isAllMissing } from '../../types/concat.js'
import { gather } from '../../types/gather.js'
import { compareValues } from '../sort/compare-values.js'
import { type Accumulator, fitted, maskWhere } from './accumulator.js'

type Kind = 'int32' | 'float64' | 'timestamp' | 'boolean' | 'values'

/**
 * The least or the greatest of the values, missing when there are none; see `compareValues` for the
 * order, except that NaN and invalid dates among the values make the result NaN.
 */
export class ExtremeAccumulator implements Accumulator {
  readonly #greatest: boolean
  #kind: Kind | undefined
  #numbers = new Float64Array(0)
  #seen = new Uint8Array(0)
  #values: unknown[] = []
  #valueBytes = 0
  #size = 0

  constructor(greatest: boolean) {
    this.#greatest = greatest
  }

  get byteLength(): number {
    return this.#numbers.byteLength + this.#seen.byteLength + this.#valueBytes
  }

  resize(size: number): void {
    this.#size = size
    if (this.#kind === 'values') return
    this.#numbers = fitted(this.#numbers, size)
    this.#seen = fitted(this.#seen, size)
  }

  add(column: Column, ids: Int32Array, length: number): void {
    if (length === 0 || isAllMissing(column)) return
    const kind = kindOf(column)
    this.#kind ??= kind
    if (this.#kind === 'int32' && kind === 'float64') this.#kind = 'float64'
    const same = this.#kind === kind || (this.#kind === 'float64' && kind === 'int32')
    if (!same && this.#kind !== 'values') this.#becomeValues()
    if (this.#kind === 'values') this.#addValues(column, ids, length)
    else this.#addNumbers(column as Float64Column, ids, length)
  }

  open(): TargetAggregate | undefined {
    const kind = this.#kind
    if (kind !== undefined && kind !== 'int32' && kind !== 'float64') return undefined
    const takes = kind ?? 'nothing'
    const op = this.#greatest ? 'greatest' : 'least'
    return { op, takes, state: [this.#numbers, this.#seen] }
  }

  take(groups: Int32Array): void {
    this.#numbers = gather(this.#numbers, groups)
    this.#seen = gather(this.#seen, groups)
    this.#size = groups.length
  }

  state(size: number): readonly Column[] {
    return [this.result(size)]
  }

  merge(state: readonly Column[], ids: Int32Array, length: number): void {
    this.add(state[0]!, ids, length)
  }

  result(size: number): Column {
    if (this.#kind === undefined || this.#kind === 'values') {
      const writer = new ColumnWriter(size)
      for (let id = 0; id < size; id++) writer.set(id, this.#values[id])
      return writer.finish(size)
    }
    const numbers = this.#numbers.subarray(0, size)
    const valid = maskWhere(this.#seen, size)
    switch (this.#kind) {
      case 'int32':
        return new Int32Column(Int32Array.from(numbers), valid)
      case 'float64':
        return new Float64Column(numbers, valid)
      case 'timestamp':
        return new TimestampColumn(numbers, valid)
      case 'boolean':
        return new BooleanColumn(Uint8Array.from(numbers), valid)
    }
  }

  reset(): void {
    this.#numbers = new Float64Array(0)
    this.#seen = new Uint8Array(0)
    this.#values = []
    this.#valueBytes = 0
    this.#size = 0
  }

  #addNumbers({ values, valid }: Float64Column, ids: Int32Array, length: number): void {
    const numbers = this.#numbers
    const seen = this.#seen
    // The greatest is the least of the negated; one loop then serves both.
    const sign = this.#greatest ? -1 : 1
    for (let row = 0; row < length; row++) {
      if (valid !== null && valid[row] === 0) continue
      const id = ids[row]!
      const value = values[row]!
      if (seen[id] === 0) {
        seen[id] = 1
        numbers[id] = value
      } else if (sign * value < sign * numbers[id]! || Number.isNaN(value)) numbers[id] = value
    }
  }

  #addValues(column: Column, ids: Int32Array, length: number): void {
    const values = this.#values
    const direction = this.#greatest ? 'descending' : 'ascending'
    for (let row = 0; row < length; row++) {
      const value = column.get(row)
      if (value === null || value === undefined) continue
      const id = ids[row]!
      const best = values[id]
      if (best === undefined) this.#valueBytes += bytesOf(value)
      if (
        best === undefined ||
        isNotANumber(value) ||
        (!isNotANumber(best) && compareValues(value, best, direction) < 0)
      )
        values[id] = value
    }
  }

  #becomeValues(): void {
    const column = this.result(this.#size)
    this.reset()
    this.#kind = 'values'
    for (let id = 0; id < column.length; id++) {
      const value = column.get(id)
      if (value === null) continue
      this.#values[id] = value
      this.#valueBytes += bytesOf(value)
    }
  }
}

function kindOf({ layout }: Column): Kind {
  switch (layout) {
    case 'int32':
    case 'float64':
    case 'timestamp':
    case 'boolean':
      return layout
    default:
      return 'values'
  }
}

function isNotANumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isNaN(value)
}

/** Estimated bytes of a value that is kept as it is. */
export function bytesOf(value: unknown): number {
  return typeof value === 'string' ? 32 + 2 * value.length : typeof value === 'object' ? 128 : 24
}
