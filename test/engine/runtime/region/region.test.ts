import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, MemoryError } from '../../../../engine/errors.js'
import { createRegion, openRegion } from '../../../../engine/runtime/region/create-region.js'
import { PlainMemory } from '../../../../engine/runtime/region/plain-memory.js'
import { Region } from '../../../../engine/runtime/region/region.js'
import { Float64Column, Int32Column } from '../../../../engine/types/column.js'

const PAGE = 65_536

test('arrays are zeros or copies, begin at lines of 64 bytes and do not overlap', t => {
  const kinds = fc.constantFrom('float64', 'float32', 'int32', 'uint8')
  const sizes = fc.array(fc.tuple(kinds, fc.nat({ max: 300 })), { maxLength: 20 })
  fc.assert(
    fc.property(sizes, wanted => {
      const region = createRegion({ initialBytes: 1, maximumBytes: 2 ** 20 })
      const arrays = wanted.map(([kind, length], k) =>
        k % 2 === 0 ? region[kind](length) : region[kind](new Array(length).fill(k)),
      )
      arrays.forEach((array, k) => {
        t.is(array.length, wanted[k]![1])
        t.is(region.addressOf(array) % 64, 0)
        t.true(array.every(value => value === (k % 2 === 0 ? 0 : k)))
        array.fill(k + 1)
      })
      arrays.forEach((array, k) => {
        t.true(array.every(value => value === k + 1))
      })
    }),
  )
})

test('views stay valid while the region grows', t => {
  const region = createRegion({ initialBytes: PAGE, maximumBytes: 100 * PAGE })
  const first = region.float64([1, 2, 3])
  for (let k = 0; k < 9; k++) region.uint8(10 * PAGE)
  t.true(region.byteLength > 90 * PAGE)
  t.deepEqual([...first], [1, 2, 3])
  const last = region.int32([7])
  t.is(last[0], 7)
  t.is(region.addressOf(first), 64)
})

test('a region that is full says how large it is, and still works', t => {
  const region = createRegion({ initialBytes: PAGE, maximumBytes: 2 * PAGE })
  const error = t.throws(() => region.float64(PAGE), { instanceOf: MemoryError })
  t.regex(error.message, /float64: 524288 bytes do not fit; the region has 65536 bytes, 64 of them/)
  t.is(region.float64([5])[0], 5)
  t.is(region.uint8(PAGE).length, PAGE)
})

test('a region of one thread has its bytes from the beginning', t => {
  const region = createRegion({ initialBytes: PAGE, shared: false })
  t.false(region.shared)
  const values = region.float64([1, 2])
  t.true(values.buffer instanceof ArrayBuffer)
  t.throws(() => region.uint8(PAGE), { instanceOf: MemoryError, message: /initialBytes/ })
  t.deepEqual([...values], [1, 2])
})

test('a plain buffer does the same as a memory, with and without growth', t => {
  const header = (memory: PlainMemory) => {
    const { handle } = createRegion({ initialBytes: PAGE, shared: false })
    const { buffer } = handle as WebAssembly.Memory
    new Uint8Array(memory.buffer).set(new Uint8Array(buffer, 0, 64))
    return new Region(memory)
  }
  const growing = header(PlainMemory.create(1, 10, true))
  const values = growing.float64([1, 2])
  growing.uint8(5 * PAGE)
  t.deepEqual([...values], [1, 2])
  t.true(growing.byteLength > 5 * PAGE)
  t.throws(() => growing.uint8(9 * PAGE), { instanceOf: MemoryError })
  t.is(openRegion(growing.handle).addressOf(values), growing.addressOf(values))
  const fixed = header(PlainMemory.create(1, 10, false))
  t.is(fixed.int32([3])[0], 3)
  t.throws(() => fixed.uint8(PAGE), { instanceOf: MemoryError })
})

test('free gives bytes back, zeroed, and keeps what was cut before the mark', t => {
  const region = createRegion()
  const kept = region.int32([1, 2])
  const mark = region.mark()
  const used = region.usedBytes
  const scratch = region.float64(100).fill(9)
  region.free(mark)
  t.is(region.usedBytes, used)
  const again = region.float64(200)
  t.is(region.addressOf(again), region.addressOf(scratch))
  t.true(again.every(value => value === 0))
  t.deepEqual([...kept], [1, 2])
  region.free()
  t.is(region.usedBytes, 64)
  t.throws(() => region.free(mark), { instanceOf: ArgumentError, message: /opposite order/ })
})

