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

for (const width of ['float64', 'float32'] as const) {
  test(`PageRank with values of ${width}`, t =>
    sameFromBoth(t, 'page-rank', (kernels, region, random) => {
      const vertices = 1 + random.int(100)
      const { offsets, neighbours } = randomRows(region, random, vertices)
      const degrees = region.int32(random.array(vertices, () => random.int(4)))
      const scores = region[width](random.array(vertices, () => random.next()))
      const contributions = region[width](vertices)
      const cut = random.int(vertices + 1)
      const sweep = { offsets, neighbours, contributions, scores, base: 0.15, damping: 0.85 }
      const changes: number[] = []
      for (let superstep = 0; superstep < 3; superstep++) {
        for (const [from, to] of [
          [0, cut],
          [cut, vertices],
        ] as const) {
          changes.push(kernels.contribute(scores, degrees, contributions as never, from, to))
        }
        changes.push(kernels.pull(sweep, 0, cut), kernels.pull(sweep, cut, vertices))
      }
      return { scores: [...scores], contributions: [...contributions], changes }
    }))
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

test('what sorted lists share', t =>
  sameFromBoth(t, 'sorted-lists', ({ countCommon, countTriangles }, region, random) => {
    const vertices = 1 + random.int(40)
    const rows = randomRows(region, random, vertices, { symmetric: true })
    const cut = random.int(vertices + 1)
    return {
      common: random.array(20, () => countCommon(rows, random.int(vertices), random.int(vertices))),
      triangles: [countTriangles(rows, 0, cut), countTriangles(rows, cut, vertices)],
    }
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
  const foreign = { offsets: Int32Array.of(0, 0), neighbours: new Int32Array(0) }
  for (const webAssembly of [true, false]) {
    const { sortedPositions } = await loadKernels('edge-rows', region, { webAssembly })
    const { dot, rowDots } = await loadKernels('vectors', region, { webAssembly })
    const { countTriangles, countCommon } = await loadKernels('sorted-lists', region, {
      webAssembly,
    })
    const { contribute, pull } = await loadKernels('page-rank', region, { webAssembly })
    const [one, two] = [region.float64(1), region.float64(2)]
    const values = region.float64(2)
    const sweep = { ...rows, contributions: two, scores: two, base: 0, damping: 1 }
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
      () => countTriangles(rows, 0, 3),
      () => countTriangles(rows, 1, 0),
      () => countTriangles(rows, 0.5, 1),
      () => countTriangles(foreign, 0, 1),
      () => countCommon(rows, 0, 2),
      () => countCommon(foreign, 0, 0),
      () => contribute(two, region.int32(1), two, 0, 2),
      () => contribute(two, region.int32(2), region.float32(2) as never, 0, 2),
      () => pull({ ...sweep, contributions: region.float32(2) }, 0, 2),
      () => pull({ ...sweep, offsets: region.int32(2) }, 0, 2),
      () => pull({ ...sweep, scores: new Float64Array(2) }, 0, 2),
    ]) {
      t.throws(wrong, { instanceOf: ArgumentError }, `${webAssembly} ${wrong}`)
    }
  }
})
