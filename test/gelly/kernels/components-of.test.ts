import test from 'ava'
import fc from 'fast-check'
import { createKernelTeam } from '../../../engine/extend.js'
import { componentsOf } from '../../../gelly/kernels/components-of.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { bigZoo, multigraphs, type ZooGraph, zoo } from '../zoo.js'

const SETTINGS = [
  { rows: false },
  { rows: true },
  { rows: false, workers: 3 },
  { rows: true, workers: 3 },
  { rows: true, workers: 3, webAssembly: false },
  { rows: false, webAssembly: false },
]

async function found(graph: ZooGraph, setting: (typeof SETTINGS)[number]): Promise<Found> {
  const { rows, workers = 1, webAssembly = true } = setting
  const topology = await topologyOf(graph.vertexCount, graph.sources, graph.targets)
  if (rows) for (const row of [topology.out, topology.in]) row.offsets.length
  const team = createKernelTeam(topology.region, { workers, webAssembly, grain: 8 })
  await team.start()
  const parents = topology.region.int32(graph.vertexCount)
  const { count, largest } = await componentsOf(
    ...([team, topology, new Scratch(topology.region), parents] as const),
  )
  team.close()
  return { firsts: [...parents], count, largest }
}

interface Found {
  readonly firsts: readonly number[]
  readonly count: number
  readonly largest: number
}

/** The lowest position of each component, by spreading it until nothing changes. */
function expected({ vertexCount, sources, targets }: ZooGraph): Found {
  const lowest = Array.from({ length: vertexCount }, (_, v) => v)
  for (let changed = true; changed; ) {
    changed = false
    for (const [e, u] of sources.entries()) {
      const v = targets[e]!
      const low = Math.min(lowest[u]!, lowest[v]!)
      changed ||= lowest[u] !== low || lowest[v] !== low
      lowest[u] = low
      lowest[v] = low
    }
  }
  const sizes = lowest.map(first => lowest.filter(other => other === first).length)
  return { firsts: lowest, count: new Set(lowest).size, largest: Math.max(0, ...sizes) }
}

for (const graph of [...zoo, ...bigZoo]) {
  test.serial(`${graph.name}: components are those of labels that spread`, async t => {
    for (const setting of SETTINGS) {
      t.deepEqual(await found(graph, setting), expected(graph), JSON.stringify(setting))
    }
  })
}

test('components of random multigraphs', t =>
  fc.assert(
    fc.asyncProperty(
      multigraphs({ maxVertices: 30, maxEdges: 30 }),
      fc.boolean(),
      async (graph, rows) => {
        t.deepEqual(await found(graph, { rows }), expected(graph))
      },
    ),
    { numRuns: 50 },
  ))
