/**
 * The one place where code is generated. A `CodeBuilder` collects the lines of one function and the
 * values that it refers to; `build` compiles them.
 */

/** A compiled function and the source it was made from. */
export interface Generated<F> {
  readonly run: F
  readonly source: string
}

/** Collects the source of one function. */
export class CodeBuilder {
  readonly #constants = new Map<unknown, string>()
  readonly #declarations: string[] = []
  readonly #first: string[] = []
  readonly #lines: string[] = []
  readonly #names = new Map<string, number>()
  #depth = 1

  /** A name that nothing else in this function has: `price`, `price1`. */
  fresh(hint: string): string {
    const base = hint.replaceAll(/[^\p{L}\p{N}_]/gu, '_').replace(/^(?=\p{N})|^$/u, '_')
    const count = this.#names.get(base) ?? 0
    this.#names.set(base, count + 1)
    // The underscore keeps names apart from JavaScript's own words and globals.
    return `${base}_${count === 0 ? '' : count}`
  }

  /** The name under which the code refers to `value`, which is handed over when it is built. */
  constant(value: unknown, hint: string): string {
    let name = this.#constants.get(value)
    if (name === undefined) {
      name = this.fresh(hint)
      this.#constants.set(value, name)
    }
    return name
  }

  /**
   * Declares `source`, an expression, before everything else; returns its name. Within the function,
   * so that of a function that is declared V8 always knows which one is called: V8 compiles equal
   * sources once, also those of two jobs, and what lies outside is then another one each time.
   */
  declare(source: string, hint: string): string {
    const name = this.fresh(hint)
    this.#declarations.push(`  const ${name} = ${source}`)
    return name
  }

  /** Adds a line. */
  line(text: string): void {
    this.#lines.push('  '.repeat(this.#depth) + text)
  }

  /** Adds a line that opens a block, such as `for (...) {`. */
  open(text: string): void {
    this.line(text)
    this.#depth++
  }

  /** Ends the innermost block; `text` may begin the next one: `} else {`. */
  close(text = '}'): void {
    this.#depth--
    this.line(text)
    if (text.endsWith('{')) this.#depth++
  }

  /** Adds `const name = expression`; returns the name. */
  local(expression: string, hint: string): string {
    const name = this.fresh(hint)
    this.line(`const ${name} = ${expression}`)
    return name
  }

  /** Adds `const name = expression` to the beginning of the function; returns the name. */
  first(expression: string, hint: string): string {
    const name = this.fresh(hint)
    this.#first.push(`  const ${name} = ${expression}`)
    return name
  }

  /** Number of lines so far. */
  get length(): number {
    return this.#lines.length
  }

  /** What `build` compiles: statements that return the function. */
  text(parameters: readonly string[]): string {
    return [
      `return function kernel(${parameters.join(', ')}) {`,
      ...this.#declarations,
      ...this.#first,
      ...this.#lines,
      '}',
    ].join('\n')
  }

  /** Compiles `function (...parameters) { lines }`. */
  build<F>(parameters: readonly string[]): Generated<F> {
    const source = this.text(parameters)
    const make = new Function(...this.#constants.values(), `'use strict'\n${source}`)
    return { run: make(...this.#constants.keys()) as F, source }
  }
}

/** How generated code spells the key of a field in an object literal. */
export function keySource(name: string): string {
  if (name === '__proto__') return '["__proto__"]'
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name)
}

/** How generated code reads the field `name` of the object `object`. */
export function memberSource(object: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name)
    ? `${object}.${name}`
    : `${object}[${JSON.stringify(name)}]`
}

/**
 * Runs a new loop over no rows a few times. What comes behind the loop has then been seen by the
 * engine; otherwise code that V8 compiles while the loop runs is left for the interpreter at the end
 * of each batch (measured: up to 10 times the time).
 */
export function warmUp(runNothing: () => unknown): void {
  for (let times = 0; times < 100; times++) runNothing()
}

let generates: boolean | undefined

/** Whether this place allows code to be generated; a content security policy may forbid it. */
export function canGenerateCode(): boolean {
  if (generates === undefined) {
    try {
      generates = new Function('return true')() === true
    } catch {
      generates = false
    }
  }
  return generates
}
