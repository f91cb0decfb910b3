/**
 * PageRank with the operators of data sets in a bulk iteration: ranks joined with the links, summed
 * by target. A random graph of 2^18 or 2^20 vertices, ten supersteps: the supersteps alone, and in
 * all, from the edges as a list on.
 *
 * Rival: a loop over compressed sparse rows that pulls contributions computed once per vertex, in
 * 64-bit numbers. Run: `npm run bench -- page-rank-18`; `--scale 0.25` takes two off the exponent.
 */
import { ExecutionEnvironment } from '../../../engine/index.js'
import { dot, total } from '../answer.js'
import type { Benchmark, Memory, Setting, Tasks } from '../benchmark.js'
import { pageRankByHand } from '../by-hand/page-rank.js'
import { degreesOf, rowsOf, sourcesOf } from '../graphs/csr.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { LOOP_PARTS, type LoopRun, loopTasks, loopTime } from '../loop-tasks.js'
import { memoryNote } from '../memory-note.js'

/** Of each run. */
export const SUPERSTEPS = 10

export const pageRank18 = pageRank(18, 5)
export const pageRank20 = pageRank(20, 3)

function pageRank(scale: number, runs: number): Benchmark {
  return {
    name: `page-rank-${scale}`,
    question: `PageRank by join, groupBy and sum, RMAT scale ${scale}, ${SUPERSTEPS} supersteps`,
    records: 2 ** scale,
    unit: 'edge and superstep',
    parts: LOOP_PARTS,
    contenders: { wiesel, 'wiesel, 2 workers': twoWorkers, 'by hand': byHand },
    goals: { 'by hand': 4 },
    warmUps: 1,
    runs,
    input: writeGraph,
  }
}

function twoWorkers(setting: Setting) {
  return wiesel(setting, 2)
}

function wiesel(setting: Setting, parallelism = 1) {
  const { ranks, edges } = pageRankProgram(setting, parallelism)
  const run = async () => {
    const { data, history } = await ranks.run()
    const { id, rank } = await data.toColumns()
    return { id, rank, loopMs: loopTime(history) }
  }
  return perEdge(edges, run)
}

/** The program, and how many edges its graph has. */
export function pageRankProgram(
  setting: Setting,
  parallelism: number,
  supersteps = SUPERSTEPS,
  checkpoint?: Checkpoint,
) {
  const graph = readGraph(setting)
  const degrees = degreesOf(graph)
  const source = sourcesOf(graph)
  const n = degrees.length
  const env = new ExecutionEnvironment({ parallelism, parallelFrom: 0, memory: '8 GiB' })
  const links = env.fromColumns({
    source,
    target: graph.neighbours,
    degree: source.map(v => degrees[v]!),
  })
  const initial = env.fromColumns({
    id: Int32Array.from({ length: n }, (_, v) => v),
    rank: new Float64Array(n).fill(1 / n),
  })
  const options = { maxIterations: supersteps, ...(checkpoint && { checkpoint }) }
  const ranks = initial.iterate(options, current =>
    current
      .join(links)
      .where('id')
      .equalTo('source')
      .with((r, l) => ({ id: l.target, rank: r.rank / l.degree }))
      .groupBy('id')
      .sum('rank')
      .map((s, { n }) => ({ id: s.id, rank: 0.15 / n + 0.85 * s.rank }), { with: { n } }),
  )
  return { ranks, edges: source.length }
}

/** Where and how often the loop writes down where it stands. */
export interface Checkpoint {
  readonly directory: string
  readonly everySupersteps: number
}

function byHand(setting: Setting) {
  const graph = readGraph(setting)
  const source = sourcesOf(graph)
  const degrees = degreesOf(graph)
  // Who has no neighbours gets nothing from a join.
  const id = Int32Array.from(degrees.keys()).filter(v => degrees[v]! > 0)
  return perEdge(source.length, () => {
    const rows = rowsOf(degrees.length, source, graph.neighbours)
    const began = performance.now()
    const ranks = pageRankByHand(rows, SUPERSTEPS)
    const loopMs = performance.now() - began
    return { id, rank: Float64Array.from(id, v => ranks[v]!), loopMs }
  })
}

/** Ranks of vertices, which may come in any order. */
interface Ranks extends LoopRun {
  readonly id: ArrayLike<number>
  readonly rank: ArrayLike<number>
}

function perEdge(edges: number, run: () => Ranks | Promise<Ranks>): Tasks {
  const digest = ({ id, rank }: Ranks) => {
    return { vertices: id.length, ids: total(id), rank: total(rank), byId: dot(id, rank) }
  }
  const note = (_: Ranks, memory: Memory) => memoryNote(memory, edges, 'edge')
  return loopTasks(run, digest, note, () => edges * SUPERSTEPS)
}
