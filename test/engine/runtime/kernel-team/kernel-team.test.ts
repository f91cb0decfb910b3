import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import test from 'ava'
import {
  createKernelTeam,
  createRegion,
  type KernelTeam,
  type Region,
} from '../../../../engine/extend.js'
import {
  AbortError,
  ArgumentError,
  ExecutionEnvironment,
  WorkerError,
} from '../../../../engine/index.js'
import { sparseDot } from '../../../../engine/runtime/kernels/twins/vectors.js'
import { randomFrom } from '../../../support/random.js'

const run = promisify(execFile)

/** The number of a thread: 1 for this one, random ones for others. */
const global = globalThis as { thread?: number }
global.thread = 1

/** Adds up a range, and says which thread did. */
function sumOf(values: Float64Array, threads: Float64Array, from: number, to: number): number {
  const own = globalThis as { thread?: number }
  own.thread ??= Math.random()
  let sum = 0
  for (let k = from; k < to; k++) {
    sum += values[k]!
    threads[k] = own.thread
  }
  // Long enough for others to come.
  const end = performance.now() + 1
  while (performance.now() < end);
  return sum
}

const SUMS = { name: 'sums', functions: { sumOf } }

const VECTORS = {
  name: 'vectors',
  code: () => import('../../../../engine/runtime/kernels/modules/vectors.js'),
  functions: { sparseDot },
}

async function sums(team: KernelTeam, region: Region): Promise<Float64Array> {
  const { sumOf } = await team.load(SUMS)
  const values = region.float64(Array.from({ length: 64 }, (_, k) => 1 / (k + 1)))
  return sumOf(team.evenParts(64), values, region.float64(64))
}

for (const workers of [1, 2, 3]) {
  test.serial(`${workers} threads give the same results, in the order of the parts`, async t => {
    const region = createRegion()
    const team = createKernelTeam(region, { workers, grain: 4 })
    await team.start()
    const { sumOf } = await team.load(SUMS)
    const values = region.float64(Array.from({ length: 64 }, (_, k) => 1 / (k + 1)))
    const threads = region.float64(64)
    const parts = team.evenParts(64)
    t.is(parts.length, 17)
    const found = await sumOf(parts, values, threads)
    const expected = Array.from({ length: 16 }, (_, part) => {
      const range = [...values.subarray(parts[part], parts[part + 1])]
      return range.reduce((sum, value) => sum + value, 0)
    })
    t.deepEqual([...found], expected)
    t.is(sumOf.here(0, 4, values, threads), expected[0])
    t.is(new Set(threads).size, workers)
    team.close()
    t.deepEqual([...(await sumOf(parts, values, threads))], expected)
    t.is(new Set(threads).size, 1)
  })

  for (const webAssembly of [true, false]) {
    const form = webAssembly ? 'webassembly' : 'plain'
    test.serial(`${workers} threads multiply sparse entries, ${form}`, async t => {
      const region = createRegion()
      const random = randomFrom(3)
      const indices = region.int32(random.array(2000, () => random.int(50)))
      const values = region.float64(random.array(2000, () => random.next()))
      const dense = region.float64(random.array(50, () => random.next()))
      const team = createKernelTeam(region, { workers, webAssembly, grain: 10 })
      t.is(team.form, form)
      await team.start()
      const kernels = await team.load(VECTORS)
      const parts = team.evenParts(2000)
      const products = await kernels.sparseDot(parts, indices, values, dense)
      t.true(products.length > 20)
      t.deepEqual(
        [...products],
        Array.from(products, (_, k) => sparseDot(indices, values, dense, parts[k]!, parts[k + 1]!)),
      )
      team.close()
    })
  }
}

test.serial('calls may be many, arrays may be new, and kernels may come late', async t => {
  const region = createRegion()
  const team = createKernelTeam(region, { workers: 3, grain: 1 })
  await team.start()
  for (let round = 0; round < 20; round++) {
    const { fill } = await team.load({
      name: `round ${round}`,
      functions: {
        fill: {
          maker: `round => (values, k, from, to) => {
            values.fill(round, from, to)
            return values.length
          }`,
          values: [round],
        },
      } as { fill: { maker: string; values: number[] } } & {
        fill: (values: Int32Array, k: number, from: number, to: number) => number
      },
    })
    // The region grows time and again.
    const values = region.int32(100_000 * round)
    const parts = team.evenParts(values.length)
    const calls = Array.from({ length: 50 }, (_, k) => fill(parts, values, k))
    for (const found of await Promise.all(calls)) {
      t.true(found.every(length => length === values.length))
    }
    t.true(values.every(value => value === round))
  }
  team.close()
})

test.serial(
  'what a kernel throws fails the call, whoever throws, and the next call works',
  async t => {
    const region = createRegion()
    for (const workers of [1, 3]) {
      const team = createKernelTeam(region, { workers, grain: 1 })
      await team.start()
      const { fail } = await team.load({
        name: 'failing',
        functions: {
          fail(elsewhere: number, _from: number, to: number): number {
            const end = performance.now() + 2
            while (performance.now() < end);
            const { thread } = globalThis as { thread?: number }
            if ((thread !== 1) === (elsewhere === 1)) throw new RangeError('odd')
            return to
          },
        },
      })
      for (const elsewhere of workers === 1 ? [0] : [0, 1]) {
        const call = fail(team.evenParts(20), elsewhere)
        await t.throwsAsync(call, { instanceOf: RangeError, message: 'odd' })
        t.is((await sums(team, region)).length, 64)
      }
      team.close()
    }
  },
)

