/** How generated code gets at the records of a chain's input. */
import type { ChainInput } from '../chain.js'
import type { CodeBuilder } from './code-builder.js'
import { columnCode, columnLayout, columnSignature } from './column-code.js'
import { columnScalar, type Scalar, type VirtualRecord } from './virtual-record.js'

/** A text that is the same for inputs that the same code can read. */
export function inputSignature(input: ChainInput): string {
  const { batch } = input
  const columns = batch.columns.map((column, k) =>
    columnSignature(columnLayout(batch.names[k]!, column)),
  )
  return `${batch.shape}[${rowsKind(input)}] ${columns}`
}

/** Whether an input is a whole batch, some of its rows, or rows of which some are absent. */
export function rowsKind({ rows, absent }: ChainInput): 'all' | 'some' | 'absent' {
  if (rows === undefined) return 'all'
  if (absent !== undefined) return absent ? 'absent' : 'some'
  for (let k = 0; k < rows.length; k++) if (rows[k]! < 0) return 'absent'
  return 'some'
}

/** The records of input number `input` in a loop over `i`. */
export function inputRecord(code: CodeBuilder, from: ChainInput, input: number): VirtualRecord {
  const kind = rowsKind(from)
  const row =
    kind === 'all' ? 'i' : code.local(`${code.first(`inputs[${input}].rows`, 'rows')}[i]`, 'row')
  return recordAt(code, from, input, row, kind === 'absent' ? `${row} < 0` : undefined)
}

/**
 * The record at `row` of the batch of input number `input`.
 *
 * @param absent A condition under which there is none.
 */
export function recordAt(
  code: CodeBuilder,
  { batch }: ChainInput,
  input: number,
  row: string,
  absent: string | undefined,
): VirtualRecord {
  const scalars = batch.columns.map((column, position): readonly [string, Scalar] => {
    const name = batch.names[position]!
    const source = `inputs[${input}].batch.columns[${position}]`
    const reader = columnCode(code, source, columnLayout(name, column))
    return [name, columnScalar(code, { input, position, code: reader, row, absent })]
  })
  const there = absent === undefined ? {} : { absent }
  return batch.shape === 'value'
    ? { kind: 'value', scalar: scalars[0]![1], ...there }
    : { kind: 'fields', shape: batch.shape, fields: new Map(scalars), ...there }
}
