/**
 * The halves of an iteration of alternating least squares, in AssemblyScript. The twin is `../als.ts`;
 * both add in the same order. Addresses are in bytes.
 *
 * Matrices are upper triangles, row by row, in tiles of 4 x 4: a tile stays in eight registers while the
 * rows of a block go by, instead of being loaded and stored for each rating. `stride` is the rank made a
 * multiple of 4; what is beyond the rank is 0.
 */

/** Ratings that are added at once: their rows stay in the nearest cache. */
const BLOCK: i32 = 64
/** Numbers of `stride` beside the matrix and the two blocks; see `solveRows`. */
const VECTORS: usize = 6
/** The most rounds of coordinate descent. */
const ROUNDS: i32 = 1000

const IMPLICIT: i32 = 1
const WEIGHTED: i32 = 2
const NON_NEGATIVE: i32 = 4

/** Adds the products of `count` rows of two blocks to a tile; `width` is that of rows in bytes. */
function addTile(tile: usize, left: usize, right: usize, width: usize, count: i32): void {
  const tile1 = tile + width
  const tile2 = tile1 + width
  const tile3 = tile2 + width
  let a00 = v128.load(tile)
  let a01 = v128.load(tile, 16)
  let a10 = v128.load(tile1)
  let a11 = v128.load(tile1, 16)
  let a20 = v128.load(tile2)
  let a21 = v128.load(tile2, 16)
  let a30 = v128.load(tile3)
  let a31 = v128.load(tile3, 16)
  const end = right + <usize>count * width
  while (right < end) {
    const r0 = v128.load(right)
    const r1 = v128.load(right, 16)
    let factor = v128.load_splat<f64>(left)
    a00 = f64x2.add(a00, f64x2.mul(factor, r0))
    a01 = f64x2.add(a01, f64x2.mul(factor, r1))
    factor = v128.load_splat<f64>(left, 8)
    a10 = f64x2.add(a10, f64x2.mul(factor, r0))
    a11 = f64x2.add(a11, f64x2.mul(factor, r1))
    factor = v128.load_splat<f64>(left, 16)
    a20 = f64x2.add(a20, f64x2.mul(factor, r0))
    a21 = f64x2.add(a21, f64x2.mul(factor, r1))
    factor = v128.load_splat<f64>(left, 24)
    a30 = f64x2.add(a30, f64x2.mul(factor, r0))
    a31 = f64x2.add(a31, f64x2.mul(factor, r1))
    right += width
    left += width
  }
  v128.store(tile, a00)
  v128.store(tile, a01, 16)
  v128.store(tile1, a10)
  v128.store(tile1, a11, 16)
  v128.store(tile2, a20)
  v128.store(tile2, a21, 16)
  v128.store(tile3, a30)
  v128.store(tile3, a31, 16)
}

/** Adds the products of two blocks of rows to the tiles from row `first` on. */
function addTiles(
  matrix: usize,
  left: usize,
  right: usize,
  width: usize,
  count: i32,
  first: usize,
): void {
  for (let i = first; i < width; i += 32) {
    const row = matrix + (i >> 3) * width
    for (let j = i; j < width; j += 32) addTile(row + j, left + i, right + j, width, count)
  }
}

/** Adds `factor` times a row to another, from byte `from` on. */
function addRow(to: usize, row: usize, factor: f64, from: usize, width: usize): void {
  const splat = f64x2.splat(factor)
  for (let c = from; c < width; c += 16) {
    v128.store(to + c, f64x2.add(v128.load(to + c), f64x2.mul(splat, v128.load(row + c))))
  }
}

/** The sum of products from byte `from` on, in two lanes. */
function product(a: usize, b: usize, from: usize, width: usize): f64 {
  let sum = f64x2.splat(0)
  for (let c = from; c < width; c += 16) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(a + c), v128.load(b + c)))
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

