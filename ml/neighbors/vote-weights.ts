/**
 * How much each neighbour counts; for each point 1 together.
 *
 * @param distances `k` for each point.
 * @param weights `'distance'`: by 1 / distance; where some are 0, only these count.
 */
export function voteWeights(
  distances: Float64Array,
  k: number,
  weights: 'uniform' | 'distance',
): Float64Array {
  if (weights === 'uniform') return new Float64Array(distances.length).fill(1 / k)
  const votes = new Float64Array(distances.length)
  for (let start = 0; start < votes.length; start += k) {
    const nearest = distances[start]!
    let sum = 0
    for (let at = start; at < start + k; at++) {
      // Divided by the nearest one, so that tiny distances do not become infinite votes.
      const vote = nearest === 0 ? (distances[at] === 0 ? 1 : 0) : nearest / distances[at]!
      votes[at] = vote
      sum += vote
    }
    for (let at = start; at < start + k; at++) votes[at]! /= sum
  }
  return votes
}
