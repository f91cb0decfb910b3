import test from 'ava'
import { fromColumns } from '../../engine/index.js'
import { Graph, graphOf, topologyOf } from '../../gelly/index.js'
import { environments } from './environments.js'
import { numberIds, stringIds, type ZooGraph, zoo } from './zoo.js'

const bigIds = ({ vertexCount }: { readonly vertexCount: number }) =>
  Array.from({ length: vertexCount }, (_, v) => 2n ** 60n - BigInt(v))

const idKinds = [
  { name: 'positions', make: (g: ZooGraph) => Array.from({ length: g.vertexCount }, (_, v) => v) },
  { name: 'numbers', make: numberIds },
  { name: 'texts', make: stringIds },
  { name: 'bigint values', make: bigIds },
] as const

for (const { name, env } of environments) {
  for (const kind of idKinds) {
    test(`loads the zoo with ${kind.name} as ids, ${name}`, async t => {
      for (const zooGraph of zoo) {
        const ids: readonly (number | string | bigint)[] = kind.make(zooGraph)
        const { sources, targets, weights } = zooGraph
        const records = sources.map((source, k) => ({
          source: ids[source]!,
          target: ids[targets[k]!]!,
          value: weights[k]!,
        }))
        const vertices = env.from(ids.map((id, v) => ({ id, value: v + 0.5 })))
        const graph = Graph.from({ vertices, edges: env.from(records) })
        const loaded = await graph.load()
        t.deepEqual([...loaded.topology.sources], [...sources], zooGraph.name)
        t.deepEqual([...loaded.topology.targets], [...targets])
        t.deepEqual([...(await loaded.weights(undefined, 'test'))], [...weights])
        t.deepEqual(await loaded.edges.collect(), records)
        t.deepEqual(
          (await loaded.vertices.collect()).map(({ id }) => id as unknown),
          [...ids],
        )
        ids.forEach((id, v) => void (loaded.ids.positionOf(id) === v || t.fail()))
        t.is(loaded.ids.positionOf(kind.name === 'texts' ? 'nobody' : 99_999_999), -1)
      }
    })

    test(`derives the vertices of the zoo with ${kind.name} as ids, ${name}`, async t => {
      for (const zooGraph of zoo) {
        const ids: readonly (number | string | bigint)[] = kind.make(zooGraph)
        const { sources, targets } = zooGraph
        const records = sources.map((v, k) => ({ from: ids[v]!, to: ids[targets[k]!]! }))
        const graph = Graph.fromEdges(env.from(records), { source: 'from', target: 'to' })
        const ends = [...new Set([...sources, ...targets].map(v => ids[v]!))]
        if (kind.name !== 'texts') ends.sort((a, b) => (a < b ? -1 : 1))
        t.deepEqual(
          await graph.vertices.collect(),
          ends.map(id => ({ id, value: null })) as never,
          zooGraph.name,
        )
        const { ids: found, topology, edgeValues } = await graph.load()
        t.is(edgeValues, null)
        t.deepEqual(
          [...topology.targets].map(v => found.at(v)),
          records.map(({ to }) => to),
        )
      }
    })
  }
}

test('a graph is loaded once', async t => {
  let reads = 0
  const records = {
    *[Symbol.iterator]() {
      reads++
      yield { source: 1, target: 2 }
    },
  }
  const graph = Graph.from({ edges: records })
  t.is(reads, 0)
  const [first, second] = await Promise.all([graph.load(), graph.load()])
  t.is(first, second)
  t.is(await graph.vertices.count(), 2)
  t.is(reads, 1)
})

test('ids that are their positions need no index', async t => {
  const columns = { source: Int32Array.of(0, 2, 1), target: Int32Array.of(1, 0, 2) }
  const graph = Graph.fromEdges(fromColumns(columns), { source: 'source', target: 'target' })
  const { ids, topology } = await graph.load()
  t.true(ids.arePositions)
  t.deepEqual([...topology.sources], [0, 2, 1])
})

test('an algorithm answers with a record for each vertex', async t => {
  const graph = graphOf(await topologyOf(3, [0, 1], [1, 1]), ['x', 'y', 'z'])
  const loaded = await graph.load()
  const { inDegrees } = loaded.topology
  t.deepEqual(await loaded.vertexData({ inDegree: inDegrees }).collect(), [
    { id: 'x', inDegree: 0 },
    { id: 'y', inDegree: 2 },
    { id: 'z', inDegree: 0 },
  ])
})

test('weights of functions take nothing of the region that stays', async t => {
  const loaded = await Graph.from({
    edges: [
      { source: 1, target: 2, value: 3 },
      { source: 2, target: 1, value: 4 },
    ],
  }).load()
  const { region } = loaded.topology
  const used = region.usedBytes
  for (const factor of [1, 2, 3]) {
    const weight = ({ source }: { source: number }) => source
    const weights = await loaded.weights(weight, 'test')
    t.deepEqual([...weights], [1, 2])
    t.is(await loaded.weights(weight, 'test'), weights, `${factor}`)
  }
  t.is(region.usedBytes, used)
})
