/**
 * Shortest paths from one vertex in a random graph, with whole weights from 1 to 255: the search alone,
 * without index, as the GAP suite measures it.
 *
 * Rival: delta-stepping of the GAP suite with buckets of width 1, its best here; see `rivals/gap.ts`.
 * Run: `npm run bench -- paths-18`; `--scale 0.25` takes two off the exponent.
 */
import {
  type FoundPaths,
  type PathSearches,
  pathSearches,
} from '../../../gelly/library/path-searches.js'
import { type Topology, topologyOf } from '../../../gelly/topology/topology.js'
import { type Benchmark, type Setting, single, type Tasks } from '../benchmark.js'
import { integers } from '../data.js'
import type { Csr } from '../graphs/csr.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { gapProgram, runGap, writeGapGraph } from '../rivals/gap.js'

export const paths16 = paths(16, 9)
export const paths18 = paths(18, 7)

function paths(scale: number, runs: number): Benchmark {
  return {
    name: `paths-${scale}`,
    question: `shortest paths from one vertex, RMAT scale ${scale}, weights 1 to 255`,
    records: 2 ** scale,
    contenders: { wiesel, 'GAP suite': gap },
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

async function searchesOf(graph: Csr): Promise<PathSearches> {
  const topology = await topologyOfRows(graph)
  return pathSearches(topology, topology.outEdges, Float64Array.from(weightsOf(graph)))
}

/** The topology of edges in the order of rows, with rows both ways; its own rows are the same. */
export async function topologyOfRows({ offsets, neighbours }: Csr): Promise<Topology> {
  const sources = new Int32Array(neighbours.length)
  for (let v = 0; v + 1 < offsets.length; v++) sources.fill(v, offsets[v], offsets[v + 1])
  const topology = await topologyOf(offsets.length - 1, sources, neighbours)
  // They are built at first sight: not while time is taken.
  void [topology.outEdges, topology.in]
  return topology
}

function gap(setting: Setting): Tasks {
  const kernel = 'sssp'
  gapProgram(kernel)
  const graph = readGraph(setting)
  const path = writeGapGraph(setting.folder, graph, weightsOf(graph))
  let output = ''
  return {
    '': {
      async time() {
        const options = ['-d', '1', '-r', String(firstVertex(graph))]
        const ran = runGap({ kernel, graph: path, options })
        output = ran.output
        return ran.ms
      },
      answer: async () => ({ reached: Number(/reaches (\d+)/.exec(output)?.[1]) }),
      note: async () => '',
    },
  }
}

/** The first vertex that has neighbours. */
export function firstVertex({ offsets }: Csr): number {
  return offsets.findIndex((_, v) => offsets[v + 1]! > offsets[v]!)
}

function weightsOf({ neighbours }: Csr): Int32Array {
  return integers(neighbours.length, 255, 3).map(weight => weight + 1)
}
