import test from 'ava'
import fc from 'fast-check'
import { createKernelTeam } from '../../../engine/extend.js'
import { deltaStepping } from '../../../gelly/kernels/delta-stepping.js'
import { continueSearch, startSearch, weightsByPlace } from '../../../gelly/kernels/distances.js'
import { arcsOf, longestWhole } from '../../../gelly/kernels/whole-distances.js'
import { settleZeroSteps } from '../../../gelly/kernels/zero-steps.js'
import { pathSearches } from '../../../gelly/library/paths/path-searches.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { bigZoo, multigraphs, rmat } from '../zoo.js'
import { type Walked, walked, walkedZoo } from './on-zoo.js'

interface Setting {
  readonly workers?: number
  readonly webAssembly?: boolean
  readonly shift?: number
  readonly chunks?: number
  readonly maxDistance?: number
}

interface Found {
  readonly distances: number[]
  readonly places: number[]
  readonly reached: number
}

const SETTINGS: readonly Setting[] = [
  {},
  { shift: 3 },
  { webAssembly: false },
  { webAssembly: false, shift: 4, chunks: 3 },
  { workers: 2 },
  { workers: 3, shift: 2, chunks: 3 },
  { workers: 2, webAssembly: false, shift: 1, chunks: 3 },
]

async function stepped(each: Walked, sources: number[], setting: Setting): Promise<Found> {
  const { topology, weights } = each
  const { shift, chunks, maxDistance = Number.POSITIVE_INFINITY, ...teamOptions } = setting
  const team = createKernelTeam(topology.region, { ...teamOptions, grain: 1 })
  const scratch = new Scratch(topology.region)
  try {
    await team.start()
    const rows = topology.outEdges
    const arcs = await arcsOf(team, scratch, rows, weights)
    const { offsets } = rows
    const search = { offsets, arcs, sources, limit: maxDistance, grain: 1, shift, chunks }
    const { distances, places, reached } = await deltaStepping(team, scratch, search)
    settleZeroSteps(topology, weights, distances, places)
    return { distances: [...distances], places: [...places], reached }
  } finally {
    team.close()
    scratch.release()
  }
}

/** By Dijkstra's algorithm with buckets, for whole weights where they are. */
async function ordered(
  { topology, weights }: Walked,
  sources: number[],
  maxDistance?: number,
): Promise<Found> {
  const searches = await pathSearches(topology, topology.outEdges, weights)
  searches.start(sources, maxDistance)
  while (searches.proceed(100)) {
    // To the end.
  }
  const { distances, places, visited } = searches.found()
  const settled = places.slice()
  settleZeroSteps(topology, weights, distances, settled)
  searches.release()
  return { distances: [...distances], places: [...settled], reached: visited }
}

/** By Dijkstra's algorithm for any weights. */
function anyOrdered({ topology, weights }: Walked, sources: number[]): Found {
  const rows = topology.outEdges
  const search = startSearch(rows, weightsByPlace(rows, weights), sources)
  while (continueSearch(search, 100)) {
    // To the end.
  }
  settleZeroSteps(topology, weights, search.distances, search.places)
  const { distances, places, visited } = search
  return { distances: [...distances], places: [...places], reached: visited }
}

/** Whole weights from 0 to `most`, from those of the zoo. */
function whole(each: Walked, most: number): Walked {
  const weights = each.weights.map(weight => (4 * weight) % (most + 1))
  return { ...each, weights }
}

test('distances and last edges are those of searches in order, on the zoo, whoever works', async t => {
  for await (const each of walkedZoo()) {
    if (each.topology.vertexCount === 0) continue
    for (const most of [64, 1]) {
      const wholes = whole(each, most)
      const source = each.topology.vertexCount >> 1
      const expected = await ordered(wholes, [source])
      t.deepEqual(anyOrdered(wholes, [source]), expected, each.name)
      const [first, second] = [SETTINGS[most % 3]!, SETTINGS[4 + (most % 3)]!]
      t.deepEqual(await stepped(wholes, [source], first), expected, each.name)
      t.deepEqual(await stepped(wholes, [source], second), expected, each.name)
    }
  }
})

for (const setting of SETTINGS) {
  test(`larger graphs, long weights, several sources, a maximum: ${JSON.stringify(setting)}`, async t => {
    for (const graph of [...bigZoo, rmat(11)]) {
      const each = await walked(graph, 'out')
      each.weights.forEach((weight, k) => {
        each.weights[k] = (weight * 1000 + k) % 1024
      })
      t.is(longestWhole(each.weights, graph.vertexCount), 1023)
      const sources = [graph.sources[0]!, 5, graph.sources[0]!]
      t.deepEqual(await stepped(each, sources, setting), await ordered(each, sources), graph.name)
      const near = await stepped(each, sources, { ...setting, maxDistance: 90.5 })
      t.deepEqual(near, await ordered(each, sources, 90.5), graph.name)
      t.true(near.distances.every(distance => distance <= 90 || distance === Infinity))
    }
  })
}

test('random multigraphs, with edges of weight 0 in circles', t =>
  fc.assert(
    fc.asyncProperty(multigraphs(), fc.constantFrom(0, 1, 3, 64), async (graph, most) => {
      if (graph.vertexCount === 0) return
      const each = whole(await walked(graph, 'all'), most)
      const expected = await ordered(each, [0])
      t.deepEqual(anyOrdered(each, [0]), expected)
      t.deepEqual(await stepped(each, [0], { shift: 2 }), expected)
      t.deepEqual(await stepped(each, [0], { webAssembly: false, shift: 3 }), expected)
    }),
    { numRuns: 150 },
  ))

test('last edges lead back to a source without a circle, also where all weights are 0', async t => {
  const each = whole(await walked(rmat(8), 'all'), 0)
  const source = each.graph.sources[0]!
  const { places, distances, reached } = await stepped(each, [source], { workers: 2 })
  const { sources, outEdges } = each.topology
  t.is(distances.filter(distance => distance === 0).length, reached)
  for (const v of places.keys()) {
    if (distances[v] !== 0) continue
    let steps = 0
    for (let u = v; places[u]! >= 0 && steps <= reached; steps++) {
      u = sources[outEdges.edges[places[u]!]!]!
    }
    t.true(steps < reached)
  }
})
