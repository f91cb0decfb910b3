/**
 * Sums of products of features, in AssemblyScript. The twin is `../gram.ts`; both add in the same
 * order. Addresses are in bytes.
 */

/** Rows of a block, which stays in the cache while all tiles go over it. */
const BLOCK: i32 = 64

/**
 * Adds up the weighted products of centred columns, the label behind the features, for a range of rows.
 * Columns go four by four: the rows of a block are laid out in strips of four columns, and a tile of
 * sixteen sums stays in registers for all of them.
 *
 * @param labelled 1 where there is a label, else 0.
 * @param weighted 1 where rows have weights, else 0.
 * @param stride Columns, filled up to a multiple of four.
 * @param scratch For each part a block of rows, two where there are weights.
 * @param sums A square for each part and behind it the sums of the columns, which are added to; of the
 *   square only tiles on the diagonal and above it.
 */
export function denseGram(
  values: usize,
  size: i32,
  labels: usize,
  labelled: i32,
  weights: usize,
  weighted: i32,
  centre: usize,
  stride: i32,
  scratch: usize,
  sums: usize,
  starts: usize,
  from: i32,
  to: i32,
): void {
  const part = partOf(starts, from)
  const width = stride as usize
  const bytes = width << 3
  const square = sums + part * bytes * (width + 1)
  const totals = square + bytes * width
  const block = bytes * (BLOCK as usize)
  const plain = scratch + part * (weighted ? 2 * block : block)
  const scaled = weighted ? plain + block : plain
  const strip = (BLOCK as usize) << 5
  const row = (size as usize) << 3
  for (let first = from; first < to; first += BLOCK) {
    const length = min(BLOCK, to - first) as usize
    const x = values + (first as usize) * row
    const y = labels + ((first as usize) << 3)
    const w = weights + ((first as usize) << 3)
    for (let k: usize = 0; k < bytes; k += 32) {
      const at = (k >> 5) * strip
      if (k + 32 <= row) {
        wholeStrip(x + k, row, w, weighted, centre + k, plain + at, scaled + at, totals + k, length)
      } else {
        lastStrip(
          x,
          k,
          row,
          y,
          labelled,
          w,
          weighted,
          centre,
          plain + at,
          scaled + at,
          totals,
          length,
        )
      }
    }
    for (let i: usize = 0; i < bytes; i += 32) {
      const a = scaled + (i >> 5) * strip
      for (let j = i; j < bytes; j += 32) {
        tile(a, plain + (j >> 5) * strip, square + i * width + j, bytes, length)
      }
    }
  }
}

/** Lays out four columns of a block, centred, and once more with weights; adds them up. */
function wholeStrip(
  x: usize,
  row: usize,
  weights: usize,
  weighted: i32,
  centre: usize,
  plain: usize,
  scaled: usize,
  totals: usize,
  length: usize,
): void {
  const c0 = v128.load(centre)
  const c1 = v128.load(centre, 16)
  let s0 = v128.load(totals)
  let s1 = v128.load(totals, 16)
  for (let r: usize = 0; r < length; r++) {
    const v0 = f64x2.sub(v128.load(x), c0)
    const v1 = f64x2.sub(v128.load(x, 16), c1)
    v128.store(plain, v0)
    v128.store(plain, v1, 16)
    if (weighted) {
      const w = v128.load64_splat(weights + (r << 3))
      const w0 = f64x2.mul(w, v0)
      const w1 = f64x2.mul(w, v1)
      v128.store(scaled, w0)
      v128.store(scaled, w1, 16)
      s0 = f64x2.add(s0, w0)
      s1 = f64x2.add(s1, w1)
    } else {
      s0 = f64x2.add(s0, v0)
      s1 = f64x2.add(s1, v1)
    }
    x += row
    plain += 32
    scaled += 32
  }
  v128.store(totals, s0)
  v128.store(totals, s1, 16)
}

/** The same for what is left of the features, the label, and zeros. */
function lastStrip(
  x: usize,
  first: usize,
  row: usize,
  labels: usize,
  labelled: i32,
  weights: usize,
  weighted: i32,
  centre: usize,
  plain: usize,
  scaled: usize,
  totals: usize,
  length: usize,
): void {
  for (let k: usize = 0; k < 32; k += 8) {
    const column = first + k
    const feature = column < row
    const used = feature || (labelled !== 0 && column === row)
    const source = feature ? x + column : labels
    const step: usize = feature ? row : 8
    const middle = load<f64>(centre + column)
    let sum = load<f64>(totals + column)
    for (let r: usize = 0; r < length; r++) {
      const value = used ? load<f64>(source + r * step) - middle : 0
      const share = weighted ? load<f64>(weights + (r << 3)) * value : value
      store<f64>(plain + k + (r << 5), value)
      store<f64>(scaled + k + (r << 5), share)
      sum += share
    }
    store<f64>(totals + column, sum)
  }
}

