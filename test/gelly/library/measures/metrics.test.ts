/**
 * Sizes, degrees, density, reciprocity and assortativity against naive programs, graphology-metrics, and
 * networkx 3.6.1:
 *
 *     G = nx.florentine_families_graph()
 *     nx.degree_assortativity_coefficient(G)
 *     nx.degree_assortativity_coefficient(D, x='out', y='in')   # and so on, D as in triangles.test.ts
 *     nx.overall_reciprocity(D), nx.density(D)
 */
import test from 'ava'
import { DirectedGraph, UndirectedGraph } from 'graphology'
import { directedDensity, undirectedDensity } from 'graphology-metrics/graph/density.js'
import { ArgumentError } from '../../../../engine/index.js'
import {
  degreeAssortativity,
  degreeDistribution,
  density,
  directedVertexMetrics,
  edgeDegrees,
  edgeMetrics,
  Graph,
  reciprocity,
  vertexDegrees,
  vertexMetrics,
} from '../../../../gelly/index.js'
import { arcsOf } from '../../kernels/arcs.js'
import type { ZooGraph } from '../../zoo.js'
import { arithmeticArcs, cases, florentineFamilies } from '../cases.js'

/** Degrees and arcs by looking at all pairs. */
function naiveDegrees(graph: ZooGraph) {
  const { has, linked, neighbours } = arcsOf(graph)
  const all = neighbours.map((_, v) => v)
  const degrees = neighbours.map(around => around.length)
  const outDegrees = all.map(v => all.filter(u => has(v, u)).length)
  const inDegrees = all.map(v => all.filter(u => has(u, v)).length)
  const pairs = all.flatMap(u => all.filter(v => v > u && linked(u, v)).map(v => [u, v] as const))
  const bothWays = pairs.filter(([u, v]) => has(u, v) && has(v, u)).length
  return { degrees, outDegrees, inDegrees, pairs, bothWays }
}

const pairsAmong = (count: number) => (count * (count - 1)) / 2
const most = (values: readonly number[]) => Math.max(0, ...values)
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

