/**
 * How many triangles there are, in all and at each vertex, in AssemblyScript. The twin is `../count-triangles.ts`. Addresses are in
 * bytes; marks are a byte for each vertex.
 */

/** How many triangles have their lowest rank in the range. */
export function countTriangles(
  offsets: usize,
  neighbours: usize,
  marks: usize,
  slots: usize,
  vertexCount: i32,
  threads: i32,
  from: i32,
  to: i32,
): f64 {
  let slot = 0
  while (atomic.cmpxchg<i32>(slots + ((slot as usize) << 2), 0, 1) !== 0) {
    slot = (slot + 1) % threads
  }
  const own = marks + (slot as usize) * (vertexCount as usize)
  let count: i64 = 0
  for (let u = from; u < to; u++) {
    const place = offsets + ((u as usize) << 2)
    const row = neighbours + ((load<u32>(place) as usize) << 2)
    const rowEnd = neighbours + ((load<u32>(place, 4) as usize) << 2)
    if (rowEnd - row < 8) continue
    for (let at = row; at < rowEnd; at += 4) store<u8>(own + (load<u32>(at) as usize), 1)
    for (let at = row; at < rowEnd; at += 4)
      count += marked(offsets, neighbours, own, load<u32>(at))
    for (let at = row; at < rowEnd; at += 4) store<u8>(own + (load<u32>(at) as usize), 0)
  }
  atomic.store<i32>(slots + ((slot as usize) << 2), 0)
  return count as f64
}

/** Adds to counts, by slot and rank, the triangles that each vertex is part of. */
export function addTriangleCounts(
  offsets: usize,
  neighbours: usize,
  marks: usize,
  slots: usize,
  counts: usize,
  vertexCount: i32,
  threads: i32,
  from: i32,
  to: i32,
): void {
  let slot = 0
  while (atomic.cmpxchg<i32>(slots + ((slot as usize) << 2), 0, 1) !== 0) {
    slot = (slot + 1) % threads
  }
  const begin = (slot as usize) * (vertexCount as usize)
  const own = marks + begin
  const found = counts + (begin << 2)
  for (let u = from; u < to; u++) {
    const place = offsets + ((u as usize) << 2)
    const row = neighbours + ((load<u32>(place) as usize) << 2)
    const rowEnd = neighbours + ((load<u32>(place, 4) as usize) << 2)
    if (rowEnd - row < 8) continue
    for (let at = row; at < rowEnd; at += 4) store<u8>(own + (load<u32>(at) as usize), 1)
    let all = 0
    for (let at = row; at < rowEnd; at += 4) {
      const v = load<u32>(at)
      const common = countAt(offsets, neighbours, own, found, v)
      add(found, v, common)
      all += common
    }
    add(found, u as u32, all)
    for (let at = row; at < rowEnd; at += 4) store<u8>(own + (load<u32>(at) as usize), 0)
  }
  atomic.store<i32>(slots + ((slot as usize) << 2), 0)
}

/** Adds one at each neighbour of a vertex that is marked; returns how many are. */
function countAt(offsets: usize, neighbours: usize, own: usize, found: usize, v: u32): i32 {
  const place = offsets + ((v as usize) << 2)
  const end = neighbours + ((load<u32>(place, 4) as usize) << 2)
  let count = 0
  for (let at = neighbours + ((load<u32>(place) as usize) << 2); at < end; at += 4) {
    const w = load<u32>(at)
    if (load<u8>(own + (w as usize)) === 0) continue
    add(found, w, 1)
    count++
  }
  return count
}

function add(found: usize, v: u32, more: i32): void {
  const place = found + ((v as usize) << 2)
  store<i32>(place, load<i32>(place) + more)
}

/** How many neighbours of a vertex are marked. */
function marked(offsets: usize, neighbours: usize, own: usize, v: u32): i64 {
  const place = offsets + ((v as usize) << 2)
  const end = neighbours + ((load<u32>(place, 4) as usize) << 2)
  let count: u32 = 0
  for (let at = neighbours + ((load<u32>(place) as usize) << 2); at < end; at += 4) {
    count += load<u8>(own + (load<u32>(at) as usize)) as u32
  }
  return count as i64
}
