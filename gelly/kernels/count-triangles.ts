/**
 * How many triangles there are, in all and at each vertex: plain twins of `assembly/count-triangles.ts`,
 * which takes half the time. The way is that of `triangles.ts`, and so are marks and slots.
 */

/** How many triangles have their lowest rank in the range. For several threads, with a slot for each. */
export function countTriangles(
  offsets: Int32Array,
  neighbours: Int32Array,
  marks: Uint8Array,
  slots: Int32Array,
  vertexCount: number,
  threads: number,
  from: number,
  to: number,
): number {
  let slot = 0
  while (Atomics.compareExchange(slots, slot, 0, 1) !== 0) slot = (slot + 1) % threads
  const own = marks.subarray(slot * vertexCount, (slot + 1) * vertexCount)
  let count = 0
  for (let u = from; u < to; u++) {
    const row = offsets[u]!
    const rowEnd = offsets[u + 1]!
    // A single neighbour closes no triangle.
    if (rowEnd - row < 2) continue
    for (let k = row; k < rowEnd; k++) own[neighbours[k]!] = 1
    for (let k = row; k < rowEnd; k++) {
      const v = neighbours[k]!
      const end = offsets[v + 1]!
      for (let other = offsets[v]!; other < end; other++) count += own[neighbours[other]!]!
    }
    for (let k = row; k < rowEnd; k++) own[neighbours[k]!] = 0
  }
  Atomics.store(slots, slot, 0)
  return count
}

/**
 * Adds to `counts`, by slot and rank, the triangles that each vertex is part of. A count is below the
 * number of edges, so 32 bits hold it.
 */
export function addTriangleCounts(
  offsets: Int32Array,
  neighbours: Int32Array,
  marks: Uint8Array,
  slots: Int32Array,
  counts: Int32Array,
  vertexCount: number,
  threads: number,
  from: number,
  to: number,
): void {
  let slot = 0
  while (Atomics.compareExchange(slots, slot, 0, 1) !== 0) slot = (slot + 1) % threads
  const own = marks.subarray(slot * vertexCount, (slot + 1) * vertexCount)
  const found = counts.subarray(slot * vertexCount, (slot + 1) * vertexCount)
  for (let u = from; u < to; u++) {
    const row = offsets[u]!
    const rowEnd = offsets[u + 1]!
    if (rowEnd - row < 2) continue
    for (let k = row; k < rowEnd; k++) own[neighbours[k]!] = 1
    let all = 0
    for (let k = row; k < rowEnd; k++) {
      const v = neighbours[k]!
      let common = 0
      const end = offsets[v + 1]!
      for (let other = offsets[v]!; other < end; other++) {
        const w = neighbours[other]!
        if (own[w] === 0) continue
        found[w]!++
        common++
      }
      found[v]! += common
      all += common
    }
    found[u]! += all
    for (let k = row; k < rowEnd; k++) own[neighbours[k]!] = 0
  }
  Atomics.store(slots, slot, 0)
}

/** The kernels, for a team. */
export const countTrianglesKernels = {
  name: 'gelly/count-triangles',
  code: () => import('./modules/count-triangles.js'),
  functions: { countTriangles, addTriangleCounts },
}
