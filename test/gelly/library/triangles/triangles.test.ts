/**
 * Lists of triangles and censuses of triads against naive programs, and against networkx 3.6.1:
 *
 *     D = nx.DiGraph()
 *     D.add_nodes_from(range(20))
 *     D.add_edges_from((v, (v * k + k) % 20) for v in range(20) for k in (2, 3, 7, 8, 13))
 *     D.remove_edges_from(nx.selfloop_edges(D))
 *     nx.triadic_census(D)
 */
import test from 'ava'
import { MultiUndirectedGraph } from 'graphology'
import simmelian from 'graphology-metrics/edge/simmelian-strength.js'
import {
  directedTriadicCensus,
  directedTriangles,
  triadicCensus,
  triangleCount,
  triangles,
} from '../../../../gelly/index.js'
import { arcsOf } from '../../kernels/arcs.js'
import { bigZoo, numberIds, simpleGraph, type ZooGraph } from '../../zoo.js'
import { arithmeticArcs, cases, florentineFamilies, graphWith } from '../cases.js'

/** The package is CommonJS: its only function is the module itself. */
const simmelianStrength = simmelian as unknown as typeof simmelian.default

function naiveTriangles(graph: ZooGraph) {
  const { has, linked } = arcsOf(graph)
  const found: { a: number; b: number; c: number; arcs: number }[] = []
  for (let a = 0; a < graph.vertexCount; a++) {
    for (let b = a + 1; b < graph.vertexCount; b++) {
      for (let c = b + 1; c < graph.vertexCount; c++) {
        if (!linked(a, b) || !linked(a, c) || !linked(b, c)) continue
        const bits = [has(b, c), has(c, b), has(a, c), has(c, a), has(a, b), has(b, a)]
        found.push({ a, b, c, arcs: bits.reduce((mask, bit, k) => mask + (bit ? 2 ** k : 0), 0) })
      }
    }
  }
  return found
}

for (const { title, zooGraph, ids, graph } of cases) {
  test(`lists each triangle once: ${title}`, async t => {
    const expected = naiveTriangles(zooGraph).map(({ a, b, c, arcs }) => ({
      a: ids[a]!,
      b: ids[b]!,
      c: ids[c]!,
      arcs,
    }))
    const text = (records: readonly object[]) => records.map(each => Object.values(each).join())
    const listed = await (await directedTriangles(graph)).triangles.collect()
    t.deepEqual(text(listed).sort(), text(expected).sort())
    const undirected = await (await triangles(graph)).triangles.collect()
    t.deepEqual(
      undirected,
      listed.map(({ a, b, c }) => ({ a, b, c })),
    )
    const { classes } = await triadicCensus(graph)
    t.is(classes['30'], BigInt(expected.length))
    const directed = await directedTriadicCensus(graph)
    t.is(directed.classes['300'], BigInt(expected.filter(({ arcs }) => arcs === 63).length))
  })
}

test('is read again by each job, and only as far as needed', async t => {
  const { triangles: found } = await triangles(florentineFamilies())
  t.is(await found.count(), 3)
  t.deepEqual(
    await found.select('a').first(1).collect(),
    await found.select('a').first(1).collect(),
  )
})

test('gives the numbers of networkx', async t => {
  const { classes } = await directedTriadicCensus(arithmeticArcs())
  t.deepEqual(classes, {
    '003': 314n,
    '012': 423n,
    '102': 49n,
    '021D': 60n,
    '021U': 58n,
    '021C': 163n,
    '111D': 14n,
    '111U': 14n,
    '030T': 23n,
    '030C': 11n,
    '201': 1n,
    '120D': 4n,
    '120U': 4n,
    '120C': 1n,
    '210': 1n,
    '300': 0n,
  })
})

test('counts as many triangles as graphology finds over edges, RMAT scale 10', async t => {
  for (const zooGraph of bigZoo) {
    const simple = simpleGraph({ ...zooGraph, ...lowerFirst(zooGraph) })
    const other = new MultiUndirectedGraph()
    for (let v = 0; v < simple.vertexCount; v++) other.addNode(v)
    simple.sources.forEach((source, k) => void other.addEdge(source, simple.targets[k]))
    const strengths = Object.values(simmelianStrength(other) as Record<string, number>)
    const expected = strengths.reduce((sum, count) => sum + count, 0) / 3
    const graph = graphWith(zooGraph, numberIds(zooGraph))
    t.deepEqual(await triangleCount(graph), { triangles: expected })
    t.is(await (await triangles(graph)).triangles.count(), expected)
  }
})

/** Both directions of an edge as the same one. */
function lowerFirst({ sources, targets }: ZooGraph) {
  return {
    sources: sources.map((source, k) => Math.min(source, targets[k]!)),
    targets: sources.map((source, k) => Math.max(source, targets[k]!)),
  }
}
