/** The compiled loop of folds whose states are kept in one array per field. */
import type { RecordBatch } from '../../types/batch.js'
import { VALUE } from '../../types/schema.js'
import { factsOf } from '../analysis.js'
import type { UserFunction } from '../user-function.js'
import { CodeBuilder } from './code-builder.js'
import { type ColumnLayout, columnCode, once } from './column-code.js'
import { mapped } from './stage-code.js'
import { columnScalar, type Scalar, type VirtualRecord } from './virtual-record.js'

/** The states of one field: numbers in a typed array, anything else as it is. */
export type StateValues = Float64Array | unknown[]

/**
 * Folds the records from `start` up to `length`; a group from `groupCount` on is new.
 *
 * `widen` stores a value that is not a number where there were only numbers; the loop ends then.
 * @returns The row to go on with.
 */
export type FoldLoop = (
  groups: Int32Array,
  columns: RecordBatch['columns'],
  states: readonly StateValues[],
  groupCount: number,
  start: number,
  length: number,
  widen: (field: number, group: number, value: unknown, groupCount: number) => void,
  fail: (cause: unknown, row: number) => unknown,
) => number

/**
 * The loop for records of these columns and states.
 *
 * @param flat For each field whether its states are numbers in a typed array.
 * @returns `undefined` if the function does not surely return the fields that the records have.
 */
export function makeFoldLoop(
  fn: UserFunction,
  context: object,
  shape: RecordBatch['shape'],
  layouts: readonly ColumnLayout[],
  flat: readonly boolean[],
): FoldLoop | undefined {
  const facts = factsOf(fn, 2)
  // A plain value that is a number before and after needs no knowledge of the function.
  const plain = shape === 'value' && flat[0] === true
  if (!plain && (facts.output === undefined || facts.mutates.includes(true))) return undefined
  const code = new CodeBuilder()
  const states = layouts.map(({ name }, k) => code.first(`states[${k}]`, `${name}_states`))
  code.line('let i = start, n = groupCount, end = length, at = -1')
  code.open('try {')
  code.open('for (; i < end; i++) {')
  code.line('const g = groups[i]')
  const record = layouts.map((layout, position): Scalar => {
    const reader = columnCode(code, `columns[${position}]`, layout)
    const copy = { input: 1, position, code: reader, row: 'i', absent: undefined }
    return {
      ...columnScalar(code, copy),
      read: () => reader.value('i'),
      raw: () => reader.value('i'),
    }
  })
  code.open('if (g >= n) {')
  for (const [k, scalar] of record.entries()) code.line(`${states[k]}[g] = ${scalar.read()}`)
  code.line('n = g + 1')
  code.line('continue')
  code.close()
  const state = layouts.map(({ name }, k): Scalar => {
    const read = once(() => code.local(`${states[k]}[g]`, name))
    return { read, raw: read }
  })
  const virtual = (scalars: readonly Scalar[]): VirtualRecord =>
    shape === 'value'
      ? { kind: 'value', scalar: scalars[0]! }
      : {
          kind: 'fields',
          shape,
          fields: new Map(layouts.map(({ name }, k) => [name, scalars[k]!])),
        }
  const inputs = [virtual(state), virtual(record)]
  const result = mapped(code, fn, 0, inputs, code.constant(context, 'context'), true)
  const fields = fieldsOf(result)
  const same = fields.size === layouts.length && layouts.every(({ name }) => fields.has(name))
  if (!same || (result.kind === 'fields' && result.shape !== shape)) return undefined
  const values = layouts.map(({ name }, k) => {
    const value = fields.get(name)!
    // A field that the state keeps needs no store.
    return value === state[k] ? undefined : code.local(value.raw(), name)
  })
  for (const [k, value] of values.entries()) {
    if (value === undefined) continue
    if (flat[k]) {
      code.line(`if (typeof ${value} === 'number') ${states[k]}[g] = ${value}`)
      code.line(`else { widen(${k}, g, ${value}, n); end = -1 }`)
    } else code.line(`${states[k]}[g] = ${value} ?? null`)
  }
  code.close()
  code.close('} catch (error) {')
  code.line('throw fail(error, i)')
  code.close()
  code.line('return i')
  const parameters = [
    'groups',
    'columns',
    'states',
    'groupCount',
    'start',
    'length',
    'widen',
    'fail',
  ]
  return code.build<FoldLoop>(parameters).run
}

function fieldsOf(record: VirtualRecord): ReadonlyMap<string, Scalar> {
  if (record.kind === 'fields') return record.fields
  if (record.kind === 'value') return new Map([[VALUE, record.scalar]])
  const raw = () => record.name
  return new Map([[VALUE, { read: raw, raw }]])
}
