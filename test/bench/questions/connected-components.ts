/**
 * Connected components by the library in a random graph, as the GAP suite measures it.
 *
 * Rivals: the GAP suite, with the same method (Afforest), see `rivals/gap.ts`; at scale 16 also
 * graphology, networkx and igraph. Components are verified. Run: `npm run bench -- connected-components-18`.
 */
import { connectedComponents } from '../../../gelly/index.js'
import type { Benchmark, Contender, Setting } from '../benchmark.js'
import { graphBenchmark, graphTasks } from '../graph-tasks.js'
import type { Csr } from '../graphs/csr.js'
import { readGraph } from '../graphs/graph-file.js'
import { gapTasks } from '../rivals/gap-tasks.js'
import { rivalTasks } from '../rivals/graph-rival.js'
import {
  graphologyFunction,
  graphologyLoader,
  type UndirectedGraph,
} from '../rivals/graphology-packages.js'
import { pythonContenders } from '../rivals/python-graph.js'

const PART = 'components'
const { networkx, igraph } = pythonContenders({ question: 'components', part: PART })

export const connectedComponents16 = components(16, 9, { graphology, networkx, igraph })
export const connectedComponents18 = components(18, 9, { igraph })
export const connectedComponents20 = components(20, 5, {})

function components(scale: number, runs: number, more: Benchmark['contenders']): Benchmark {
  return graphBenchmark({
    name: `connected-components-${scale}`,
    question: `connected components by the library, RMAT scale ${scale}`,
    ...{ scale, part: PART, runs, warmUps: 5 },
    wiesel,
    rivals: { 'GAP suite': gap, ...more },
    gap: 1.5,
  })
}

function wiesel(parallelism: number): Contender {
  return setting =>
    graphTasks(setting, {
      part: PART,
      parallelism,
      index(topology) {
        topology.out
        topology.in
      },
      run: graph => connectedComponents(graph),
      async answer({ vertices, count, largest }, csr) {
        const { component } = await vertices.toColumns()
        return { components: count, largest, verified: areClosed(component, csr) }
      },
    })
}

function gap(setting: Setting) {
  return gapTasks(setting, {
    kernel: 'cc',
    part: PART,
    options: () => ['-v'],
    answer: output => ({
      components: Number(/There are (\d+) components/.exec(output)?.[1]),
      largest: Number(/^\d+:(\d+)$/m.exec(output)?.[1]),
      verified: /Verification:\s+PASS/.test(output),
    }),
  })
}

async function graphology(setting: Setting) {
  const csr = readGraph(setting)
  const run = await graphologyFunction<(graph: UndirectedGraph) => string[][]>(
    'graphology-components',
    'connectedComponents',
  )
  return rivalTasks({
    part: PART,
    edges: csr.neighbours.length,
    load: await graphologyLoader(csr),
    run,
    answer: found => ({
      components: found.length,
      largest: Math.max(...found.map(({ length }) => length)),
    }),
  })
}

/** Whether no edge leads out of a component: too few would be seen by their number. */
function areClosed(component: ArrayLike<number>, { offsets, neighbours }: Csr): boolean {
  for (let v = 0; v + 1 < offsets.length; v++) {
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      if (component[v] !== component[neighbours[k]!]) return false
    }
  }
  return true
}
