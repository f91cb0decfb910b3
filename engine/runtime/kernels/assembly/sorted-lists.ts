/**
 * What sorted lists of whole numbers have in common, in AssemblyScript. The twin is
 * `../twins/sorted-lists.ts`. Addresses are in bytes.
 */

/** How many numbers two ascending parts of `list` share. Neither part holds a number twice. */
export function countCommon(list: usize, a: i32, aEnd: i32, b: i32, bEnd: i32): i32 {
  let left = list + ((a as usize) << 2)
  let right = list + ((b as usize) << 2)
  const leftEnd = list + ((aEnd as usize) << 2)
  const rightEnd = list + ((bEnd as usize) << 2)
  let count = 0
  while (left < leftEnd && right < rightEnd) {
    const x = load<i32>(left)
    const y = load<i32>(right)
    // Without branches: which list is behind cannot be foreseen.
    count += (x === y) as i32
    left += ((x <= y) as usize) << 2
    right += ((y <= x) as usize) << 2
  }
  return count
}

/** Triangles u > v > w with `from` <= u < `to` of a symmetric graph with ascending rows. */
export function countTriangles(offsets: usize, neighbours: usize, from: i32, to: i32): f64 {
  let count: f64 = 0
  for (let u = from; u < to; u++) {
    const row = neighbours + ((load<u32>(offsets + ((u as usize) << 2)) as usize) << 2)
    const rowEnd = neighbours + ((load<u32>(offsets + ((u as usize) << 2), 4) as usize) << 2)
    for (let at = row; at < rowEnd; at += 4) {
      const v = load<i32>(at)
      if (v >= u) break
      let other = neighbours + ((load<u32>(offsets + ((v as usize) << 2)) as usize) << 2)
      const otherEnd = neighbours + ((load<u32>(offsets + ((v as usize) << 2), 4) as usize) << 2)
      let left = row
      let common = 0
      while (left < at && other < otherEnd) {
        const x = load<i32>(left)
        const y = load<i32>(other)
        if (y >= v) break
        common += (x === y) as i32
        left += ((x <= y) as usize) << 2
        other += ((y <= x) as usize) << 2
      }
      count += common as f64
    }
  }
  return count
}
