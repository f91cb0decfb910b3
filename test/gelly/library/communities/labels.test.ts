import test from 'ava'
import { ArgumentError, from, SchemaError } from '../../../../engine/index.js'
import {
  cdlp,
  communityDetection,
  Graph,
  labelPropagation,
  type VertexId,
} from '../../../../gelly/index.js'
import { bigZoo, type ZooGraph, zoo } from '../../zoo.js'
import { idKinds, zooGraph } from '../zoo-graph.js'

/** By vertex: the labels of those from whom it takes some. */
function around(
  { vertexCount, sources, targets }: ZooGraph,
  labels: readonly VertexId[],
  both: boolean,
): VertexId[][] {
  const found = Array.from({ length: vertexCount }, (): VertexId[] => [])
  sources.forEach((u, k) => {
    found[targets[k]!]!.push(labels[u]!)
    if (both) found[u]!.push(labels[targets[k]!]!)
  })
  return found
}

function frequencies(labels: readonly VertexId[]): Map<VertexId, number> {
  const counts = new Map<VertexId, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

/** The update function of Flink's Gelly, line by line. */
function flinkLabel(own: VertexId, received: readonly VertexId[]): VertexId {
  let maxFrequency = 1
  let mostFrequentLabel = own
  for (const [label, frequency] of frequencies(received)) {
    if (frequency === maxFrequency) {
      if (label > mostFrequentLabel) mostFrequentLabel = label
    } else if (frequency > maxFrequency) {
      maxFrequency = frequency
      mostFrequentLabel = label
    }
  }
  return mostFrequentLabel
}

/** Graphalytics: the smallest of the most frequent labels. */
function ldbcLabel(own: VertexId, received: readonly VertexId[]): VertexId {
  const counts = frequencies(received)
  if (counts.size === 0) return own
  const most = Math.max(...counts.values())
  const best = [...counts.keys()].filter(label => counts.get(label) === most)
  return best.reduce((a, b) => (a < b ? a : b))
}

for (const { name, make } of idKinds) {
  test(`label propagation is Flink's, ${name}`, async t => {
    for (const graph of [...zoo, ...bigZoo]) {
      const ids = make(graph)
      const network = await zooGraph(graph, ids)
      for (const direction of ['in', 'all'] as const) {
        const { vertices, communities, iterations, converged, history } = await labelPropagation(
          network,
          { direction, maxIterations: 6 },
        )
        let labels = ids
        let changes = -1
        for (let i = 0; i < iterations; i++) {
          const received = around(graph, labels, direction === 'all')
          const next = labels.map((label, v) => flinkLabel(label, received[v]!))
          changes = next.filter((label, v) => label !== labels[v]).length
          t.is(history[i]?.changed, changes)
          labels = next
        }
        const rows = await vertices.collect()
        t.deepEqual(
          rows,
          ids.map((id, v) => ({ id, community: labels[v]! })),
          graph.name,
        )
        t.is(communities, new Set(labels).size)
        t.is(converged, changes === 0)
      }
    }
  })

  test(`CDLP is that of LDBC Graphalytics, ${name}`, async t => {
    for (const graph of [...zoo, ...bigZoo]) {
      const ids = make(graph)
      const { vertices } = await cdlp(await zooGraph(graph, ids), { iterations: 5 })
      let labels = ids
      for (let i = 0; i < 5; i++) {
        const received = around(graph, labels, true)
        labels = labels.map((label, v) => ldbcLabel(label, received[v]!))
      }
      t.deepEqual(
        await vertices.collect(),
        ids.map((id, v) => ({ id, community: labels[v]! })),
        graph.name,
      )
    }
  })
}

test('semi-synchronous labels always settle, on a label that most neighbours have', async t => {
  for (const graph of [...zoo, ...bigZoo]) {
    const ids = Array.from({ length: graph.vertexCount }, (_, v) => v)
    const network = await zooGraph(graph)
    const options = { direction: 'all', schedule: 'semiSynchronous' } as const
    const { vertices, converged } = await labelPropagation(network, options)
    t.true(converged, graph.name)
    const labels = (await vertices.collect()).map(({ community }) => community)
    const received = around(graph, labels, true)
    for (const v of ids) t.is(flinkLabel(labels[v]!, received[v]!), labels[v]!)
  }
})

test('sides of a bipartite graph swap labels for ever, which the result tells', async t => {
  const edges = from([
    { from: 1, to: 2 },
    { from: 1, to: 2 },
  ])
  const graph = Graph.fromEdges(edges, { source: 'from', target: 'to' })
  const { converged, iterations } = await labelPropagation(graph, { direction: 'all' })
  t.false(converged)
  t.is(iterations, 100)
})

test('labels may be values of vertices, of any type that has an order', async t => {
  const vertices = from(['b', 'b', 'a', 'c'].map((club, v) => ({ id: v, value: { club, age: v } })))
  const edges = from([
    { source: 0, target: 2 },
    { source: 1, target: 2 },
    { source: 2, target: 3 },
  ])
  const graph = Graph.from({ vertices, edges })
  const byField = await labelPropagation(graph, { label: 'club', maxIterations: 1 })
  t.deepEqual(
    (await byField.vertices.collect()).map(({ community }): unknown => community),
    ['b', 'b', 'b', 'c'],
  )
  const byFunction = await labelPropagation(graph, { label: ({ value }) => -value.age })
  t.deepEqual(
    (await byFunction.vertices.collect()).map(({ community }) => community),
    [0, -1, 0, 0],
  )
  await t.throwsAsync(labelPropagation(graph, { label: 'clbu' }), { instanceOf: SchemaError })
  await t.throwsAsync(labelPropagation(graph, { label: ({ value }) => value }), {
    instanceOf: SchemaError,
  })
})

/** The update function of Flink's Gelly: labels in order, the first of the largest sum. */
function flinkCommunities(
  graph: ZooGraph,
  ids: readonly VertexId[],
  rounds: number,
  delta: number,
) {
  let labels = ids
  let scores = ids.map(() => 1)
  for (let superstep = 1; superstep <= rounds; superstep++) {
    const received = ids.map((): [VertexId, number][] => [])
    graph.sources.forEach((u, k) => {
      const v = graph.targets[k]!
      received[v]!.push([labels[u]!, scores[u]!])
      received[u]!.push([labels[v]!, scores[v]!])
    })
    const next = received.map((messages, v): [VertexId, number] => {
      if (messages.length === 0) return [labels[v]!, scores[v]!]
      const sums = new Map<VertexId, number>()
      for (const [label, score] of messages) sums.set(label, (sums.get(label) ?? 0) + score)
      let [best, most] = [labels[v]!, -Infinity]
      for (const label of [...sums.keys()].sort((a, b) => (a < b ? -1 : 1))) {
        if (sums.get(label)! > most) [best, most] = [label, sums.get(label)!]
      }
      const highest = Math.max(...messages.flatMap(([l, s]) => (l === best ? [s] : [])))
      return [best, best === labels[v] ? highest : highest - delta / superstep]
    })
    labels = next.map(([label]) => label)
    scores = next.map(([, score]) => score)
  }
  return labels.map((community, v) => ({ id: ids[v]!, community, score: scores[v]! }))
}

for (const { name, make } of idKinds) {
  test(`community detection is Flink's, ${name}`, async t => {
    for (const graph of zoo) {
      const ids = make(graph)
      const network = await zooGraph(graph, ids)
      const { vertices, iterations, communities } = await communityDetection(network, {
        delta: 0.25,
        maxIterations: 5,
      })
      const expected = flinkCommunities(graph, ids, iterations, 0.25)
      t.deepEqual(await vertices.collect(), expected, graph.name)
      t.is(communities, new Set(expected.map(({ community }) => community)).size)
    }
  })
}

test('heavy edges decide, and scores stay below one', async t => {
  const graph = Graph.fromEdges(
    from([
      { from: 1, to: 2, times: 900 },
      { from: 2, to: 3, times: 1 },
      { from: 3, to: 4, times: 900 },
    ]),
    { source: 'from', target: 'to', value: 'times' },
  )
  const { vertices } = await communityDetection(graph, { weight: 'value' })
  for (const { score } of await vertices.collect()) t.true(score <= 1)
})

test('wrong options are refused', async t => {
  const graph = await zooGraph(zoo[4]!)
  const wrong = { instanceOf: ArgumentError }
  await t.throwsAsync(labelPropagation(graph, { direction: 'up' as never }), wrong)
  await t.throwsAsync(labelPropagation(graph, { schedule: 'later' as never }), wrong)
  await t.throwsAsync(labelPropagation(graph, { label: 3 as never }), wrong)
  await t.throwsAsync(cdlp(graph, { iterations: 0 }), wrong)
  await t.throwsAsync(cdlp(graph, { maxIterations: 3 } as never), wrong)
  await t.throwsAsync(communityDetection(graph, { delta: -1 }), wrong)
  await t.throwsAsync(communityDetection(graph, { detla: 1 } as never), wrong)
})
