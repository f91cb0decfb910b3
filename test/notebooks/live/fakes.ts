import type { ExecutionContext } from 'ava'
import type { Bundle } from '../../../notebooks/display/displayable.js'
import type { Clock } from '../../../notebooks/live/clock.js'
import type { Outlet } from '../../../notebooks/live/outlet.js'

/** A clock that goes on when it is told to. */
export class FakeClock implements Clock {
  #now = 0
  readonly #calls = new Map<() => void, number>()

  now(): number {
    return this.#now
  }

  after(milliseconds: number, call: () => void): () => void {
    const own = () => call()
    this.#calls.set(own, this.#now + milliseconds)
    return () => void this.#calls.delete(own)
  }

  /** Calls that wait. */
  get waiting(): number {
    return this.#calls.size
  }

  /** Lets time go by, and what waits be called in its order. */
  go(milliseconds: number): void {
    const end = this.#now + milliseconds
    for (;;) {
      const [next] = [...this.#calls].sort(([, a], [, b]) => a - b)
      if (next === undefined || next[1] > end) break
      this.#calls.delete(next[0])
      this.#now = next[1]
      next[0]()
    }
    this.#now = end
  }
}

/** Writes down what is shown, and when by a clock. */
export class FakeOutlet implements Outlet {
  readonly shown: { readonly text: string; readonly html: string; readonly last: boolean }[] = []

  show(bundle: Bundle, last: boolean): void {
    this.shown.push({ text: bundle['text/plain'], html: bundle['text/html'], last })
  }

  get texts(): readonly string[] {
    return this.shown.map(({ text }) => text)
  }
}

/** Lets promises that are settled go on. */
export const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Puts something into the global scope until the end of a test, which has to be serial. */
export function setGlobal(t: ExecutionContext, name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  t.teardown(() => Reflect.deleteProperty(globalThis, name))
}

/** Deno's kernel, as far as it is used. */
export function fakeDeno(t: ExecutionContext) {
  const displays: { bundle: Bundle; raw: boolean; display_id: string; update: boolean }[] = []
  const listeners: (() => void)[] = []
  const kernel = {
    jupyter: {
      async display(
        bundle: Bundle,
        options: { raw: boolean; display_id: string; update: boolean },
      ) {
        displays.push({ bundle, ...options })
      },
    },
    addSignalListener(_: 'SIGINT', listener: () => void) {
      listeners.push(listener)
    },
  }
  setGlobal(t, 'Deno', kernel)
  return {
    displays,
    listeners,
    stop: () => {
      for (const listener of listeners) listener()
    },
  }
}
