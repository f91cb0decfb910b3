/**
 * How batches travel between threads: columns of fixed width as their arrays, over shared memory
 * where they lie in some; dictionaries only by what the receiver does not have yet.
 */
import { WorkerError } from '../../errors.js'
import { RecordBatch } from '../../types/batch.js'
import {
  AnyColumn,
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  SparseColumn,
  TextColumn,
  TimestampColumn,
  type Validity,
  VectorColumn,
} from '../../types/column.js'
import { Dictionary } from '../../types/dictionary.js'
import type { RecordShape } from '../../types/schema.js'
import { survivesCopy } from '../spill/survives-copy.js'

/** A batch as a message holds it. */
export interface BatchMessage {
  readonly shape: RecordShape
  readonly names: readonly string[]
  readonly columns: readonly ColumnMessage[]
  readonly length: number
  readonly partition: number
}

type ColumnMessage =
  | { readonly layout: 'boolean'; readonly values: Uint8Array; readonly valid: Validity }
  | { readonly layout: 'int32'; readonly values: Int32Array; readonly valid: Validity }
  | {
      readonly layout: 'float64' | 'timestamp'
      readonly values: Float64Array
      readonly valid: Validity
    }
  | {
      readonly layout: 'dictionary'
      readonly values: Int32Array
      readonly valid: Validity
      readonly id: number
      /** The strings that are new since this dictionary was last spoken of. */
      readonly added: readonly string[]
    }
  | { readonly layout: 'text'; readonly values: readonly string[]; readonly valid: Validity }
  | {
      readonly layout: 'vector'
      readonly values: Float64Array
      readonly valid: Validity
      readonly size: number
    }
  | {
      readonly layout: 'sparse'
      readonly offsets: Int32Array
      readonly indices: Int32Array
      readonly values: Float64Array
      readonly valid: Validity
      readonly size: number
    }
  | { readonly layout: 'any'; readonly values: readonly unknown[] }

/** Writes batches for one receiver. */
export class BatchWriter {
  readonly #dictionaries = new Map<Dictionary, { readonly id: number; sent: number }>()

  /**
   * The message for `batch`.
   *
   * @throws {WorkerError} If a value cannot be copied.
   */
  write(batch: RecordBatch): BatchMessage {
    const seen = new Map<Column, ColumnMessage>()
    const columns = batch.columns.map((column, k) => {
      const message = seen.get(column) ?? this.#column(column, batch.names[k]!)
      seen.set(column, message)
      return message
    })
    const { shape, names, length, partition } = batch
    return { shape, names, columns, length, partition }
  }

  #column(column: Column, name: string): ColumnMessage {
    switch (column.layout) {
      case 'boolean':
        return {
          layout: 'boolean',
          values: withoutRest(column.values),
          valid: mask(column.valid),
        }
      case 'int32':
        return {
          layout: 'int32',
          values: withoutRest(column.values),
          valid: mask(column.valid),
        }
      case 'float64':
      case 'timestamp':
        return {
          layout: column.layout,
          values: withoutRest(column.values),
          valid: mask(column.valid),
        }
      case 'vector':
        return {
          layout: 'vector',
          values: withoutRest(column.values),
          valid: mask(column.valid),
          size: column.size,
        }
      case 'sparse':
        return {
          layout: 'sparse',
          offsets: withoutRest(column.offsets),
          indices: withoutRest(column.indices),
          values: withoutRest(column.values),
          valid: mask(column.valid),
          size: column.size,
        }
      case 'dictionary':
        return this.#dictionary(column)
      case 'text':
        return { layout: 'text', values: column.values, valid: mask(column.valid) }
      case 'any': {
        const lost = column.values.find(value => !survivesCopy(value))
        if (lost !== undefined) {
          throw new WorkerError(
            `field "${name}" holds a value that cannot be copied to another thread. Give plain data, or run with parallelism 1.`,
          )
        }
        return { layout: 'any', values: column.values }
      }
    }
  }

  #dictionary({ codes, dictionary, valid }: DictionaryColumn): ColumnMessage {
    let known = this.#dictionaries.get(dictionary)
    if (known === undefined) {
      known = { id: this.#dictionaries.size, sent: 0 }
      this.#dictionaries.set(dictionary, known)
    }
    const added = dictionary.values.slice(known.sent)
    known.sent = dictionary.size
    const values = withoutRest(codes)
    return { layout: 'dictionary', values, valid: mask(valid), id: known.id, added }
  }
}

/**
 * The array without what else its memory holds: a message has a copy of all of that. Shared memory
 * stays where it is.
 *
 * Nothing is transferred, although that would save a copy: once a thread has given an array away,
 * its loops look at every access whether their arrays are still there (measured: 15 instead of 18
 * ns per record of a sum by key).
 */
function withoutRest<A extends Uint8Array | Int32Array | Float64Array>(values: A): A {
  const { buffer } = values
  const whole = values.byteLength === buffer.byteLength
  return whole || !(buffer instanceof ArrayBuffer) ? values : (values.slice() as A)
}

function mask(valid: Validity): Validity {
  return valid && withoutRest(valid)
}

/** Reads what one `BatchWriter` has written, in the same order. */
export class BatchReader {
  readonly #dictionaries: Dictionary[] = []

  read({ shape, names, columns, length, partition }: BatchMessage): RecordBatch {
    return new RecordBatch(
      shape,
      names,
      columns.map(column => this.#column(column, length)),
      length,
      partition,
    )
  }

  #column(column: ColumnMessage, length: number): Column {
    switch (column.layout) {
      case 'boolean':
        return new BooleanColumn(column.values, column.valid)
      case 'int32':
        return new Int32Column(column.values, column.valid)
      case 'float64':
        return new Float64Column(column.values, column.valid)
      case 'timestamp':
        return new TimestampColumn(column.values, column.valid)
      case 'vector':
        return new VectorColumn(column.values, column.size, length, column.valid)
      case 'sparse': {
        const { offsets, indices, values, size, valid } = column
        return new SparseColumn(offsets, indices, values, size, valid)
      }
      case 'dictionary': {
        this.#dictionaries[column.id] ??= new Dictionary()
        const dictionary = this.#dictionaries[column.id]!
        for (const text of column.added) dictionary.encode(text)
        return new DictionaryColumn(column.values, dictionary, column.valid)
      }
      case 'text':
        return new TextColumn(column.values, column.valid)
      case 'any':
        return new AnyColumn(column.values)
    }
  }
}
