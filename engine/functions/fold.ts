/** Reduces the records of groups: `state = fn(state, record)`, beginning with a group's first. */
import { RecordBatch } from '../types/batch.js'
import { type Column, Float64Column, Int32Column } from '../types/column.js'
import { ColumnWriter, isInt32 } from '../types/column-writer.js'
import { RecordWriter } from '../types/record-writer.js'
import { canGenerateCode } from './code/code-builder.js'
import { columnLayout, columnSignature } from './code/column-code.js'
import { type FoldLoop, makeFoldLoop, type StateValues } from './code/fold-code.js'
import { writeAll } from './record-ingest.js'
import { recordReader } from './record-reader.js'
import { callOf, checkCallable, functionFailed, Refusal, refuseThenable } from './user-call.js'
import type { UserFunction } from './user-function.js'

/** Folds records into one state per group. */
export interface Fold {
  /**
   * Folds in the first `count` records of `batch`; record `i` belongs to group `groups[i]`. A group
   * that has not been seen before must have the number of groups seen so far.
   *
   * @throws {FunctionError} If the function throws.
   */
  add(groups: Int32Array, count: number, batch: RecordBatch): void
  /** The states by group. The fold must not be used after that. */
  finish(): RecordBatch
  /** Bytes that the states occupy, estimated. */
  readonly byteLength: number
}

/**
 * A fold with `fn(state, record, context)`. Where code may be generated, and the function is
 * understood and returns the fields that the records have, states are kept in one array per field.
 *
 * @throws {ArgumentError} If the function is async or a generator.
 */
export function createFold(fn: UserFunction, context: object, codegen: boolean): Fold {
  checkCallable(fn, false)
  return new AdaptiveFold(fn, context, codegen && canGenerateCode())
}

/** Begins with states in arrays if it can, and goes over to states as objects if it must. */
class AdaptiveFold implements Fold {
  readonly #fn: UserFunction
  readonly #context: object
  readonly #codegen: boolean
  #flat: FlatStates | undefined
  #states: unknown[] | undefined

  constructor(fn: UserFunction, context: object, codegen: boolean) {
    this.#fn = fn
    this.#context = context
    this.#codegen = codegen
    if (!codegen) this.#states = []
  }

  get byteLength(): number {
    return (this.#states?.length ?? 0) * 100 + (this.#flat?.byteLength ?? 0)
  }

  add(groups: Int32Array, count: number, batch: RecordBatch): void {
    if (count === 0) return
    let done = 0
    if (this.#states === undefined) {
      this.#flat ??= new FlatStates(batch)
      done = this.#flat.add(this.#fn, this.#context, groups, count, batch)
      if (done === count) return
      this.#states = this.#flat.records()
      this.#flat = undefined
    }
    this.#addRecords(this.#states, groups, done, count, batch)
  }

  finish(): RecordBatch {
    if (this.#flat !== undefined) return this.#flat.finish()
    const states = this.#states ?? []
    const writer = new RecordWriter(Math.max(states.length, 1))
    writeAll(writer, states, 0, states.length, this.#codegen)
    return writer.finish()
  }

  #addRecords(
    states: unknown[],
    groups: Int32Array,
    start: number,
    count: number,
    batch: RecordBatch,
  ): void {
    const fn = this.#fn
    const call = callOf(fn, 2)
    const context = this.#context
    const read = recordReader(batch, this.#codegen)
    let row = start
    try {
      for (; row < count; row++) {
        const group = groups[row]!
        if (group >= states.length) states.push(read(row))
        else states[group] = returned(call(states[group], read(row), context))
      }
    } catch (cause) {
      throw functionFailed(fn, batch.record(row), cause)
    }
  }
}

/** States with one array per field. */
class FlatStates {
  readonly #shape: RecordBatch['shape']
  readonly #names: readonly string[]
  readonly #values: StateValues[]
  readonly #loops = new Map<string, FoldLoop | undefined>()
  #length = 0

  constructor(batch: RecordBatch) {
    this.#shape = batch.shape
    this.#names = batch.names
    this.#values = batch.columns.map(column => (isNumeric(column) ? new Float64Array(1024) : []))
  }

  get byteLength(): number {
    let bytes = 0
    for (const values of this.#values) {
      bytes += values instanceof Float64Array ? values.byteLength : values.length * 24
    }
    return bytes
  }

  /** Folds in records; returns how many, fewer than `count` if the rest needs objects. */
  add(
    fn: UserFunction,
    context: object,
    groups: Int32Array,
    count: number,
    batch: RecordBatch,
  ): number {
    const { names, shape } = batch
    if (shape !== this.#shape || names.join('\n') !== this.#names.join('\n')) return 0
    this.#reserve(groups, count)
    const layouts = batch.columns.map((column, k) => columnLayout(batch.names[k]!, column))
    let row = 0
    while (row < count) {
      // A number that is missing for the first time makes room for it.
      for (const [k, column] of batch.columns.entries()) if (!isNumeric(column)) this.#widen(k)
      const flat = this.#values.map(values => values instanceof Float64Array)
      const signature = [...layouts.map(columnSignature), ...flat].join()
      if (!this.#loops.has(signature)) {
        this.#loops.set(signature, makeFoldLoop(fn, context, batch.shape, layouts, flat))
      }
      const loop = this.#loops.get(signature)
      if (loop === undefined) return row
      const widen = (k: number, group: number, value: unknown, groupCount: number) => {
        this.#length = groupCount
        this.#widen(k)
        this.#values[k]![group] =
          this.#shape === 'value' ? returned(value) : (refuseThenable(value) ?? null)
      }
      const fail = (cause: unknown, at: number) => functionFailed(fn, batch.record(at), cause)
      row = loop(groups, batch.columns, this.#values, this.#length, row, count, widen, fail)
      for (let k = 0; k < row; k++) this.#length = Math.max(this.#length, groups[k]! + 1)
    }
    return row
  }

  /** The states as records. */
  records(): unknown[] {
    const batch = this.finish()
    return Array.from({ length: batch.length }, (_, row) => batch.record(row))
  }

  finish(): RecordBatch {
    const length = this.#length
    const columns = this.#values.map(values => columnOf(values, length))
    return new RecordBatch(this.#shape, this.#names, columns, length)
  }

  #reserve(groups: Int32Array, count: number): void {
    let largest = this.#length
    for (let k = 0; k < count; k++) largest = Math.max(largest, groups[k]! + 1)
    for (const [k, values] of this.#values.entries()) {
      if (!(values instanceof Float64Array) || values.length >= largest) continue
      const grown = new Float64Array(Math.max(largest, values.length * 2))
      grown.set(values)
      this.#values[k] = grown
    }
  }

  #widen(k: number): void {
    const values = this.#values[k]!
    if (values instanceof Float64Array)
      this.#values[k] = Array.from(values.subarray(0, this.#length))
  }
}

/** What the function returned, unless it forgot to. */
function returned(state: unknown): unknown {
  if (state === undefined) {
    throw new Refusal('the function returned nothing. Return the record that the two become')
  }
  return refuseThenable(state)
}

function isNumeric(column: Column): boolean {
  return (column.layout === 'int32' || column.layout === 'float64') && column.valid === null
}

function columnOf(values: StateValues, length: number): Column {
  if (values instanceof Float64Array) {
    const used = values.subarray(0, length)
    return used.every(isInt32) ? new Int32Column(Int32Array.from(used)) : new Float64Column(used)
  }
  const writer = new ColumnWriter(Math.max(length, 1))
  for (let row = 0; row < length; row++) writer.set(row, values[row])
  return writer.finish(length)
}
