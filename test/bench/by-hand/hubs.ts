import type { Csr } from '../graphs/csr.js'

/**
 * Hubs as one writes them for a graph in compressed sparse rows: authorities and hubs in turn, each of
 * length one, until neither changes by more than `tolerance`.
 *
 * @param out To whom each vertex leads.
 * @param into Who leads to each vertex.
 */
export function hubsByHand(out: Csr, into: Csr, tolerance: number): Float64Array {
  const n = out.offsets.length - 1
  const [hubs, authorities, sums] = [0, 0, 0].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let v = 0; v < n; v++) authorities[v] = into.offsets[v + 1]! - into.offsets[v]!
  for (let first = true, change = Infinity; first || change > tolerance; first = false) {
    change = updated(out, authorities, sums, hubs) + updated(into, hubs, sums, authorities)
  }
  return hubs
}

function updated(
  { offsets, neighbours }: Csr,
  values: Float64Array,
  sums: Float64Array,
  scores: Float64Array,
): number {
  let squares = 0
  for (let v = 0; v < sums.length; v++) {
    let sum = 0
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) sum += values[neighbours[k]!]!
    sums[v] = sum
    squares += sum * sum
  }
  const norm = Math.sqrt(squares)
  let change = 0
  for (let v = 0; v < sums.length; v++) {
    const score = sums[v]! / norm
    change += Math.abs(score - scores[v]!)
    scores[v] = score
  }
  return change
}
