/** Which parts of plans say the same. */
import type { UserFunction } from '../functions/user-function.js'
import type { Key } from '../plan/key.js'

/** Gives equal texts to equal values: plain data by content, functions and all else by identity. */
export class Sameness {
  readonly #ids = new WeakMap<object, number>()
  #next = 0

  /** A text that is the same for values that are the same, and for no others. */
  of(value: unknown): string {
    if (typeof value === 'string') return JSON.stringify(value)
    if (typeof value === 'symbol') return `symbol ${String(value)}`
    if (typeof value !== 'object' && typeof value !== 'function') {
      return Object.is(value, -0) ? '-0' : `${typeof value} ${String(value)}`
    }
    if (value === null) return 'null'
    if (Array.isArray(value)) return `[${value.map(item => this.of(item)).join()}]`
    if (Object.getPrototypeOf(value) === Object.prototype) return this.#ofObject(value)
    return this.identity(value)
  }

  /** A text that is this very object's. */
  identity(value: object): string {
    let id = this.#ids.get(value)
    if (id === undefined) {
      id = this.#next++
      this.#ids.set(value, id)
    }
    return `#${id}`
  }

  #ofObject(value: object): string {
    const texts = Object.entries(value).map(([name, part]) => {
      // Handed-over values may be large, and are the user's: the very same ones only.
      const shallow = typeof part === 'object' && part !== null && HELD_BY_IDENTITY.has(name)
      const text = shallow ? this.#entries(part) : this.of(part)
      return `${JSON.stringify(name)}:${text}`
    })
    return `{${texts.sort().join()}}`
  }

  #entries(held: object): string {
    const texts = Object.entries(held).map(([name, part]: [string, unknown]) => {
      const text = typeof part === 'object' && part !== null ? this.identity(part) : this.of(part)
      return `${JSON.stringify(name)}:${text}`
    })
    return `{${texts.sort().join()}}`
  }
}

const HELD_BY_IDENTITY: ReadonlySet<string> = new Set(['handed'])

/** Whether two functions are the same function with the same values handed over. */
function sameFunction(a: UserFunction, b: UserFunction): boolean {
  if (a === b) return true
  const sameness = new Sameness()
  const text = ({ operation: _, ...rest }: UserFunction) => sameness.of(rest)
  return text(a) === text(b)
}

/** Whether two keys are the same field or the same function. */
export function sameKey(a: Key, b: Key): boolean {
  if (a.kind === 'field') return b.kind === 'field' && a.path === b.path
  return b.kind === 'function' && sameFunction(a.fn, b.fn)
}