/** The part that begins at `from`. */
function partOf(starts: usize, from: i32): usize {
  let part: usize = 0
  while (load<i32>(starts + (part << 2), 4) <= from) part++
  return part
}

/** Adds up the products of the numbers of each row, into the part's own matrix in `sums`. */
export function gram(
  factors: usize,
  stride: i32,
  sums: usize,
  starts: usize,
  from: i32,
  to: i32,
): void {
  if (from >= to) return
  const width = (<usize>stride) << 3
  const matrix = sums + partOf(starts, from) * <usize>stride * width
  for (let row = from; row < to; row += BLOCK) {
    const count = min(BLOCK, to - row)
    const block = factors + <usize>row * width
    addTiles(matrix, block, block, width, count, 0)
  }
}

/** Solves the equations of the rows `from` to `to`; gives the first that has no answer, or -1. */
export function solveRows(
  offsets: usize,
  indices: usize,
  values: usize,
  others: usize,
  common: usize,
  factors: usize,
  losses: usize,
  penalties: usize,
  scratch: usize,
  starts: usize,
  rank: i32,
  stride: i32,
  lambda: f64,
  alpha: f64,
  mode: i32,
  from: i32,
  to: i32,
): f64 {
  if (from >= to) return -1
  const width = (<usize>stride) << 3
  const step = width + 8
  const size = (<usize>stride + VECTORS + 2 * <usize>BLOCK) * width
  const matrix = scratch + partOf(starts, from) * size
  const target = matrix + <usize>stride * width
  const work = target + width
  const x = work + width
  const inverse = x + width
  const diagonal = inverse + width
  const gradient = diagonal + width
  const right = gradient + width
  const left = right + <usize>BLOCK * width
  const end = (<usize>rank) << 3
  const implicit = (mode & IMPLICIT) !== 0

  for (let row = from; row < to; row++) {
    const place = offsets + ((<usize>row) << 2)
    const first = load<i32>(place)
    const last = load<i32>(place, 4)
    memory.copy(matrix, common, <usize>stride * width)
    memory.fill(target, 0, width)
    let squares: f64 = 0
    let ratings: f64 = 0
    for (let at = first; at < last; at += BLOCK) {
      const count = min(BLOCK, last - at)
      let to0 = right
      for (let t = at; t < at + count; t++) {
        const other = others + <usize>load<i32>(indices + ((<usize>t) << 2)) * width
        const value = load<f64>(values + ((<usize>t) << 3))
        let root: f64 = 1
        let wanted = value
        if (implicit) {
          const more = alpha * value
          root = sqrt<f64>(more)
          wanted = value > 0 ? 1 + more : 0
          squares += wanted
        } else squares += value * value
        if (!implicit || value > 0) ratings += 1
        const factor = f64x2.splat(root)
        const splat = f64x2.splat(wanted)
        for (let c: usize = 0; c < width; c += 16) {
          const pair = v128.load(other + c)
          v128.store(to0 + c, f64x2.mul(factor, pair))
          v128.store(target + c, f64x2.add(v128.load(target + c), f64x2.mul(splat, pair)))
        }
        to0 += width
      }
      addTiles(matrix, right, right, width, count, 0)
    }
    const strength = (mode & WEIGHTED) !== 0 ? lambda * ratings : lambda
    for (let c: usize = 0; c < end; c += 8) {
      const cell = matrix + (c >> 3) * step
      store<f64>(cell, load<f64>(cell) + strength)
    }
    const solution = factors + <usize>row * width
    let rest = squares
    if (ratings === 0) {
      memory.fill(solution, 0, width)
    } else if ((mode & NON_NEGATIVE) !== 0) {
      rest += descend(matrix, target, solution, gradient, width, end, squares)
      rest -= product(target, solution, 0, width)
    } else {
      if (!factorise(matrix, inverse, diagonal, left, width, end)) return row
      memory.copy(work, target, width)
      memory.fill(x, 0, width)
      for (let c: usize = 0; c < end; c += 8) {
        const value = load<f64>(work + c) * load<f64>(inverse + c)
        addRow(work, matrix + (c >> 3) * width, -value, c & ~15, width)
        store<f64>(gradient + c, value)
      }
      for (let c = end; c > 0; ) {
        c -= 8
        const sum = product(matrix + (c >> 3) * width, x, c & ~15, width)
        store<f64>(x + c, (load<f64>(gradient + c) - sum) * load<f64>(inverse + c))
      }
      rest -= product(target, x, 0, width)
      memory.copy(solution, x, width)
    }
    store<f64>(losses + ((<usize>row) << 3), rest)
    const penalty = strength * product(solution, solution, 0, width)
    store<f64>(penalties + ((<usize>row) << 3), penalty)
  }
  return -1
}

