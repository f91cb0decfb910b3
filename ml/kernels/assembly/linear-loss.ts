/**
 * Losses of linear functions and their gradients, in AssemblyScript. The twin is `../linear-loss.ts`;
 * both add in the same order, and calculate exponentials and logarithms by the same polynomials.
 * Addresses are in bytes.
 *
 * Rows are taken in blocks: products of all rows of a block, then their losses, then their part of the
 * gradient, so that a row is read from memory once. Dense rows go four at a time.
 */

/** Rows of a block. */
const BLOCK: i32 = 64

/**
 * The sum of weighted losses of a range of rows; the sums of the gradient go to the part's own place.
 *
 * @param scratch BLOCK numbers for each part and class.
 * @param gradients For each part as many numbers as there are coefficients.
 */
export function lossGradient(
  sparse: i32,
  offsets: usize,
  indices: usize,
  values: usize,
  size: i32,
  coefficients: usize,
  classes: i32,
  labels: usize,
  weights: usize,
  loss: i32,
  parameter: f64,
  scratch: usize,
  gradients: usize,
  starts: usize,
  from: i32,
  to: i32,
): f64 {
  let part: i32 = 0
  while (load<i32>(starts + (((part + 1) as usize) << 2)) <= from) part++
  const width = ((size + 1) as usize) << 3
  const gradient = gradients + (part as usize) * width * (classes as usize)
  const margins = scratch + (((part * BLOCK * classes) as usize) << 3)
  const end = gradient + width * (classes as usize)
  for (let at = gradient; at < end; at += 8) store<f64>(at, 0)
  let sum: f64 = 0
  for (let row = from; row < to; row += BLOCK) {
    const last = min(row + BLOCK, to)
    for (let c: i32 = 0; c < classes; c++) {
      const own = coefficients + (c as usize) * width
      const out = margins + (((c * BLOCK) as usize) << 3)
      if (sparse) sparseMargins(offsets, indices, values, size, own, out, row, last)
      else denseMargins(values, size, own, out, row, last)
    }
    const l = labels + ((row as usize) << 3)
    const w = weights + ((row as usize) << 3)
    const count = last - row
    if (classes > 1) sum += softmaxLosses(classes, margins, l, w, count)
    else if (loss === 1) sum += logisticLosses(margins, l, w, count)
    else sum += simpleLosses(loss, parameter, margins, l, w, count)
    for (let c: i32 = 0; c < classes; c++) {
      const own = gradient + (c as usize) * width
      const factors = margins + (((c * BLOCK) as usize) << 3)
      if (sparse) sparseGradient(offsets, indices, values, size, factors, own, row, last)
      else denseGradient(values, size, factors, own, row, last)
    }
  }
  return sum
}

/** The products of rows with coefficients, and the intercept behind these. */
function denseMargins(
  values: usize,
  size: i32,
  coefficients: usize,
  out: usize,
  from: i32,
  to: i32,
): void {
  const bytes = (size as usize) << 3
  const intercept = load<f64>(coefficients + bytes)
  let x = values + (from as usize) * bytes
  let row = from
  for (; row + 3 < to; row += 4) {
    const x1 = x + bytes
    const x2 = x1 + bytes
    const x3 = x2 + bytes
    let s0 = f64x2.splat(0)
    let s1 = f64x2.splat(0)
    let s2 = f64x2.splat(0)
    let s3 = f64x2.splat(0)
    let k: usize = 0
    for (; k + 8 < bytes; k += 16) {
      const c = v128.load(coefficients + k)
      s0 = f64x2.add(s0, f64x2.mul(v128.load(x + k), c))
      s1 = f64x2.add(s1, f64x2.mul(v128.load(x1 + k), c))
      s2 = f64x2.add(s2, f64x2.mul(v128.load(x2 + k), c))
      s3 = f64x2.add(s3, f64x2.mul(v128.load(x3 + k), c))
    }
    let t0 = f64x2.extract_lane(s0, 0)
    let t1 = f64x2.extract_lane(s1, 0)
    let t2 = f64x2.extract_lane(s2, 0)
    let t3 = f64x2.extract_lane(s3, 0)
    if (k < bytes) {
      const c = load<f64>(coefficients + k)
      t0 += load<f64>(x + k) * c
      t1 += load<f64>(x1 + k) * c
      t2 += load<f64>(x2 + k) * c
      t3 += load<f64>(x3 + k) * c
    }
    store<f64>(out, t0 + f64x2.extract_lane(s0, 1) + intercept)
    store<f64>(out, t1 + f64x2.extract_lane(s1, 1) + intercept, 8)
    store<f64>(out, t2 + f64x2.extract_lane(s2, 1) + intercept, 16)
    store<f64>(out, t3 + f64x2.extract_lane(s3, 1) + intercept, 24)
    x = x3 + bytes
    out += 32
  }
  for (; row < to; row++) {
    let s = f64x2.splat(0)
    let k: usize = 0
    for (; k + 8 < bytes; k += 16) {
      s = f64x2.add(s, f64x2.mul(v128.load(x + k), v128.load(coefficients + k)))
    }
    let t = f64x2.extract_lane(s, 0)
    if (k < bytes) t += load<f64>(x + k) * load<f64>(coefficients + k)
    store<f64>(out, t + f64x2.extract_lane(s, 1) + intercept)
    x += bytes
    out += 8
  }
}

