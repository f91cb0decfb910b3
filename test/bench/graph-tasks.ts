/** Algorithms of graphs as tasks: loading and index in one part, the algorithm in the other. */
import { ExecutionEnvironment } from '../../engine/index.js'
import { Graph, type LoadedGraph, type Topology } from '../../gelly/index.js'
import type { Answer } from './answer.js'
import type { Benchmark, Contender, Memory, Setting, Task, Tasks } from './benchmark.js'
import { type Csr, sourcesOf } from './graphs/csr.js'
import { readGraph, writeGraph } from './graphs/graph-file.js'
import { memoryNote } from './memory-note.js'

/** Loading with the index that the algorithm needs. */
export const LOADING = 'load and index'

/** What speed is told per: an edge of an undirected graph counts in both directions. */
export const UNIT = 'edge'

/** The graph of the benchmark, without values. */
export type PlainGraph = Graph<number, null, null>

/** A question about an algorithm of the library on a random graph. */
export interface GraphQuestion extends Pick<Benchmark, 'name' | 'question' | 'runs' | 'warmUps'> {
  readonly scale: number
  readonly part: string
  /** The library on so many threads. */
  readonly wiesel: (parallelism: number) => Contender
  readonly rivals: Benchmark['contenders']
  /** For the GAP suite: how many times its time the library may take. */
  readonly gap: number
}

/** The benchmark of a question; others than the GAP suite are to take twenty times as long. */
export function graphBenchmark({
  scale,
  part,
  wiesel,
  rivals,
  gap,
  ...question
}: GraphQuestion): Benchmark {
  const suite = Object.keys(rivals).filter(name => name.startsWith('GAP suite'))
  return {
    ...question,
    records: 2 ** scale,
    unit: UNIT,
    parts: [LOADING, part],
    contenders: { wiesel: wiesel(1), 'wiesel, 2 workers': wiesel(2), ...rivals },
    goals: {
      ...Object.fromEntries(suite.map(name => [name, gap])),
      graphology: 0.05,
      networkx: 0.05,
    },
    goalParts: [part],
    input: writeGraph,
  }
}

/** An algorithm of the library. */
export interface GraphWork<R> {
  /** The name of its part. */
  readonly part: string
  /** On how many threads. */
  readonly parallelism: number
  /** Builds the rows that the algorithm works on. */
  readonly index: (topology: Topology) => unknown
  /** What is timed. */
  readonly run: (graph: PlainGraph) => Promise<R>
  /** What came out, verified. */
  readonly answer: (result: R, csr: Csr) => Answer | Promise<Answer>
  /** A remark on the fastest run. */
  readonly note?: (result: R, fastestMs: number, edges: number) => string
  /** Whether each run needs a graph that has not been worked on yet. */
  readonly fresh?: boolean
}

/** The two parts of an algorithm of the library. */
export function graphTasks<R>(setting: Setting, work: GraphWork<R>): Tasks {
  const csr = readGraph(setting)
  const edges = csr.neighbours.length
  const source = sourcesOf(csr)
  const id = Int32Array.from({ length: csr.offsets.length - 1 }, (_, v) => v)
  const { parallelism } = work
  const environment = new ExecutionEnvironment({ parallelism, memory: '8 GiB' })
  let graph: PlainGraph | undefined
  let loaded: LoadedGraph<number, null, null> | undefined
  let result: R | undefined
  let fastest = Infinity
  const times = { load: 0, index: 0 }
  const load = async () => {
    loaded = undefined
    const began = performance.now()
    graph = Graph.from({
      vertices: environment.fromColumns({ id }),
      edges: environment.fromColumns({ source, target: csr.neighbours }),
    })
    loaded = await graph.load()
    times.load = performance.now() - began
    await work.index(loaded.topology)
    times.index = performance.now() - began - times.load
    return times.load + times.index
  }
  const loading: Task = {
    time: load,
    work: () => edges,
    answer: async () => ({ edges: loaded?.topology.edgeCount ?? 0 }),
    note: async () =>
      `load ${times.load.toPrecision(3)} ms, index ${times.index.toPrecision(3)} ms; ` +
      `the graph has ${edges.toLocaleString('en-US')} edges, and takes ` +
      `${Math.round((loaded?.topology.region.usedBytes ?? 0) / edges)} bytes for each`,
  }
  const algorithm: Task = {
    async time() {
      result = undefined
      if (graph === undefined || work.fresh === true) await load()
      const began = performance.now()
      result = await work.run(graph!)
      const taken = performance.now() - began
      fastest = Math.min(fastest, taken)
      return taken
    },
    work: () => edges,
    answer: async () => work.answer(result as R, csr),
    async note(memory: Memory) {
      const remark = work.note?.(result as R, fastest, edges)
      const remarks = [...(remark === undefined ? [] : [remark]), memoryNote(memory, edges, UNIT)]
      return remarks.join('; ')
    },
  }
  return { [LOADING]: loading, [work.part]: algorithm }
}
