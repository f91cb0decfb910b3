/** Numbers per point and centroid. */
const DIMENSIONS = 8

/**
 * Lloyd's k-means over rows of eight numbers in one array.
 *
 * The eight are written out: with a loop over them, V8 takes twice as long.
 *
 * @param initial The first centroids, in rows likewise.
 * @returns The centroids. One without points stays where it is.
 */
export function kMeansByHand(
  points: Float64Array,
  initial: Float64Array,
  supersteps: number,
): Float64Array {
  const centroids = initial.slice()
  const sums = new Float64Array(centroids.length)
  const counts = new Float64Array(centroids.length / DIMENSIONS)
  for (let superstep = 0; superstep < supersteps; superstep++) {
    sums.fill(0)
    counts.fill(0)
    for (let p = 0; p < points.length; p += DIMENSIONS) {
      const p0 = points[p]!
      const p1 = points[p + 1]!
      const p2 = points[p + 2]!
      const p3 = points[p + 3]!
      const p4 = points[p + 4]!
      const p5 = points[p + 5]!
      const p6 = points[p + 6]!
      const p7 = points[p + 7]!
      let nearest = 0
      let least = Infinity
      for (let c = 0; c < centroids.length; c += DIMENSIONS) {
        const d0 = p0 - centroids[c]!
        const d1 = p1 - centroids[c + 1]!
        const d2 = p2 - centroids[c + 2]!
        const d3 = p3 - centroids[c + 3]!
        const d4 = p4 - centroids[c + 4]!
        const d5 = p5 - centroids[c + 5]!
        const d6 = p6 - centroids[c + 6]!
        const d7 = p7 - centroids[c + 7]!
        const distance =
          d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4 + d5 * d5 + d6 * d6 + d7 * d7
        if (distance < least) {
          least = distance
          nearest = c
        }
      }
      counts[nearest / DIMENSIONS]!++
      sums[nearest]! += p0
      sums[nearest + 1]! += p1
      sums[nearest + 2]! += p2
      sums[nearest + 3]! += p3
      sums[nearest + 4]! += p4
      sums[nearest + 5]! += p5
      sums[nearest + 6]! += p6
      sums[nearest + 7]! += p7
    }
    for (let k = 0; k < centroids.length; k++) {
      const count = counts[Math.floor(k / DIMENSIONS)]!
      if (count > 0) centroids[k] = sums[k]! / count
    }
  }
  return centroids
}
