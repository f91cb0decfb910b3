/**
 * More than a hundred million edges: a random graph of 2^23 vertices with 16 edges each is generated and
 * written to an Arrow file, then loaded from it; it gets its index and ten iterations of PageRank. All in
 * one process, within 8 GiB of memory and a heap of 512 MiB, on one thread.
 *
 * Run: `npm run bench -- hundred-million`; `--scale 0.25` takes two off the exponent.
 */
import { join } from 'node:path'
import { ExecutionEnvironment } from '../../../engine/index.js'
import {
  Graph,
  type LoadedGraph,
  type PageRankResult,
  pageRank,
  rmatGraph,
} from '../../../gelly/index.js'
import { total } from '../answer.js'
import { type Benchmark, type Setting, type Task, type Tasks, task } from '../benchmark.js'
import type { PlainGraph } from '../graph-tasks.js'

const EDGE_FACTOR = 16
const ITERATIONS = 10
const WRITE = 'generate and write'
const RANKS = 'PageRank'

export const hundredMillion: Benchmark = {
  name: 'hundred-million',
  question: `a graph with more than 100 million edges from an Arrow file, ${ITERATIONS} iterations of PageRank`,
  records: 2 ** 23 * EDGE_FACTOR,
  unit: 'edge',
  parts: [WRITE, 'load', 'index', RANKS],
  contenders: { wiesel },
  memoryGoal: 8192,
  nodeOptions: ['--max-old-space-size=512'],
  warmUps: 0,
  runs: 1,
}

function wiesel({ records, folder }: Setting): Tasks {
  const scale = Math.round(Math.log2(records / EDGE_FACTOR))
  const edgeCount = 2 ** scale * EDGE_FACTOR
  const path = join(folder, 'edges.arrows')
  const environment = new ExecutionEnvironment({ parallelism: 1, memory: '4 GiB' })
  let graph: PlainGraph
  let loaded: LoadedGraph<number, null, null>
  const write = async () => {
    const generated = rmatGraph({ scale, edgeFactor: EDGE_FACTOR })
    const edges = generated.edges.map(e => ({ source: e.source, target: e.target }))
    await edges.writeArrow(path, { format: 'stream', overwrite: true }).run()
  }
  const load = async () => {
    const edges = environment.readArrow<{ source: number; target: number }>(path)
    graph = Graph.fromEdges(edges, { source: 'source', target: 'target' })
    loaded = await graph.load()
  }
  const counted = async () => {
    const { edgeCount: found } = loaded.topology
    if (found !== edgeCount) throw new Error(`There are ${found} edges instead of ${edgeCount}.`)
    return { edges: found }
  }
  const index = () => {
    loaded.topology.in
    loaded.topology.outDegrees
  }
  const ranks = () => pageRank(graph, { maxIterations: ITERATIONS, tolerance: 0 })
  const verified = async ({ vertices, iterations }: PageRankResult<number>) => {
    const sum = total((await vertices.toColumns()).score)
    if (Math.abs(sum - 1) > 1e-9) throw new Error(`All scores together are ${sum} instead of 1.`)
    return { iterations, sum }
  }
  const perEdge = (done: Task): Task => ({ ...done, work: () => edgeCount })
  return {
    [WRITE]: perEdge(task(write, () => ({ edges: edgeCount }))),
    load: perEdge(task(load, counted, () => `${loaded.topology.vertexCount} vertices`)),
    index: perEdge(
      task(index, counted, () => {
        return `${(loaded.topology.region.usedBytes / edgeCount).toFixed(1)} bytes per edge`
      }),
    ),
    [RANKS]: perEdge(task(ranks, verified)),
  }
}
