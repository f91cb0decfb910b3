import test, { type ExecutionContext } from 'ava'
import fc from 'fast-check'
import { createRegion } from '../../../../engine/extend.js'
import { MemoryError } from '../../../../engine/index.js'
import { type FoundPaths, pathSearches } from '../../../../gelly/library/paths/path-searches.js'
import { topologyOf } from '../../../../gelly/topology/topology.js'
import { randomFrom } from '../../../support/random.js'
import { floydWarshall, type Walked, walked, walkedZoo } from '../../kernels/on-zoo.js'
import { multigraphs, rmat } from '../../zoo.js'

/** A weight that is no whole number takes the form for any weights; it is on no edge's way. */
const FORMS = ['webassembly', 'plain', 'any'] as const
type Form = (typeof FORMS)[number]

test('searches of all forms find the distances of Floyd and Warshall, in all graphs', async t => {
  for await (const each of walkedZoo()) {
    round(each)
    const expected = floydWarshall(each)
    const step = 1 + (expected.length >> 2)
    for (let source = 0; source < expected.length; source += step) {
      for (const form of FORMS) {
        const found = await searched(each, form, [source])
        t.deepEqual([...found.distances], expected[source], `${each.name}, ${form}`)
        checkPaths(t, each, found)
      }
    }
  }
})

test('WebAssembly and its twin visit the same vertices in the same order, on the same paths', async t => {
  for (const seed of [1, 2, 3]) {
    const each = await walked(rmat(10), 'all')
    const random = randomFrom(seed)
    each.weights.forEach((_, k) => {
      each.weights[k] = random.int(seed === 1 ? 3 : 1024)
    })
    const sources = [each.graph.sources[0]!, 5, 5, each.graph.targets[9]!]
    const found = await searched(each, 'webassembly', sources)
    t.deepEqual(await searched(each, 'plain', sources), found)
    t.deepEqual((await searched(each, 'any', sources)).distances, found.distances)
    checkPaths(t, each, found)
  }
})

test('a search follows another, from many sources, with a maximum and a target', async t => {
  const each = await walked(rmat(9), 'out')
  round(each)
  const all = floydWarshall(each)
  const many = Array.from({ length: 300 }, (_, k) => k)
  for (const form of FORMS) {
    const searches = await searchesOf(each, form)
    searches.start(many)
    while (searches.proceed(7));
    const nearest = all[0]!.map((_, v) => Math.min(...many.map(u => all[u]![v]!)))
    t.deepEqual([...searches.found().distances], nearest, form)
    searches.start([1], 6.5)
    while (searches.proceed(7));
    const near = all[1]!.map(distance => (distance <= 6.5 ? distance : Number.POSITIVE_INFINITY))
    t.deepEqual([...searches.found().distances], near, form)
    for (const target of [1, 2, 77, 500]) {
      searches.start([1])
      while (searches.proceed(7, target));
      const found = searches.found()
      t.is(found.distances[target], all[1]![target]!, form)
      for (const v of found.order.subarray(0, found.visited)) {
        t.true(all[1]![v]! <= all[1]![target]!, form)
      }
    }
    searches.release()
  }
})

test('the pool grows for vertices with many neighbours that come nearer again and again', async t => {
  // Each vertex of the row leads to all leaves, on a shorter way than the one before it.
  const row = 300
  const leaves = 5000
  const sources: number[] = []
  const targets: number[] = []
  const weights: number[] = []
  for (let u = 0; u < row; u++) {
    for (let v = 0; v < leaves; v++) {
      sources.push(u)
      targets.push(row + v)
      weights.push(1000 - 2 * u - (v % 300))
    }
    if (u + 1 === row) break
    sources.push(u)
    targets.push(u + 1)
    weights.push(1)
  }
  const graph = { name: 'rows', vertexCount: row + leaves, sources, targets, weights }
  const each = await walked(graph, 'out')
  const found = await searched(each, 'webassembly', [0])
  t.deepEqual(await searched(each, 'plain', [0]), found)
  t.deepEqual((await searched(each, 'any', [0])).distances, found.distances)
  t.is(found.distances[row], 1000 - (row - 1))
})

