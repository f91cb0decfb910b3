import test from 'ava'
import fc from 'fast-check'
import {
  continueSearch,
  type DistanceSearch,
  startSearch,
  weightsByPlace,
} from '../../../gelly/kernels/distances.js'
import { randomFrom } from '../../support/random.js'
import { bigZoo, multigraphs, rmat } from '../zoo.js'
import { floydWarshall, type Walked, walked, walkedZoo } from './on-zoo.js'

test('distances are those of Floyd and Warshall, on all graphs in all directions', async t => {
  for await (const each of walkedZoo()) {
    const expected = floydWarshall(each)
    for (let source = 0; source < expected.length; source += 1 + (expected.length >> 4)) {
      const search = searched(each, [source])
      t.deepEqual([...search.distances], expected[source], each.name)
      checkPaths(t, each, search)
    }
  }
})

test('distances from several vertices are those from the nearest one', async t => {
  for await (const each of walkedZoo()) {
    if (each.topology.vertexCount < 6) continue
    const all = floydWarshall(each)
    const nearest = all[1]!.map((distance, v) => Math.min(distance, all[5]![v]!))
    t.deepEqual([...searched(each, [5, 1, 5]).distances], nearest, each.name)
  }
})

test('vertices beyond the maximum are not reached', async t => {
  for await (const each of walkedZoo()) {
    if (each.topology.vertexCount === 0) continue
    const { distances } = searched(each, [0])
    const within = [...distances].map(distance =>
      distance <= 5 ? distance : Number.POSITIVE_INFINITY,
    )
    const search = searched(each, [0], 5)
    t.deepEqual([...search.distances], within, each.name)
    checkPaths(t, each, search)
  }
})

test('distances satisfy the triangle inequality, tight along the paths, on larger graphs', async t => {
  for (const graph of [...bigZoo, rmat(11)]) {
    const each = await walked(graph, 'out')
    checkPaths(t, each, searched(each, [graph.sources[0]!]))
  }
})

test('weights may be 0, infinite, tiny, huge and of any spread', async t => {
  const random = randomFrom(5)
  const spreads = [
    () => 0,
    () => 1e-320,
    () => 1e300,
    () => 10 ** (random.int(600) - 300),
    () => random.int(3),
    () => (random.int(2) === 0 ? Number.POSITIVE_INFINITY : random.next()),
  ]
  for (const weight of spreads) {
    const each = await walked(rmat(8), 'all')
    each.weights.forEach((_, k) => {
      each.weights[k] = weight()
    })
    const search = searched(each, [each.graph.sources[0]!])
    checkPaths(t, each, search)
    t.deepEqual([...search.distances], bellmanFord(each, each.graph.sources[0]!))
  }
})

test('long paths take a time that does not depend on their length in weights', async t => {
  const vertexCount = 50_000
  const sources = Array.from({ length: vertexCount - 1 }, (_, v) => v)
  const targets = sources.map(v => v + 1)
  const each = await walked(
    { name: 'long path', vertexCount, sources, targets, weights: sources.map(() => 1e6) },
    'out',
  )
  t.is(searched(each, [0]).distances[vertexCount - 1], (vertexCount - 1) * 1e6)
})

test('distances in random multigraphs are those of Bellman and Ford', async t => {
  await fc.assert(
    fc.asyncProperty(multigraphs(), async graph => {
      if (graph.vertexCount === 0) return
      const each = await walked(graph, 'out')
      const search = searched(each, [0])
      t.deepEqual([...search.distances], bellmanFord(each, 0))
    }),
  )
})

function searched(each: Walked, sources: number[], maxDistance?: number): DistanceSearch {
  const rows = each.topology.outEdges
  const search = startSearch(rows, weightsByPlace(rows, each.weights), sources, maxDistance)
  while (continueSearch(search, 3)) {
    // Three vertices at a time.
  }
  return search
}

function bellmanFord({ topology, weights }: Walked, source: number): number[] {
  const distances = new Array<number>(topology.vertexCount).fill(Number.POSITIVE_INFINITY)
  distances[source] = 0
  for (let changed = true; changed; ) {
    changed = false
    for (const [k, weight] of weights.entries()) {
      const through = distances[topology.sources[k]!]! + weight
      if (through >= distances[topology.targets[k]!]!) continue
      distances[topology.targets[k]!] = through
      changed = true
    }
  }
  return distances
}

/** No edge is a short cut, last edges are tight, and vertices are visited in order, each once. */
function checkPaths(
  t: { true(value: boolean, message?: string): void },
  { topology, weights, name }: Walked,
  { distances, places, order, visited, rows, maxDistance }: DistanceSearch,
): void {
  for (const [k, weight] of weights.entries()) {
    const through = distances[topology.sources[k]!]! + weight
    t.true(distances[topology.targets[k]!]! <= through || through > maxDistance, name)
  }
  for (const [v, place] of places.entries()) {
    if (place < 0) continue
    const edge = rows.edges[place]!
    t.true(topology.targets[edge] === v)
    t.true(distances[v] === distances[topology.sources[edge]!]! + weights[edge]!, name)
  }
  t.true(new Set(order.subarray(0, visited)).size === visited)
  t.true(visited === distances.filter(distance => distance < Number.POSITIVE_INFINITY).length)
  for (let at = 1; at < visited; at++) {
    t.true(distances[order[at - 1]!]! <= distances[order[at]!]!, name)
  }
}
