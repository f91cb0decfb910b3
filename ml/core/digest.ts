/**
 * A fingerprint of plain data: equal for equal data, whatever the order of keys, and all but certainly another
 * for other data.
 *
 * Two 32-bit hashes with different factors, over the types, lengths, texts and bits of numbers, in the
 * order of the sorted keys. It finds damage; it is no protection against anyone who means to forge.
 * Source: the mixing steps are those of MurmurHash3 (Appleby).
 * Cost: O(entries), a few nanoseconds each.
 *
 * @param value What `JSON.parse` gives: no functions, no cycles.
 * @returns Sixteen hexadecimal digits.
 */
export function digest(value: unknown): string {
  const hash = new Hash()
  add(hash, value)
  return hash.text()
}

const TYPES = { null: 1, boolean: 2, number: 3, string: 4, list: 5, object: 6 } as const

/** The bits of a number, as two words. */
const NUMBER = new Float64Array(1)
const WORDS = new Uint32Array(NUMBER.buffer)

class Hash {
  #a = 0x9747b28c
  #b = 0x3c6ef372

  word(word: number): void {
    let mixed = Math.imul(word, 0xcc9e2d51)
    mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
    const a = this.#a ^ mixed
    this.#a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0
    const b = this.#b ^ Math.imul(word, 0x85ebca6b)
    this.#b = (Math.imul((b << 17) | (b >>> 15), 0xc2b2ae35) + 0x38b34ae5) | 0
  }

  text(): string {
    return [this.#a, this.#b].map(hash => finished(hash).toString(16).padStart(8, '0')).join('')
  }
}

function finished(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function add(hash: Hash, value: unknown): void {
  if (typeof value === 'number') {
    hash.word(TYPES.number)
    // JSON has one zero.
    NUMBER[0] = value === 0 ? 0 : value
    hash.word(WORDS[0]!)
    hash.word(WORDS[1]!)
  } else if (typeof value === 'string') {
    addText(hash, value)
  } else if (Array.isArray(value)) {
    hash.word(TYPES.list)
    hash.word(value.length)
    for (const entry of value) add(hash, entry)
  } else if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort()
    hash.word(TYPES.object)
    hash.word(keys.length)
    for (const key of keys) {
      addText(hash, key)
      add(hash, (value as Readonly<Record<string, unknown>>)[key])
    }
  } else {
    hash.word(value === null ? TYPES.null : TYPES.boolean)
    hash.word(Number(value))
  }
}

function addText(hash: Hash, text: string): void {
  hash.word(TYPES.string)
  hash.word(text.length)
  for (let k = 0; k < text.length; k++) hash.word(text.charCodeAt(k))
}
