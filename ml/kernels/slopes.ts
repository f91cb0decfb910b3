/**
 * Slopes of losses: by record the gradient and the curvature (second derivative) by the score. Kernels for a team, for a
 * range of records; they return the sum of the losses, weighted.
 */

/** Half the squared error. */
export function squaredSlopes(
  scores: Float64Array,
  labels: Float64Array,
  weights: Float64Array,
  weighted: number,
  slopes: Float32Array,
  from: number,
  to: number,
): number {
  let loss = 0
  for (let row = from; row < to; row++) {
    const weight = weighted === 0 ? 1 : weights[row]!
    const error = scores[row]! - labels[row]!
    loss += weight * error * error
    slopes[2 * row] = weight * error
    slopes[2 * row + 1] = weight
  }
  return loss / 2
}

/** The absolute error; its curvature is taken to be 1. */
export function absoluteSlopes(
  scores: Float64Array,
  labels: Float64Array,
  weights: Float64Array,
  weighted: number,
  slopes: Float32Array,
  from: number,
  to: number,
): number {
  let loss = 0
  for (let row = from; row < to; row++) {
    const weight = weighted === 0 ? 1 : weights[row]!
    const error = scores[row]! - labels[row]!
    loss += weight * Math.abs(error)
    slopes[2 * row] = error > 0 ? weight : -weight
    slopes[2 * row + 1] = weight
  }
  return loss
}

/** The loss of a quantile: so much of the error below the label, the rest of it above; its curvature is taken to be 1. */
export function quantileSlopes(
  scores: Float64Array,
  labels: Float64Array,
  weights: Float64Array,
  weighted: number,
  quantile: number,
  slopes: Float32Array,
  from: number,
  to: number,
): number {
  let loss = 0
  for (let row = from; row < to; row++) {
    const weight = weighted === 0 ? 1 : weights[row]!
    const error = scores[row]! - labels[row]!
    const slope = error > 0 ? 1 - quantile : -quantile
    loss += weight * slope * error
    slopes[2 * row] = weight * slope
    slopes[2 * row + 1] = weight
  }
  return loss
}

/** Huber's loss: half the squared error up to `epsilon`, a line beyond; its curvature is taken to be 1. */
export function huberSlopes(
  scores: Float64Array,
  labels: Float64Array,
  weights: Float64Array,
  weighted: number,
  epsilon: number,
  slopes: Float32Array,
  from: number,
  to: number,
): number {
  let loss = 0
  for (let row = from; row < to; row++) {
    const weight = weighted === 0 ? 1 : weights[row]!
    const error = scores[row]! - labels[row]!
    const slope = Math.min(Math.max(error, -epsilon), epsilon)
    loss += weight * slope * (error - slope / 2)
    slopes[2 * row] = weight * slope
    slopes[2 * row + 1] = weight
  }
  return loss
}

/** The logistic loss of labels 0 and 1: `log(1 + exp(score)) - label * score`. */
export function logisticSlopes(
  scores: Float64Array,
  labels: Int32Array,
  weights: Float64Array,
  weighted: number,
  slopes: Float32Array,
  from: number,
  to: number,
): number {
  let loss = 0
  // Logarithms of some factors are taken at once; each is at most 2.
  let product = 1
  for (let row = from; row < to; row++) {
    const score = scores[row]!
    const label = labels[row]!
    const small = Math.exp(-Math.abs(score))
    const probability = (score >= 0 ? 1 : small) / (1 + small)
    const rest = (score >= 0 ? small : 1) / (1 + small)
    const wrong = Math.max(label === 1 ? -score : score, 0)
    if (weighted === 0) {
      loss += wrong
      product *= 1 + small
      if ((row & 255) === 255) {
        loss += Math.log(product)
        product = 1
      }
      slopes[2 * row] = label === 1 ? -rest : probability
      slopes[2 * row + 1] = probability * rest
    } else {
      const weight = weights[row]!
      loss += weight * (wrong + Math.log1p(small))
      slopes[2 * row] = weight * (label === 1 ? -rest : probability)
      slopes[2 * row + 1] = weight * probability * rest
    }
  }
  return loss + Math.log(product)
}

/**
 * The loss of several classes: `log(sum of exp(scores)) - score of the label`. Scores and slopes are class
 * by class.
 *
 * @param length How many scores and slopes a class has.
 */
export function multinomialSlopes(
  scores: Float64Array,
  length: number,
  labels: Int32Array,
  weights: Float64Array,
  weighted: number,
  slopes: Float32Array,
  from: number,
  to: number,
): number {
  let loss = 0
  const end = scores.length
  for (let row = from; row < to; row++) {
    const weight = weighted === 0 ? 1 : weights[row]!
    let most = Number.NEGATIVE_INFINITY
    for (let at = row; at < end; at += length) if (scores[at]! > most) most = scores[at]!
    let sum = 0
    for (let at = row; at < end; at += length) sum += Math.exp(scores[at]! - most)
    const own = row + labels[row]! * length
    loss += weight * (Math.log(sum) + most - scores[own]!)
    for (let at = row; at < end; at += length) {
      const probability = Math.exp(scores[at]! - most) / sum
      slopes[2 * at] = weight * (at === own ? probability - 1 : probability)
      slopes[2 * at + 1] = weight * probability * (1 - probability)
    }
  }
  return loss
}

/** The kernels, for a team. */
export const slopeKernels = {
  name: 'ml/slopes',
  functions: {
    ...{ squaredSlopes, absoluteSlopes, quantileSlopes, huberSlopes },
    ...{ logisticSlopes, multinomialSlopes },
  },
}