/** The same for rows of which entries that are not zero are stored. */
function sparseMargins(
  offsets: usize,
  indices: usize,
  values: usize,
  size: i32,
  coefficients: usize,
  out: usize,
  from: i32,
  to: i32,
): void {
  const intercept = load<f64>(coefficients + ((size as usize) << 3))
  for (let row = from; row < to; row++) {
    const place = offsets + ((row as usize) << 2)
    const begin = load<u32>(place) as usize
    const end = indices + ((load<u32>(place, 4) as usize) << 2)
    let index = indices + (begin << 2)
    let value = values + (begin << 3)
    let even: f64 = 0
    let odd: f64 = 0
    for (; index + 4 < end; index += 8) {
      even += load<f64>(value) * load<f64>(coefficients + ((load<u32>(index) as usize) << 3))
      odd += load<f64>(value, 8) * load<f64>(coefficients + ((load<u32>(index, 4) as usize) << 3))
      value += 16
    }
    if (index < end) {
      even += load<f64>(value) * load<f64>(coefficients + ((load<u32>(index) as usize) << 3))
    }
    store<f64>(out, even + odd + intercept)
    out += 8
  }
}

/** Adds rows, each times its factor, to a gradient; the factors themselves to its last entry. */
function denseGradient(
  values: usize,
  size: i32,
  factors: usize,
  gradient: usize,
  from: i32,
  to: i32,
): void {
  const bytes = (size as usize) << 3
  let intercept = load<f64>(gradient + bytes)
  let x = values + (from as usize) * bytes
  let row = from
  for (; row + 3 < to; row += 4) {
    const f0 = load<f64>(factors)
    const f1 = load<f64>(factors, 8)
    const f2 = load<f64>(factors, 16)
    const f3 = load<f64>(factors, 24)
    factors += 32
    const x1 = x + bytes
    const x2 = x1 + bytes
    const x3 = x2 + bytes
    if (f0 !== 0 || f1 !== 0 || f2 !== 0 || f3 !== 0) {
      const r0 = f64x2.splat(f0)
      const r1 = f64x2.splat(f1)
      const r2 = f64x2.splat(f2)
      const r3 = f64x2.splat(f3)
      let k: usize = 0
      for (; k + 8 < bytes; k += 16) {
        let g = v128.load(gradient + k)
        g = f64x2.add(g, f64x2.mul(r0, v128.load(x + k)))
        g = f64x2.add(g, f64x2.mul(r1, v128.load(x1 + k)))
        g = f64x2.add(g, f64x2.mul(r2, v128.load(x2 + k)))
        g = f64x2.add(g, f64x2.mul(r3, v128.load(x3 + k)))
        v128.store(gradient + k, g)
      }
      if (k < bytes) {
        let g = load<f64>(gradient + k)
        g += f0 * load<f64>(x + k)
        g += f1 * load<f64>(x1 + k)
        g += f2 * load<f64>(x2 + k)
        g += f3 * load<f64>(x3 + k)
        store<f64>(gradient + k, g)
      }
      intercept = intercept + f0 + f1 + f2 + f3
    }
    x = x3 + bytes
  }
  for (; row < to; row++) {
    const f = load<f64>(factors)
    factors += 8
    if (f !== 0) {
      const r = f64x2.splat(f)
      let k: usize = 0
      for (; k + 8 < bytes; k += 16) {
        v128.store(gradient + k, f64x2.add(v128.load(gradient + k), f64x2.mul(r, v128.load(x + k))))
      }
      if (k < bytes) store<f64>(gradient + k, load<f64>(gradient + k) + f * load<f64>(x + k))
      intercept += f
    }
    x += bytes
  }
  store<f64>(gradient + bytes, intercept)
}

/** The same for rows of which entries that are not zero are stored. */
function sparseGradient(
  offsets: usize,
  indices: usize,
  values: usize,
  size: i32,
  factors: usize,
  gradient: usize,
  from: i32,
  to: i32,
): void {
  const last = gradient + ((size as usize) << 3)
  for (let row = from; row < to; row++) {
    const f = load<f64>(factors)
    factors += 8
    if (f === 0) continue
    const place = offsets + ((row as usize) << 2)
    const begin = load<u32>(place) as usize
    const end = indices + ((load<u32>(place, 4) as usize) << 2)
    let value = values + (begin << 3)
    for (let index = indices + (begin << 2); index < end; index += 4) {
      const at = gradient + ((load<u32>(index) as usize) << 3)
      store<f64>(at, load<f64>(at) + f * load<f64>(value))
      value += 8
    }
    store<f64>(last, load<f64>(last) + f)
  }
}

