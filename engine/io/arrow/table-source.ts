/** A source over a table of Apache Arrow that a program already has; the library is not loaded. */
import type { Table } from 'apache-arrow'
import { ArgumentError } from '../../errors.js'
import type { Source, SourceFacts } from '../../plan/source.js'
import type { RecordBatch } from '../../types/batch.js'
import { any, sameType } from '../../types/data-type.js'
import { ArrowConverter } from '../../types/from-arrow.js'
import { slices } from '../columns.js'

const OPERATION = 'fromArrow'

/**
 * A source of the records of an Arrow table.
 *
 * The table is converted once, at the first use, and what comes out is kept for as long as the
 * source is referenced. 64-bit floats, 32-bit integers and the codes of strings are shared with the
 * table, not copied; for other types see `ArrowConverter`.
 *
 * @param table Of any version of the library that has tables of record batches (7 or later).
 * @throws {ArgumentError} If `table` is not such a table.
 *
 * @example arrowTableSource(tableFromArrays({ id: Int32Array.of(1, 2) }))
 */
export function arrowTableSource(table: Table): Source {
  checkTable(table)
  let converted: readonly RecordBatch[] | undefined
  const batches = () => {
    converted ??= [...new ArrowConverter().batches(table.batches)]
    return converted
  }
  return {
    label: `${OPERATION} ${table.schema.fields.map(field => field.name).join(', ')}`,
    facts: async () => factsOf(batches()),
    content: () => batches(),
    stable: true,
    *read(request) {
      for (const batch of batches()) yield* slices(batch, request, OPERATION)
    },
  }
}

function checkTable(table: unknown): void {
  if (typeof table === 'object' && table !== null && 'batches' in table && 'schema' in table) return
  const got = table === null ? 'null' : Array.isArray(table) ? 'an array' : `a ${typeof table}`
  throw new ArgumentError(
    `${OPERATION}: table must be a table of apache-arrow; got ${got}. Use from for records, fromColumns for columns, readArrow for files and bytes.`,
  )
}

function factsOf(batches: readonly RecordBatch[]): SourceFacts {
  const rows = batches.reduce((sum, { length }) => sum + length, 0)
  const filled = batches.filter(({ length }) => length > 0)
  const [first, ...others] = (filled.length > 0 ? filled : batches).map(batch => batch.schema)
  if (first === undefined) return { rows, exact: true }
  // All batches of a table have the same fields, but 64-bit integers may come out as two types.
  const fields = first.fields.map((field, k) => {
    const found = others.map(({ fields }) => fields[k]!)
    const same = found.every(other => sameType(other.type, field.type))
    const nullable = field.nullable || found.some(other => other.nullable)
    return { name: field.name, type: same ? field.type : any, nullable }
  })
  return { fields, shape: first.shape, rows, exact: true }
}
