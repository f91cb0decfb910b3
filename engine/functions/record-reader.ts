import type { RecordBatch } from '../types/batch.js'
import { CodeBuilder, canGenerateCode } from './code/code-builder.js'
import { columnCode, columnLayout, columnSignature, recordSource } from './code/column-code.js'

/** Reads the record at a row. */
export type RecordReader = (row: number) => unknown

const makers = new Map<string, (columns: RecordBatch['columns']) => RecordReader>()
/** Distinct layouts whose code is kept; more than that only in odd programs. */
const KEPT_MAKERS = 1000

/**
 * Reads whole records of `batch`, each built anew: what `batch.record` gives, several times faster
 * where code may be generated.
 *
 * @param codegen Whether code may be generated.
 */
export function recordReader(batch: RecordBatch, codegen: boolean): RecordReader {
  if (!codegen || !canGenerateCode()) return row => batch.record(row)
  const layouts = batch.columns.map((column, k) => columnLayout(batch.names[k]!, column))
  const signature = [batch.shape, ...layouts.map(columnSignature)].join()
  let maker = makers.get(signature)
  if (maker === undefined) {
    const code = new CodeBuilder()
    const columns = layouts.map((layout, k) => columnCode(code, `columns[${k}]`, layout))
    const { shape } = batch
    const fields = columns.map(column => [column.column.name, column.value('row')] as const)
    const record = shape === 'value' ? fields[0]![1] : recordSource(shape, fields)
    code.line(`return row => (${record})`)
    maker = code.build<(columns: RecordBatch['columns']) => RecordReader>(['columns']).run
    if (makers.size >= KEPT_MAKERS) makers.clear()
    makers.set(signature, maker)
  }
  return maker(batch.columns)
}