test('weights that 32 bits do not hold have the form for any weights', async t => {
  const path = (weight: number) =>
    walked(
      { name: 'path', vertexCount: 3, sources: [0, 1], targets: [1, 2], weights: [1, weight] },
      'out',
    )
  for (const weight of [1023, 1024, 0.5, 2 ** 31, 2 ** 32 + 1, Number.POSITIVE_INFINITY]) {
    const { distances } = await searched(await path(weight), 'webassembly', [0])
    t.deepEqual([...distances], [0, 1, 1 + weight])
  }
  const vertexCount = 2_100_000
  const sources = Int32Array.from({ length: vertexCount - 1 }, (_, v) => v)
  const far = await topologyOf(
    vertexCount,
    sources,
    sources.map(v => v + 1),
  )
  const searches = await pathSearches(
    far,
    far.outEdges,
    new Float64Array(vertexCount - 1).fill(1023),
  )
  searches.start([0])
  while (searches.proceed(1 << 16));
  t.is(searches.found().distances[vertexCount - 1], (vertexCount - 1) * 1023)
})

test('a region without room still has searches', async t => {
  const sources = Int32Array.from({ length: 6000 }, (_, k) => k % 100)
  const targets = sources.map((v, k) => (v + 1 + (k % 7)) % 100)
  const region = createRegion({ maximumBytes: 2 ** 17 })
  const topology = await topologyOf(100, sources, targets, region)
  const rows = topology.outEdges
  t.throws(() => region.int32(2 * 6000), { instanceOf: MemoryError })
  const searches = await pathSearches(topology, rows, new Float64Array(6000).fill(1))
  searches.start([0])
  while (searches.proceed(10));
  t.is(searches.found().visited, 100)
})

test('distances in random multigraphs are the same in all forms', async t => {
  await fc.assert(
    fc.asyncProperty(multigraphs(), async graph => {
      if (graph.vertexCount === 0) return
      const each = await walked(graph, 'all')
      round(each)
      const [expected] = floydWarshall(each)
      for (const form of FORMS) {
        t.deepEqual([...(await searched(each, form, [0])).distances], expected)
      }
    }),
  )
})

/** Makes weights whole. */
function round({ weights }: Walked): void {
  weights.forEach((weight, k) => {
    weights[k] = Math.floor(weight)
  })
}

async function searchesOf({ topology, weights }: Walked, form: Form) {
  const rows = topology.outEdges
  // One more weight, of no edge.
  const all = form === 'any' ? Float64Array.from([...weights, 0.5]) : weights
  return pathSearches(topology, rows, all, { webAssembly: form !== 'plain' })
}

async function searched(each: Walked, form: Form, sources: number[]): Promise<FoundPaths> {
  const searches = await searchesOf(each, form)
  searches.start(sources)
  while (searches.proceed(3));
  const { distances, places, order, visited } = searches.found()
  const found = { distances, places: places.slice(), order: order.slice(0, visited), visited }
  searches.release()
  return found
}

/** No edge is a short cut, last edges are tight, and vertices are visited in order, each once. */
function checkPaths(
  t: ExecutionContext,
  { topology, weights, name }: Walked,
  { distances, places, order, visited }: FoundPaths,
): void {
  const { edges } = topology.outEdges
  for (const [k, weight] of weights.entries()) {
    const through = distances[topology.sources[k]!]! + weight
    if (distances[topology.targets[k]!]! > through) t.fail(`${name}: edge ${k} is a short cut`)
  }
  for (const [v, place] of places.entries()) {
    if (place < 0) continue
    const edge = edges[place]!
    const before = distances[topology.sources[edge]!]!
    if (topology.targets[edge] !== v) t.fail(`${name}: edge ${edge} does not lead to ${v}`)
    if (distances[v] !== before + weights[edge]!) t.fail(`${name}: edge ${edge} is not tight`)
  }
  t.is(new Set(order.subarray(0, visited)).size, visited, name)
  t.is(visited, distances.filter(Number.isFinite).length, name)
  for (let at = 1; at < visited; at++) {
    if (distances[order[at - 1]!]! > distances[order[at]!]!) t.fail(`${name}: order of ${at}`)
  }
}
