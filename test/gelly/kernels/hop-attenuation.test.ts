import test from 'ava'
import { sweepAttenuated } from '../../../gelly/kernels/hop-attenuation.js'
import { bothWays } from '../../../gelly/kernels/weighted-rows.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { type ZooGraph, zoo } from '../zoo.js'

/** As Flink words it: labels and scores as messages, the best label of a sorted map. */
function naiveRound(
  { vertexCount, sources, targets, weights }: ZooGraph,
  state: readonly (readonly [label: number, score: number])[],
  loss: number,
): [number, number][] {
  const received = Array.from({ length: vertexCount }, (): [number, number, number][] => [])
  sources.forEach((u, k) => {
    const v = targets[k]!
    received[u]!.push([...state[v]!, weights[k]!])
    received[v]!.push([...state[u]!, weights[k]!])
  })
  return state.map(([label, score], v) => {
    const labels = [...new Set(received[v]!.map(([l]) => l))].sort((a, b) => a - b)
    if (labels.length === 0) return [label, score]
    let [best, most] = [-1, -Infinity]
    for (const l of labels) {
      const sum = received[v]!.reduce((s, [own, sc, w]) => (own === l ? s + sc * w : s), 0)
      if (sum > most) [best, most] = [l, sum]
    }
    const highest = Math.max(...received[v]!.flatMap(([l, sc]) => (l === best ? [sc] : [])))
    return [best, best === label ? highest : highest - loss]
  })
}

for (const graph of zoo) {
  test(`labels lose strength as in a naive program: ${graph.name}`, async t => {
    const n = graph.vertexCount
    const topology = await topologyOf(n, graph.sources, graph.targets)
    const rows = bothWays(topology, Float64Array.from(graph.weights))
    let labels = Int32Array.from({ length: n }, (_, v) => v)
    let scores = new Float64Array(n).fill(1)
    let [nextLabels, nextScores] = [labels.slice(), scores.slice()]
    const scratch = {
      sums: new Float64Array(n),
      met: new Uint8Array(n),
      list: new Int32Array(n),
    }
    let state = [...labels].map((label): [number, number] => [label, 1])
    for (let round = 1; round <= 6; round++) {
      const loss = 0.5 / round
      const sweep = { rows, labels, scores, nextLabels, nextScores, loss }
      const half = n >> 1
      const changed =
        sweepAttenuated(sweep, scratch, 0, half) + sweepAttenuated(sweep, scratch, half, n)
      const expected = naiveRound(graph, state, loss)
      t.is(changed, expected.filter(([l, s], v) => l !== labels[v] || s !== scores[v]).length)
      ;[labels, nextLabels] = [nextLabels, labels]
      ;[scores, nextScores] = [nextScores, scores]
      t.deepEqual(
        [...labels].map((label, v) => [label, scores[v]]),
        expected,
      )
      state = expected
    }
  })
}
