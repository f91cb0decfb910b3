import { Broadcast } from '../plan/handed.js'
import { Loop } from '../plan/loop.js'

/** What hashes bytes: a `Hash` of `node:crypto`. */
export interface ByteHash {
  update(bytes: Uint8Array | string): unknown
}

/** Items of one array that are looked at; of longer ones so many, evenly spread. */
const ITEMS = 100_000

/** Characters gathered before they are hashed. */
const PENDING = 65_536

/**
 * Hashes values by what they are, the same in every process: plain data by content, functions by
 * their source, instances of classes by the name of the class and their own fields. Of what a
 * function captures nothing is seen. Typed arrays are hashed whole.
 *
 * @param reference A text for what stands for something else of the plan.
 */
export class ContentHash {
  readonly #hash: ByteHash
  readonly #reference: (value: Broadcast | Loop) => string
  readonly #above = new Set<object>()
  #pending: string[] = []
  #characters = 0

  constructor(hash: ByteHash, reference: (value: Broadcast | Loop) => string) {
    this.#hash = hash
    this.#reference = reference
  }

  /** Adds a value. */
  add(value: unknown): void {
    if (typeof value === 'string') this.#text(`'${value.length}:${value}`)
    else if (typeof value === 'function') this.#text(`function ${sourceOf(value)};`)
    else if (typeof value !== 'object' || value === null) this.#text(`${primitiveText(value)};`)
    else if (value instanceof Broadcast || value instanceof Loop) this.#text(this.#reference(value))
    else if (ArrayBuffer.isView(value)) this.#bytes(value)
    else if (this.#above.has(value)) this.#text(`above ${[...this.#above].indexOf(value)};`)
    else {
      this.#above.add(value)
      this.#addObject(value)
      this.#above.delete(value)
    }
  }

  /** Hands over what is still pending; comes last. */
  end(): void {
    this.#hash.update(this.#pending.join(''))
    this.#pending = []
    this.#characters = 0
  }

  #addObject(value: object): void {
    if (Array.isArray(value)) this.#addItems(value)
    else if (value instanceof Date) this.#text(`date ${value.getTime()};`)
    else if (value instanceof RegExp) this.#text(`pattern ${value};`)
    else if (value instanceof Map || value instanceof Set) {
      this.#text(value instanceof Map ? 'map ' : 'set ')
      this.#addItems([...value])
    } else {
      const name: unknown = Object.getPrototypeOf(value)?.constructor?.name
      const fields = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(
        ([, { enumerable, get }]) => enumerable && get === undefined,
      )
      this.#text(`${String(name)}{${fields.length}:`)
      for (const [key, field] of fields.sort(([a], [b]) => (a < b ? -1 : 1))) {
        this.add(key)
        this.add(field.value)
      }
    }
  }

  #addItems(items: readonly unknown[]): void {
    this.#text(`[${items.length}:`)
    const step = Math.max(1, items.length / ITEMS)
    for (let at = 0; at < items.length; at += step) this.add(items[Math.floor(at)])
  }

  #bytes(view: ArrayBufferView): void {
    this.#text(`${view.constructor.name} ${view.byteLength};`)
    this.end()
    this.#hash.update(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
  }

  #text(text: string): void {
    this.#pending.push(text)
    this.#characters += text.length
    if (this.#characters > PENDING) this.end()
  }
}

function primitiveText(value: unknown): string {
  if (typeof value === 'symbol') return String(value)
  return Object.is(value, -0) ? '-0' : `${typeof value} ${String(value)}`
}

function sourceOf(value: object): string {
  const source = Function.prototype.toString.call(value)
  const name = (value as { readonly name?: unknown }).name
  return source.includes('[native code]') ? `${String(name)} ${source}` : source
}
