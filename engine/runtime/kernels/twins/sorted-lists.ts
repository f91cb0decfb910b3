/** What sorted lists have in common, in plain TypeScript; the twin of `../assembly/sorted-lists.ts`. */

/** How many numbers two ascending parts of `list` share. Neither part holds a number twice. */
export function countCommon(
  list: Int32Array,
  a: number,
  aEnd: number,
  b: number,
  bEnd: number,
): number {
  let count = 0
  while (a < aEnd && b < bEnd) {
    const x = list[a]!
    const y = list[b]!
    if (x === y) count++
    if (x <= y) a++
    if (y <= x) b++
  }
  return count
}

/** Triangles u > v > w with `from` <= u < `to` of a symmetric graph with ascending rows. */
export function countTriangles(
  offsets: Int32Array,
  neighbours: Int32Array,
  from: number,
  to: number,
): number {
  let count = 0
  for (let u = from; u < to; u++) {
    const row = offsets[u]!
    const rowEnd = offsets[u + 1]!
    for (let at = row; at < rowEnd; at++) {
      const v = neighbours[at]!
      if (v >= u) break
      let left = row
      let other = offsets[v]!
      const otherEnd = offsets[v + 1]!
      while (left < at && other < otherEnd) {
        const x = neighbours[left]!
        const y = neighbours[other]!
        if (y >= v) break
        if (x === y) count++
        if (x <= y) left++
        if (y <= x) other++
      }
    }
  }
  return count
}
