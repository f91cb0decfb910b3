/** WebAssembly and its plain twin, side by side on the same data: equal bit by bit, or it is wrong. */
import test from 'ava'
import fc from 'fast-check'
import { ArgumentError } from '../../../../engine/errors.js'
import { type KernelModules, loadKernels } from '../../../../engine/runtime/kernels/load-kernels.js'
import { createRegion } from '../../../../engine/runtime/region/create-region.js'
import type { Region } from '../../../../engine/runtime/region/region.js'
import { type Random, randomFrom } from '../../../support/random.js'
import { randomRows, rowsOf } from './random-rows.js'

const seeds = fc.integer({ min: 1, max: 2 ** 30 })

/** Runs `work` with both forms, each on a region of its own; both must give the same. */
async function sameFromBoth<N extends keyof KernelModules>(
  t: { is(a: unknown, b: unknown): unknown; deepEqual(a: unknown, b: unknown): unknown },
  name: N,
  work: (kernels: KernelModules[N], region: Region, random: Random) => unknown,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(seeds, fc.boolean(), async (seed, shared) => {
      const [region, other] = [createRegion({ shared }), createRegion({ shared })]
      const compiled = await loadKernels(name, region)
      const plain = await loadKernels(name, other, { webAssembly: false })
      t.is(compiled.form, 'webassembly')
      t.is(plain.form, 'plain')
      const found = work(compiled, region, randomFrom(seed))
      t.deepEqual(found, work(plain, other, randomFrom(seed)))
    }),
    { numRuns: 60 },
  )
}

/** Numbers of many sizes, so that the order of additions matters; now and then a special one. */
function numbers(random: Random, length: number): number[] {
  return random.array(length, () =>
    random.chance(0.02)
      ? random.pick([0, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 1e308])
      : random.between(-1, 1) * 10 ** random.int(12),
  )
}

test('products of dense vectors', t =>
  sameFromBoth(t, 'vectors', ({ dot, axpy }, region, random) => {
    const length = random.int(40)
    const [x, y] = [
      region.float64(numbers(random, length)),
      region.float64(numbers(random, length)),
    ]
    const product = dot(x, y)
    const start = random.int(length + 1)
    const part = dot(x.subarray(start), y.subarray(0, length - start))
    axpy(random.between(-2, 2), x, y)
    return { product, part, y: [...y] }
  }))

test('products of sparse rows', t =>
  sameFromBoth(t, 'vectors', ({ sparseDot, sparseAxpy, rowDots }, region, random) => {
    const size = 1 + random.int(30)
    const { offsets, neighbours: indices } = randomRows(region, random, size)
    const values = region.float64(numbers(random, indices.length))
    const rows = { offsets, indices, values }
    const dense = region.float64(numbers(random, size))
    const products = region.float64(size)
    rowDots(rows, dense, products, 0, size)
    const single = random.array(size, row => sparseDot(rows, row, dense))
    sparseAxpy(random.between(-2, 2), rows, random.int(size), dense)
    return { products: [...products], single, dense: [...dense] }
  }))

test('rows of edges', t =>
  sameFromBoth(t, 'edge-rows', ({ sortedPositions, buildRows }, region, random) => {
    const vertices = 1 + random.int(30)
    const edges = random.int(200)
    const sources = region.int32(random.array(edges, () => random.int(vertices)))
    const targets = region.int32(random.array(edges, () => random.int(vertices)))
    const offsets = region.int32(vertices + 1).fill(7)
    const [order, neighbours] = [region.int32(edges), region.int32(edges)]
    sortedPositions(sources, offsets, order)
    buildRows(sources, targets, offsets, neighbours)
    return { offsets: [...offsets], order: [...order], neighbours: [...neighbours] }
  }))

test('both refuse what lies outside of the arrays or of the region', async t => {
  const region = createRegion()
  const rows = rowsOf(region, [[1], [0]])
  const foreign = { offsets: Int32Array.of(0, 0), indices: new Int32Array(0) }
  for (const webAssembly of [true, false]) {
    const { sortedPositions } = await loadKernels('edge-rows', region, { webAssembly })
    const { dot, rowDots } = await loadKernels('vectors', region, { webAssembly })
    const [one, two] = [region.float64(1), region.float64(2)]
    const values = region.float64(2)
    for (const wrong of [
      () => sortedPositions(region.int32([0, 2]), region.int32(3), region.int32(2)),
      () => sortedPositions(region.int32([0, -1]), region.int32(3), region.int32(2)),
      () => sortedPositions(region.int32([0, 1]), region.int32(3), region.int32(1)),
      () => sortedPositions(region.int32(0), region.int32(0), region.int32(0)),
      () => sortedPositions(Int32Array.of(0), region.int32(2), region.int32(1)),
      () => dot(one, two),
      () => dot(two, one),
      () => dot(one, new Float64Array(1)),
      () => rowDots({ ...rows, indices: rows.neighbours, values }, two, one, 0, 2),
      () => rowDots({ ...rows, indices: rows.neighbours, values: one }, two, two, 0, 2),
      () => rowDots({ ...rows, indices: rows.neighbours, values: two }, two, two, 0, 3),
      () => rowDots({ ...rows, indices: rows.neighbours, values: two }, two, two, 1, 0),
      () => rowDots({ ...rows, indices: rows.neighbours, values: two }, two, two, 0.5, 1),
      () => rowDots({ ...foreign, values: two }, two, two, 0, 1),
    ]) {
      t.throws(wrong, { instanceOf: ArgumentError }, `${webAssembly} ${wrong}`)
    }
  }
})
