import type { RecordBatch } from '../types/batch.js'
import { AnyColumn, type Column, isMissingAt } from '../types/column.js'
import { missingColumn } from '../types/concat.js'
import { shapeOf } from '../types/record-writer.js'
import { unknownField, unknownProperty, VALUE } from '../types/schema.js'

/** Records that lack a field are kept for the error up to this number, each of another shape. */
const MOST_LACKING = 100

/**
 * All fields that an operator asks for by name, whichever part of it does: keys, orders, aggregates,
 * projections, formulas.
 */
export class FieldChecks {
  readonly #all: FieldCheck[] = []

  /** Adds fields that `operation` asks for. */
  of(operation: string, names: Iterable<string>): FieldCheck {
    const check = new FieldCheck(operation, names)
    this.#all.push(check)
    return check
  }

  /** Notes that there is a field `name`, for all who ask for it. */
  seen(name: string): void {
    for (const check of this.#all) check.seen(name)
  }

  /** Whether there were records that lack a field, and none so far that have it. */
  get isLacking(): boolean {
    return this.#all.some(check => check.isLacking)
  }

  /** What is known so far, to be put together with what other workers know. */
  report(): FieldReport[] {
    return this.#all.map(check => check.report())
  }

  /**
   * To be called when no more records can come.
   *
   * @throws {SchemaError} If there were records and none had one of the fields.
   */
  check(): void {
    for (const check of this.#all) check.check()
  }
}

/** What one worker knows about fields that somebody asks for. */
export interface FieldReport {
  readonly operation: string
  readonly names: readonly string[]
  readonly unseen: readonly string[]
  /** Records that lack a field. */
  readonly lacking: readonly { readonly name: string; readonly records: readonly unknown[] }[]
}

/**
 * Finds out whether fields that somebody asks for by name exist. A record, or a whole batch, may
 * lack a field that others have; there it is missing. So a field is unknown only when there were
 * records and none of them had it, which is certain at the end of the input.
 */
export class FieldCheck {
  readonly #names: readonly string[]
  readonly #unseen: Set<string>
  readonly #operation: string
  /** Records that lack a field, by the field and by the shape of what lacks it. */
  readonly #lacking = new Map<string, Map<string, unknown>>()

  /** @param operation Named in the error. */
  constructor(operation: string, names: Iterable<string>) {
    this.#operation = operation
    this.#names = [...names]
    this.#unseen = new Set(this.#names)
  }

  /** See `FieldChecks`. */
  report(): FieldReport {
    const lacking = [...this.#lacking].map(([name, records]) => {
      return { name, records: [...records.values()] }
    })
    return { operation: this.#operation, names: this.#names, unseen: [...this.#unseen], lacking }
  }

  /** Notes that there is a field `name`. */
  seen(name: string): void {
    this.#unseen.delete(name)
    this.#lacking.delete(name)
  }

  /** Whether no record so far had the field `name`. */
  isUnseen(name: string): boolean {
    return this.#unseen.has(name)
  }

  /** The value at `path` in `record`: a field of that name, or a property of nested values. */
  value(record: unknown, path: string): unknown {
    const { found, value, end } = valueAt(record, path)
    this.#note(record, path, found, end)
    return value
  }

  /** The column at `path` of a batch: a field, or a property of nested values; missing if absent. */
  column(batch: RecordBatch, path: string): Column {
    const { length, shape } = batch
    const own = batch.find(path)
    if (own !== undefined) {
      this.seen(path)
      return own
    }
    if (length === 0) return missingColumn(0)
    const [name, ...keys] = path.split('.') as [string, ...string[]]
    const outer = shape === 'value' ? batch.columns[0]! : batch.find(name)
    if (outer !== undefined && shape === 'value') {
      return this.#nested(outer, path, { find: value => valueAt(value, path), record: same })
    }
    if (outer !== undefined && keys.length > 0) {
      const record = (value: unknown) => ({ [name]: value })
      return this.#nested(outer, path, { find: value => follow(value, keys), record })
    }
    this.#note(batch.record(0), path, 'no', batch.record(0))
    return missingColumn(length)
  }

  /** Whether there are fields that no record so far had. */
  get isPending(): boolean {
    return this.#unseen.size > 0
  }

  /** Whether there were records that lack a field, and none so far that have it. */
  get isLacking(): boolean {
    return this.#lacking.size > 0
  }

  /** Looks for the fields in `record`. */
  look(record: unknown): void {
    for (const name of this.#unseen) this.value(record, name)
  }

  /** @throws {SchemaError} If there were records and none had one of the fields. */
  check(): void {
    for (const [name, lacking] of this.#lacking) {
      const records = [...lacking.values()]
      const objects = records.filter(record => shapeOf(record) !== 'value')
      const outer = name.split('.')[0]!
      const inside = objects.flatMap(record => (has(record, outer) ? [record[outer]] : []))
      if (inside.length > 0) throw unknownProperty(this.#operation, name, inside)
      const known = new Set(objects.flatMap(record => Object.keys(record as object)))
      const shape = objects.length > 0 ? shapeOf(objects[0]) : 'value'
      throw unknownField(this.#operation, name, [...known], shape)
    }
  }

  /** What each value of a column holds at `path`. */
  #nested(outer: Column, path: string, { find, record }: Inside): Column {
    const { length } = outer
    const take = (value: unknown): unknown => {
      const { found, value: inner, end } = find(value)
      if (this.isUnseen(path)) this.#note(record(value), path, found, end)
      return inner ?? null
    }
    if (outer.layout === 'any') return new AnyColumn(outer.values.map(take))
    // Values in all other layouts are alike in having no properties.
    for (let row = 0; row < length; row++) {
      if (isMissingAt(outer, row)) continue
      take(outer.get(row))
      break
    }
    return missingColumn(length)
  }

  /** @param end The value at which the path ended. */
  #note(record: unknown, name: string, found: Found, end: unknown): void {
    if (found === 'maybe' || !this.#unseen.has(name)) return
    if (found === 'yes') {
      this.seen(name)
      return
    }
    let lacking = this.#lacking.get(name)
    if (lacking === undefined) {
      lacking = new Map()
      this.#lacking.set(name, lacking)
    }
    if (lacking.size >= MOST_LACKING) return
    const shape = typeof end === 'object' && end !== null ? Object.keys(end).join() : typeof end
    lacking.set(shape, record)
  }
}

type Found = 'yes' | 'no' | 'maybe'

interface Value {
  readonly value: unknown
  readonly found: Found
  /** The value at which the path ended. */
  readonly end: unknown
}

/** How values of a column are looked into, and the records that they belong to. */
interface Inside {
  readonly find: (value: unknown) => Value
  readonly record: (value: unknown) => unknown
}

const same = (value: unknown) => value

function valueAt(record: unknown, path: string): Value {
  if (path === VALUE && shapeOf(record) === 'value') {
    return { value: record, found: 'yes', end: record }
  }
  if (has(record, path)) return { value: record[path], found: 'yes', end: record }
  return follow(record, path.split('.'))
}

function follow(record: unknown, keys: readonly string[]): Value {
  let value = record
  for (const key of keys) {
    if (value === null || value === undefined) return { value: null, found: 'maybe', end: value }
    if (!has(value, key)) return { value: null, found: 'no', end: value }
    value = value[key]
  }
  return { value, found: 'yes', end: value }
}

function has(value: unknown, key: string): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && key in value
}
