/** Small records kept in one array per field. */
import { CodeBuilder, canGenerateCode, memberSource } from './code-builder.js'
import { recordSource } from './column-code.js'

/** Records by place. Reading makes the record anew; where it is not kept, V8 leaves that out. */
export interface RecordArrays {
  /** By field: numbers in a typed array, anything else as it is. */
  readonly fields: Readonly<Record<string, Float64Array | unknown[]>>
  /** The record at a place. */
  get(place: number): Record<string, unknown>
  /** Puts a record at a place, unless it has other fields or types; says whether it has done so. */
  set(place: number, record: unknown): boolean
  /** The same records with room for `length`, which is not less than before. */
  resized(length: number): RecordArrays
}

/** Records with more fields than this are no small ones. */
const MOST_FIELDS = 16

/**
 * Arrays for `length` records like `example`.
 *
 * @returns `undefined` if `example` is not a plain object of 1 to 16 fields, of which none is missing.
 */
export function recordArrays(example: unknown, length: number): RecordArrays | undefined {
  if (typeof example !== 'object' || example === null) return undefined
  if (Object.getPrototypeOf(example) !== Object.prototype) return undefined
  const entries = Object.entries(example)
  const odd = entries.some(([name, value]) => name === '__proto__' || value === undefined)
  if (odd || entries.length === 0 || entries.length > MOST_FIELDS) return undefined
  const arrays = entries.map(([, value]) =>
    typeof value === 'number' ? new Float64Array(length) : new Array<unknown>(length).fill(null),
  )
  const names = entries.map(([name]) => name)
  const access = canGenerateCode() ? generated(names, arrays) : interpreted(names)
  return recordsIn(names, arrays, access)
}

type Access = Pick<RecordArrays, 'get' | 'set'>
type Arrays = readonly (Float64Array | unknown[])[]

function recordsIn(
  names: readonly string[],
  arrays: Arrays,
  access: (arrays: Arrays) => Access,
): RecordArrays {
  return {
    ...access(arrays),
    fields: Object.fromEntries(names.map((name, k) => [name, arrays[k]!])),
    resized(length) {
      const larger = arrays.map(values => {
        if (!(values instanceof Float64Array)) {
          return values.concat(new Array<unknown>(length - values.length).fill(null))
        }
        const grown = new Float64Array(length)
        grown.set(values)
        return grown
      })
      return recordsIn(names, larger, access)
    },
  }
}

/** Code that fits all arrays of the same types as `arrays`. */
function generated(names: readonly string[], arrays: Arrays): (arrays: Arrays) => Access {
  const code = new CodeBuilder()
  const locals = names.map((name, k) => code.first(`arrays[${k}]`, name))
  const record = recordSource(
    'object',
    names.map((name, k) => [name, `${locals[k]}[place]`]),
  )
  code.line(`const get = place => (${record})`)
  code.open('const set = (place, record) => {')
  code.line(`if (typeof record !== 'object' || record === null) return false`)
  code.line('let count = 0')
  code.line('for (const _ in record) count++')
  code.line(`if (count !== ${names.length}) return false`)
  const values = names.map(name => code.local(memberSource('record', name), name))
  for (const [k, value] of values.entries()) {
    const flat = arrays[k] instanceof Float64Array
    code.line(`if (typeof ${value} ${flat ? "!== 'number'" : "=== 'undefined'"}) return false`)
  }
  for (const [k, value] of values.entries()) code.line(`${locals[k]}[place] = ${value}`)
  code.line('return true')
  code.close()
  code.line('return { get, set }')
  return code.build<(arrays: Arrays) => Access>(['arrays']).run
}

/** The same where code may not be generated. */
function interpreted(names: readonly string[]): (arrays: Arrays) => Access {
  return arrays => ({
    get: place => Object.fromEntries(names.map((name, k) => [name, arrays[k]![place]])),
    set(place, record) {
      if (typeof record !== 'object' || record === null) return false
      let count = 0
      for (const _ in record) count++
      const values = names.map(name => (record as Record<string, unknown>)[name])
      const fits = values.every((value, k) =>
        arrays[k] instanceof Float64Array ? typeof value === 'number' : value !== undefined,
      )
      if (count !== names.length || !fits) return false
      for (const [k, value] of values.entries()) arrays[k]![place] = value
      return true
    },
  })
}
