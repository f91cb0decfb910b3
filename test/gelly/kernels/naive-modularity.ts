import type { ZooGraph } from '../zoo.js'

/** Modularity by its definition: a sum over all pairs of vertices. */
export function naiveModularity(
  { vertexCount: n, sources, targets }: ZooGraph,
  weights: readonly number[],
  communities: ArrayLike<number>,
  { resolution = 1, directed = false } = {},
): number {
  const total = weights.reduce((a, b) => a + b, 0)
  if (total === 0) return 0
  const matrix = Array.from({ length: n }, () => new Float64Array(n))
  sources.forEach((u, k) => {
    matrix[u]![targets[k]!]! += weights[k]!
    if (!directed) matrix[targets[k]!]![u]! += weights[k]!
  })
  const ends = directed ? total : 2 * total
  const out = matrix.map(row => row.reduce((a, b) => a + b, 0))
  const into = out.map((_, v) => matrix.reduce((sum, row) => sum + row[v]!, 0))
  let sum = 0
  for (let u = 0; u < n; u++) {
    for (let v = 0; v < n; v++) {
      if (communities[u] !== communities[v]) continue
      sum += matrix[u]![v]! - (resolution * out[u]! * into[v]!) / ends
    }
  }
  return sum / ends
}
