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
  const context = takesContext(fn)
  if (!canGenerateCode()) return withWholes(call, records, context)
  const code = new CodeBuilder()
  const expression = scalarCall(code, fn, records) ?? recordCall(code, fn, records, context)
  code.line(`return ${expression}`)
  return code.build<PlacedFunction>(['first', 'second', 'context']).run
}

const PLACES = ['first', 'second'] as const

type Records = Parameters<typeof overPlaces>[1]

/** The function rewritten over fields, if that is possible. */
function scalarCall(code: CodeBuilder, fn: UserFunction, records: Records): string | undefined {
  const scalars = scalarSource(fn, records.length)
  if (scalars === undefined) return undefined
  const values: string[] = []
  for (const { input, field } of scalars.parameters) {
    const value = readField(code, records, input, field)
    if (value === undefined) return undefined
    values.push(value)
  }
  if (scalars.context) values.push('context')
  return `${code.declare(scalars.source, 'call')}(${values.join(', ')})`
}

/** A call with records of the fields that the function reads. */
function recordCall(
  code: CodeBuilder,
  fn: UserFunction,
  records: Records,
  context: boolean,
): string {
  const { reads, mutates } = factsOf(fn, records.length)
  const values = records.map((found, input) => {
    const place = PLACES[input]!
    if (found === null) return place
    const names = reads[input] ?? 'all'
    const whole = () => `${code.constant(found.whole, 'whole')}(${place})`
    if (names === 'all' || mutates[input]) return whole()
    const fields = names.map(name => [name, readField(code, records, input, name)] as const)
    if (fields.some(([, value]) => value === undefined)) return whole()
    return recordSource('object', fields as readonly (readonly [string, string])[])
  })
  if (context) values.push('context')
  return `${code.constant(ownCopy(fn.call!), 'call')}(${values.join(', ')})`
}

function readField(
  code: CodeBuilder,
  records: Records,
  input: number,
  field: string,
): string | undefined {
  const found = records[input]
  if (!found || !Object.hasOwn(found.fields, field)) return undefined
  return `${code.constant(found.fields[field], field)}(${PLACES[input]})`
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
