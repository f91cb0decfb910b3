/**
 * PageRank as programs of one vertex: gather-sum-apply, and vertex-centric with a combiner, with
 * lambdas as users write them, on one thread and on two. A random graph of 2^18 vertices, ten
 * supersteps; the supersteps alone, and in all, from the edges by position on.
 *
 * Rival: a loop over compressed sparse rows that pulls contributions computed once per vertex. The goal
 * of vertex-centric programs is 15 ns per message, which is some five times the rival's time.
 * Run: `npm run bench -- gather-sum-apply-18`; `--scale 0.25` takes two off the exponent.
 */
import { Float64Column } from '../../../engine/extend.js'
import { ExecutionEnvironment } from '../../../engine/index.js'
import { graphOf, type ModelResult, topologyOf } from '../../../gelly/index.js'
import { dot, total } from '../answer.js'
import type { Benchmark, Contender, Memory, Setting, Tasks } from '../benchmark.js'
import { pageRankByHand } from '../by-hand/page-rank.js'
import { degreesOf, rowsOf, sourcesOf } from '../graphs/csr.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { LOOP_PARTS, type LoopRun, loopTasks, loopTime } from '../loop-tasks.js'
import { memoryNote } from '../memory-note.js'

/** Of each run. */
const SUPERSTEPS = 10

export const gatherSumApply18 = benchmark('gather-sum-apply-18', 'gather-sum-apply', 2, {
  wiesel: pulling,
  'wiesel, 2 workers': setting => pulling(setting, 2),
})
export const vertexCentric18 = benchmark('vertex-centric-18', 'vertex-centric', 5, {
  wiesel: sending,
  'wiesel, 2 workers': setting => sending(setting, 2),
})

function benchmark(
  name: string,
  model: string,
  goal: number,
  contenders: Readonly<Record<string, Contender>>,
): Benchmark {
  return {
    name,
    question: `PageRank as ${model} with lambdas, RMAT scale 18, ${SUPERSTEPS} supersteps`,
    records: 2 ** 18,
    unit: 'edge and superstep',
    parts: LOOP_PARTS,
    contenders: { ...contenders, 'by hand': byHand },
    goals: { 'by hand': goal },
    warmUps: 1,
    runs: 5,
    input: writeGraph,
  }
}

function pulling(setting: Setting, parallelism = 1): Tasks {
  const run = (graph: RankGraph) =>
    graph.gatherSumApply({
      maxIterations: SUPERSTEPS,
      gather: neighbour => neighbour.value / neighbour.outDegree,
      sum: (a, b) => a + b,
      apply: (sum, _, { vertexCount }) => 0.15 / vertexCount + 0.85 * sum,
    })
  return overGraph(setting, run, parallelism)
}

function sending(setting: Setting, parallelism = 1): Tasks {
  const run = (graph: RankGraph) =>
    graph.vertexCentric<number>({
      maxIterations: SUPERSTEPS + 1,
      combine: (a, b) => a + b,
      compute(vertex, messages, context) {
        let rank = vertex.value
        if (context.superstep > 1) {
          rank = 0.15 / context.vertexCount + 0.85 * messages.sum()
          context.setValue(rank)
        }
        if (context.superstep <= 10) context.sendToNeighbors(rank / vertex.outDegree)
      },
    })
  return overGraph(setting, run, parallelism)
}

type RankGraph = ReturnType<typeof graphOf<number, number, null>>

function overGraph(
  setting: Setting,
  run: (graph: RankGraph) => Promise<ModelResult<number, number, null>>,
  parallelism = 1,
): Tasks {
  const env = new ExecutionEnvironment({ parallelism })
  const csr = readGraph(setting)
  const sources = sourcesOf(csr)
  const n = csr.offsets.length - 1
  const initial = new Float64Column(new Float64Array(n).fill(1 / n))
  const degrees = degreesOf(csr)
  return perEdge(sources.length, async () => {
    const topology = await topologyOf(n, sources, csr.neighbours)
    const { vertices, history } = await run(
      graphOf<number, number>(topology, null, initial, null, env),
    )
    const { value } = await vertices.toColumns()
    return withNeighbours(degrees, value as ArrayLike<number>, loopTime(history))
  })
}

function byHand(setting: Setting): Tasks {
  const csr = readGraph(setting)
  const sources = sourcesOf(csr)
  const degrees = degreesOf(csr)
  return perEdge(sources.length, () => {
    const rows = rowsOf(degrees.length, sources, csr.neighbours)
    const began = performance.now()
    const ranks = pageRankByHand(rows, SUPERSTEPS)
    return withNeighbours(degrees, ranks, performance.now() - began)
  })
}

/** Ranks of the vertices that have edges: others keep what they have in one model and not in the other. */
interface Ranks extends LoopRun {
  readonly id: Int32Array
  readonly rank: Float64Array
}

function withNeighbours(degrees: Int32Array, ranks: ArrayLike<number>, loopMs: number): Ranks {
  const id = Int32Array.from(degrees.keys()).filter(v => degrees[v]! > 0)
  return { id, rank: Float64Array.from(id, v => ranks[v]!), loopMs }
}

function perEdge(edges: number, run: () => Ranks | Promise<Ranks>): Tasks {
  const digest = ({ id, rank }: Ranks) => {
    return { vertices: id.length, ids: total(id), rank: total(rank), byId: dot(id, rank) }
  }
  const note = (_: Ranks, memory: Memory) => memoryNote(memory, edges, 'edge')
  return loopTasks(run, digest, note, () => edges * SUPERSTEPS)
}
