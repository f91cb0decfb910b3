/** How models are written: JSON that says what it is, and reads back as it was to the last bit. */
import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { digest } from './digest.js'

/** The version of the format. Older ones can be read, newer ones are refused. */
const FORMAT = 1

/** A model as JSON. */
export interface SavedModel {
  /** `'model'`. */
  readonly wiesel: string
  /** The version of the format. */
  readonly format: number
  /** The estimator that made it. */
  readonly kind: string
  readonly state: unknown
  /** A fingerprint of kind and state, by which damage is found. */
  readonly digest: string
}

/** A model's state under the header that says what it is. */
export function savedModel(kind: string, state: unknown): SavedModel {
  return { wiesel: 'model', format: FORMAT, kind, digest: digest([kind, state]), state }
}

/**
 * Checks that a value is a saved model.
 *
 * @param name Of the file or value, for errors.
 * @throws {ArgumentError} If it is something else, of a newer version, or not as it was written: the kind,
 *   a number, the length of an array.
 */
export function checkSaved(value: unknown, name: string): SavedModel {
  const saved = value as Partial<SavedModel> | null
  if (typeof saved !== 'object' || saved === null || saved.wiesel !== 'model') {
    throw new ArgumentError(
      `loadModel: ${name} is not a saved model; got ${shown(value)}. Give what model.save wrote.`,
    )
  }
  if (!Number.isSafeInteger(saved.format) || saved.format! < 1 || saved.format! > FORMAT) {
    throw new ArgumentError(
      `loadModel: ${name} has format ${shown(saved.format)}; this version of wiesel reads up to ${FORMAT}. Update wiesel, or save the model anew.`,
    )
  }
  const parts = { kind: 'string', state: 'object', digest: 'string' } as const
  for (const [part, type] of Object.entries(parts) as [keyof typeof parts, string][]) {
    if (saved[part] != null && typeof saved[part] === type) continue
    throw new ArgumentError(
      `loadModel: ${name} is damaged: it has no ${part}. Save the model anew.`,
    )
  }
  const found = digest([saved.kind, saved.state])
  if (found !== saved.digest) {
    throw new ArgumentError(
      `loadModel: ${name} is damaged: what it holds has the digest ${found}, and not ${shown(saved.digest)} as when it was saved. Save the model anew.`,
    )
  }
  return saved as SavedModel
}

const ARRAYS = { float64: Float64Array, int32: Int32Array, uint8: Uint8Array } as const

/**
 * Plain data as JSON has them. Typed arrays, dates, big integers and the numbers that JSON lacks
 * become objects with one key that begins with `$`.
 *
 * @throws {ArgumentError} If there is something that is no plain data, such as a function.
 */
export function encoded(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $number: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value === 'bigint') return { $bigint: String(value) }
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') {
    throw new ArgumentError(`save: ${String(value)} cannot be saved. Models hold plain data only.`)
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(encoded)
  for (const [name, array] of Object.entries(ARRAYS)) {
    if (value instanceof array) return { [`$${name}`]: Array.from(value, encoded) }
  }
  if (value instanceof Date) return { $date: encoded(value.getTime()) }
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON()
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [[key, encoded(inner)]],
    ),
  )
}

/** What `encoded` was given. */
export function decoded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(decoded)
  // A model within a model is decoded on its own.
  if ('wiesel' in value) return value
  const entries = Object.entries(value)
  const [first] = entries
  if (first !== undefined && entries.length === 1 && first[0].startsWith('$')) {
    const [tag, inner] = first
    if (tag === '$number') return Number(inner)
    if (tag === '$bigint') return BigInt(inner as string)
    if (tag === '$date') return new Date(decoded(inner) as number)
    const array = ARRAYS[tag.slice(1) as keyof typeof ARRAYS]
    if (array !== undefined) return array.from((inner as unknown[]).map(decoded) as number[])
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, decoded(inner)]))
}
