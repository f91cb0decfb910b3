import test from 'ava'
import metrics from 'graphology-metrics'
import { dijkstra } from 'graphology-shortest-path'
import { allPairsDistances, closeness, eccentricity, Graph } from '../../../gelly/index.js'
import { near, pathCases } from './path-cases.js'

for (const wassermanFaust of [true, false]) {
  test(`closeness is that of graphology, wassermanFaust: ${wassermanFaust}`, async t => {
    for (const { graph, ids, name, rival, simple } of pathCases) {
      // Graphology measures distances to the vertex, and loops count.
      if (!simple || ids.length === 0) continue
      const { vertices } = await closeness(graph, { direction: 'in', wassermanFaust })
      const expected = metrics.centrality.closeness(rival, { wassermanFaust })
      for (const [v, record] of (await vertices.collect()).entries()) {
        const theirs = expected[v]!
        t.true(near(record.closeness, theirs), `${name}: ${record.closeness}, ${theirs}`)
      }
    }
  })
}

for (const weight of [undefined, 'value'] as const) {
  const title = weight === undefined ? 'without weights' : 'with weights'
  test(`closeness, harmonic closeness and eccentricity follow from all distances, ${title}`, async t => {
    for (const { graph, name, zooGraph } of pathCases) {
      if (zooGraph.vertexCount > 100) continue
      for (const direction of ['out', 'in', 'all'] as const) {
        const options = { direction, ...(weight && { weight }) }
        const { distances } = await allPairsDistances(graph, {
          direction,
          weight: weight ?? (() => 1),
        })
        const n = zooGraph.vertexCount
        const close = await (await closeness(graph, options)).vertices.collect()
        const { vertices, diameter, radius, connected } = await eccentricity(graph, options)
        const eccentric = await vertices.collect()
        for (let v = 0; v < n; v++) {
          const row = [...distances.subarray(v * n, (v + 1) * n)]
          const finite = row.filter((d, u) => u !== v && d < Number.POSITIVE_INFINITY)
          const sum = finite.reduce((a, b) => a + b, 0)
          const share = finite.length === 0 ? 0 : finite.length ** 2 / sum / (n - 1)
          t.true(near(close[v]!.closeness, share), name)
          const reciprocals = finite.reduce((a, b) => a + 1 / b, 0)
          t.true(near(close[v]!.harmonic, n < 2 ? 0 : reciprocals / (n - 1)), name)
          t.is(eccentric[v]!.eccentricity, Math.max(0, ...finite), name)
          t.is(eccentric[v]!.reached, finite.length, name)
        }
        const all = eccentric.filter(({ reached }) => reached === n - 1)
        t.is(connected, all.length === n)
        t.is(radius, Math.min(Number.POSITIVE_INFINITY, ...all.map(e => e.eccentricity)))
        t.is(diameter, Math.max(0, ...eccentric.map(e => e.eccentricity)))
      }
    }
  })
}

test('eccentricity is that of graphology', async t => {
  for (const { graph, name, rival, zooGraph } of pathCases) {
    if (zooGraph.vertexCount < 2 || zooGraph.vertexCount > 100) continue
    const { vertices, connected } = await eccentricity(graph)
    if (!connected) continue
    for (const [v, record] of (await vertices.collect()).entries()) {
      t.is(record.eccentricity, metrics.node.eccentricity(rival, String(v)), name)
    }
  }
})

test('samples come near', async t => {
  const { graph } = pathCases.find(({ zooGraph }) => zooGraph.name === 'symmetric RMAT scale 8')!
  const of = async (options: object) =>
    (await (await closeness(graph, options)).vertices.collect()).map(v => v.closeness)
  const exact = await of({})
  const sampled = await of({ samples: 100, seed: 2 })
  t.true(sampled.every((score, v) => Math.abs(score - exact[v]!) < 0.05))
  t.deepEqual(await of({ samples: 256 }), exact)
})

test('distances between all pairs are those of graphology', async t => {
  for (const { graph, ids, name, rival, zooGraph } of pathCases) {
    if (zooGraph.vertexCount > 60) continue
    const found = await allPairsDistances(graph, { weight: () => 1 })
    t.deepEqual(found.ids, ids)
    for (const [u, source] of ids.entries()) {
      const paths = dijkstra.singleSource(rival, String(u), () => 1)
      for (const [v, target] of ids.entries()) {
        const expected = paths[v] === undefined ? Number.POSITIVE_INFINITY : paths[v].length - 1
        t.is(found.distance(source, target), expected, name)
      }
    }
  }
})

test('mistakes are refused', async t => {
  const graph = Graph.from({ edges: [{ source: 1, target: 2, value: -1 }] })
  const refused = async (promise: Promise<unknown>, message: RegExp) => {
    t.regex((await t.throwsAsync(promise))!.message, message)
  }
  await refused(
    closeness(graph, { weight: 'value' }),
    /^closeness: .* must not be negative; got -1/,
  )
  await refused(closeness(graph, { samples: 1.5 }), /samples must be a positive integer; got 1.5/)
  await refused(eccentricity(graph, { direction: 'x' as 'in' }), /^eccentricity: direction must be/)
  await refused(
    allPairsDistances(graph, { maxVertices: 1 }),
    /has 2 vertices, more than maxVertices, 1/,
  )
  const { distance } = await allPairsDistances(graph, { weight: () => 1 })
  t.throws(() => distance(1, 3), { message: /vertex 3 is not in the graph/ })
})

test('weights of 0 may give infinite scores', async t => {
  const graph = Graph.from({
    edges: [
      { source: 1, target: 2, value: 0 },
      { source: 2, target: 3, value: 2 },
    ],
  })
  const { vertices } = await closeness(graph, { weight: 'value' })
  t.deepEqual(await vertices.collect(), [
    { id: 1, closeness: 1, harmonic: Number.POSITIVE_INFINITY },
    { id: 2, closeness: 0.25, harmonic: 0.25 },
    { id: 3, closeness: 0, harmonic: 0 },
  ])
  const toFirst = await closeness(graph, { weight: 'value', direction: 'in' })
  t.is((await toFirst.vertices.collect())[1]!.closeness, Number.POSITIVE_INFINITY)
})
