import {
  type AnyDataSet,
  assert,
  type Column,
  collectTogether,
  concatColumns,
  isAllMissing,
  missingColumn,
} from '../../engine/extend.js'
import type { RunOptions } from '../../engine/index.js'

/**
 * One field of records that a chain of functions made of the vertices or edges of a loaded graph, in
 * their order: chains keep it, also in workers.
 *
 * @param count How many there are.
 * @returns `null` where all values are missing.
 */
export async function evaluated(
  records: AnyDataSet,
  field: string,
  count: number,
  options?: RunOptions,
): Promise<Column | null> {
  if (count === 0) return null
  const [batches] = await collectTogether([records], 'evaluated', options)
  const columns = batches!.map(batch => batch.find(field) ?? missingColumn(batch.length))
  const rows = columns.reduce((sum, column) => sum + column.length, 0)
  assert(rows === count, () => `${rows} values of ${field} for ${count} records`)
  return columns.every(isAllMissing) ? null : concatColumns(columns)
}

/** Where a column holds what counts as true: 1, elsewhere 0. */
export function truths(column: Column | null, count: number): Uint8Array {
  const mask = new Uint8Array(count)
  if (column === null) return mask
  if (column.layout === 'boolean' && column.valid === null) return column.values
  for (let row = 0; row < count; row++) if (column.get(row)) mask[row] = 1
  return mask
}
