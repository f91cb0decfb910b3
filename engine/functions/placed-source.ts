import { readOf } from './analysis.js'
import { CodeBuilder, canGenerateCode } from './code/code-builder.js'
import { functionExpression } from './code/rebuilt-function.js'
import type { FieldReference } from './facts.js'
import { PURE_FUNCTIONS } from './globals.js'
import { effectsOf } from './lambda/effects.js'
import { PLACES, placedCall } from './over-places.js'
import { nativeName, sourceOf, whyItStays } from './travel.js'
import type { UserFunction } from './user-function.js'

/** A user's function over places as text, for other threads. */
export interface PlacedSource {
  /** `arrays => (first, second, context) => result`. */
  readonly maker: string
  /** Which field each of the arrays holds, by place. */
  readonly reads: readonly FieldReference[]
  /** Members of the context that it reads. */
  readonly contextReads: readonly string[]
}

/** What a function may use of its context. */
export interface KnownContext {
  readonly values: readonly string[]
  /** Methods without effects, or with effects that the caller sees to. */
  readonly methods: readonly string[]
}

/**
 * Like `overPlaces`, as text that makes the function on any thread, with fields in arrays.
 *
 * @param placed For each record whether it is found by its place; else it is a number that is passed on.
 * @returns `undefined` for functions that depend on more than their arguments and the known context,
 *   such as those that capture or are random, and for those that use a record whole.
 */
export function placedSource(
  call: (...parameters: never[]) => unknown,
  placed: readonly [boolean] | readonly [boolean, boolean],
  { values, methods }: KnownContext,
): PlacedSource | undefined {
  if (!canGenerateCode()) return undefined
  const native = nativeName(call)
  if (native !== undefined) {
    const plain = PURE_FUNCTIONS.has(native) && !placed.includes(true)
    return plain ? { maker: `() => ${native}`, reads: [], contextReads: [] } : undefined
  }
  const fn: UserFunction = { call, handed: {}, operation: 'function' }
  const read = readOf(fn, placed.length)
  if (typeof read === 'string' || whyItStays(fn) !== undefined) return undefined
  const { contextReads } = read.lambda
  const scalars = placed.flatMap((isPlaced, input) => (isPlaced ? [] : [input]))
  const effects = effectsOf(read, new Set(values), { methods: new Set(methods), scalars })
  if (effects === 'effects' || contextReads === 'all') return undefined
  const code = new CodeBuilder()
  const reads: FieldReference[] = []
  const names = new Map<string, string>()
  const expression = placedCall(code, fn, placed.length, {
    field(input, field) {
      if (!placed[input]) return undefined
      const key = `${input}.${field}`
      const name = names.get(key) ?? code.declare(`arrays[${reads.length}]`, field)
      if (!names.has(key)) reads.push({ input, field })
      names.set(key, name)
      return `${name}[${PLACES[input]}]`
    },
    whole: input => (placed[input] ? undefined : PLACES[input]),
    isPlaced: input => placed[input] === true,
    call: () => code.declare(functionExpression(sourceOf(call)), 'call'),
  })
  if (expression === undefined) return undefined
  code.line(`return ${expression}`)
  return { maker: `arrays => {\n${code.text([...PLACES, 'context'])}\n}`, reads, contextReads }
}
