/**
 * The halves of an iteration of alternating least squares: for each row (a user, or an item) the ridge
 * regression of its ratings on the factors of the other side. Plain twins of `assembly/als.ts`.
 *
 * They use nothing from outside, since workers get their text.
 *
 * `stride` is the rank made a multiple of 4; what is beyond the rank is 0. Matrices are upper triangles,
 * row by row; what stands below the diagonal is of no meaning. Each part has a piece of `scratch`, see
 * `scratchSize`. `mode` is a sum: 1 for implicit ratings, 2 for a regularisation that grows with the
 * number of ratings, 4 for factors that must not be negative.
 */

/** Adds up the products of the numbers of each row, into the part's own matrix in `sums`. */
function gram(
  factors: Float64Array,
  stride: number,
  sums: Float64Array,
  starts: Int32Array,
  from: number,
  to: number,
): void {
  if (from >= to) return
  let part = 0
  while (starts[part + 1]! <= from) part++
  const matrix = part * stride * stride
  for (let row = from; row < to; row++) {
    const start = row * stride
    for (let i = 0; i < stride; i++) {
      const factor = factors[start + i]!
      const at = matrix + i * stride
      for (let j = i; j < stride; j++) sums[at + j]! += factor * factors[start + j]!
    }
  }
}

/**
 * Solves the equations of the rows `from` to `to`.
 *
 * For each row it writes down the loss, penalty included, and the penalty alone. The loss needs no look
 * at the ratings: for the equations `Ax = b` it is the sum of squares of what is to be approximated,
 * less `b'x`, plus `x'(Ax - b)`, which is not 0 only where entries may not be negative.
 *
 * @returns The first row that has no answer, since its matrix is singular but for rounding; or -1.
 */
function solveRows(
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  others: Float64Array,
  common: Float64Array,
  factors: Float64Array,
  losses: Float64Array,
  penalties: Float64Array,
  scratch: Float64Array,
  starts: Int32Array,
  rank: number,
  stride: number,
  lambda: number,
  alpha: number,
  mode: number,
  from: number,
  to: number,
): number {
  if (from >= to) return -1
  let part = 0
  while (starts[part + 1]! <= from) part++
  const own = part * (stride + 134) * stride
  const matrix = scratch.subarray(own, own + stride * stride)
  const vector = (k: number) => {
    const start = own + (stride + k) * stride
    return scratch.subarray(start, start + stride)
  }
  const target = vector(0)
  const work = vector(1)
  const inverse = vector(3)
  const diagonal = vector(4)
  const gradient = vector(5)

  /** Two lanes, as many as a register has. */
  const product = (a: Float64Array, aStart: number, b: Float64Array, bStart: number, c: number) => {
    let [even, odd] = [0, 0]
    for (let k = c & ~1; k < stride; k += 2) {
      even += a[aStart + k]! * b[bStart + k]!
      odd += a[aStart + k + 1]! * b[bStart + k + 1]!
    }
    return even + odd
  }

  /** Cholesky, row by row. */
  const factorise = (): boolean => {
    for (let k = 0; k < rank; k++) diagonal[k] = matrix[k * stride + k]!
    for (let k = 0; k < rank; k++) {
      const row = k * stride
      const pivot = matrix[row + k]!
      if (!(pivot > 1e-14 * diagonal[k]!)) return false
      const scale = 1 / Math.sqrt(pivot)
      inverse[k] = scale
      for (let j = k; j < stride; j++) matrix[row + j]! *= scale
      for (let i = k + 1; i < rank; i++) {
        const factor = -matrix[row + i]!
        for (let j = i; j < stride; j++) matrix[i * stride + j]! += factor * matrix[row + j]!
      }
    }
    return true
  }

  /** Forward and backward through the triangle. */
  const substitute = (start: number): void => {
    work.set(target)
    for (let k = 0; k < rank; k++) {
      const value = work[k]! * inverse[k]!
      for (let j = k; j < stride; j++) work[j]! += -value * matrix[k * stride + j]!
      gradient[k] = value
    }
    factors.fill(0, start, start + stride)
    for (let k = rank - 1; k >= 0; k--) {
      const sum = product(matrix, k * stride, factors, start, k)
      factors[start + k] = (gradient[k]! - sum) * inverse[k]!
    }
  }

  /** Coordinate descent for the least `x'Ax / 2 - b'x` with no entry below 0, from what `x` is. */
  const descend = (start: number, squares: number): void => {
    for (let i = 0; i < rank; i++) {
      for (let j = i + 1; j < rank; j++) matrix[j * stride + i] = matrix[i * stride + j]!
    }
    const move = (k: number, change: number) => {
      for (let j = 0; j < stride; j++) gradient[j]! += change * matrix[k * stride + j]!
    }
    for (let k = 0; k < stride; k++) gradient[k] = -target[k]!
    for (let k = 0; k < rank; k++) if (factors[start + k] !== 0) move(k, factors[start + k]!)
    for (let round = 0; round < 1000; round++) {
      let gain = 0
      for (let k = 0; k < rank; k++) {
        const curvature = matrix[k * stride + k]!
        const value = factors[start + k]!
        let next = value - gradient[k]! / curvature
        if (!(next > 0)) next = 0
        const change = next - value
        if (change === 0) continue
        factors[start + k] = next
        move(k, change)
        gain = Math.max(gain, change * change * curvature)
      }
      if (gain <= 1e-12 * squares) break
    }
  }

  for (let row = from; row < to; row++) {
    matrix.set(common)
    target.fill(0)
    let squares = 0
    let ratings = 0
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const other = indices[at]! * stride
      const value = values[at]!
      const implicit = (mode & 1) !== 0
      const more = alpha * value
      // The root of the weight on both sides, so that one copy of the row serves.
      const root = implicit ? Math.sqrt(more) : 1
      const wanted = !implicit ? value : value > 0 ? 1 + more : 0
      for (let i = 0; i < rank; i++) {
        const factor = root * others[other + i]!
        for (let j = i; j < rank; j++) {
          matrix[i * stride + j]! += factor * (root * others[other + j]!)
        }
        target[i]! += wanted * others[other + i]!
      }
      squares += implicit ? wanted : value * value
      if (!implicit || value > 0) ratings++
    }
    const strength = (mode & 2) !== 0 ? lambda * ratings : lambda
    for (let k = 0; k < rank; k++) matrix[k * stride + k]! += strength
    const start = row * stride
    let rest = squares
    if (ratings === 0) {
      factors.fill(0, start, start + stride)
    } else if ((mode & 4) !== 0) {
      descend(start, squares)
      rest += product(factors, start, gradient, 0, 0)
      rest -= product(target, 0, factors, start, 0)
    } else {
      if (!factorise()) return row
      substitute(start)
      rest -= product(target, 0, factors, start, 0)
    }
    losses[row] = rest
    penalties[row] = strength * product(factors, start, factors, start, 0)
  }
  return -1
}

/** How many numbers a part needs in `scratch`: a matrix, six vectors, and two blocks of 64 rows. */
export function scratchSize(stride: number): number {
  return (stride + 6 + 2 * 64) * stride
}

/** The kernels, for a team. */
export const alsKernels = {
  name: 'ml/als',
  code: () => import('./modules/als.js'),
  functions: { gram, solveRows },
}
