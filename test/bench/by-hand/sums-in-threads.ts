/**
 * The control of two workers: the sums of a benchmark as a loop by hand over shared arrays, in one
 * thread or several. What two threads gain here is what the machine has to give.
 */
import { Worker } from 'node:worker_threads'

/** Columns, and how many keys there are. */
export interface SharedSums {
  readonly key: Int32Array
  readonly value: Float64Array
  readonly keys: number
}

/** Threads that wait for work. */
export interface SumThreads {
  /** The sums by key; all keys from 0 on. */
  sums(): Promise<Float64Array>
}

/** What a thread runs: it sums its part up each time it is asked to. */
const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads')
const { key, value, keys } = workerData
function sums(out, from, to) {
  for (let k = from; k < to; k++) out[key[k]] += Math.sqrt(value[k]) * Math.log1p(value[k])
}
parentPort.on('message', ({ from, to }) => {
  const out = new Float64Array(keys)
  sums(out, from, to)
  parentPort.postMessage(out)
})
`

/** Starts threads over copies of the columns in shared memory; they do not keep the process alive. */
export function sumThreads({ key, value, keys }: SharedSums, threads: number): SumThreads {
  const workerData = { key: shared(key), value: shared(value), keys }
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(SCRIPT, { eval: true, workerData })
    worker.unref()
    return worker
  })
  const partOf = (worker: Worker, k: number) =>
    new Promise<Float64Array>((resolve, reject) => {
      worker.ref()
      worker.once('error', reject)
      worker.once('message', (sums: Float64Array) => {
        worker.off('error', reject)
        worker.unref()
        resolve(sums)
      })
      const from = Math.floor((k * key.length) / threads)
      const to = Math.floor(((k + 1) * key.length) / threads)
      worker.postMessage({ from, to })
    })
  return {
    async sums() {
      const [first, ...others] = await Promise.all(workers.map(partOf))
      for (const sums of others) for (let k = 0; k < keys; k++) first![k]! += sums[k]!
      return first!
    },
  }
}

function shared<A extends Int32Array | Float64Array>(values: A): A {
  const type = values.constructor as new (buffer: SharedArrayBuffer) => A
  const copy = new type(new SharedArrayBuffer(values.byteLength))
  copy.set(values)
  return copy
}
