/**
 * Label propagation of LDBC Graphalytics in a random graph, ten iterations, from a graph in memory on.
 *
 * Rival: the same iterations over compressed sparse rows, in which all vertices count the labels of all
 * their neighbours; wiesel counts again only where a neighbour's label has changed. Neither graphology
 * nor networkx has it. Run: `npm run bench -- cdlp-18`; `--scale 0.25` takes two off the exponent.
 */
import { cdlp } from '../../../gelly/index.js'
import { orderedSum, total } from '../answer.js'
import { type Benchmark, type Setting, single, type Tasks } from '../benchmark.js'
import { labelsByHand } from '../by-hand/label-propagation.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { libraryGraph } from '../graphs/library-graph.js'

const ITERATIONS = 10

export const cdlp16 = benchmark(16, 7)
export const cdlp18 = benchmark(18, 5)

function benchmark(scale: number, runs: number): Benchmark {
  return {
    name: `cdlp-${scale}`,
    question: `label propagation, RMAT scale ${scale}, ${ITERATIONS} iterations`,
    records: 2 ** scale,
    unit: 'edge and iteration',
    contenders: { wiesel, 'wiesel, 2 workers': twoWorkers, 'by hand': byHand },
    goals: { 'by hand': 1.5 },
    warmUps: 2,
    runs,
    input: writeGraph,
  }
}

function twoWorkers(setting: Setting): Promise<Tasks> {
  return wiesel(setting, 2)
}

async function wiesel(setting: Setting, parallelism = 1): Promise<Tasks> {
  const csr = readGraph(setting)
  const graph = await libraryGraph(csr, parallelism)
  return labelling(csr.neighbours.length, async () => {
    const { vertices } = await cdlp(graph, { iterations: ITERATIONS })
    return (await vertices.toColumns()).community
  })
}

function byHand(setting: Setting): Tasks {
  const csr = readGraph(setting)
  return labelling(csr.neighbours.length, () => labelsByHand(csr, ITERATIONS))
}

function labelling(
  edges: number,
  label: () => ArrayLike<number> | Promise<ArrayLike<number>>,
): Tasks {
  const tasks = single(label, labels => ({
    vertices: labels.length,
    sum: total(labels),
    byPlace: orderedSum(labels),
  }))
  return { '': { ...tasks['']!, work: () => edges * ITERATIONS } }
}
