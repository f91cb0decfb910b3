import type { Csr } from '../graphs/csr.js'

/**
 * Label propagation as one writes it for a graph in compressed sparse rows: all vertices at once take
 * the most frequent label of their neighbours, of equally frequent ones the smallest.
 *
 * @returns The labels after so many iterations. They begin as the vertices.
 */
export function labelsByHand({ offsets, neighbours }: Csr, iterations: number): Int32Array {
  const n = offsets.length - 1
  const counts = new Int32Array(n)
  let labels = Int32Array.from({ length: n }, (_, v) => v)
  let next = labels.slice()
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let v = 0; v < n; v++) {
      const [start, end] = [offsets[v]!, offsets[v + 1]!]
      let [best, most] = [labels[v]!, 0]
      for (let k = start; k < end; k++) {
        const label = labels[neighbours[k]!]!
        const count = ++counts[label]!
        if (count > most || (count === most && label < best)) {
          best = label
          most = count
        }
      }
      for (let k = start; k < end; k++) counts[labels[neighbours[k]!]!] = 0
      next[v] = best
    }
    ;[labels, next] = [next, labels]
  }
  return labels
}
