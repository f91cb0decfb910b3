import { readFileSync } from 'node:fs'
import test from 'ava'
import { MultiUndirectedGraph } from 'graphology'
import theirLouvain from 'graphology-communities-louvain'
import { ArgumentError, from, SchemaError } from '../../../../engine/index.js'
import {
  communityQuality,
  compareCommunities,
  Graph,
  louvain,
  modularity,
  type VertexId,
} from '../../../../gelly/index.js'
import { inProject } from '../../../support/project.js'
import { randomFrom } from '../../../support/random.js'
import { naiveModularity } from '../../kernels/naive-modularity.js'
import { bigZoo, type ZooGraph, zoo } from '../../zoo.js'
import { idKinds, zooGraph } from '../zoo-graph.js'

// The package is CommonJS, its types are not.
const graphologyLouvain = theirLouvain as unknown as typeof theirLouvain.default

interface Golden extends ZooGraph {
  readonly communities: number[]
  readonly modularity: number
  readonly weightedModularity: number
  readonly coverage: number
  readonly conductance: number[]
}

const text = readFileSync(inProject('test/gelly/golden/networkx.json'), 'utf8')
const golden = JSON.parse(text) as Readonly<Record<string, Golden>>

const communitiesOf = (numbers: readonly number[]) =>
  from(numbers.map((community, id) => ({ id: id as VertexId, community })))

for (const { name, make } of idKinds) {
  test(`each level is as good as it says, and better than the one before, ${name}`, async t => {
    for (const graph of zoo) {
      const ids = make(graph)
      const network = await zooGraph(graph, ids)
      for (const options of [{}, { directed: true, refine: true, weight: 'value', seed: 3 }]) {
        const result = await louvain(network, options)
        t.true(result.converged)
        t.is(result.levels.at(-1)?.vertices, result.vertices)
        let before = -Infinity
        for (const level of result.levels) {
          const rows = await level.vertices.collect()
          t.deepEqual(
            rows.map(({ id }) => id),
            [...ids],
          )
          const numbers = rows.map(({ community }) => community)
          const weights = 'weight' in options ? graph.weights : graph.weights.map(() => 1)
          const expected = naiveModularity(graph, weights, numbers, options)
          t.true(Math.abs(level.modularity - expected) < 1e-9, graph.name)
          const again = await modularity(network, level.vertices, {
            directed: 'directed' in options,
            ...('weight' in options ? { weight: 'value' } : {}),
          })
          t.true(Math.abs(again - expected) < 1e-9)
          t.true(level.modularity >= before - 1e-12)
          before = level.modularity
          // Community 0 is the largest.
          const sizes = new Array<number>(level.communities).fill(0)
          for (const number of numbers) sizes[number]!++
          t.deepEqual(
            sizes,
            sizes.toSorted((a, b) => b - a),
          )
        }
      }
    }
  })
}

test('communities are about as good as those of graphology', async t => {
  for (const graph of [...zoo, ...bigZoo]) {
    if (graph.sources.length === 0) continue
    const other = new MultiUndirectedGraph()
    for (let v = 0; v < graph.vertexCount; v++) other.addNode(v)
    graph.sources.forEach((u, k) => {
      if (u !== graph.targets[k]) other.addEdge(u, graph.targets[k]!)
    })
    if (other.size === 0) continue
    const found = graphologyLouvain.detailed(other, {
      getEdgeWeight: null,
      rng: randomFrom(1).next,
    })
    const numbers = Array.from({ length: graph.vertexCount }, (_, v) => found.communities[v]!)
    const theirs = naiveModularity(
      graph,
      graph.weights.map(() => 1),
      numbers,
    )
    for (const refine of [false, true]) {
      const ours = await louvain(await zooGraph(graph), { refine })
      t.true(ours.modularity > theirs - 0.015, `${graph.name}: ${ours.modularity}, ${theirs}`)
    }
  }
})

test('the karate club has communities as good as the best known ones', async t => {
  const network = await zooGraph(golden.karate!)
  // The optimum is 0.4198 (Brandes et al. 2008).
  t.true((await louvain(network)).modularity > 0.41)
  t.true((await louvain(network, { refine: true })).modularity > 0.415)
})

