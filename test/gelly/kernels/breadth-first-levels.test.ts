import test from 'ava'
import fc from 'fast-check'
import { createKernelTeam } from '../../../engine/extend.js'
import { breadthFirstLevels } from '../../../gelly/kernels/breadth-first-levels.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
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
  await search.finish()
  const answer = { levels: [...search.levels], parents: [...search.parents] }
  if (answer.levels.filter(level => level >= 0).length !== reached) throw new Error('miscounted')
  team.close()
  scratch.release()
  return answer
}

/** With a queue; the parent is the source of the first edge that comes from one level up. */
function expected({ vertexCount, sources, targets }: ZooGraph, source: number): Answer {
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
  const parents = levels.map(() => -1)
  for (const [e, u] of sources.entries()) {
    const v = targets[e]!
    if (levels[u] !== -1 && levels[v] === levels[u]! + 1 && parents[v] === -1) parents[v] = u
  }
  return { levels, parents }
}

for (const graph of [...zoo, ...bigZoo].filter(({ vertexCount }) => vertexCount > 0)) {
  test.serial(`${graph.name}: levels and parents are those of a queue`, async t => {
    const sources = [0, graph.vertexCount >> 1, graph.vertexCount - 1]
    for (const source of sources) {
      const answer = expected(graph, source)
      t.deepEqual(await found(graph, source), answer)
      t.deepEqual(await found(graph, source, { webAssembly: false }), answer)
    }
    t.deepEqual(await found(graph, 0, { workers: 3 }), expected(graph, 0))
    t.deepEqual(await found(graph, 0, { workers: 3, webAssembly: false }), expected(graph, 0))
  })
}

test('levels and parents in random multigraphs', t =>
  fc.assert(
    fc.asyncProperty(multigraphs({ maxVertices: 80, maxEdges: 200 }), async graph => {
      if (graph.vertexCount === 0) return
      t.deepEqual(await found(graph, 0), expected(graph, 0))
    }),
    { numRuns: 100 },
  ))
