/**
 * Losses of linear functions and their gradients: the plain twin of `assembly/linear-loss.ts`, with the
 * same order of additions and the same polynomials.
 */

/** What a loss is to the kernel. */
export const LOSS_CODES = {
  squared: 0,
  logistic: 1,
  hinge: 2,
  squaredHinge: 3,
  huber: 4,
  quantile: 5,
} as const

/** Rows that the kernel takes at a time: so many numbers of scratch has each class, for each part. */
export const LOSS_BLOCK = 64

/**
 * The sum of weighted losses of a range of rows; the sums of the gradient go to the part's own place.
 *
 * Coefficients are those of the features, then the intercept, class after class. Labels are -1 and 1
 * for losses of two classes, numbers of classes where there are several.
 */
function lossGradient(
  sparse: number,
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  size: number,
  coefficients: Float64Array,
  classes: number,
  labels: Float64Array,
  weights: Float64Array,
  loss: number,
  parameter: number,
  scratch: Float64Array,
  gradients: Float64Array,
  starts: Int32Array,
  from: number,
  to: number,
): number {
  const BLOCK = 64
  const bits = new Int32Array(2)
  const power = new Float64Array(bits.buffer)
  let part = 0
  while (starts[part + 1]! <= from) part++
  const width = size + 1
  const gradient = gradients.subarray(part * width * classes, (part + 1) * width * classes).fill(0)
  const margins = scratch.subarray(part * BLOCK * classes, (part + 1) * BLOCK * classes)
  let sum = 0
  for (let row = from; row < to; row += BLOCK) {
    const last = Math.min(row + BLOCK, to)
    for (let c = 0; c < classes; c++) {
      for (let k = row; k < last; k++) margins[c * BLOCK + k - row] = margin(k, c * width)
    }
    let block = 0
    for (let k = row; k < last; k++) {
      const at = k - row
      if (classes > 1) block += weights[k]! * softmax(at, labels[k]!, weights[k]!)
      else block += weights[k]! * single(at, labels[k]!, weights[k]!)
    }
    sum += block
    for (let c = 0; c < classes; c++) {
      for (let k = row; k < last; k++) addRow(k, margins[c * BLOCK + k - row]!, c * width)
    }
  }
  return sum

  /** The product of a row with coefficients, in two sums, and the intercept. */
  function margin(row: number, first: number): number {
    let even = 0
    let odd = 0
    if (sparse === 1) {
      const end = offsets[row + 1]!
      let at = offsets[row]!
      for (; at + 1 < end; at += 2) {
        even += values[at]! * coefficients[first + indices[at]!]!
        odd += values[at + 1]! * coefficients[first + indices[at + 1]!]!
      }
      if (at < end) even += values[at]! * coefficients[first + indices[at]!]!
    } else {
      const start = row * size
      let k = 0
      for (; k + 1 < size; k += 2) {
        even += values[start + k]! * coefficients[first + k]!
        odd += values[start + k + 1]! * coefficients[first + k + 1]!
      }
      if (k < size) even += values[start + k]! * coefficients[first + k]!
    }
    return even + odd + coefficients[first + size]!
  }

  /** Adds a row, times its factor, to the gradient. */
  function addRow(row: number, factor: number, first: number): void {
    if (factor === 0) return
    if (sparse === 1) {
      const end = offsets[row + 1]!
      for (let at = offsets[row]!; at < end; at++) {
        gradient[first + indices[at]!]! += factor * values[at]!
      }
    } else {
      const start = row * size
      for (let k = 0; k < size; k++) gradient[first + k]! += factor * values[start + k]!
    }
    gradient[first + size]! += factor
  }

  /** The loss of a row; its margin becomes its weighted derivative. */
  function single(at: number, label: number, weight: number): number {
    const found = margins[at]!
    let value = 0
    let slope = 0
    if (loss === 1) {
      const z = label * found
      const e = exponential(z > 0 ? -z : z)
      const whole = 1 + e
      margins[at] = (-weight * label * (z > 0 ? e : 1)) / whole
      return logarithm(e, whole) + (z < 0 ? -z : 0)
    }
    if (loss === 0) {
      slope = found - label
      value = 0.5 * slope * slope
    } else if (loss < 4) {
      const short = 1 - label * found
      if (short > 0) {
        value = loss === 2 ? short : short * short
        slope = loss === 2 ? -label : -2 * label * short
      }
    } else if (loss === 4) {
      const off = found - label
      const distance = Math.abs(off)
      const small = distance <= parameter
      value = small ? 0.5 * off * off : parameter * (distance - 0.5 * parameter)
      slope = small ? off : off > 0 ? parameter : -parameter
    } else {
      const off = label - found
      value = off > 0 ? parameter * off : (parameter - 1) * off
      slope = off > 0 ? -parameter : off < 0 ? 1 - parameter : 0
    }
    margins[at] = weight * slope
    return value
  }

  /** The multinomial loss of a row; its margins become weighted derivatives. */
  function softmax(at: number, label: number, weight: number): number {
    const all = BLOCK * classes
    let most = margins[at]!
    for (let k = at + BLOCK; k < all; k += BLOCK) most = Math.max(most, margins[k]!)
    const right = margins[at + BLOCK * label]!
    let whole = 0
    for (let k = at; k < all; k += BLOCK) {
      const e = exponential(margins[k]! - most)
      whole += e
      margins[k] = e
    }
    const factor = weight / whole
    for (let k = at; k < all; k += BLOCK) margins[k]! *= factor
    margins[at + BLOCK * label]! -= weight
    return logarithm(whole - 1, whole) + most - right
  }

  function exponential(x: number): number {
    if (x < -708) return 0
    const k = Math.floor(x * Math.LOG2E + 0.5)
    const high = x - k * 0.6931471803691238
    const low = k * 1.9082149292705877e-10
    const r = high - low
    const t = r * r
    let c = t * 4.1381367970572385e-8
    c = t * (-1.6533902205465252e-6 + c)
    c = t * (6.613756321437934e-5 + c)
    c = t * (-0.0027777777777015593 + c)
    c = r - t * (0.16666666666666602 + c)
    const y = 1 - (low - (r * c) / (2 - c) - high)
    bits[1] = (k + 1023) << 20
    return y * power[0]!
  }

  function logarithm(x: number, whole: number): number {
    let f = x
    let k = 0
    let left = whole
    if (left > Math.SQRT2) {
      do {
        left *= 0.5
        k += 1
      } while (left > Math.SQRT2)
      f = left - 1
    }
    const s = f / (2 + f)
    const z = s * s
    let r = z * 0.14798198605116586
    r = z * (0.15313837699209373 + r)
    r = z * (0.1818357216161805 + r)
    r = z * (0.22222198432149784 + r)
    r = z * (0.2857142874366239 + r)
    r = z * (0.3999999999940942 + r)
    r = z * (0.6666666666666735 + r)
    const half = 0.5 * f * f
    return k * 0.6931471803691238 - (half - (s * (half + r) + k * 1.9082149292705877e-10) - f)
  }
}

/** The kernel, for a team. */
export const linearLossKernels = {
  name: 'ml/linear-loss',
  code: () => import('./modules/linear-loss.js'),
  functions: { lossGradient },
}