/**
 * Cholesky: the matrix becomes an upper triangle U with `U'U` what it was, four rows at a time; false
 * where nothing but rounding is left of a pivot.
 */
function factorise(
  matrix: usize,
  inverse: usize,
  diagonal: usize,
  block: usize,
  width: usize,
  end: usize,
): bool {
  for (let c: usize = 0; c < end; c += 8) {
    store<f64>(diagonal + c, load<f64>(matrix + (c >> 3) * (width + 8)))
  }
  for (let first: usize = 0; first < end; first += 32) {
    const next = min(first + 32, end)
    const rows = matrix + (first >> 3) * width
    for (let c = first; c < next; c += 8) {
      const row = matrix + (c >> 3) * width
      for (let above = rows; above < row; above += width) {
        addRow(row, above, -load<f64>(above + c), c & ~15, width)
      }
      const pivot = load<f64>(row + c)
      if (!(pivot > 1e-14 * load<f64>(diagonal + c))) return false
      const scale = 1 / sqrt<f64>(pivot)
      store<f64>(inverse + c, scale)
      const splat = f64x2.splat(scale)
      for (let k = c & ~15; k < width; k += 16) {
        v128.store(row + k, f64x2.mul(splat, v128.load(row + k)))
      }
    }
    if (next >= end) break
    const minus = f64x2.splat(-1)
    for (let k: usize = 0; k < 4 * width; k += 16) {
      v128.store(block + k, f64x2.mul(minus, v128.load(rows + k)))
    }
    addTiles(matrix, block, rows, width, 4, next)
  }
  return true
}

/**
 * Coordinate descent for the least `x'Ax / 2 - b'x` with no entry below 0, from what `x` is; gives
 * `x'(Ax - b)`, which is 0 but for rounding.
 */
function descend(
  matrix: usize,
  target: usize,
  x: usize,
  gradient: usize,
  width: usize,
  end: usize,
  squares: f64,
): f64 {
  for (let i: usize = 0; i < end; i += 8) {
    for (let j = i + 8; j < end; j += 8) {
      store<f64>(matrix + (j >> 3) * width + i, load<f64>(matrix + (i >> 3) * width + j))
    }
  }
  for (let c: usize = 0; c < width; c += 8) store<f64>(gradient + c, -load<f64>(target + c))
  for (let c: usize = 0; c < end; c += 8) {
    const value = load<f64>(x + c)
    if (value !== 0) addRow(gradient, matrix + (c >> 3) * width, value, 0, width)
  }
  for (let round = 0; round < ROUNDS; round++) {
    let gain: f64 = 0
    for (let c: usize = 0; c < end; c += 8) {
      const curvature = load<f64>(matrix + (c >> 3) * (width + 8))
      const value = load<f64>(x + c)
      let next = value - load<f64>(gradient + c) / curvature
      if (!(next > 0)) next = 0
      const change = next - value
      if (change === 0) continue
      store<f64>(x + c, next)
      addRow(gradient, matrix + (c >> 3) * width, change, 0, width)
      gain = max(gain, change * change * curvature)
    }
    if (gain <= 1e-12 * squares) break
  }
  return product(x, gradient, 0, width)
}
