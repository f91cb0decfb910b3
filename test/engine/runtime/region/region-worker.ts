/** A thread that opens a region, runs a kernel on an array of it and cuts many of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { loadKernels } from '../../../../engine/runtime/kernels/load-kernels.js'
import { openRegion } from '../../../../engine/runtime/region/create-region.js'
import type { RegionHandle } from '../../../../engine/runtime/region/region.js'

const { handle, values, id, count } = workerData as {
  handle: RegionHandle
  values: Float64Array
  id: number
  count: number
}
const region = openRegion(handle)
const { dot } = await loadKernels('vectors', region)
const squares = dot(region.float64([1, 2, 3]), region.float64([1, 2, 3]))
const arrays = Array.from({ length: count }, () => region.float64(1000).fill(id))
for (let k = 0; k < 10; k++) addOne(values)
parentPort!.postMessage({
  id,
  dot: squares,
  addresses: arrays.map(array => region.addressOf(array)),
  arrays,
})

/** Adds 1 to the first value, whatever the other thread does meanwhile. */
function addOne(shared: Float64Array): void {
  const bits = new BigInt64Array(shared.buffer, shared.byteOffset, 1)
  const value = new Float64Array(1)
  const asBits = new BigInt64Array(value.buffer)
  for (;;) {
    const before = Atomics.load(bits, 0)
    asBits[0] = before
    value[0]! += 1
    if (Atomics.compareExchange(bits, 0, before, asBits[0]!) === before) return
  }
}
