import test from 'ava'
import { createKernelTeam, createRegion } from '../../../engine/extend.js'
import { normalEquations } from '../../../ml/linear/normal-equations.js'
import { columnScales } from '../../../ml/optimization/column-scales.js'
import { randomProblem } from './random-problem.js'

for (const kind of ['dense', 'sparse'] as const) {
  for (const size of [1, 3, 4, 9]) {
    test(`normal equations of ${kind} rows of ${size} are the same in both forms, and what they should be`, async t => {
      const region = createRegion()
      const { dense, labels, weights, ...others } = randomProblem(region, 777, size, size)
      const rows = kind === 'dense' ? dense : others.sparse
      const [fast, plain] = await Promise.all(
        [true, false].map(webAssembly =>
          normalEquations(createKernelTeam(region, { webAssembly }), {
            ...{ rows, labels, weights, intercept: true },
          }),
        ),
      )
      t.deepEqual(fast, plain)
      const total = weights.reduce((a, b) => a + b)
      const mean = (value: (row: number) => number) =>
        weights.reduce((sum, weight, row) => sum + weight * value(row), 0) / total
      const x = (row: number, k: number) => dense.values[row * size + k]!
      const means = Array.from({ length: size }, (_, k) => mean(row => x(row, k)))
      const middle = mean(row => labels[row]!)
      const near = (a: number, b: number) => t.true(Math.abs(a - b) < 1e-9 * (1 + Math.abs(b)))
      for (let i = 0; i < size; i++) {
        near(fast!.means[i]!, means[i]!)
        near(
          fast!.targets[i]!,
          total * mean(row => (x(row, i) - means[i]!) * (labels[row]! - middle)),
        )
        for (let j = 0; j < size; j++) {
          const product = mean(row => (x(row, i) - means[i]!) * (x(row, j) - means[j]!))
          near(fast!.products[i * size + j]!, total * product)
        }
      }
      near(fast!.squares, total * mean(row => (labels[row]! - middle) ** 2))
    })
  }

  test(`scales of ${kind} rows are weighted deviations; a constant has 1`, async t => {
    const region = createRegion()
    const { dense, weights, ...others } = randomProblem(region, 100, 3, 9)
    for (let row = 0; row < 100; row++) dense.values[row * 3 + 1] = 7
    const team = createKernelTeam(region)
    const { means, scales, total } = await columnScales(team, dense, weights, true)
    t.is(
      total,
      weights.reduce((a, b) => a + b),
    )
    t.is(means[1], 7)
    t.is(scales[1], 1)
    const found = await columnScales(team, kind === 'dense' ? dense : others.sparse, weights, false)
    t.deepEqual([...found.means], [0, 0, 0])
    let square = 0
    for (let row = 0; row < 100; row++) square += weights[row]! * dense.values[row * 3]! ** 2
    t.true(Math.abs(found.scales[0]! - Math.sqrt(square / total)) < 1e-12)
  })
}

test('dense rows in several slabs: both forms agree, and rows without weights and labels are those of weight 1', async t => {
  const region = createRegion()
  const { dense, labels } = randomProblem(region, 150_000, 3, 5)
  const problem = { rows: dense, labels: null, weights: null, intercept: true }
  const ones = new Float64Array(dense.length).fill(1)
  const team = createKernelTeam(region)
  const bare = await normalEquations(team, problem)
  t.deepEqual(
    bare,
    await normalEquations(createKernelTeam(region, { webAssembly: false }), problem),
  )
  const whole = await normalEquations(team, { ...problem, weights: ones, labels })
  t.deepEqual(whole.products, bare.products)
  t.deepEqual(whole.means, bare.means)
  t.is(bare.total, 150_000)
  t.is(bare.squares, 0)
  let sum = 0
  for (let row = 0; row < dense.length; row++) {
    const centred = dense.values[row * 3 + 1]! - bare.means[1]!
    sum += (dense.values[row * 3]! - bare.means[0]!) * centred
  }
  t.true(Math.abs(bare.products[1]! - sum) < 1e-9 * bare.products[0]!)
})

test('sums keep their digits where the rows that are looked at first are unlike the others', async t => {
  const region = createRegion()
  const length = 10_000
  const { dense, weights } = randomProblem(region, length, 2, 5)
  const { values } = dense
  // The rows looked at first, every 39th, weigh next to nothing and lie far away.
  for (let k = 0; k < 256; k++) {
    const row = Math.floor((k * length) / 256)
    values[2 * row] = 1e9
    weights[row] = 1e-30
  }
  const team = createKernelTeam(region)
  const { products, means } = await normalEquations(team, {
    ...{ rows: dense, labels: null, weights, intercept: true },
  })
  let total = 0
  let sum = 0
  for (let row = 0; row < length; row++) {
    total += weights[row]!
    sum += weights[row]! * values[2 * row]!
  }
  const mean = sum / total
  let square = 0
  for (let row = 0; row < length; row++) square += weights[row]! * (values[2 * row]! - mean) ** 2
  t.true(Math.abs(means[0]! - mean) < 1e-12)
  t.true(Math.abs(products[0]! - square) < 1e-9 * square)
})
