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