test('groups that were planted are found', async t => {
  const random = randomFrom(5)
  const edges = random.array(3000, () => {
    const u = random.int(200)
    const v = random.chance(0.9) ? (u % 8) + 8 * random.int(25) : random.int(200)
    return { from: u, to: v }
  })
  const graph = Graph.fromEdges(from(edges), { source: 'from', target: 'to' })
  const planted = graph.vertices.map(v => ({ id: v.id, community: v.id % 8 }))
  for (const options of [{}, { refine: true }, { directed: true }, { seed: 9 }]) {
    const { vertices, communities } = await louvain(graph, options)
    t.is(communities, 8)
    t.deepEqual(await compareCommunities(vertices, planted), {
      normalizedMutualInformation: 1,
      adjustedRandIndex: 1,
    })
  }
})

test('the same order gives the same answer, another one may give another', async t => {
  const graph = await zooGraph(bigZoo[0]!)
  const answer = async (seed: number) => (await louvain(graph, { seed })).vertices.collect()
  t.deepEqual(await answer(1), await answer(1))
  t.notDeepEqual(await answer(1), await answer(2))
})

test('a higher resolution gives more communities', async t => {
  const graph = await zooGraph(golden.karate!)
  const counts: number[] = []
  for (const resolution of [0, 0.5, 1, 2, 8]) {
    counts.push((await louvain(graph, { resolution })).communities)
  }
  t.deepEqual(
    counts,
    counts.toSorted((a, b) => a - b),
  )
  t.is(counts[0], 1)
})

for (const [name, graph] of Object.entries(golden)) {
  test(`modularity, coverage and conductance are those of networkx: ${name}`, async t => {
    const network = await zooGraph(graph)
    const communities = communitiesOf(graph.communities)
    const directed = name === 'directed'
    const near = (actual: number, expected: number) =>
      t.true(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`)
    near(await modularity(network, communities, { directed }), graph.modularity)
    const weighted = await communityQuality(network, communities, {
      weight: 'value',
      directed,
      resolution: 1.3,
    })
    near(weighted.modularity, graph.weightedModularity)
    near((await communityQuality(network, communities)).coverage, graph.coverage)
    // For directed graphs networkx counts what leaves a community only.
    if (directed) return
    for (const { community, conductance } of await weighted.communities.collect()) {
      near(conductance, graph.conductance[community as number]!)
    }
  })
}

test('communities that do not fit the graph are refused', async t => {
  const graph = Graph.fromEdges(from([{ from: 1, to: 2 }]), { source: 'from', target: 'to' })
  const given = (...ids: number[]) => from(ids.map(id => ({ id, community: 0 })))
  const wrong = { instanceOf: SchemaError }
  await t.throwsAsync(modularity(graph, given(1)), { ...wrong, message: /2 has no community/ })
  await t.throwsAsync(modularity(graph, given(1, 2, 3)), { ...wrong, message: /3 is not in/ })
  await t.throwsAsync(modularity(graph, given(1, 2, 1)), { ...wrong, message: /1 is there twice/ })
  await t.throwsAsync(compareCommunities(given(1, 2), given(1)), wrong)
  await t.throwsAsync(compareCommunities(given(1), given(1, 2)), wrong)
  await t.throwsAsync(compareCommunities(given(1, 1), given(1, 1)), wrong)
  await t.throwsAsync(modularity(graph, 3 as never), { instanceOf: ArgumentError })
  await t.throwsAsync(louvain(graph, { resolution: -1 }), { instanceOf: ArgumentError })
  await t.throwsAsync(louvain(graph, { seed: 0.5 }), { instanceOf: ArgumentError })
  await t.throwsAsync(louvain(graph, { refined: true } as never), { instanceOf: ArgumentError })
})

test('comparisons count pairs and information as defined', async t => {
  const one = communitiesOf([0, 0, 1, 2])
  const other = communitiesOf([0, 0, 1, 1])
  const { normalizedMutualInformation, adjustedRandIndex } = await compareCommunities(one, other)
  // The examples of scikit-learn.
  t.true(Math.abs(adjustedRandIndex - 4 / 7) < 1e-12)
  t.true(Math.abs(normalizedMutualInformation - 0.8) < 1e-12)
  const none = from<{ id: number; community: number }>([])
  t.deepEqual(await compareCommunities(none, none), {
    normalizedMutualInformation: 1,
    adjustedRandIndex: 1,
  })
  const crossed = await compareCommunities(communitiesOf([0, 0, 1, 1]), communitiesOf([0, 1, 0, 1]))
  t.is(crossed.normalizedMutualInformation, 0)
  t.true(Math.abs(crossed.adjustedRandIndex + 0.5) < 1e-12)
})
