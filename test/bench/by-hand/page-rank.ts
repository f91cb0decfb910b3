import type { Csr } from '../graphs/csr.js'

/**
 * PageRank as one writes it for a graph in compressed sparse rows: each vertex pulls what its
 * neighbours contribute, which is computed once per vertex and not once per edge.
 *
 * @returns A rank per vertex. Those without neighbours have what everyone gets.
 */
export function pageRankByHand({ offsets, neighbours }: Csr, supersteps: number): Float64Array {
  const n = offsets.length - 1
  const ranks = new Float64Array(n).fill(1 / n)
  const contributions = new Float64Array(n)
  for (let superstep = 0; superstep < supersteps; superstep++) {
    for (let v = 0; v < n; v++) contributions[v] = ranks[v]! / (offsets[v + 1]! - offsets[v]!)
    for (let v = 0; v < n; v++) {
      let sum = 0
      const end = offsets[v + 1]!
      for (let k = offsets[v]!; k < end; k++) sum += contributions[neighbours[k]!]!
      ranks[v] = 0.15 / n + 0.85 * sum
    }
  }
  return ranks
}