/** Losses without exponentials; each margin becomes its weighted derivative. See `Loss` for the codes. */
function simpleLosses(
  loss: i32,
  parameter: f64,
  margins: usize,
  labels: usize,
  weights: usize,
  count: i32,
): f64 {
  let sum: f64 = 0
  const end = margins + ((count as usize) << 3)
  for (; margins < end; margins += 8) {
    const margin = load<f64>(margins)
    const label = load<f64>(labels)
    const weight = load<f64>(weights)
    labels += 8
    weights += 8
    let value: f64 = 0
    let slope: f64 = 0
    if (loss === 0) {
      slope = margin - label
      value = 0.5 * slope * slope
    } else if (loss < 4) {
      const short = 1 - label * margin
      if (short > 0) {
        value = loss === 2 ? short : short * short
        slope = loss === 2 ? -label : -2 * label * short
      }
    } else if (loss === 4) {
      const off = margin - label
      const size = Math.abs(off)
      const small = size <= parameter
      value = small ? 0.5 * off * off : parameter * (size - 0.5 * parameter)
      slope = small ? off : off > 0 ? parameter : -parameter
    } else {
      const off = label - margin
      value = off > 0 ? parameter * off : (parameter - 1) * off
      slope = off > 0 ? -parameter : off < 0 ? 1 - parameter : 0
    }
    sum += weight * value
    store<f64>(margins, weight * slope)
  }
  return sum
}

/** The logistic loss log(1 + exp(-label * margin)); each margin becomes its weighted derivative. */
function logisticLosses(margins: usize, labels: usize, weights: usize, count: i32): f64 {
  let sum: f64 = 0
  const end = margins + ((count as usize) << 3)
  for (; margins < end; margins += 8) {
    const label = load<f64>(labels)
    const weight = load<f64>(weights)
    labels += 8
    weights += 8
    const z = label * load<f64>(margins)
    const e = exponential(z > 0 ? -z : z)
    const whole = 1 + e
    const value = logarithm(e, whole) + (z < 0 ? -z : 0)
    sum += weight * value
    store<f64>(margins, (-weight * label * (z > 0 ? e : 1)) / whole)
  }
  return sum
}

/** The multinomial loss; labels are numbers of classes. Margins become weighted derivatives. */
function softmaxLosses(
  classes: i32,
  margins: usize,
  labels: usize,
  weights: usize,
  count: i32,
): f64 {
  const step = (BLOCK as usize) << 3
  const all = step * (classes as usize)
  let sum: f64 = 0
  const end = margins + ((count as usize) << 3)
  for (; margins < end; margins += 8) {
    const own = margins + step * (load<f64>(labels) as usize)
    const weight = load<f64>(weights)
    labels += 8
    weights += 8
    let most = load<f64>(margins)
    for (let at = margins + step; at < margins + all; at += step) most = max(most, load<f64>(at))
    const right = load<f64>(own)
    let whole: f64 = 0
    for (let at = margins; at < margins + all; at += step) {
      const e = exponential(load<f64>(at) - most)
      whole += e
      store<f64>(at, e)
    }
    sum += weight * (logarithm(whole - 1, whole) + most - right)
    const factor = weight / whole
    for (let at = margins; at < margins + all; at += step) {
      store<f64>(at, factor * load<f64>(at))
    }
    store<f64>(own, load<f64>(own) - weight)
  }
  return sum
}

/**
 * exp(x) for x of at most 0, within one unit of the last place; 0 below -708. The way is that of
 * fdlibm, Sun Microsystems 1993: x = k ln 2 + r, and a rational approximation for r.
 */
function exponential(x: f64): f64 {
  if (x < -708) return 0
  const k = Math.floor(x * Math.LOG2E + 0.5)
  const high = x - k * 0.6931471803691238
  const low = k * 1.9082149292705877e-10
  const r = high - low
  const t = r * r
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))))
  const y = 1 - (low - (r * c) / (2 - c) - high)
  return y * reinterpret<f64>(((k as i64) + 1023) << 52)
}

/**
 * log(1 + x) for x of at least 0, where `whole` is 1 + x; as fdlibm: a power of two, and a polynomial of
 * f / (2 + f).
 */
function logarithm(x: f64, whole: f64): f64 {
  let f = x
  let k: f64 = 0
  if (whole > Math.SQRT2) {
    do {
      whole *= 0.5
      k += 1
    } while (whole > Math.SQRT2)
    f = whole - 1
  }
  const s = f / (2 + f)
  const z = s * s
  const r =
    z *
    (0.6666666666666735 +
      z *
        (0.3999999999940942 +
          z *
            (0.2857142874366239 +
              z *
                (0.22222198432149784 +
                  z * (0.1818357216161805 + z * (0.15313837699209373 + z * 0.14798198605116586))))))
  const half = 0.5 * f * f
  return k * 0.6931471803691238 - (half - (s * (half + r) + k * 1.9082149292705877e-10) - f)
}
