import { shapeOf } from '../types/record-writer.js'
import { unknownField, unknownProperty, VALUE } from '../types/schema.js'

/**
 * Finds out whether fields that somebody asks for by name exist. A record may lack a field that
 * others have, so a field is unknown only when no record so far had it.
 */
export class FieldCheck {
  readonly #unseen: Set<string>
  readonly #operation: string
  /** Records that lack a field, by the field. */
  readonly #lacking = new Map<string, unknown>()

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
    const { found, value } = valueAt(record, path)
    this.#note(record, path, found)
    return value
  }

  /** Whether there are fields that no record so far had. */
  get isPending(): boolean {
    return this.#unseen.size > 0
  }

  /** Looks for the fields in `record`. */
  look(record: unknown): void {
    for (const name of this.#unseen) this.#note(record, name, valueAt(record, name).found)
  }

  #note(record: unknown, name: string, found: Found): void {
    if (found === 'yes') this.#unseen.delete(name)
    else if (found === 'no' && this.#unseen.has(name)) this.#lacking.set(name, record)
  }

  /** @throws {SchemaError} If records were looked at and none had one of the fields. */
  check(): void {
    for (const name of this.#unseen) {
      if (!this.#lacking.has(name)) continue
      const record = this.#lacking.get(name)
      const shape = shapeOf(record)
      const known = shape === 'value' ? [] : Object.keys(record as object)
      const outer = name.split('.')[0]!
      if (shape !== 'value' && has(record, outer)) {
        throw unknownProperty(this.#operation, name, [record[outer]])
      }
      throw unknownField(this.#operation, name, known, shape)
    }
  }
}

type Found = 'yes' | 'no' | 'maybe'

function valueAt(record: unknown, path: string): { found: Found; value: unknown } {
  if (path === VALUE && shapeOf(record) === 'value') return { value: record, found: 'yes' }
  if (has(record, path)) return { value: record[path], found: 'yes' }
  let value: unknown = record
  for (const key of path.split('.')) {
    if (value === null || value === undefined) return { value: null, found: 'maybe' }
    if (!has(value, key)) return { value: null, found: 'no' }
    value = value[key]
  }
  return { value, found: 'yes' }
}

function has(value: unknown, key: string): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && key in value
}
