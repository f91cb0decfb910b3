/**
 * Triads against all triples of vertices, against the algorithm of Batagelj and Mrvar on larger
 * graphs, and against networkx.
 *
 * Property: the classes add up to the number of all triples.
 */
import test from 'ava'
import fc from 'fast-check'
import { arcRows } from '../../../gelly/kernels/arc-rows.js'
import { countTriangles } from '../../../gelly/kernels/count-triangles.js'
import { degreeOrderedRows } from '../../../gelly/kernels/degree-ordered-rows.js'
import {
  directedCensus,
  TRIAD_CLASSES,
  type TriadClass,
  undirectedCensus,
} from '../../../gelly/kernels/triads.js'
import { countTriangleMasks } from '../../../gelly/kernels/triangles.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { bigZoo, multigraphs, type ZooGraph, zoo } from '../zoo.js'
import { type Arcs, arcsOf } from './arcs.js'

async function censusOf({ vertexCount, sources, targets }: ZooGraph) {
  const topology = await topologyOf(vertexCount, sources, targets)
  const arcs = arcRows(topology)
  const rows = degreeOrderedRows(arcs, topology.region)
  const marks = topology.region.uint8(vertexCount)
  const masks = new Float64Array(64)
  const { offsets, neighbours, arcs: given } = rows
  const slots = new Int32Array(1)
  countTriangleMasks(offsets, neighbours, given, marks, slots, masks, 0, vertexCount)
  const triangles = countTriangles(
    ...([offsets, neighbours, marks, slots] as const),
    ...([vertexCount, 1, 0, vertexCount] as const),
  )
  return {
    directed: directedCensus(arcs, masks),
    undirected: undirectedCensus(topology.simple, triangles),
  }
}

/** By code: a bit for each of the arcs vu, uv, vw, wv, uw, wu; as in networkx. */
const CODES = [
  1, 2, 2, 3, 2, 4, 6, 8, 2, 6, 5, 7, 3, 8, 7, 11, 2, 6, 4, 8, 5, 9, 9, 13, 6, 10, 9, 14, 7, 14, 12,
  15, 2, 5, 6, 7, 6, 9, 10, 14, 4, 9, 9, 12, 8, 13, 14, 15, 3, 7, 8, 11, 7, 12, 14, 15, 8, 14, 13,
  15, 11, 15, 15, 16,
]

function classOfTriple({ has }: Arcs, v: number, u: number, w: number): TriadClass {
  const arcs = [has(v, u), has(u, v), has(v, w), has(w, v), has(u, w), has(w, u)]
  const code = arcs.reduce((sum, arc, bit) => sum + (arc ? 2 ** bit : 0), 0)
  return TRIAD_CLASSES[CODES[code]! - 1]!
}

function naiveCensus(graph: ZooGraph): Record<string, bigint> {
  const census = emptyCensus()
  const arcs = arcsOf(graph)
  for (let a = 0; a < graph.vertexCount; a++) {
    for (let b = a + 1; b < graph.vertexCount; b++) {
      for (let c = b + 1; c < graph.vertexCount; c++) census[classOfTriple(arcs, a, b, c)]!++
    }
  }
  return census
}

/** Batagelj, Mrvar: A Subquadratic Triad Census Algorithm, 2001. */
function batageljMrvarCensus(graph: ZooGraph): Record<string, bigint> {
  const census = emptyCensus()
  const arcs = arcsOf(graph)
  const { linked, neighbours, has } = arcs
  for (let v = 0; v < graph.vertexCount; v++) {
    for (const u of neighbours[v]!.filter(other => other > v)) {
      const around = new Set([...neighbours[v]!, ...neighbours[u]!])
      around.delete(u)
      around.delete(v)
      census[has(v, u) && has(u, v) ? '102' : '012']! += BigInt(graph.vertexCount - around.size - 2)
      for (const w of around) {
        if (u < w || (v < w && w < u && !linked(v, w))) census[classOfTriple(arcs, v, u, w)]!++
      }
    }
  }
  const others = Object.values(census).reduce((sum, count) => sum + count, 0n)
  census['003'] = triplesOf(graph) - others
  return census
}

function emptyCensus(): Record<string, bigint> {
  return Object.fromEntries(TRIAD_CLASSES.map(name => [name, 0n]))
}

function triplesOf(graph: ZooGraph): bigint {
  const vertices = BigInt(graph.vertexCount)
  return (vertices * (vertices - 1n) * (vertices - 2n)) / 6n
}

/** The undirected classes are the directed ones without the directions. */
function withoutDirections(census: Record<string, bigint>): Record<string, bigint> {
  const sums: Record<string, bigint> = { '03': 0n, '12': 0n, '21': 0n, '30': 0n }
  for (const [name, count] of Object.entries(census)) {
    const edges = Number(name[0]) + Number(name[1])
    sums[`${edges}${3 - edges}`]! += count
  }
  return sums
}

for (const graph of zoo) {
  test(`counts each class: ${graph.name}`, async t => {
    const { directed, undirected } = await censusOf(graph)
    t.deepEqual(directed, naiveCensus(graph) as typeof directed)
    t.deepEqual(undirected, withoutDirections(directed) as typeof undirected)
  })
}

for (const graph of bigZoo) {
  test(`agrees with the algorithm of Batagelj and Mrvar: ${graph.name}`, async t => {
    const { directed } = await censusOf(graph)
    t.deepEqual(directed, batageljMrvarCensus(graph) as typeof directed)
  })
}

test('classes of random multigraphs add up to all triples', async t => {
  await fc.assert(
    fc.asyncProperty(multigraphs(), async graph => {
      const { directed, undirected } = await censusOf(graph)
      t.deepEqual(directed, naiveCensus(graph) as typeof directed)
      const sum = Object.values(undirected).reduce((all, count) => all + count, 0n)
      t.is(sum, triplesOf(graph))
    }),
  )
})

test('counts beyond 2^53 are exact', async t => {
  // 300,000 vertices, one of them with arcs to half of the others.
  const vertexCount = 300_000
  const targets = Array.from({ length: 150_000 }, (_, k) => k + 1)
  const graph = { name: '', vertexCount, sources: targets.map(() => 0), targets, weights: [] }
  const { directed } = await censusOf(graph)
  t.is(directed['021D'], (150_000n * 149_999n) / 2n)
  t.is(directed['012'], 150_000n * 299_998n - 2n * directed['021D'])
  t.is(directed['003'], triplesOf(graph) - directed['012'] - directed['021D'])
})
