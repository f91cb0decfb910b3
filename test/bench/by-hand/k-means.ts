/**
 * Lloyd's k-means over rows in one array.
 *
 * @param points Rows of `dimensions` numbers.
 * @param initial The first centroids, in rows likewise.
 * @returns The centroids. One without points stays where it is.
 */
export function kMeansByHand(
  points: Float64Array,
  initial: Float64Array,
  dimensions: number,
  supersteps: number,
): Float64Array {
  const centroids = initial.slice()
  const k = centroids.length / dimensions
  const sums = new Float64Array(centroids.length)
  const counts = new Float64Array(k)
  for (let superstep = 0; superstep < supersteps; superstep++) {
    sums.fill(0)
    counts.fill(0)
    for (let at = 0; at < points.length; at += dimensions) {
      let [nearest, least] = [0, Infinity]
      for (let c = 0; c < k; c++) {
        let distance = 0
        for (let d = 0; d < dimensions; d++) {
          const difference = points[at + d]! - centroids[c * dimensions + d]!
          distance += difference * difference
        }
        if (distance < least) {
          least = distance
          nearest = c
        }
      }
      counts[nearest]!++
      for (let d = 0; d < dimensions; d++) sums[nearest * dimensions + d]! += points[at + d]!
    }
    for (let c = 0; c < k; c++) {
      if (counts[c] === 0) continue
      for (let d = 0; d < dimensions; d++) {
        centroids[c * dimensions + d] = sums[c * dimensions + d]! / counts[c]!
      }
    }
  }
  return centroids
}
