/**
 * Records as generated code has them: usually not as objects but as a handful of expressions, one
 * per field, which are put together only where somebody needs the whole.
 */
import type { CodeBuilder } from './code-builder.js'
import { type ColumnCode, once, recordSource } from './column-code.js'

/** One value in generated code. */
export interface Scalar {
  /** An expression for the value as functions see it; may add lines. Objects are made anew. */
  read(): string
  /** An expression for the value where `undefined` may stand for `null`: when it is stored. */
  raw(): string
  /** Set when the value is an unchanged copy of a field of the input. */
  readonly copy?: ColumnCopy
  /** A record of the input that is a value itself: one half of a pair. */
  readonly record?: VirtualRecord
}

/** Where a copied value comes from. */
export interface ColumnCopy {
  readonly input: number
  readonly position: number
  readonly code: ColumnCode
  /** The expression for the row; negative where the record may be absent. */
  readonly row: string
  readonly absent: string | undefined
}

/** A record in generated code. */
export type VirtualRecord =
  | {
      readonly kind: 'fields'
      readonly shape: 'object' | 'tuple'
      readonly fields: ReadonlyMap<string, Scalar>
      /** A condition under which there is no record at all. */
      readonly absent?: string
    }
  | { readonly kind: 'value'; readonly scalar: Scalar; readonly absent?: string }
  /** Any JavaScript value, in the local `name`. */
  | { readonly kind: 'opaque'; readonly name: string }

/** A value of the input. */
export function columnScalar(code: CodeBuilder, copy: ColumnCopy): Scalar {
  const { absent, row } = copy
  const expression = () => {
    const value = copy.code.value(row)
    return absent === undefined ? value : `(${absent} ? null : ${value})`
  }
  const { layout, name } = copy.code.column
  const mutable = layout === 'timestamp' || layout === 'vector' || layout === 'sparse'
  const read = mutable ? expression : once(() => code.local(expression(), name))
  return { read, raw: read, copy }
}

/** A value that the code computes, in the local `name`. */
export function localScalar(name: string): Scalar {
  return { read: () => `(${name} ?? null)`, raw: () => name }
}

/** A value that is computed when it is first needed, because nobody can tell the difference. */
export function lazyScalar(local: () => string): Scalar {
  const name = once(local)
  return { read: () => `(${name()} ?? null)`, raw: name }
}

/** A value that is never there. */
export const missingScalar: Scalar = { read: () => 'null', raw: () => 'null' }

/** A whole record as a value. */
export function recordScalar(record: VirtualRecord): Scalar {
  const read = () => wholeRecord(record)
  return record.kind === 'value' && record.absent === undefined
    ? record.scalar
    : { read, raw: read, record }
}

/**
 * An expression for a record as an object, an array or a value.
 *
 * @param only The fields that matter; all by default.
 */
export function wholeRecord(record: VirtualRecord, only?: readonly string[]): string {
  if (record.kind === 'opaque') return record.name
  if (record.kind === 'value') return record.scalar.read()
  const wanted = (name: string) => only === undefined || only.includes(name)
  const fields: (readonly [string, string])[] = []
  for (const [name, scalar] of record.fields) {
    if (wanted(name)) fields.push([name, scalar.read()])
    // Tuples keep their length.
    else if (record.shape === 'tuple') fields.push([name, 'null'])
  }
  const literal = recordSource(record.shape, fields)
  return record.absent === undefined ? literal : `(${record.absent} ? null : ${literal})`
}
