/**
 * Triangles counted by the library in a random graph, as the GAP suite measures it: from rows of sorted
 * neighbours on, with the time that ordering vertices by degree takes.
 *
 * Rivals: the GAP suite, see `rivals/gap.ts`; at scale 16 also igraph by its transitivity, at scale 14
 * graphology by its Simmelian strengths, and networkx. Run: `npm run bench -- triangles-18`.
 */
import { triangleCount } from '../../../gelly/index.js'
import type { Benchmark, Contender, Setting } from '../benchmark.js'
import { graphBenchmark, graphTasks } from '../graph-tasks.js'
import { readGraph } from '../graphs/graph-file.js'
import { gapTasks } from '../rivals/gap-tasks.js'
import { rivalTasks } from '../rivals/graph-rival.js'
import {
  graphologyFunction,
  graphologyLoader,
  type UndirectedGraph,
} from '../rivals/graphology-packages.js'
import { pythonContenders } from '../rivals/python-graph.js'

const PART = 'count'
const { networkx, igraph } = pythonContenders({ question: 'triangles', part: PART })

export const triangles14 = triangles(14, 5, { graphology, networkx, igraph })
export const triangles16 = triangles(16, 5, { igraph })
export const triangles18 = triangles(18, 3, {})
export const triangles20 = triangles(20, 1, {})

function triangles(scale: number, runs: number, more: Benchmark['contenders']): Benchmark {
  return graphBenchmark({
    name: `triangles-${scale}`,
    question: `triangles counted by the library, RMAT scale ${scale}`,
    ...{ scale, part: PART, runs, warmUps: runs === 1 ? 0 : 1 },
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
      fresh: true,
      index(topology) {
        topology.simple
      },
      run: graph => triangleCount(graph),
      answer: ({ triangles }) => ({ triangles }),
    })
}

function gap(setting: Setting) {
  return gapTasks(setting, {
    kernel: 'tc',
    part: PART,
    answer: output => ({ triangles: Number(/^(\d+) triangles/m.exec(output)?.[1]) }),
  })
}

async function graphology(setting: Setting) {
  const csr = readGraph(setting)
  const run = await graphologyFunction<
    (graph: UndirectedGraph) => Readonly<Record<string, number>>
  >('graphology-metrics/edge/simmelian-strength.js')
  return rivalTasks({
    part: PART,
    edges: csr.neighbours.length,
    load: await graphologyLoader(csr),
    run,
    answer: strengths => ({ triangles: Object.values(strengths).reduce((a, b) => a + b, 0) / 3 }),
  })
}
