/**
 * How generated code writes records into the columns of a `RecordWriter`: straight into the arrays
 * while values fit the layouts the code was made for. For the first value that does not fit it
 * calls the writer, which widens, and ends the loop after this record (`end = -1`), so that code for
 * the new layouts goes on with the next one.
 */
import type { Column } from '../../types/column.js'
import type { ColumnWriter } from '../../types/column-writer.js'
import type { RecordWriter } from '../../types/record-writer.js'
import { refuseThenable } from '../user-call.js'
import { type CodeBuilder, memberSource } from './code-builder.js'
import type { ColumnCopy, Scalar } from './virtual-record.js'

/** The writer of one column, as generated code knows it. */
export interface WriterCode {
  readonly layout: ColumnWriter['layout']
  /** The name of the writer. */
  readonly self: string
  /** The name of its array. */
  readonly values: string
}

/** A text that is the same for writers that the same code can write to. */
export function writerSignature(writer: RecordWriter): string {
  const columns = writer.columns.map(column => column.layout)
  return `${writer.shape} ${JSON.stringify(writer.names)} ${columns}`
}

/** Adds the lines that get at the arrays of the columns of `writer`. */
export function writerCode(code: CodeBuilder, writer: RecordWriter): readonly WriterCode[] {
  return writer.columns.map((column, k) => {
    const name = writer.names[k]!
    const self = code.first(`writer.columns[${k}]`, `${name}_out`)
    const values = code.first(`${self}.values`, `${name}_values`)
    return { layout: column.layout, self, values }
  })
}

/** The condition under which `value` fits, and what is stored; `undefined` if only `set` can tell. */
export function fitting(
  layout: WriterCode['layout'],
  value: string,
): readonly [string, string] | undefined {
  switch (layout) {
    case 'boolean':
      return [`typeof ${value} === 'boolean'`, `${value} ? 1 : 0`]
    case 'int32':
      return [
        `typeof ${value} === 'number' && (${value} | 0) === ${value} && (${value} !== 0 || 1 / ${value} > 0)`,
        value,
      ]
    case 'float64':
      return [`typeof ${value} === 'number'`, value]
    case 'timestamp':
      return [`${value} instanceof Date`, `${value}.getTime()`]
    case 'any':
      return [`${value} != null`, value]
    default:
      return undefined
  }
}

/** How records are stored. */
export interface Storing {
  /** Whether arrays may be replaced while the loop runs; the variable `fast` says that none was. */
  readonly guarded: boolean
  /** Whether what functions returned is stored, which must not be promises. */
  readonly checked: boolean
}

/**
 * Adds the lines that store one value per column at row `k`.
 *
 * @param copies Whether a copied value can be stored as it is, by position of the column.
 * @param guarded See `Storing`.
 */
export function storeFields(
  code: CodeBuilder,
  writers: readonly WriterCode[],
  scalars: readonly Scalar[],
  copies: readonly boolean[],
  guarded: boolean,
): void {
  scalars.forEach((scalar, k) => {
    const writer = writers[k]!
    if (copies[k] && !guarded && scalar.copy !== undefined) storeCopy(code, writer, scalar.copy)
    else storeValue(code, writer, named(code, scalar.raw()), guarded)
  })
}

