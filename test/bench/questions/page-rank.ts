/**
 * PageRank with the operators of data sets in a bulk iteration: ranks joined with the links, summed
 * by target. A random graph of 2^18 or 2^20 vertices, ten supersteps.
 *
 * Rival: a loop over compressed sparse rows that pulls contributions computed once per vertex, in
 * 64-bit numbers. Run: `npm run bench -- page-rank-18`; `--scale 0.25` takes two off the exponent.
 */
import { ExecutionEnvironment } from '../../../engine/index.js'
import { dot, total } from '../answer.js'
import { type Benchmark, type Setting, type Tasks, task } from '../benchmark.js'
import { pageRankByHand } from '../by-hand/page-rank.js'
import { degreesOf, sourcesOf } from '../graphs/csr.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
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
  return perEdge(
    edges,
    () => ranks.toColumns(),
    ({ id, rank }) => digest(id, rank),
  )
}

/** The program, and how many edges its graph has. */
export function pageRankProgram(setting: Setting, parallelism: number, checkpoint?: Checkpoint) {
  const graph = readGraph(setting)
  const degrees = degreesOf(graph)
  const source = sourcesOf(graph)
  const n = degrees.length
  const env = new ExecutionEnvironment({ parallelism, parallelFrom: 0 })
  const links = env.fromColumns({
    source,
    target: graph.neighbours,
    degree: source.map(v => degrees[v]!),
  })
  const initial = env.fromColumns({
    id: Int32Array.from({ length: n }, (_, v) => v),
    rank: new Float64Array(n).fill(1 / n),
  })
  const options = { maxIterations: SUPERSTEPS, ...(checkpoint && { checkpoint }) }
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
  const degrees = degreesOf(graph)
  return perEdge(
    graph.neighbours.length,
    () => pageRankByHand(graph, SUPERSTEPS),
    ranks => {
      // Who has no neighbours gets nothing from a join.
      const id = Int32Array.from(ranks.keys()).filter(v => degrees[v]! > 0)
      return digest(
        id,
        Float64Array.from(id, v => ranks[v]!),
      )
    },
  )
}

/** Vertices may come in any order. */
function digest(id: ArrayLike<number>, rank: ArrayLike<number>) {
  return { vertices: id.length, ids: total(id), rank: total(rank), byId: dot(id, rank) }
}

function perEdge<R>(
  edges: number,
  work: () => R | Promise<R>,
  answer: (result: R) => ReturnType<typeof digest>,
): Tasks {
  const note = (_: R, memory: Parameters<typeof memoryNote>[0]) => memoryNote(memory, edges, 'edge')
  return { '': { ...task(work, answer, note), work: () => edges * SUPERSTEPS } }
}
