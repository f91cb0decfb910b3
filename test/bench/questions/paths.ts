/**
 * Shortest paths from one vertex in a random graph, with whole weights from 1 to 255: the search alone,
 * without index, as the GAP suite measures it. One thread searches in exact order, two by delta-stepping.
 *
 * Rival: delta-stepping of the GAP suite with buckets of width 1, its best here; see `rivals/gap.ts`.
 * Run: `npm run bench -- paths-18`; `--scale 0.25` takes two off the exponent.
 */
import { createKernelTeam } from '../../../engine/extend.js'
import { type DeltaPaths, deltaStepping } from '../../../gelly/kernels/delta-stepping.js'
import { arcsOf } from '../../../gelly/kernels/whole-distances.js'
import {
  type FoundPaths,
  type PathSearches,
  pathSearches,
} from '../../../gelly/library/paths/path-searches.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { type Benchmark, type Setting, single, type Tasks } from '../benchmark.js'
import { integers } from '../data.js'
import { type Csr, firstVertex } from '../graphs/csr.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { topologyOfRows } from '../graphs/library-graph.js'
import { gapSearch } from '../rivals/gap-tasks.js'

const gap = gapSearch({
  ...{ kernel: 'sssp', options: ['-d', '1'], weights: weightsOf },
  answer: output => ({ reached: Number(/reaches (\d+)/.exec(output)?.[1]) }),
})

export const paths16 = paths(16, 9)
export const paths18 = paths(18, 7)
export const paths20 = paths(20, 5)

function paths(scale: number, runs: number): Benchmark {
  return {
    name: `paths-${scale}`,
    question: `shortest paths from one vertex, RMAT scale ${scale}, weights 1 to 255`,
    records: 2 ** scale,
    contenders: { wiesel, 'wiesel, 2 workers': twoWorkers, 'GAP suite': gap },
    goals: { 'GAP suite': 1.5 },
    warmUps: 3,
    runs,
    input: writeGraph,
  }
}

function wiesel(setting: Setting): Tasks {
  const graph = readGraph(setting)
  const source = [firstVertex(graph)]
  const ready = searchesOf(graph)
  return single(
    async () => {
      const searches = await ready
      searches.start(source)
      while (searches.proceed(4096)) {
        // In pieces, as the library does.
      }
      return searches.found()
    },
    ({ visited }: FoundPaths) => ({ reached: visited }),
  )
}

function twoWorkers(setting: Setting): Tasks {
  const graph = readGraph(setting)
  const sources = [firstVertex(graph)]
  const ready = preparedArcs(graph)
  return single(
    async () => {
      const { team, offsets, arcs } = await ready
      const scratch = new Scratch(team.region)
      const search = { offsets, arcs, sources, limit: Number.POSITIVE_INFINITY }
      const found = await deltaStepping(team, scratch, search)
      scratch.release()
      return found
    },
    ({ reached }: DeltaPaths) => ({ reached }),
  )
}

async function preparedArcs(graph: Csr) {
  const topology = await topologyOfRows(graph)
  const { region, outEdges } = topology
  const team = createKernelTeam(region, { workers: 2 })
  await team.start()
  const weights = Float64Array.from(weightsOf(graph))
  const arcs = await arcsOf(team, new Scratch(region), outEdges, weights)
  return { team, offsets: outEdges.offsets, arcs }
}

async function searchesOf(graph: Csr): Promise<PathSearches> {
  const topology = await topologyOfRows(graph)
  return pathSearches(topology, topology.outEdges, Float64Array.from(weightsOf(graph)))
}

function weightsOf({ neighbours }: Csr): Int32Array {
  return integers(neighbours.length, 255, 3).map(weight => weight + 1)
}
