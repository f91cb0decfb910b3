import { BATCH_SIZE, createPauses } from '../../../engine/extend.js'
import { turned } from '../../kernels/arc-rows.js'
import type { DegreeOrderedArcRows, DegreeOrderedRows } from '../../kernels/degree-ordered-rows.js'
import { createTriangleList, listTriangles, type TriangleList } from '../../kernels/triangles.js'
import { type SearchProgress, searchProgress } from '../search-progress.js'

/** Triangles by position, each with ascending corners. */
export interface TriangleBatch {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly c: Int32Array
  /** The mask of arcs, where rows have arcs. */
  readonly arcs: Int32Array
}

/** All triangles, piece by piece; at any time there are those of one piece, and of one vertex. */
export async function* triangleBatches(
  rows: DegreeOrderedRows | DegreeOrderedArcRows,
  signal: AbortSignal | undefined,
  onProgress?: SearchProgress,
): AsyncGenerator<TriangleBatch> {
  const vertexCount = rows.order.length
  const pause = createPauses(signal)
  const told = searchProgress(vertexCount, onProgress)
  const marks = new Uint8Array(vertexCount)
  const list = createTriangleList()
  for (let u = 0; u < vertexCount; u++) {
    if (u % 256 === 0) {
      await pause()
      told(u)
    }
    listTriangles(rows, marks, list, u)
    if (list.length < BATCH_SIZE) continue
    yield byPosition(list, rows.order)
    list.length = 0
  }
  if (list.length > 0) yield byPosition(list, rows.order)
}

function byPosition({ length, corners, masks }: TriangleList, order: Int32Array): TriangleBatch {
  const a = new Int32Array(length)
  const b = new Int32Array(length)
  const c = new Int32Array(length)
  const arcs = new Int32Array(length)
  for (let k = 0; k < length; k++) {
    let x = order[corners[3 * k]!]!
    let y = order[corners[3 * k + 1]!]!
    let z = order[corners[3 * k + 2]!]!
    let mask = masks[k]!
    if (x > y) {
      ;[x, y] = [y, x]
      mask = firstTwoSwapped(mask)
    }
    if (y > z) {
      ;[y, z] = [z, y]
      mask = lastTwoSwapped(mask)
    }
    if (x > y) {
      ;[x, y] = [y, x]
      mask = firstTwoSwapped(mask)
    }
    a[k] = x
    b[k] = y
    c[k] = z
    arcs[k] = mask
  }
  return { a, b, c, arcs }
}

/** The mask with a and b exchanged: ab is turned, ac and bc change places. */
function firstTwoSwapped(mask: number): number {
  return (turned(mask >> 4) << 4) | ((mask & 3) << 2) | ((mask >> 2) & 3)
}

/** The mask with b and c exchanged: ab and ac change places, bc is turned. */
function lastTwoSwapped(mask: number): number {
  return (((mask >> 2) & 3) << 4) | ((mask >> 4) << 2) | turned(mask & 3)
}
