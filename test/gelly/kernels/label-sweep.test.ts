import test from 'ava'
import fc from 'fast-check'
import { colourClasses } from '../../../gelly/kernels/colour-classes.js'
import { sweepLabels, wakeFollowers } from '../../../gelly/kernels/label-sweep.js'
import { bothWays } from '../../../gelly/kernels/weighted-rows.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { multigraphs, type ZooGraph, zoo } from '../zoo.js'

/** The rule, counted with a map. */
function naiveLabel(own: number, around: readonly number[], least: 0 | 1): number {
  const counts = new Map<number, number>()
  for (const label of around) counts.set(label, (counts.get(label) ?? 0) + 1)
  if (least === 1 || counts.size === 0) counts.set(own, Math.max(1, counts.get(own) ?? 0))
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]![0]
}

/** The sweeps of labels over a graph, in ranges, looking only at those that are awake. */
async function sweeps(graph: ZooGraph, own: 0 | 1, range: number, rounds: number) {
  const n = graph.vertexCount
  const topology = await topologyOf(n, graph.sources, graph.targets)
  const rows = bothWays(topology, null)
  const order = Int32Array.from({ length: n }, (_, v) => v)
  const labels = order.slice()
  const next = order.slice()
  const active = new Uint8Array(n).fill(1)
  const counts = new Int32Array(n)
  const all: number[][] = []
  const slots = new Int32Array(1)
  const { offsets, neighbours } = rows
  const state = [order, labels, next, active] as const
  for (let round = 0; round < rounds; round++) {
    for (let v = 0; v < n; v += range) {
      const to = Math.min(n, v + range)
      sweepLabels(offsets, neighbours, ...state, counts, slots, own, v, to)
    }
    wakeFollowers(offsets, neighbours, ...state, 0, n)
    all.push([...labels])
  }
  return { all, counts, slots }
}

function naiveSweeps(graph: ZooGraph, own: 0 | 1, rounds: number): number[][] {
  const { vertexCount: n, sources, targets } = graph
  let labels = Array.from({ length: n }, (_, v) => v)
  return Array.from({ length: rounds }, () => {
    const around = labels.map((): number[] => [])
    sources.forEach((u, k) => {
      around[targets[k]!]!.push(labels[u]!)
      around[u]!.push(labels[targets[k]!]!)
    })
    labels = labels.map((label, v) => naiveLabel(label, around[v]!, own))
    return labels
  })
}

for (const graph of zoo) {
  test(`labels spread as in a naive program: ${graph.name}`, async t => {
    for (const own of [0, 1] as const) {
      const { all, counts, slots } = await sweeps(graph, own, 7, 5)
      t.deepEqual(all, naiveSweeps(graph, own, 5))
      t.true([...counts, ...slots].every(count => count === 0))
    }
  })
}

test('labels spread as in a naive program: random multigraphs', async t => {
  await t.notThrowsAsync(
    fc.assert(
      fc.asyncProperty(multigraphs(), async graph => {
        const { all } = await sweeps(graph, 1, 3, 4)
        t.deepEqual(all, naiveSweeps(graph, 1, 4))
      }),
    ),
  )
})

test('no two neighbours have one colour, and colours are few', async t => {
  for (const graph of zoo) {
    const { simple } = await topologyOf(graph.vertexCount, graph.sources, graph.targets)
    const { order, starts } = colourClasses(simple)
    t.deepEqual(
      [...order].sort((a, b) => a - b),
      Array.from({ length: graph.vertexCount }, (_, v) => v),
    )
    const colours = new Int32Array(graph.vertexCount)
    for (let c = 0; c + 1 < starts.length; c++) {
      for (let i = starts[c]!; i < starts[c + 1]!; i++) colours[order[i]!] = c
    }
    graph.sources.forEach((u, k) => {
      const v = graph.targets[k]!
      if (u !== v) t.not(colours[u], colours[v], graph.name)
    })
  }
})