test('an array that is to be filled keeps what the bytes held, and leaves other arrays zeroed', t => {
  const region = createRegion()
  const mark = region.mark()
  region.float64(100).fill(7)
  region.free(mark)
  const filled = region.float64ToFill(100)
  t.is(filled[99], 7)
  t.is(region.float64ToFill(1000)[999], 0)
  region.free(mark)
  t.true(region.float64(1100).every(value => value === 0))
  t.throws(() => region.float64ToFill(-1), { instanceOf: ArgumentError })
})

test('knows its own arrays: parts of them, and those that came through another buffer', t => {
  const region = createRegion({ initialBytes: PAGE })
  const values = region.float64([1, 2, 3])
  t.is(region.addressOf(values.subarray(1)), region.addressOf(values) + 8)
  region.uint8(10 * PAGE)
  const { buffer } = region.handle as WebAssembly.Memory
  t.is(region.addressOf(new Float64Array(buffer, 64, 1)), 64)
  const foreign = [
    new Float64Array(3),
    new Int32Array(new SharedArrayBuffer(4)),
    new Uint8Array(new SharedArrayBuffer(PAGE)),
    createRegion().float64(1),
    createRegion({ initialBytes: PAGE, shared: false }).float64(1),
  ]
  for (const array of foreign) {
    t.throws(() => region.addressOf(array), { instanceOf: ArgumentError, message: /not lie in/ })
  }
  t.throws(() => region.addressOf([1] as unknown as Float64Array), { instanceOf: ArgumentError })
})

test('columns over a region are ordinary columns', t => {
  const region = createRegion()
  const column = new Float64Column(region.float64([1, 2, 3]), region.uint8([1, 0, 1]))
  t.deepEqual([column.get(0), column.get(1), column.get(2)], [1, null, 3])
  t.is(column.slice(2, 3).get(0), 3)
  t.is(new Int32Column(region.int32([4])).take(Int32Array.of(0)).get(0), 4)
})

test('wrong sizes and handles are refused', t => {
  for (const options of [
    { initialBytes: 0 },
    { initialBytes: 1.5 },
    { maximumBytes: 2 ** 33 },
    { initialBytes: 2 * PAGE, maximumBytes: PAGE },
    { size: 3 },
  ]) {
    t.throws(() => createRegion(options), { instanceOf: ArgumentError, message: /^createRegion: / })
  }
  const region = createRegion()
  t.throws(() => region.float64(-1), { instanceOf: ArgumentError, message: /^Region.float64: / })
  t.throws(() => region.int32('3' as unknown as number), { instanceOf: ArgumentError })
  for (const handle of [undefined, {}, new ArrayBuffer(8), new ArrayBuffer(PAGE)]) {
    t.throws(() => openRegion(handle as ArrayBuffer), { instanceOf: ArgumentError })
  }
  t.throws(() => openRegion(new WebAssembly.Memory({ initial: 1 })), { instanceOf: ArgumentError })
})

test('workers open a region, see its arrays, cut their own and run kernels', async t => {
  const region = createRegion({ initialBytes: PAGE })
  const values = region.float64([1, 2, 3])
  const count = 200
  const workers = [1, 2].map(
    id =>
      new Worker(new URL('./region-worker.js', import.meta.url), {
        workerData: { handle: region.handle, values, id, count },
      }),
  )
  const answers = await Promise.all(
    workers.map(async worker => (await once(worker, 'message'))[0] as Answer),
  )
  t.deepEqual(
    answers.map(({ dot }) => dot),
    [14, 14],
  )
  const addresses = answers.flatMap(answer => answer.addresses)
  t.is(new Set(addresses).size, 2 * count)
  for (const { id, arrays } of answers) {
    t.true(arrays.every(array => array.length === 1000 && array.every(value => value === id)))
    t.true(arrays.every(array => region.addressOf(array) >= 64))
  }
  t.is(values[0], 1 + 2 * 10)
})

interface Answer {
  readonly id: number
  readonly dot: number
  readonly addresses: readonly number[]
  readonly arrays: readonly Float64Array[]
}
