/**
 * Iterations of the library's PageRank: WebAssembly and its plain twin, on one thread and on two. A random
 * graph of 2^18 or 2^20 vertices.
 *
 * Run: `npm run bench -- sweep-18`; `--scale 0.25` takes two off the exponent.
 */
import { orderedSum, total } from '../answer.js'
import { type Benchmark, type Contender, single } from '../benchmark.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { sweeper } from '../graphs/sweep.js'

const SUPERSTEPS = 10

export const sweep18 = sweepOf(18, 5)
export const sweep20 = sweepOf(20, 3)

function sweepOf(scale: number, runs: number): Benchmark {
  return {
    name: `sweep-${scale}`,
    question: `PageRank by kernels, RMAT scale ${scale}, ${SUPERSTEPS} supersteps`,
    records: 2 ** scale,
    contenders: {
      WebAssembly: kernels(true),
      plain: kernels(false),
      'WebAssembly, two threads': kernels(true, 2),
      'plain, two threads': kernels(false, 2),
    },
    warmUps: 1,
    runs,
    input: writeGraph,
  }
}

function kernels(webAssembly: boolean, workers = 1): Contender {
  return async setting => {
    const graph = readGraph(setting)
    const sweep = await sweeper(graph, { webAssembly, workers, supersteps: SUPERSTEPS })
    let fastest = Number.POSITIVE_INFINITY
    let scores: Float64Array = new Float64Array(0)
    return single(
      async () => {
        const began = performance.now()
        scores = await sweep()
        fastest = Math.min(fastest, performance.now() - began)
      },
      () => ({ vertices: scores.length, sum: total(scores), byPlace: orderedSum(scores) }),
      () => {
        const each = (fastest * 1e6) / graph.neighbours.length / SUPERSTEPS
        return `fastest run ${each.toFixed(2)} ns per edge and superstep`
      },
    )
  }
}
