/**
 * Hubs and authorities in a random graph, whose edges lead from the smaller to the larger vertex, until
 * they have converged; from a graph in memory, as each library has it, on.
 *
 * Rivals: graphology and networkx at scale 14, and a loop over compressed sparse rows. Each has its own
 * measure of convergence, so that iterations differ. The answers are the hubs, divided by their sum.
 * Run: `npm run bench -- hits-14`; `--scale 0.25` takes two off the exponent.
 */
import { hits } from '../../../gelly/index.js'
import { orderedSum, total } from '../answer.js'
import { type Benchmark, type Contender, type Setting, single, type Tasks } from '../benchmark.js'
import { hubsByHand } from '../by-hand/hubs.js'
import { edgesOnce, rowsOf } from '../graphs/csr.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { libraryGraph } from '../graphs/library-graph.js'
import { graphologyOf } from '../rivals/graphology.js'
import { findNetworkx, runNetworkx, writeNetworkxGraph } from '../rivals/networkx.js'

/** Of all scores together. */
const TOLERANCE = 1e-10

export const hits14 = benchmark(14, 5, { wiesel, 'by hand': byHand, graphology, networkx })
export const hits18 = benchmark(18, 5, {
  wiesel,
  'wiesel, 2 workers': twoWorkers,
  'by hand': byHand,
})

function benchmark(
  scale: number,
  runs: number,
  contenders: Readonly<Record<string, Contender>>,
): Benchmark {
  return {
    name: `hits-${scale}`,
    question: `hubs and authorities, RMAT scale ${scale}, tolerance ${TOLERANCE}`,
    records: 2 ** scale,
    contenders,
    goals: { 'by hand': 1.5 },
    warmUps: 1,
    runs,
    input: writeGraph,
  }
}

function twoWorkers(setting: Setting): Promise<Tasks> {
  return wiesel(setting, 2)
}

async function wiesel(setting: Setting, parallelism = 1): Promise<Tasks> {
  const graph = await libraryGraph(readGraph(setting), parallelism)
  let took = 0
  const scoring = async () => {
    const { vertices, iterations } = await hits(graph, { tolerance: TOLERANCE })
    took = iterations
    return (await vertices.toColumns()).hub
  }
  return single(scoring, answerOf, () => `${took} iterations`)
}

function byHand(setting: Setting): Tasks {
  const csr = readGraph(setting)
  const { sources, targets } = edgesOnce(csr)
  const n = csr.offsets.length - 1
  const [out, into] = [rowsOf(n, sources, targets), rowsOf(n, targets, sources)]
  return single(() => hubsByHand(out, into, TOLERANCE), answerOf)
}

async function graphology(setting: Setting): Promise<Tasks> {
  const graph = await graphologyOf(readGraph(setting), 'directed')
  // The package is CommonJS, its types are not.
  const { default: theirs } = await import('graphology-metrics/centrality/hits.js')
  const score = theirs as unknown as typeof theirs.default
  return single(
    () => score(graph, { getEdgeWeight: null, maxIterations: 1000, tolerance: TOLERANCE }).hubs,
    hubs => answerOf(Float64Array.from({ length: graph.order }, (_, v) => hubs[v]!)),
  )
}

function networkx(setting: Setting): Tasks {
  findNetworkx('hits')
  const csr = readGraph(setting)
  const folder = writeNetworkxGraph(setting.folder, csr)
  let hubs = new Float64Array()
  return {
    '': {
      async time() {
        const ran = runNetworkx('hits', folder, csr)
        hubs = ran.answer
        return ran.ms
      },
      answer: async () => answerOf(hubs),
      note: async () => '',
    },
  }
}

function answerOf(hubs: ArrayLike<number>) {
  const sum = total(hubs)
  const shares = Float64Array.from(hubs, hub => hub / sum)
  const largest = shares.reduce((a, b) => Math.max(a, b), 0)
  return {
    vertices: hubs.length,
    best: shares.indexOf(largest),
    largest,
    byPlace: orderedSum(shares),
  }
}
