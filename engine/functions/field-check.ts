import { shapeOf } from '../types/record-writer.js'
import { unknownField, VALUE } from '../types/schema.js'

/**
 * Finds out whether fields that somebody asks for by name exist. A record may lack a field that
 * others have, so a field is unknown only when no record so far had it.
 */
export class FieldCheck {
  readonly #unseen: Set<string>
  readonly #operation: string
  #looked: { readonly record: unknown } | undefined

  /** @param operation Named in the error. */
  constructor(operation: string, names: Iterable<string>) {
    this.#operation = operation
    this.#unseen = new Set(names)
  }

  /** Notes that there is a field `name`. */
  seen(name: string): void {
    this.#unseen.delete(name)
  }

  /** Whether no record so far had the field `name`. */
  isUnseen(name: string): boolean {
    return this.#unseen.has(name)
  }

  /** The value at `path` in `record`: a field of that name, or a property of nested values. */
  value(record: unknown, path: string): unknown {
    this.#looked = { record }
    const { known, value } = valueAt(record, path)
    if (known) this.#unseen.delete(path)
    return value
  }

  /** Whether there are fields that no record so far had. */
  get isPending(): boolean {
    return this.#unseen.size > 0
  }

  /** Looks for the fields in `record`. */
  look(record: unknown): void {
    if (this.#unseen.size === 0) return
    this.#looked = { record }
    for (const name of this.#unseen) if (valueAt(record, name).known) this.#unseen.delete(name)
  }

  /** @throws {SchemaError} If records were looked at and none had one of the fields. */
  check(): void {
    if (this.#looked === undefined) return
    for (const name of this.#unseen) {
      const { record } = this.#looked
      const shape = shapeOf(record)
      const known = shape === 'value' ? [] : Object.keys(record as object)
      throw unknownField(this.#operation, name, known, shape)
    }
  }
}

function valueAt(record: unknown, path: string): { known: boolean; value: unknown } {
  if (path === VALUE && shapeOf(record) === 'value') return { value: record, known: true }
  if (has(record, path)) return { value: record[path], known: true }
  let value: unknown = record
  for (const key of path.split('.')) {
    if (!has(value, key)) return { value: null, known: false }
    value = value[key]
  }
  return { value, known: true }
}

function has(value: unknown, key: string): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && key in value
}
