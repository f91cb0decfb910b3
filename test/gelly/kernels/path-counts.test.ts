import test from 'ava'
import fc from 'fast-check'
import { createKernelTeam } from '../../../engine/extend.js'
import { searchedPassages } from '../../../gelly/library/centrality/searched-passages.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import type { Topology } from '../../../gelly/topology/topology.js'
import { bigZoo, multigraphs, rmat, type ZooGraph } from '../zoo.js'
import { floydWarshall, type Walked, walked, walkedZoo } from './on-zoo.js'

test('dependencies are the shares of shortest paths through each vertex and edge', async t => {
  for await (const each of walkedZoo()) {
    if (each.topology.vertexCount > MOST) continue
    const expected = byPairs(each, false)
    const found = await unweighted(each)
    close(t, found.vertices, expected.vertices, each.name)
    close(t, found.edges, expected.edges, each.name)
  }
})

test('weighted dependencies are the shares of shortest paths too', async t => {
  for await (const each of walkedZoo()) {
    if (each.topology.vertexCount > MOST) continue
    const expected = byPairs(each, true)
    const found = await weighted(each)
    close(t, found.vertices, expected.vertices, each.name)
    close(t, found.edges, expected.edges, each.name)
  }
})

test('in random multigraphs they are as well', async t => {
  await fc.assert(
    fc.asyncProperty(multigraphs(), async graph => {
      const each = await walked(graph, 'out')
      close(t, (await unweighted(each)).vertices, byPairs(each, false).vertices, each.name)
      close(t, (await weighted(each)).vertices, byPairs(each, true).vertices, each.name)
    }),
  )
})

test('dependencies on a source add up to the inner vertices of all paths', async t => {
  for (const graph of [...bigZoo, rmat(12, 4), grid(1500, 8)]) {
    for (const direction of ['out', 'in', 'all'] as const) {
      await checkSum(t, await walked(graph, direction), graph.sources[0]!)
    }
  }
})

test('paths that are more than a number can hold are weighed as well', async t => {
  await checkSum(t, await walked(grid(700, 700), 'out'), 0)
  await checkSum(t, await walked(grid(700, 700), 'all'), 350 * 700 + 350)
})

test('weighted counts that cannot be told are refused', async t => {
  const tiny: ZooGraph = {
    name: 'tiny',
    vertexCount: 3,
    sources: [0, 1],
    targets: [1, 2],
    weights: [1, 1e-20],
  }
  const { topology, weights } = await walked(tiny, 'out')
  t.is(await passagesFrom(topology, Int32Array.of(0), weights), null)
})

/** The oracle looks at all pairs and edges; sums are checked on larger graphs. */
const MOST = 40

/** The dependency of each vertex and edge, over all sources. */
interface Dependencies {
  readonly vertices: Float64Array
  readonly edges: Float64Array
}

function unweighted(each: Walked): Promise<Dependencies> {
  return fromAll(each, null)
}

function weighted(each: Walked): Promise<Dependencies> {
  return fromAll(each, each.weights)
}

async function fromAll({ topology }: Walked, weights: Float64Array | null): Promise<Dependencies> {
  const all = Int32Array.from({ length: topology.vertexCount }, (_, v) => v)
  const { vertices, places } = (await passagesFrom(topology, all, weights))!
  return { vertices, edges: byEdge(topology.outEdges.edges, places) }
}

async function passagesFrom(
  topology: Topology,
  sources: Int32Array,
  weights: Float64Array | null,
  edges = true,
) {
  const scratch = new Scratch(topology.region)
  const team = createKernelTeam(topology.region)
  const search = { weights, edges, told: () => undefined }
  const found = await searchedPassages(team, scratch, topology, sources, search)
  scratch.release()
  return found
}

function byEdge(edges: Int32Array, places: Float64Array): Float64Array {
  const scores = new Float64Array(places.length)
  for (const [k, edge] of edges.entries()) scores[edge] = places[k]!
  return scores
}