/** Adds the lines that store the record in the local `record`, whatever it turns out to be. */
export function storeOpaque(
  code: CodeBuilder,
  writer: RecordWriter,
  writers: readonly WriterCode[],
  record: string,
  storing: Storing,
): void {
  const { names, shape } = writer
  const { checked, guarded } = storing
  if (shape === 'value') {
    const refuse = checked ? code.constant(refuseThenable, 'refuseThenable') : ''
    if (checked) code.line(`if (typeof ${record} === 'object') ${refuse}(${record})`)
    storeValue(code, writers[0]!, record, guarded)
    code.line('k++')
    return
  }
  const known = shape !== undefined && !names.some(name => name in Object.prototype)
  const guard = guarded ? 'fast && ' : ''
  if (known) {
    const fits = code.fresh('fits')
    if (shape === 'tuple') {
      code.line(
        `let ${fits} = ${guard}Array.isArray(${record}) && ${record}.length === ${names.length}`,
      )
    } else {
      const plain = code.constant(Object.prototype, 'objectPrototype')
      code.line(
        `let ${fits} = ${guard}typeof ${record} === 'object' && ${record} !== null && Object.getPrototypeOf(${record}) === ${plain}`,
      )
      // As many keys as there are names, and none of the names undefined: the keys are the names.
      const keys = code.fresh('keys')
      code.line(`let ${keys} = 0`)
      code.line(`if (${fits}) for (const key in ${record}) ${keys}++`)
      code.line(`${fits} = ${fits} && ${keys} === ${names.length}`)
    }
    code.open(`if (${fits}) {`)
    const values = names.map((name, k) =>
      code.local(shape === 'tuple' ? `${record}[${k}]` : memberSource(record, name), name),
    )
    const present = shape === 'tuple' ? [] : values.map(value => `${value} !== undefined`)
    if (present.length > 0) code.open(`if (${present.join(' && ')}) {`)
    for (const [k, value] of values.entries()) storeValue(code, writers[k]!, value, guarded)
    code.line('k++')
    if (present.length > 0) {
      code.close('} else {')
      storeSlowly(code, writer, record, storing)
      code.close()
    }
    code.close('} else {')
    storeSlowly(code, writer, record, storing)
    code.close()
  } else storeSlowly(code, writer, record, storing)
}

function storeSlowly(
  code: CodeBuilder,
  writer: RecordWriter,
  record: string,
  { checked, guarded }: Storing,
): void {
  const signature = JSON.stringify(writerSignature(writer))
  const write = code.constant(writeRecord, 'writeRecord')
  const refuse = checked ? code.constant(refuseThenable, 'refuseThenable') : ''
  code.line(`if (${write}(writer, ${refuse}(${record}), k, ${signature})) end = -1`)
  if (guarded) code.line('fast = false; end = -1')
  code.line('k++')
}

/** Writes a record of any shape; says whether the writer has other columns or layouts since. */
function writeRecord(writer: RecordWriter, record: unknown, k: number, signature: string): boolean {
  writer.length = k
  writer.write(record)
  return writerSignature(writer) !== signature
}

/** A local with the value of an expression, itself when it is one. */
export function named(code: CodeBuilder, value: string): string {
  return /^[\p{L}\p{N}_]+$/u.test(value) ? value : code.local(value, 'value')
}

/** Adds the lines that store the local `value`. */
function storeValue(code: CodeBuilder, writer: WriterCode, value: string, guarded: boolean): void {
  const { layout, self, values } = writer
  const set = `${self}.set(k, ${value})`
  const stale = guarded
    ? `if (${self}.layout !== '${layout}' || ${self}.values !== ${values}) { fast = false; end = -1 }`
    : `if (${self}.layout !== '${layout}') end = -1`
  const fits = fitting(layout, value)
  if (fits === undefined) code.line(`${set}; ${stale}`)
  else {
    const [condition, stored] = fits
    code.line(`if (${guarded ? 'fast && ' : ''}${condition}) ${values}[k] = ${stored}`)
    code.line(`else { ${set}; ${stale} }`)
  }
}

/** Adds the lines that copy a value between columns of one layout. */
function storeCopy(code: CodeBuilder, writer: WriterCode, copy: ColumnCopy): void {
  const { absent, row } = copy
  const { column, missing, values } = copy.code
  const target = writer.values
  const source = `${values()}[${row}]`
  const size = `${writer.self}.size`
  const copied =
    column.layout === 'vector'
      ? `${target}.set(${values()}.subarray(${row} * ${size}, (${row} + 1) * ${size}), k * ${size})`
      : `${target}[k] = ${column.layout === 'any' ? `${source} ?? null` : source}`
  const gone = [absent, missing(row)].filter(condition => condition !== undefined)
  if (gone.length === 0) code.line(copied)
  else code.line(`if (${gone.join(' || ')}) ${writer.self}.set(k, null); else ${copied}`)
}

/** Whether the values of `column` can be copied into `writer` as they are. */
export function copyFits(writer: ColumnWriter, column: Column): boolean {
  if (writer.layout !== column.layout) return false
  if (column.layout === 'dictionary') return column.dictionary === writer.dictionary
  if (column.layout === 'vector') return column.size === writer.size
  return column.layout !== 'sparse'
}
