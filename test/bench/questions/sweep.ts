/**
 * PageRank by the engine's kernels: WebAssembly and its plain twin, with values of 64 and of 32 bits,
 * on one thread and on two that share a region. A random graph of 2^18 or 2^20 vertices.
 *
 * Run: `npm run bench -- sweep-18`; `--scale 0.25` takes two off the exponent.
 */
import { type Answer, orderedSum, total } from '../answer.js'
import { type Benchmark, type Contender, single } from '../benchmark.js'
import { readGraph, writeGraph } from '../graphs/graph-file.js'
import { shareGraph, startThreads, sweeper } from '../graphs/sweep.js'

const SUPERSTEPS = 10

export const sweep18 = sweepOf(18, 5)
export const sweep20 = sweepOf(20, 3)

function sweepOf(scale: number, runs: number): Benchmark {
  return {
    name: `sweep-${scale}`,
    question: `PageRank by kernels, RMAT scale ${scale}, ${SUPERSTEPS} supersteps`,
    records: 2 ** scale,
    contenders: {
      'WebAssembly, 64 bits': kernels(64, true),
      'plain, 64 bits': kernels(64, false),
      'WebAssembly, 32 bits': kernels(32, true),
      'plain, 32 bits': kernels(32, false),
      'WebAssembly, 64 bits, two threads': kernels(64, true, 2),
      'plain, 64 bits, two threads': kernels(64, false, 2),
      'WebAssembly, 32 bits, two threads': kernels(32, true, 2),
    },
    warmUps: 1,
    runs,
    input: writeGraph,
  }
}

function kernels(bits: 64 | 32, webAssembly: boolean, threads = 1): Contender {
  return async setting => {
    const graph = readGraph(setting)
    const share = shareGraph(graph, threads, { bits, webAssembly, supersteps: SUPERSTEPS })
    const sweep = threads === 1 ? await sweeper(share, 0) : await startThreads(share)
    let fastest = Number.POSITIVE_INFINITY
    return single(
      async () => {
        const began = performance.now()
        await sweep()
        fastest = Math.min(fastest, performance.now() - began)
      },
      () => digest(share.scores, bits),
      () => {
        const each = (fastest * 1e6) / graph.neighbours.length / SUPERSTEPS
        return `fastest run ${each.toFixed(2)} ns per edge and superstep`
      },
    )
  }
}

/** Values of 32 bits are compared among themselves. */
function digest(scores: Float64Array | Float32Array, bits: 64 | 32): Answer {
  return {
    vertices: scores.length,
    [`sum${bits}`]: total(scores),
    [`byPlace${bits}`]: orderedSum(scores),
  }
}
