import { factsOf } from './analysis.js'
import { CodeBuilder, canGenerateCode } from './code/code-builder.js'
import { recordSource } from './code/column-code.js'
import { ownCopy } from './own-copy.js'
import { scalarSource } from './rewrite.js'
import { takesContext } from './user-call.js'
import type { UserFunction } from './user-function.js'

/** How the records that a function gets are found by their place. */
export interface PlacedRecords {
  /** By field, how to read it at a place. */
  readonly fields: Readonly<Record<string, (place: number) => unknown>>
  /** The record at a place as a whole, with all the fields. */
  readonly whole: (place: number) => unknown
}

/** A function of places: `(place, place, context)`. */
export type PlacedFunction = (first: unknown, second: unknown, context: unknown) => unknown

/**
 * A user's function of one or two records as a function of the places where these are; compiled for
 * one program, so that it is inlined where it is called.
 *
 * Only fields that the function reads are read. A function that captures nothing is rewritten to
 * work on them directly; another one is called with records of just these fields. Where that cannot
 * be known, or code may not be generated, it is called with whole records.
 *
 * @param call The user's function; its context, if it takes one, comes after the records.
 * @param records For each record how it is found; `null` for one that is passed on as it is.
 */
export function overPlaces(
  call: (...parameters: never[]) => unknown,
  records: readonly [PlacedRecords | null] | readonly [PlacedRecords | null, PlacedRecords | null],
): PlacedFunction {
  const fn: UserFunction = { call, handed: {}, operation: 'function' }
  if (!canGenerateCode()) return withWholes(call, records, takesContext(fn))
  const code = new CodeBuilder()
  const expression = placedCall(code, fn, records.length, {
    field(input, name) {
      const found = records[input]
      if (!found || !Object.hasOwn(found.fields, name)) return undefined
      return `${code.constant(found.fields[name], name)}(${PLACES[input]})`
    },
    whole(input) {
      const found = records[input]
      return found ? `${code.constant(found.whole, 'whole')}(${PLACES[input]})` : PLACES[input]
    },
    isPlaced: input => records[input] !== null,
    call: () => code.constant(ownCopy(fn.call!), 'call'),
  })
  code.line(`return ${expression}`)
  return code.build<PlacedFunction>([...PLACES, 'context']).run
}

/** What places are called in code. */
export const PLACES = ['first', 'second'] as const

/** How code spells what a function gets; `undefined` where it cannot. */
export interface PlacedSpelling {
  /** A field of the record at its place. */
  field(input: number, name: string): string | undefined
  /** The whole record. */
  whole(input: number): string | undefined
  /** Whether it is found by its place, or passed on as it is. */
  isPlaced(input: number): boolean
  /** The function. */
  call(): string
}

/** A call of a function of records, as an expression; `undefined` where it cannot be spelled. */
export function placedCall(
  code: CodeBuilder,
  fn: UserFunction,
  records: 1 | 2,
  spelling: PlacedSpelling,
): string | undefined {
  return scalarCall(code, fn, records, spelling) ?? recordCall(fn, records, spelling)
}

type Records = Parameters<typeof overPlaces>[1]

/** The function rewritten over fields, if that is possible. */
function scalarCall(
  code: CodeBuilder,
  fn: UserFunction,
  records: 1 | 2,
  { field: spelled }: PlacedSpelling,
): string | undefined {
  const scalars = scalarSource(fn, records)
  if (scalars === undefined) return undefined
  const values: string[] = []
  for (const { input, field } of scalars.parameters) {
    const value = spelled(input, field)
    if (value === undefined) return undefined
    values.push(value)
  }
  if (scalars.context) values.push('context')
  return `${code.declare(scalars.source, 'call')}(${values.join(', ')})`
}

/** A call with records of the fields that the function reads. */
function recordCall(
  fn: UserFunction,
  records: 1 | 2,
  { field, whole, isPlaced, call }: PlacedSpelling,
): string | undefined {
  const { reads, mutates } = factsOf(fn, records)
  const values: string[] = []
  for (let input = 0; input < records; input++) {
    const value = recordValue(input) ?? whole(input)
    if (value === undefined) return undefined
    values.push(value)
  }
  if (takesContext(fn)) values.push('context')
  return `${call()}(${values.join(', ')})`

  function recordValue(input: number): string | undefined {
    const names = reads[input] ?? 'all'
    if (!isPlaced(input) || names === 'all' || mutates[input]) return undefined
    const fields = names.map(name => [name, field(input, name)] as const)
    if (fields.some(([, value]) => value === undefined)) return undefined
    return recordSource('object', fields as readonly (readonly [string, string])[])
  }
}

/** The same where code may not be generated. */
function withWholes(
  call: (...parameters: never[]) => unknown,
  [one, two]: Records,
  context: boolean,
): PlacedFunction {
  const first = one === null ? (value: unknown) => value : one.whole
  const second = !two ? (value: unknown) => value : two.whole
  const plain = call as (...parameters: readonly unknown[]) => unknown
  const pair = two !== undefined
  return (a: unknown, b: unknown, c: unknown) => {
    const values = pair ? [first(a as never), second(b as never)] : [first(a as never)]
    return context ? plain(...values, c) : plain(...values)
  }
}
