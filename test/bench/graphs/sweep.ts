/** PageRank by the kernels of the engine, on one thread or on several that share a region. */
import { Worker } from 'node:worker_threads'
import {
  createRegion,
  loadKernels,
  openRegion,
  type PullSweep,
  type RegionHandle,
} from '../../../engine/extend.js'
import { type Csr, degreesOf } from './csr.js'

/** Damping of the random walk. */
const DAMPING = 0.85

/** How to sweep. */
export interface SweepOptions {
  readonly supersteps: number
  readonly bits: 64 | 32
  readonly webAssembly: boolean
}

/** What threads share; all arrays lie in one region. */
export interface SweepShare extends SweepOptions {
  readonly handle: RegionHandle
  readonly offsets: Int32Array
  readonly neighbours: Int32Array
  readonly degrees: Int32Array
  readonly contributions: Float64Array | Float32Array
  readonly scores: Float64Array | Float32Array
  /** What each thread's vertices without edges have, by thread. */
  readonly dangling: Float64Array
  /** How many threads have arrived at the barrier, and how often all have. */
  readonly barrier: Int32Array
  /** Where each thread's vertices begin; one more than there are threads. */
  readonly cuts: Int32Array
}

/** The graph in a region, with a share of the vertices for each thread: as many edges for each. */
export function shareGraph(graph: Csr, threads: number, options: SweepOptions): SweepShare {
  const region = createRegion()
  const n = graph.offsets.length - 1
  const values = () => (options.bits === 64 ? region.float64(n) : region.float32(n))
  return {
    ...options,
    handle: region.handle,
    offsets: region.int32(graph.offsets),
    neighbours: region.int32(graph.neighbours),
    degrees: region.int32(degreesOf(graph)),
    contributions: values(),
    scores: values(),
    dangling: region.float64(threads),
    barrier: region.int32(2),
    cuts: region.int32(cutsOf(graph.offsets, threads)),
  }
}

/** The supersteps of one thread: a barrier after each half. */
export async function sweeper(share: SweepShare, thread: number): Promise<() => void> {
  const region = openRegion(share.handle)
  const { webAssembly, supersteps, scores, degrees, contributions, dangling, cuts } = share
  const { contribute, pull } = await loadKernels('page-rank', region, { webAssembly })
  const n = scores.length
  const [from, to] = [cuts[thread]!, cuts[thread + 1]!]
  const { offsets, neighbours } = share
  const sweep: Omit<PullSweep, 'base'> = {
    ...{ offsets, neighbours, contributions, scores },
    damping: DAMPING,
  }
  return () => {
    scores.fill(1 / n, from, to)
    for (let superstep = 0; superstep < supersteps; superstep++) {
      dangling[thread] = contribute(scores, degrees, contributions as typeof scores, from, to)
      meet(share.barrier, dangling.length)
      const lost = dangling.reduce((sum, value) => sum + value, 0)
      pull({ ...sweep, base: (1 - DAMPING + DAMPING * lost) / n }, from, to)
      meet(share.barrier, dangling.length)
    }
  }
}

/** Threads that sweep when told to. */
export async function startThreads(share: SweepShare): Promise<() => Promise<void>> {
  const threads = Array.from({ length: share.dangling.length }, (_, thread) => {
    const worker = new Worker(new URL('./sweep-worker.js', import.meta.url), {
      workerData: { share, thread },
    })
    worker.unref()
    return worker
  })
  const heard = () => Promise.all(threads.map(said))
  await heard()
  return async () => {
    const done = heard()
    for (const worker of threads) worker.postMessage('sweep')
    await done
  }
}

function said(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', () => {
      worker.off('error', reject)
      resolve()
    })
  })
}

function cutsOf(offsets: Int32Array, threads: number): number[] {
  const n = offsets.length - 1
  const cuts = [0]
  for (let thread = 1; thread < threads; thread++) {
    const edges = (offsets[n]! * thread) / threads
    cuts.push(
      Math.max(
        cuts[thread - 1]!,
        offsets.findIndex(offset => offset >= edges),
      ),
    )
  }
  return [...cuts, n]
}

/** Waits until `threads` threads have come here. */
function meet(barrier: Int32Array, threads: number): void {
  if (threads === 1) return
  const generation = Atomics.load(barrier, 1)
  if (Atomics.add(barrier, 0, 1) === threads - 1) {
    Atomics.store(barrier, 0, 0)
    Atomics.add(barrier, 1, 1)
    Atomics.notify(barrier, 1)
    return
  }
  while (Atomics.load(barrier, 1) === generation) Atomics.wait(barrier, 1, generation)
}
