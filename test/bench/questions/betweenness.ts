/**
 * Betweenness from one vertex in a random graph: paths counted forward, dependencies summed up
 * backward.
 *
 * Rivals: the GAP suite, see `rivals/gap.ts`, which walks all edges both times. Run:
 * `npm run bench -- betweenness-18`; `--scale 0.25` takes two off the exponent.
 */
import { createKernelTeam } from '../../../engine/extend.js'
import {
  type PassageSums,
  searchedPassages,
} from '../../../gelly/library/centrality/searched-passages.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { type Benchmark, type Setting, single, type Tasks } from '../benchmark.js'
import { firstVertex } from '../graphs/csr.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { topologyOfRows } from '../graphs/library-graph.js'
import { gapSearch } from '../rivals/gap-tasks.js'

const gap = gapSearch({
  ...{ kernel: 'bc', options: ['-i', '1'] },
  // The highest ones, first that of the source itself: here its own paths count.
  answer: output => ({ highest: Number([...output.matchAll(/^(\d+):/gm)][1]?.[1]) }),
})

export const betweenness16 = betweenness(16, 9)
export const betweenness18 = betweenness(18, 7)

function betweenness(scale: number, runs: number): Benchmark {
  return {
    name: `betweenness-${scale}`,
    question: `betweenness from one vertex, RMAT scale ${scale}`,
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
  const source = Int32Array.of(firstVertex(graph))
  const ready = topologyOfRows(graph)
  return single(
    async () => {
      const topology = await ready
      const scratch = new Scratch(topology.region)
      const team = createKernelTeam(topology.region)
      const search = { weights: null, edges: false, told: () => undefined }
      const found = await searchedPassages(team, scratch, topology, source, search)
      scratch.release()
      return found!
    },
    ({ vertices }: PassageSums) => ({
      highest: vertices.indexOf(vertices.reduce((a, b) => Math.max(a, b), 0)),
    }),
  )
}