for (const { title, zooGraph, ids, graph } of cases) {
  test(`measures: ${title}`, async t => {
    const { vertexCount, sources, targets } = zooGraph
    const { degrees, outDegrees, inDegrees, pairs, bothWays } = naiveDegrees(zooGraph)
    const arcs = pairs.length + bothWays
    const loops = sources.filter((source, k) => source === targets[k]).length
    const triplets = BigInt(sum(degrees.map(pairsAmong)))
    const maximumTriplets = BigInt(most(degrees.map(pairsAmong)))
    const undirected = new UndirectedGraph()
    const directed = new DirectedGraph()
    for (let v = 0; v < vertexCount; v++) {
      undirected.addNode(v)
      directed.addNode(v)
    }
    for (const [u, v] of pairs) undirected.addEdge(u, v)
    const { has } = arcsOf(zooGraph)
    for (const [u, v] of pairs) {
      if (has(u, v)) directed.addEdge(u, v)
      if (has(v, u)) directed.addEdge(v, u)
    }
    t.deepEqual(await vertexMetrics(graph), {
      vertices: vertexCount,
      edges: pairs.length,
      averageDegree: vertexCount === 0 ? 0 : (2 * pairs.length) / vertexCount,
      density: undirectedDensity(undirected),
      triplets,
      maximumDegree: most(degrees),
      maximumTriplets,
    })
    t.deepEqual(await directedVertexMetrics(graph), {
      vertices: vertexCount,
      edges: arcs,
      oneWay: pairs.length - bothWays,
      bothWays,
      averageDegree: vertexCount === 0 ? 0 : arcs / vertexCount,
      density: directedDensity(directed),
      triplets,
      maximumDegree: most(degrees),
      maximumOutDegree: most(outDegrees),
      maximumInDegree: most(inDegrees),
      maximumTriplets,
      loops,
      parallel: sources.length - loops - arcs,
    })
    t.is(await density(graph), undirectedDensity(undirected))
    t.is(await density(graph, { directed: true }), directedDensity(directed))
    t.is(await reciprocity(graph), bothWays === 0 ? 0 : (2 * bothWays) / arcs)
  })

  test(`measures edges: ${title}`, async t => {
    const { degrees, pairs } = naiveDegrees(zooGraph)
    const low = degrees.map(() => 0)
    const high = degrees.map(() => 0)
    for (const [u, v] of pairs) {
      const [lower, higher] = degrees[u]! <= degrees[v]! ? [u, v] : [v, u]
      low[lower]!++
      high[higher]!++
    }
    const triangles = low.map(pairsAmong)
    const rectangles = low.map((count, v) => pairsAmong(count) + count * high[v]!)
    t.deepEqual(await edgeMetrics(graph), {
      triangleTriplets: BigInt(sum(triangles)),
      rectangleTriplets: BigInt(sum(rectangles)),
      maximumTriangleTriplets: BigInt(most(triangles)),
      maximumRectangleTriplets: BigInt(most(rectangles)),
    })
  })

  test(`tells the degrees of vertices and edges: ${title}`, async t => {
    const { degrees, outDegrees, inDegrees } = naiveDegrees(zooGraph)
    const { vertices } = await vertexDegrees(graph)
    t.deepEqual(
      await vertices.collect(),
      ids.map((id, v) => ({
        id,
        degree: degrees[v]!,
        outDegree: outDegrees[v]!,
        inDegree: inDegrees[v]!,
      })),
    )
    const { edges } = await edgeDegrees(graph)
    const expected = zooGraph.sources.map((source, k) => {
      const target = zooGraph.targets[k]!
      return {
        source: ids[source]!,
        target: ids[target]!,
        value: zooGraph.weights[k]!,
        sourceDegree: degrees[source]!,
        sourceOutDegree: outDegrees[source]!,
        sourceInDegree: inDegrees[source]!,
        targetDegree: degrees[target]!,
        targetOutDegree: outDegrees[target]!,
        targetInDegree: inDegrees[target]!,
      }
    })
    t.deepEqual(await edges.collect(), expected)
    for (const [direction, values] of [
      ['all', degrees],
      ['out', outDegrees],
      ['in', inDegrees],
    ] as const) {
      const distribution = (await degreeDistribution(graph, { direction })).degrees
      const distinct = [...new Set(values)].sort((a, b) => a - b)
      t.deepEqual(
        await distribution.collect(),
        distinct.map(degree => {
          const same = values.filter(value => value === degree).length
          const atLeast = values.filter(value => value >= degree).length
          const all = zooGraph.vertexCount
          return { degree, vertices: same, share: same / all, atLeast: atLeast / all }
        }),
      )
    }
  })
}

test('gives the numbers of networkx', async t => {
  const close = (actual: number, expected: number) => t.true(Math.abs(actual - expected) < 1e-12)
  close(await degreeAssortativity(florentineFamilies()), -0.37483787289234866)
  close(await density(florentineFamilies()), 0.19047619047619047)
  const arcs = arithmeticArcs()
  close(await reciprocity(arcs), 0.136986301369863)
  close(await density(arcs, { directed: true }), 0.19210526315789472)
  const expected = [
    ['out', 'out', -0.358194270080553],
    ['out', 'in', -0.3494962760178257],
    ['in', 'out', -0.39208983261866187],
    ['in', 'in', -0.4130248962001306],
  ] as const
  for (const [source, target, value] of expected) {
    close(await degreeAssortativity(arcs, { directed: true, source, target }), value)
  }
})

test('assortativity is not a number where degrees do not vary', async t => {
  t.is(
    await degreeAssortativity(Graph.from({ edges: [] as { source: number; target: number }[] })),
    Number.NaN,
  )
  const cycle = [0, 1, 2].map(v => ({ source: v, target: (v + 1) % 3 }))
  t.is(await degreeAssortativity(Graph.from({ edges: cycle })), Number.NaN)
})

test('refuses what it does not know', async t => {
  const graph = florentineFamilies()
  const refused = { instanceOf: ArgumentError }
  await t.throwsAsync(degreeAssortativity(graph, { source: 'both' as never }), refused)
  await t.throwsAsync(degreeDistribution(graph, { direction: 'up' as never }), refused)
  await t.throwsAsync(vertexMetrics(graph, { directed: true } as object), refused)
})