/** Sixteen sums: the four columns of one strip with the four of the other. */
function tile(a: usize, b: usize, sums: usize, bytes: usize, rows: usize): void {
  const second = sums + bytes
  const third = second + bytes
  const fourth = third + bytes
  let c00 = v128.load(sums)
  let c01 = v128.load(sums, 16)
  let c10 = v128.load(second)
  let c11 = v128.load(second, 16)
  let c20 = v128.load(third)
  let c21 = v128.load(third, 16)
  let c30 = v128.load(fourth)
  let c31 = v128.load(fourth, 16)
  const end = a + (rows << 5)
  for (; a < end; a += 32) {
    const low = v128.load(b)
    const high = v128.load(b, 16)
    const a0 = v128.load64_splat(a)
    c00 = f64x2.add(c00, f64x2.mul(a0, low))
    c01 = f64x2.add(c01, f64x2.mul(a0, high))
    const a1 = v128.load64_splat(a, 8)
    c10 = f64x2.add(c10, f64x2.mul(a1, low))
    c11 = f64x2.add(c11, f64x2.mul(a1, high))
    const a2 = v128.load64_splat(a, 16)
    c20 = f64x2.add(c20, f64x2.mul(a2, low))
    c21 = f64x2.add(c21, f64x2.mul(a2, high))
    const a3 = v128.load64_splat(a, 24)
    c30 = f64x2.add(c30, f64x2.mul(a3, low))
    c31 = f64x2.add(c31, f64x2.mul(a3, high))
    b += 32
  }
  v128.store(sums, c00)
  v128.store(sums, c01, 16)
  v128.store(second, c10)
  v128.store(second, c11, 16)
  v128.store(third, c20)
  v128.store(third, c21, 16)
  v128.store(fourth, c30)
  v128.store(fourth, c31, 16)
}

/**
 * The same for rows of which entries that are not zero are stored, without a centre: with a column of
 * ones behind the features, and the label behind that.
 */
export function sparseGram(
  offsets: usize,
  indices: usize,
  values: usize,
  size: i32,
  labels: usize,
  weights: usize,
  stride: i32,
  sums: usize,
  starts: usize,
  from: i32,
  to: i32,
): void {
  const part = partOf(starts, from)
  const bytes = (stride as usize) << 3
  const square = sums + part * bytes * (stride as usize)
  for (let at = square; at < square + bytes * (stride as usize); at += 8) store<f64>(at, 0)
  const ones = (size as usize) << 3
  const corner = square + bytes * (size as usize) + ones
  for (let row = from; row < to; row++) {
    const place = offsets + ((row as usize) << 2)
    const begin = load<u32>(place) as usize
    const end = load<u32>(place, 4) as usize
    const weight = load<f64>(weights + ((row as usize) << 3))
    const label = load<f64>(labels + ((row as usize) << 3))
    for (let k = begin; k < end; k++) {
      const factor = weight * load<f64>(values + (k << 3))
      const line = square + bytes * (load<u32>(indices + (k << 2)) as usize)
      for (let j = k; j < end; j++) {
        const at = line + ((load<u32>(indices + (j << 2)) as usize) << 3)
        store<f64>(at, load<f64>(at) + factor * load<f64>(values + (j << 3)))
      }
      store<f64>(line + ones, load<f64>(line + ones) + factor)
      store<f64>(line + ones, load<f64>(line + ones, 8) + factor * label, 8)
    }
    store<f64>(corner, load<f64>(corner) + weight)
    store<f64>(corner, load<f64>(corner, 8) + weight * label, 8)
  }
}

/** For each column the weighted sum of its values, and behind these that of their squares. */
export function columnMoments(
  sparse: i32,
  offsets: usize,
  indices: usize,
  values: usize,
  size: i32,
  weights: usize,
  sums: usize,
  starts: usize,
  from: i32,
  to: i32,
): void {
  const bytes = (size as usize) << 3
  const first = sums + partOf(starts, from) * 2 * bytes
  const second = first + bytes
  for (let at = first; at < second + bytes; at += 8) store<f64>(at, 0)
  for (let row = from; row < to; row++) {
    const weight = load<f64>(weights + ((row as usize) << 3))
    if (sparse) {
      const place = offsets + ((row as usize) << 2)
      const end = load<u32>(place, 4) as usize
      for (let k = load<u32>(place) as usize; k < end; k++) {
        const at = (load<u32>(indices + (k << 2)) as usize) << 3
        const x = load<f64>(values + (k << 3))
        const t = weight * x
        store<f64>(first + at, load<f64>(first + at) + t)
        store<f64>(second + at, load<f64>(second + at) + t * x)
      }
    } else {
      const x = values + (row as usize) * bytes
      const w = f64x2.splat(weight)
      let k: usize = 0
      for (; k + 8 < bytes; k += 16) {
        const v = v128.load(x + k)
        const t = f64x2.mul(w, v)
        v128.store(first + k, f64x2.add(v128.load(first + k), t))
        v128.store(second + k, f64x2.add(v128.load(second + k), f64x2.mul(t, v)))
      }
      if (k < bytes) {
        const v = load<f64>(x + k)
        const t = weight * v
        store<f64>(first + k, load<f64>(first + k) + t)
        store<f64>(second + k, load<f64>(second + k) + t * v)
      }
    }
  }
}

/** Which part of a call begins at `from`. */
function partOf(starts: usize, from: i32): usize {
  let part: usize = 0
  while (load<i32>(starts + ((part + 1) << 2)) <= from) part++
  return part
}