/** From the definition: of all paths from s to t, those through v are paths to v times paths from it. */
function byPairs(each: Walked, withWeights: boolean): Dependencies {
  const { sources, targets, vertexCount } = each.topology
  const distances = floydWarshall(each, withWeights)
  const length = (k: number) => (withWeights ? each.weights[k]! : 1)
  const counts = distances.map((row, s) => {
    const paths = new Float64Array(vertexCount)
    paths[s] = 1
    const inOrder = [...row.keys()].sort((a, b) => row[a]! - row[b]!)
    const into = new Map<number, number[]>()
    for (const [k, target] of targets.entries()) into.set(target, [...(into.get(target) ?? []), k])
    for (const v of inOrder) {
      if (row[v] === Number.POSITIVE_INFINITY) continue
      for (const k of into.get(v) ?? []) {
        if (row[sources[k]!]! + length(k) === row[v]) paths[v]! += paths[sources[k]!]!
      }
    }
    return paths
  })
  const vertices = new Float64Array(vertexCount)
  const edges = new Float64Array(sources.length)
  for (const [s, row] of distances.entries()) {
    for (const [t, whole] of row.entries()) {
      if (s === t || whole === Number.POSITIVE_INFINITY) continue
      for (let v = 0; v < vertexCount; v++) {
        if (v === s || v === t || row[v]! + distances[v]![t]! !== whole) continue
        vertices[v]! += (counts[s]![v]! * counts[v]![t]!) / counts[s]![t]!
      }
    }
  }
  for (const [k, u] of sources.entries()) {
    const v = targets[k]!
    for (const [s, row] of distances.entries()) {
      for (const [t, whole] of row.entries()) {
        if (s === t || whole === Number.POSITIVE_INFINITY) continue
        if (row[u]! + length(k) + distances[v]![t]! !== whole) continue
        edges[k]! += (counts[s]![u]! * counts[v]![t]!) / counts[s]![t]!
      }
    }
  }
  return { vertices, edges }
}

async function checkSum(t: Truth, each: Walked, source: number): Promise<void> {
  const { topology, name } = each
  const { vertices: scores } = (await passagesFrom(topology, Int32Array.of(source), null, false))!
  const inner = levelsFrom(topology, source).reduce((sum, level) => sum + Math.max(0, level - 1), 0)
  const sum = scores.reduce((a, b) => a + b, 0)
  t.true(Math.abs(sum - inner) <= 1e-9 * inner, `${name}: ${sum} and ${inner}`)
}

function levelsFrom({ out, vertexCount }: Topology, source: number): Int32Array {
  const levels = new Int32Array(vertexCount).fill(-1)
  const queue = [source]
  levels[source] = 0
  for (const u of queue) {
    for (const v of out.neighbours.subarray(out.offsets[u], out.offsets[u + 1])) {
      if (levels[v] !== -1) continue
      levels[v] = levels[u]! + 1
      queue.push(v)
    }
  }
  return levels
}

function grid(width: number, height: number): ZooGraph {
  const all = Array.from({ length: width * height }, (_, v) => v)
  const edges = [
    ...all.filter(v => (v + 1) % width !== 0).map(v => [v, v + 1] as const),
    ...all.slice(0, width * (height - 1)).map(v => [v, v + width] as const),
  ]
  return {
    name: `grid ${width} x ${height}`,
    vertexCount: all.length,
    sources: edges.map(([source]) => source),
    targets: edges.map(([, target]) => target),
    weights: edges.map(() => 1),
  }
}

interface Truth {
  true(value: boolean, message?: string): void
}

function close(t: Truth, found: Float64Array, expected: Float64Array, name: string): void {
  for (const [k, value] of expected.entries()) {
    const off = Math.abs(found[k]! - value)
    t.true(off <= 1e-9 * Math.max(1, value), `${name}, ${k}: ${found[k]} and ${value}`)
  }
}