test.serial('a worker that dies fails the call with WorkerError, and is replaced', async t => {
  const region = createRegion()
  const team = createKernelTeam(region, { workers: 2, grain: 1 })
  await team.start()
  const { die } = await team.load({
    name: 'dying',
    functions: {
      die(_from: number, _to: number): void {
        const end = performance.now() + 2
        while (performance.now() < end);
        const host = Function('return process')() as { exit(code: number): void }
        const { thread } = globalThis as { thread?: number }
        if (thread !== 1) host.exit(3)
      },
    },
  })
  await t.throwsAsync(die(team.evenParts(20)), {
    instanceOf: WorkerError,
    message: /died/,
  })
  await team.start()
  t.is((await sums(team, region)).length, 64)
  team.close()
  const env = new ExecutionEnvironment({ parallelism: 3, parallelFrom: 0, progress: false })
  t.is(await env.generateSequence(1, 1000).count(), 1000)
})

test.serial('jobs and several teams share the workers of the process', async t => {
  const env = new ExecutionEnvironment({ parallelism: 2, parallelFrom: 0, progress: false })
  const regions = [createRegion(), createRegion()]
  const teams = regions.map(region => createKernelTeam(region, { workers: 2, grain: 4 }))
  const jobs = [...teams, ...teams].map((team, k) => sums(team, regions[k % 2]!))
  t.is(await env.generateSequence(1, 1000).count(), 1000)
  for (const found of await Promise.all(jobs)) t.is(found.length, 16)
  for (const team of teams) team.close()
  t.is(await env.generateSequence(1, 1000).count(), 1000)
})

test.serial('an abort is heard within a call, and before the next', async t => {
  const region = createRegion()
  for (const workers of [1, 2]) {
    const controller = new AbortController()
    const team = createKernelTeam(region, { workers, grain: 1, signal: controller.signal })
    const { sumOf } = await team.load(SUMS)
    const [values, threads] = [region.float64(256), region.float64(256)]
    setTimeout(() => controller.abort(), 30)
    const began = performance.now()
    const call = () => sumOf(team.evenParts(256), values, threads)
    await t.throwsAsync(call, { instanceOf: AbortError })
    t.true(performance.now() - began < 240)
    await t.throwsAsync(call, { instanceOf: AbortError })
    team.close()
  }
})

test('a region that is not shared is worked on by one thread', async t => {
  const region = createRegion({ shared: false, initialBytes: 2 ** 20 })
  const team = createKernelTeam(region, { workers: 3, grain: 4 })
  t.is(team.size, 1)
  t.is((await sums(team, region)).length, 16)
})

test('parts cover their range and have about the same work', t => {
  const team = createKernelTeam(createRegion(), { grain: 10 })
  t.deepEqual([...team.evenParts(0)], [0, 0])
  t.deepEqual([...team.evenParts(25)], [0, 13, 25])
  t.is(team.evenParts(1e9).length, 257)
  t.deepEqual([...team.rowParts(Int32Array.of(0))], [0, 0])
  // A row of 1000 entries and 999 of one each.
  const offsets = Int32Array.from({ length: 1001 }, (_, row) => (row === 0 ? 0 : 999 + row))
  const parts = team.rowParts(offsets)
  t.is(parts.length, 257)
  t.is(parts[0], 0)
  t.is(parts.at(-1), 1000)
  for (let part = 0; part + 1 < parts.length; part++) {
    t.true(parts[part + 1]! >= parts[part]!)
    t.true(parts[part + 1]! - parts[part]! < 8)
  }
})

test('wrong arguments are refused', async t => {
  const region = createRegion()
  t.throws(() => createKernelTeam(region, { workers: 0 }), { instanceOf: ArgumentError })
  t.throws(() => createKernelTeam(region, { grain: 0.5 }), { instanceOf: ArgumentError })
  t.throws(() => createKernelTeam(region, { threads: 2 } as never), { instanceOf: ArgumentError })
  const team = createKernelTeam(region)
  const { sumOf } = await team.load(SUMS)
  const values = region.float64(4)
  for (const wrong of [
    () => sumOf(team.evenParts(4), values, new Float64Array(4)),
    () => sumOf(Int32Array.of(0, 3, 2), values, values),
    () => sumOf(Int32Array.of(-1, 2), values, values),
    () => sumOf([0, 4] as never, values, values),
    () => sumOf(new Int32Array(2000), values, values),
  ]) {
    await t.throwsAsync(wrong, { instanceOf: ArgumentError }, String(wrong))
  }
  const lacking = { ...VECTORS, functions: { denseDot: sparseDot } }
  await t.throwsAsync(team.load(lacking), { instanceOf: ArgumentError, message: /denseDot/ })
})

test('a team that is not closed does not keep the process', async t => {
  const door = new URL('../../../../engine/extend.js', import.meta.url)
  const code = `
    import { createKernelTeam, createRegion } from ${JSON.stringify(door)}
    const region = createRegion()
    const team = createKernelTeam(region, { workers: 3, grain: 1 })
    await team.start()
    const { work } = await team.load({ name: 'w', functions: { work: (from, to) => to } })
    console.log((await work(team.evenParts(5))).join())`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code])
  t.is(stdout.trim(), '1,2,3,4,5')
})
