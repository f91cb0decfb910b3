/** Kernels of stochastic outlier selection, for a range of points; there is this form alone. */

/**
 * Finds how narrow each point's neighbourhood is: the precision for which the entropy of the bindings to the
 * others is that of as many equal ones as the perplexity says. By Newton's steps within bounds.
 *
 * @param precisions Gets the precision of each point.
 * @param nearest Gets its distance from the nearest other one.
 * @param sums Gets the sum of its affinities to others, `exp(-precision * (distance - nearest))`.
 * @param entropy The logarithm of the perplexity.
 */
export function fitPrecisions(
  values: Float64Array,
  size: number,
  length: number,
  precisions: Float64Array,
  nearest: Float64Array,
  sums: Float64Array,
  entropy: number,
  tolerance: number,
  maxIterations: number,
  from: number,
  to: number,
): void {
  const distances = new Float64Array(length)
  for (let point = from; point < to; point++) {
    let least = Number.POSITIVE_INFINITY
    let mean = 0
    for (let other = 0; other < length; other++) {
      let square = 0
      for (let k = 0; k < size; k++) {
        const difference = values[point * size + k]! - values[other * size + k]!
        square += difference * difference
      }
      const distance = Math.sqrt(square)
      distances[other] = distance
      mean += distance / Math.max(length - 1, 1)
      if (other !== point && distance < least) least = distance
    }
    let low = 0
    let high = Number.POSITIVE_INFINITY
    let precision = mean > 0 ? 1 / mean : 1
    for (let iteration = 0; iteration < maxIterations; iteration++) {
      // About the nearest one, so that far points do not lose all of their affinities.
      let sum = 0
      let first = 0
      let second = 0
      for (let other = 0; other < length; other++) {
        if (other === point) continue
        const beyond = distances[other]! - least
        const affinity = Math.exp(-precision * beyond)
        sum += affinity
        first += affinity * beyond
        second += affinity * beyond * beyond
      }
      const average = first / sum
      const off = Math.log(sum) + precision * average - entropy
      if (Math.abs(off) <= tolerance) break
      if (off > 0) low = precision
      else high = precision
      const slope = -precision * (second / sum - average * average)
      // More precision changes nothing: others are equally near, or too far to matter.
      if (slope === 0) break
      let next = precision - off / slope
      if (!(next > low && next < high)) next = high === Infinity ? 2 * precision : (low + high) / 2
      if (next === precision || next === low || next === high) break
      precision = next
    }
    let sum = 0
    for (let other = 0; other < length; other++) {
      if (other !== point) sum += Math.exp(-precision * (distances[other]! - least))
    }
    nearest[point] = least
    precisions[point] = precision
    sums[point] = sum
  }
}

/** The probability that no other point binds to a point. */
export function outlierProbabilities(
  values: Float64Array,
  size: number,
  length: number,
  precisions: Float64Array,
  nearest: Float64Array,
  sums: Float64Array,
  probabilities: Float64Array,
  from: number,
  to: number,
): void {
  for (let point = from; point < to; point++) {
    let product = 1
    for (let other = 0; other < length; other++) {
      if (other === point) continue
      let square = 0
      for (let k = 0; k < size; k++) {
        const difference = values[point * size + k]! - values[other * size + k]!
        square += difference * difference
      }
      const affinity = Math.exp(-precisions[other]! * (Math.sqrt(square) - nearest[other]!))
      product *= 1 - affinity / sums[other]!
    }
    probabilities[point] = product
  }
}

/** The kernels, for a team. */
export const outlierKernels = {
  name: 'ml/outlier-affinities',
  functions: { fitPrecisions, outlierProbabilities },
}
