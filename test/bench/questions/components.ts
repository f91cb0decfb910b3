/**
 * Connected components by a delta iteration: who has got a smaller label tells it to the neighbours.
 * A random graph of 2^18 or 2^20 vertices.
 *
 * Rival: the same supersteps over compressed sparse rows. The time is told per edge of the graph and
 * superstep; later supersteps look at few of the edges, in both. The supersteps alone, and in all,
 * from the edges as a list on.
 * Run: `npm run bench -- components-18`; `--scale 0.25` takes two off the exponent.
 */
import { ExecutionEnvironment } from '../../../engine/index.js'
import { dot, total } from '../answer.js'
import type { Benchmark, Memory, Setting, Tasks } from '../benchmark.js'
import { componentsByHand } from '../by-hand/components.js'
import { type Csr, rowsOf, sourcesOf } from '../graphs/csr.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { LOOP_PARTS, type LoopRun, loopTasks, loopTime } from '../loop-tasks.js'
import { memoryNote } from '../memory-note.js'

export const components18 = components(18, 5)
export const components20 = components(20, 3)

function components(scale: number, runs: number): Benchmark {
  return {
    name: `components-${scale}`,
    question: `connected components by a delta iteration, RMAT scale ${scale}`,
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

/** Components in columns, and how many supersteps they took. */
interface Found extends LoopRun {
  readonly id: ArrayLike<number>
  readonly component: ArrayLike<number>
  readonly supersteps: number
}

function twoWorkers(setting: Setting) {
  return wiesel(setting, 2)
}

function wiesel(setting: Setting, parallelism = 1) {
  const graph = readGraph(setting)
  const n = graph.offsets.length - 1
  const env = new ExecutionEnvironment({ parallelism, parallelFrom: 0, memory: '8 GiB' })
  const edges = env.fromColumns({ source: sourcesOf(graph), target: graph.neighbours })
  const id = Int32Array.from({ length: n }, (_, v) => v)
  const vertices = env.fromColumns({ id, component: id })
  const components = vertices.iterateDelta(
    { workset: vertices, key: 'id', maxIterations: 100 },
    ({ solution, workset }) => {
      const smaller = workset
        .join(edges)
        .where('id')
        .equalTo('source')
        .with((v, e) => ({ id: e.target, component: v.component }))
        .groupBy('id')
        .min('component')
        .join(solution)
        .where('id')
        .equalTo('id')
        .filter((c, s) => c.component < s.component)
        .with(c => c)
      return { delta: smaller, workset: smaller }
    },
  )
  return perEdge(graph, async () => {
    const { data, iterations, history } = await components.run()
    return { ...(await data.toColumns()), supersteps: iterations, loopMs: loopTime(history) }
  })
}

function byHand(setting: Setting) {
  const graph = readGraph(setting)
  const source = sourcesOf(graph)
  const id = Int32Array.from({ length: graph.offsets.length - 1 }, (_, v) => v)
  return perEdge(
    graph,
    () => {
      const rows = rowsOf(id.length, source, graph.neighbours)
      const began = performance.now()
      const { components: component, ...rest } = componentsByHand(rows)
      return { id, component, ...rest, loopMs: performance.now() - began }
    },
    ({ looked }) =>
      `${(looked / graph.neighbours.length).toFixed(2)} looks at each edge in all supersteps together`,
  )
}

/** Vertices may come in any order. */
function digest({ id, component, supersteps }: Found) {
  return { vertices: id.length, supersteps, sum: total(component), byId: dot(id, component) }
}

function perEdge<R extends Found>(
  { neighbours }: Csr,
  run: () => R | Promise<R>,
  remark?: (found: R) => string,
): Tasks {
  const edges = neighbours.length
  let supersteps = 0
  const counted = async () => {
    const found = await run()
    supersteps = found.supersteps
    return found
  }
  const note = (found: R, memory: Memory) => {
    const remarks = [`${supersteps} supersteps`, memoryNote(memory, edges, 'edge')]
    return [...remarks, ...(remark === undefined ? [] : [remark(found)])].join('; ')
  }
  return loopTasks(counted, digest, note, () => edges * supersteps)
}
