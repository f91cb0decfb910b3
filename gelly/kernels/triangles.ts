/**
 * Triangles, each once, found from the vertex of its lowest rank.
 *
 * The row of a vertex is marked, and the rows of its neighbours are looked up there. That takes a fifth
 * of the time of merging two sorted rows, whose branches no processor foresees. Cost: O(edges^1.5) for
 * all ranks.
 *
 * The kernels are for a range of ranks, and for several threads: `marks` has a byte per vertex for each
 * thread, all zero, and `slots` a zero for each. A call takes a free slot, works on its part of `marks`,
 * and leaves both as they were. Kernels use nothing from outside, since workers get their text.
 *
 * Source: Schank, Wagner: Finding, Counting and Listing All Triangles in Large Graphs, 2005 (the
 * algorithm "forward"), with marks as in Latapy's "new-vertex-listing", 2008.
 */
import type { DegreeOrderedArcRows, DegreeOrderedRows } from './degree-ordered-rows.js'

/**
 * Adds to `counts`, by slot and rank, the arcs between neighbours of each vertex: one or two for each
 * triangle.
 */
export function addClosingArcs(
  offsets: Int32Array,
  neighbours: Int32Array,
  arcs: Uint8Array,
  marks: Uint8Array,
  slots: Int32Array,
  counts: Int32Array,
  from: number,
  to: number,
): void {
  let slot = 0
  while (Atomics.compareExchange(slots, slot, 0, 1) !== 0) slot = (slot + 1) % slots.length
  const length = offsets.length - 1
  const own = marks.subarray(slot * length, (slot + 1) * length)
  const found = counts.subarray(slot * length, (slot + 1) * length)
  for (let u = from; u < to; u++) {
    const row = offsets[u]!
    const rowEnd = offsets[u + 1]!
    if (rowEnd - row < 2) continue
    // Of the two bits of a pair: how many are set.
    for (let k = row; k < rowEnd; k++) own[neighbours[k]!] = arcs[k] === 3 ? 2 : 1
    for (let k = row; k < rowEnd; k++) {
      const v = neighbours[k]!
      const near = arcs[k] === 3 ? 2 : 1
      const end = offsets[v + 1]!
      for (let other = offsets[v]!; other < end; other++) {
        const w = neighbours[other]!
        const far = own[w]!
        if (far === 0) continue
        found[u]! += arcs[other] === 3 ? 2 : 1
        found[v]! += far
        found[w]! += near
      }
    }
    for (let k = row; k < rowEnd; k++) own[neighbours[k]!] = 0
  }
  Atomics.store(slots, slot, 0)
}

/**
 * Adds triangles to `counts`, which has for each slot a place for each of the 64 masks of
 * `listTriangles`.
 */
export function countTriangleMasks(
  offsets: Int32Array,
  neighbours: Int32Array,
  arcs: Uint8Array,
  marks: Uint8Array,
  slots: Int32Array,
  counts: Float64Array,
  from: number,
  to: number,
): void {
  let slot = 0
  while (Atomics.compareExchange(slots, slot, 0, 1) !== 0) slot = (slot + 1) % slots.length
  const length = offsets.length - 1
  const own = marks.subarray(slot * length, (slot + 1) * length)
  const found = counts.subarray(64 * slot, 64 * (slot + 1))
  for (let u = from; u < to; u++) {
    const row = offsets[u]!
    const rowEnd = offsets[u + 1]!
    if (rowEnd - row < 2) continue
    for (let k = row; k < rowEnd; k++) own[neighbours[k]!] = arcs[k]! << 2
    for (let k = row; k < rowEnd; k++) {
      const v = neighbours[k]!
      const near = arcs[k]! << 4
      const end = offsets[v + 1]!
      for (let other = offsets[v]!; other < end; other++) {
        const far = own[neighbours[other]!]!
        if (far !== 0) found[near | far | arcs[other]!]!++
      }
    }
    for (let k = row; k < rowEnd; k++) own[neighbours[k]!] = 0
  }
  Atomics.store(slots, slot, 0)
}

/** The kernels, for a team. */
export const triangleKernels = {
  name: 'gelly/triangles',
  functions: { addClosingArcs, countTriangleMasks },
}

/**
 * Ranks in parts of about the same work, which is the number of neighbours' neighbours looked at.
 *
 * @param grain The least work of a part.
 */
export function triangleParts(
  { offsets, neighbours }: DegreeOrderedRows,
  grain: number,
): Int32Array {
  const vertexCount = offsets.length - 1
  const work = new Float64Array(vertexCount + 1)
  for (let u = 0; u < vertexCount; u++) {
    let sum = work[u]! + 1
    for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
      sum += 1 + offsets[neighbours[k]! + 1]! - offsets[neighbours[k]!]!
    }
    work[u + 1] = sum
  }
  const most = Math.max(1, Math.min(MOST_PARTS, Math.floor(work[vertexCount]! / grain)))
  const parts = new Int32Array(most + 1)
  let u = 0
  for (let part = 1; part < most; part++) {
    while (work[u]! < (work[vertexCount]! * part) / most) u++
    parts[part] = u
  }
  parts[most] = vertexCount
  return parts
}

/** As many as a team takes, or fewer. */
const MOST_PARTS = 1024

/** Triangles as they are found, rank by rank; cleared by setting `length` to 0. */
export interface TriangleList {
  length: number
  /** The three ranks, ascending, triangle by triangle. */
  corners: Int32Array
  /** By triangle: a mask of arcs as `triangles` describes it, for rows with arcs. */
  masks: Uint8Array
}

/** Appends the triangles whose lowest rank is `u`. */
export function listTriangles(
  { offsets, neighbours, arcs }: DegreeOrderedRows & Partial<DegreeOrderedArcRows>,
  marks: Uint8Array,
  list: TriangleList,
  u: number,
): void {
  const row = offsets[u]!
  const rowEnd = offsets[u + 1]!
  if (rowEnd - row < 2) return
  for (let k = row; k < rowEnd; k++) marks[neighbours[k]!] = arcs?.[k] ?? 1
  for (let k = row; k < rowEnd; k++) {
    const v = neighbours[k]!
    const end = offsets[v + 1]!
    reserve(list, end - offsets[v]!)
    for (let other = offsets[v]!; other < end; other++) {
      const w = neighbours[other]!
      const far = marks[w]!
      if (far === 0) continue
      const at = 3 * list.length
      list.corners[at] = u
      list.corners[at + 1] = v
      list.corners[at + 2] = w
      if (arcs !== undefined) {
        list.masks[list.length] = (arcs[k]! << 4) | (far << 2) | arcs[other]!
      }
      list.length++
    }
  }
  for (let k = row; k < rowEnd; k++) marks[neighbours[k]!] = 0
}

/** A list without triangles. */
export function createTriangleList(): TriangleList {
  return { length: 0, corners: new Int32Array(3 * 1024), masks: new Uint8Array(1024) }
}

function reserve(list: TriangleList, more: number): void {
  const wanted = list.length + more
  if (wanted <= list.masks.length) return
  const capacity = Math.max(wanted, 2 * list.masks.length)
  const corners = new Int32Array(3 * capacity)
  corners.set(list.corners)
  list.corners = corners
  const masks = new Uint8Array(capacity)
  masks.set(list.masks)
  list.masks = masks
}
