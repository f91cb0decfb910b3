import test from 'ava'
import fc from 'fast-check'
import { createKernelTeam } from '../../../engine/extend.js'
import { breadthFirstLevels } from '../../../gelly/kernels/breadth-first-levels.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { randomFrom } from '../../support/random.js'
import { bigZoo, multigraphs, type ZooGraph, zoo } from '../zoo.js'

interface Setting {
  readonly workers?: number
  readonly webAssembly?: boolean
}

interface Answer {
  readonly levels: number[]
  readonly parents: number[]
}

async function found(graph: ZooGraph, source: number, setting: Setting = {}): Promise<Answer> {
  const topology = await topologyOf(graph.vertexCount, graph.sources, graph.targets)
  const team = createKernelTeam(topology.region, { ...setting, grain: 8 })
  await team.start()
  const scratch = new Scratch(topology.region)
  const search = await breadthFirstLevels(team, topology, scratch, source)
  let reached = 1
  for (let size = 1; size > 0; reached += size) size = await search.next()
  const answer = { levels: [...search.levels], parents: [...search.parents] }
  if (answer.levels.filter(level => level >= 0).length !== reached) throw new Error('miscounted')
  team.close()
  scratch.release()
  return answer
}

/** With a queue. */
function expectedLevels({ vertexCount, sources, targets }: ZooGraph, source: number): number[] {
  const levels = new Array<number>(vertexCount).fill(-1)
  levels[source] = 0
  const out: number[][] = levels.map(() => [])
  for (const [e, u] of sources.entries()) out[u]!.push(targets[e]!)
  const queue = [source]
  for (const u of queue) {
    for (const v of out[u]!) {
      if (levels[v] !== -1) continue
      levels[v] = levels[u]! + 1
      queue.push(v)
    }
  }
  return levels
}

/** By vertex: all who could be its parent, by number of edge. */
function candidates({ sources, targets }: ZooGraph, levels: readonly number[]): number[][] {
  const parents: number[][] = levels.map(() => [])
  for (const [e, u] of sources.entries()) {
    const v = targets[e]!
    if (levels[u] !== -1 && levels[v] === levels[u]! + 1) parents[v]!.push(u)
  }
  return parents
}

/** Whether levels are those of a queue, and each parent is one level up and has an edge to its child. */
function fits(graph: ZooGraph, source: number, { levels, parents }: Answer): boolean {
  const could = candidates(graph, levels)
  return (
    expectedLevels(graph, source).every((level, v) => level === levels[v]) &&
    parents.every((parent, v) => (levels[v]! > 0 ? could[v]!.includes(parent) : parent === -1))
  )
}

for (const graph of [...zoo, ...bigZoo].filter(({ vertexCount }) => vertexCount > 0)) {
  test.serial(`${graph.name}: levels are those of a queue, parents are one level up`, async t => {
    const sources = [0, graph.vertexCount >> 1, graph.vertexCount - 1]
    for (const source of sources) {
      const answer = await found(graph, source)
      t.true(fits(graph, source, answer))
      t.deepEqual(await found(graph, source, { webAssembly: false }), answer)
      t.deepEqual(await found(graph, source, { workers: 3 }), answer)
      t.deepEqual(await found(graph, source, { workers: 3, webAssembly: false }), answer)
    }
  })
}

/** A circle beside a graph with so many edges that those of the graph itself are always followed. */
function besideManyEdges(graph: ZooGraph): ZooGraph {
  const { vertexCount, sources, targets } = graph
  const circle = 20 * sources.length
  const from = Array.from({ length: circle }, (_, k) => vertexCount + k)
  const to = from.map((_, k) => vertexCount + ((k + 1) % circle))
  return {
    ...graph,
    vertexCount: vertexCount + circle,
    sources: [...sources, ...from],
    targets: [...targets, ...to],
  }
}

const someGraph = multigraphs({ maxVertices: 80, maxEdges: 200 }).filter(g => g.vertexCount > 0)

test('levels and parents fit random multigraphs', t =>
  fc.assert(
    fc.asyncProperty(someGraph, async graph => {
      const answer = await found(graph, 0)
      t.true(fits(graph, 0, answer))
      t.deepEqual(await found(graph, 0, { webAssembly: false }), answer)
    }),
    { numRuns: 100 },
  ))

test('where edges are followed, the parent is the least, whoever works', t =>
  fc.assert(
    fc.asyncProperty(someGraph, async small => {
      const graph = besideManyEdges(small)
      const levels = expectedLevels(graph, 0)
      const could = candidates(graph, levels)
      const parents = could.map(those => (those.length === 0 ? -1 : Math.min(...those)))
      t.deepEqual(await found(graph, 0), { levels, parents })
      t.deepEqual(await found(graph, 0, { webAssembly: false }), { levels, parents })
    }),
    { numRuns: 50 },
  ))

test('where edges are followed by several workers, the parent is the least', async t => {
  const random = randomFrom(7)
  // Levels of 300 vertices, each with edges to many of the next, in any order.
  const edges = Array.from({ length: 12_000 }, () => {
    const u = random.int(1500)
    return [u, (Math.floor(u / 300) + 1) * 300 + random.int(300)] as const
  })
  const hub = Array.from({ length: 300 }, (_, k) => [1800, k] as const)
  const all = [...edges, ...hub]
  const graph = besideManyEdges({
    name: 'levels',
    vertexCount: 1801,
    sources: all.map(([u]) => u),
    targets: all.map(([, v]) => v),
    weights: [],
  })
  const levels = expectedLevels(graph, 1800)
  const could = candidates(graph, levels)
  const parents = could.map(those => (those.length === 0 ? -1 : Math.min(...those)))
  for (const workers of [1, 2, 4]) {
    for (const webAssembly of [true, false]) {
      t.deepEqual(await found(graph, 1800, { workers, webAssembly }), { levels, parents })
    }
  }
})
