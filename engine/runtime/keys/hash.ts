/**
 * Hashes of keys, by value: int32 and float64 columns, dictionaries and text, typed and arbitrary
 * columns give equal hashes for equal keys, in every process. For spreading records over
 * partitions; operators that look keys up use `KeyIndex`.
 */
import type { Column } from '../../types/column.js'
import { isDate } from '../../types/column-writer.js'
import type { Dictionary } from '../../types/dictionary.js'
import { canonicalKey } from './key-value.js'

const NOT_A_NUMBER = 0x7ff80000

/**
 * One 32-bit hash per row. A missing component adds nothing, so that a key which gets a further
 * component later, missing so far, keeps its hash.
 *
 * @param keys The components of the key, as many rows each as `length`.
 * @param seed Another seed spreads the same keys independently; used when a partition is split.
 */
export function hashColumns(keys: readonly Column[], length: number, seed = 0): Int32Array {
  const hashes = new Int32Array(length).fill(mix(seed ^ 0x9e3779b9))
  for (const column of keys) addHashes(column, length, hashes)
  return hashes
}

/**
 * The partition of each row by the hash of its key, from 0 to `partitions - 1`.
 *
 * @param partitions At most 2^16.
 */
export function hashPartitions(
  keys: readonly Column[],
  length: number,
  partitions: number,
  seed = 0,
): Int32Array {
  const hashes = hashColumns(keys, length, seed)
  // The upper 16 bits times the number of partitions, instead of a slow remainder.
  for (let row = 0; row < length; row++) {
    hashes[row] = ((hashes[row]! >>> 16) * partitions) >>> 16
  }
  return hashes
}

/** The hash of a text: FNV-1a over UTF-16 code units, then mixed. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193)
  return mix(hash)
}

function addHashes(column: Column, length: number, hashes: Int32Array): void {
  const { valid } = column
  switch (column.layout) {
    case 'boolean':
    case 'int32': {
      const { values } = column
      for (let row = 0; row < length; row++) {
        if (valid !== null && valid[row] === 0) continue
        hashes[row] = combine(hashes[row]!, mix(values[row]!))
      }
      return
    }
    case 'float64':
    case 'timestamp': {
      const { values } = column
      for (let row = 0; row < length; row++) {
        if (valid !== null && valid[row] === 0) continue
        hashes[row] = combine(hashes[row]!, hashNumber(values[row]!))
      }
      return
    }
    case 'dictionary': {
      const { codes } = column
      const byCode = dictionaryHashes(column.dictionary)
      for (let row = 0; row < length; row++) {
        if (valid !== null && valid[row] === 0) continue
        hashes[row] = combine(hashes[row]!, byCode[codes[row]!]!)
      }
      return
    }
    default:
      for (let row = 0; row < length; row++) {
        const value = column.get(row)
        if (value !== null && value !== undefined)
          hashes[row] = combine(hashes[row]!, hashValue(value))
      }
  }
}

function hashValue(value: unknown): number {
  if (typeof value === 'number') return hashNumber(value)
  if (typeof value === 'string') return hashText(value)
  if (typeof value === 'boolean') return mix(value ? 1 : 0)
  if (isDate(value)) return hashNumber(value.getTime())
  return hashText(typeof value === 'symbol' ? String(value) : canonicalKey(value))
}

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)

function hashNumber(value: number): number {
  const whole = value | 0
  // Also true for -0, which equals 0.
  if (whole === value) return mix(whole)
  if (Number.isNaN(value)) return mix(NOT_A_NUMBER)
  double[0] = value
  return mix(words[0]! ^ Math.imul(words[1]!, 0x85ebca6b))
}

/** Hashes by code, kept for each dictionary and extended as it grows. */
const hashesOf = new WeakMap<Dictionary, { hashes: Int32Array; size: number }>()

function dictionaryHashes(dictionary: Dictionary): Int32Array {
  const { values } = dictionary
  let known = hashesOf.get(dictionary)
  if (known === undefined) {
    known = { hashes: new Int32Array(0), size: 0 }
    hashesOf.set(dictionary, known)
  }
  if (known.size === values.length) return known.hashes
  if (known.hashes.length < values.length) {
    const grown = new Int32Array(Math.max(values.length, known.hashes.length * 2))
    grown.set(known.hashes)
    known.hashes = grown
  }
  for (let code = known.size; code < values.length; code++) {
    known.hashes[code] = hashText(values[code]!)
  }
  known.size = values.length
  return known.hashes
}

/** The finalizer of MurmurHash3 (Appleby 2008). */
function mix(hash: number): number {
  let h = hash | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function combine(hash: number, next: number): number {
  return mix(Math.imul(hash, 31) + next)
}
