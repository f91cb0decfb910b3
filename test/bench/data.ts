/** Seeded input data, the same for all contenders. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { Random } from '../../engine/types/random.js'

/** Whole numbers from 0 to `below - 1`. */
export function integers(length: number, below: number, seed: number): Int32Array<ArrayBuffer> {
  const random = new Random(seed)
  const values = new Int32Array(length)
  for (let k = 0; k < length; k++) values[k] = random.int(below)
  return values
}

/** Numbers from 0 to 1. */
export function fractions(length: number, seed: number): Float64Array<ArrayBuffer> {
  const random = new Random(seed)
  const values = new Float64Array(length)
  for (let k = 0; k < length; k++) values[k] = random.next()
  return values
}

/** 0 to `length - 1` in random order. */
export function permutation(length: number, seed: number): Int32Array<ArrayBuffer> {
  const random = new Random(seed)
  const values = Int32Array.from({ length }, (_, k) => k)
  for (let last = length - 1; last > 0; last--) {
    const other = random.int(last + 1)
    const kept = values[last]!
    values[last] = values[other]!
    values[other] = kept
  }
  return values
}

/** Different words, two to twelve letters long, a few of them with an umlaut. */
export function vocabulary(size: number, seed: number): string[] {
  const random = new Random(seed)
  const words = new Set<string>()
  while (words.size < size) {
    let word = ''
    for (let length = 2 + random.int(11); length > 0; length--) {
      word += LETTERS[Math.floor(random.next() ** 1.5 * LETTERS.length)]
    }
    words.add(word)
  }
  return [...words]
}

const LETTERS = 'etaoinshrdlucmfwypvbgkjqxzü'

/**
 * Picks from 0 to `size - 1` by Zipf's law: the k-th is picked in proportion to 1 / (k + 1).
 *
 * The share of the first k is about ln(k + 1) / ln(size + 1), which is inverted.
 */
export function zipf(size: number, random: Random): () => number {
  return () => Math.floor((size + 1) ** random.next()) - 1
}

/** Writes lines to a file, in pieces of about a MiB; returns its size in bytes. */
export function writeLines(file: string, lines: Iterable<string>): number {
  const out = openSync(file, 'w')
  let [size, text] = [0, '']
  for (const line of lines) {
    text += `${line}\n`
    if (text.length < 1 << 20) continue
    size += writeSync(out, text)
    text = ''
  }
  size += writeSync(out, text)
  closeSync(out)
  return size
}
