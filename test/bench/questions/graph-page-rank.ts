/**
 * PageRank by the library in a random graph, until all scores together change by less than 1e-4, as the
 * GAP suite measures it.
 *
 * Rivals: the GAP suite, whose own way sees new values at once (Gauss-Seidel) and needs fewer
 * iterations, and its older one, where all vertices see the values before (Jacobi), both with 32-bit numbers and
 * without what vertices without edges pass on; see `rivals/gap.ts`. At scale 16 also graphology, ngraph,
 * networkx, and igraph, which solves the equations exactly. All scores are verified by one more
 * iteration. Run: `npm run bench -- graph-page-rank-18`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKernelTeam } from '../../../engine/extend.js'
import { type PageRankResult, pageRank, type Topology } from '../../../gelly/index.js'
import { hotRows } from '../../../gelly/kernels/hot-rows.js'
import { ORDER_FROM } from '../../../gelly/kernels/page-rank-sweeps.js'
import type { Answer } from '../answer.js'
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
import { type LinkedGraph, ngraphLoader, ngraphPageRank } from '../rivals/ngraph.js'
import { pythonContenders } from '../rivals/python-graph.js'

const PART = 'PageRank'
const TOLERANCE = 1e-4
const { networkx, igraph } = pythonContenders({
  ...{ question: 'page-rank', part: PART, tolerance: TOLERANCE },
  answer(_, csr, { folder }) {
    const { buffer, byteOffset, length } = readFileSync(join(folder, 'python-values'))
    return digest(new Float64Array(buffer, byteOffset, length / 8), csr)
  },
})

export const graphPageRank16 = graphPageRank(16, 7, { graphology, ngraph, networkx, igraph })
export const graphPageRank18 = graphPageRank(18, 5, { igraph })
export const graphPageRank20 = graphPageRank(20, 3, {})

function graphPageRank(scale: number, runs: number, more: Benchmark['contenders']): Benchmark {
  return graphBenchmark({
    name: `graph-page-rank-${scale}`,
    question: `PageRank by the library, RMAT scale ${scale}, to a change of ${TOLERANCE}`,
    ...{ scale, part: PART, runs },
    wiesel,
    rivals: { 'GAP suite': gap('pr'), 'GAP suite, Jacobi': gap('pr_spmv'), ...more },
    gap: 1.2,
  })
}

function wiesel(parallelism: number): Contender {
  return setting =>
    graphTasks(setting, {
      part: PART,
      parallelism,
      index(topology) {
        topology.in
        topology.outDegrees
        return pageRankOrder(topology, parallelism)
      },
      run: graph => pageRank(graph, { tolerance: TOLERANCE }),
      answer: async ({ vertices }, csr) =>
        digest(Float64Array.from((await vertices.toColumns()).score), csr),
      note: ({ iterations }: PageRankResult<number>, ms, edges) =>
        iterationsNote(iterations, ((ms * 1e6) / edges / iterations).toFixed(2)),
    })
}

/** The order of vertices that large graphs keep for PageRank. */
async function pageRankOrder(topology: Topology, workers: number): Promise<void> {
  if (topology.vertexCount < ORDER_FROM) return
  const team = createKernelTeam(topology.region, { workers })
  await hotRows(team, topology)
  team.close()
}

function gap(kernel: string): Contender {
  return setting =>
    gapTasks(setting, {
      kernel,
      part: PART,
      options: () => ['-i', '100', '-t', String(TOLERANCE), '-l', '-v'],
      answer: output => ({
        highest: [...output.matchAll(/^(\d+):/gm)].slice(0, 3).map(([, id]) => [Number(id)]),
        verified: /Verification:\s+PASS/.test(output),
      }),
      note: output => iterationsNote([...output.matchAll(/^\s*\d+\s+[\d.e-]+$/gm)].length),
    })
}

function iterationsNote(iterations: number, each?: string): string {
  const fastest = each === undefined ? '' : `, at the fastest ${each} ns per edge and iteration`
  return `${iterations} iterations${fastest}`
}

async function graphology(setting: Setting) {
  const csr = readGraph(setting)
  const run = await graphologyFunction<
    (graph: UndirectedGraph, options: object) => Readonly<Record<string, number>>
  >('graphology-metrics/centrality/pagerank.js')
  const options = { tolerance: TOLERANCE / (csr.offsets.length - 1), getEdgeWeight: null }
  return rivalTasks({
    part: PART,
    edges: csr.neighbours.length,
    load: await graphologyLoader(csr),
    run: graph => run(graph, options),
    answer: scores => digest(byVertex(scores, csr), csr),
  })
}

async function ngraph(setting: Setting) {
  const csr = readGraph(setting)
  const run = await ngraphPageRank()
  return rivalTasks({
    part: PART,
    edges: csr.neighbours.length,
    load: await ngraphLoader(csr),
    run: (graph: LinkedGraph) => run(graph, 0.85, TOLERANCE),
    answer: scores => digest(byVertex(scores, csr), csr),
  })
}

function byVertex(scores: Readonly<Record<string, number>>, { offsets }: Csr): Float64Array {
  return Float64Array.from({ length: offsets.length - 1 }, (_, v) => scores[v]!)
}

/** The three best vertices, and whether one more iteration changes too much. */
function digest(scores: Float64Array, csr: Csr): Answer {
  const best = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!)
  return {
    highest: best.slice(0, 3).map(v => [v]),
    verified: changeOfOneMore(scores, csr) < TOLERANCE,
  }
}

function changeOfOneMore(scores: Float64Array, { offsets, neighbours }: Csr): number {
  const n = scores.length
  const next = new Float64Array(n)
  let lost = 0
  for (let v = 0; v < n; v++) {
    const degree = offsets[v + 1]! - offsets[v]!
    if (degree === 0) lost += scores[v]!
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) next[neighbours[k]!]! += scores[v]! / degree
  }
  const base = (0.15 + 0.85 * lost) / n
  return next.reduce((change, sum, v) => change + Math.abs(base + 0.85 * sum - scores[v]!), 0)
}
