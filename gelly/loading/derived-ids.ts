/**
 * Vertices derived from edges: every end of an edge is one. Numbers ascend, so that ids 0 to n-1 are
 * the positions; texts come in the order in which they first appear, first all sources, then targets.
 */
import {
  AnyColumn,
  type Column,
  concatColumns,
  createKeyIndex,
  Float64Column,
  Int32Column,
} from '../../engine/extend.js'
import type { VertexId } from '../elements.js'
import type { IdKind } from './id-kind.js'
import { checkCount } from './id-kind.js'
import { VertexIds } from './vertex-ids.js'

/** A table of all numbers up to the largest may have so many places per end of an edge. */
const SPARSENESS = 4

/**
 * The ids of all vertices that edges have as ends.
 *
 * @param ends All sources, then all targets, batch by batch; all of the type `kind`.
 * Cost: O(edges); n log n for numbers that are no small whole ones.
 */
export function derivedIds<K extends VertexId>(
  ends: readonly Column[],
  kind: IdKind | undefined,
  operation: string,
): VertexIds<K> {
  const rows = ends.reduce((sum, column) => sum + column.length, 0)
  const dense = smallNumbers(ends, rows)
  if (dense !== undefined) return new VertexIds(dense, kind)
  const index = createKeyIndex(1)
  for (const column of ends) index.insert([column], column.length)
  checkCount(index.size, 'vertices', operation)
  const keys = rows === 0 ? concatColumns(ends) : index.keys()[0]!
  if (kind === 'string' || rows === 0) return new VertexIds(keys, kind, index)
  return new VertexIds(inOrder(keys), kind)
}

/** The different numbers in order, if they are whole, not negative and lie close. */
function smallNumbers(ends: readonly Column[], rows: number): Int32Column | undefined {
  let largest = -1
  for (const column of ends) {
    if (column.length === 0) continue
    if (!(column instanceof Int32Column)) return undefined
    const { values } = column
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!
      if (value < 0) return undefined
      if (value > largest) largest = value
    }
  }
  if (largest < 0 || largest >= Math.max(1024, rows * SPARSENESS)) return undefined
  const seen = new Uint8Array(largest + 1)
  for (const column of ends) {
    if (column.length === 0) continue
    const { values } = column as Int32Column
    for (let row = 0; row < values.length; row++) seen[values[row]!] = 1
  }
  let count = 0
  for (let id = 0; id <= largest; id++) count += seen[id]!
  const ids = new Int32Array(count)
  let next = 0
  for (let id = 0; id <= largest; id++) if (seen[id] === 1) ids[next++] = id
  return new Int32Column(ids)
}

function inOrder(keys: Column): Column {
  if (keys instanceof Int32Column) return new Int32Column(keys.values.slice().sort())
  if (keys instanceof Float64Column) return new Float64Column(keys.values.slice().sort())
  const all = Array.from({ length: keys.length }, (_, row) => keys.get(row) as number | bigint)
  return new AnyColumn(all.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
}
