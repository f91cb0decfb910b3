import test from 'ava'
import { createKernelTeam, createRegion } from '../../../engine/extend.js'
import type { Rows } from '../../../ml/data/rows.js'
import { linearObjective } from '../../../ml/optimization/linear-objective.js'
import type { LossName } from '../../../ml/optimization/loss.js'
import { randomFrom } from '../../support/random.js'
import { randomProblem } from './random-problem.js'

const LOSSES: Readonly<Record<LossName, number>> = {
  squared: 0,
  logistic: 0,
  hinge: 0,
  squaredHinge: 0,
  huber: 0.7,
  quantile: 0.3,
}

const naive: Readonly<Record<LossName, (margin: number, label: number) => number>> = {
  squared: (m, y) => 0.5 * (y - m) ** 2,
  logistic: (m, y) => Math.log1p(Math.exp(-y * m)),
  hinge: (m, y) => Math.max(0, 1 - y * m),
  squaredHinge: (m, y) => Math.max(0, 1 - y * m) ** 2,
  huber: (m, y) =>
    Math.abs(y - m) <= 0.7 ? 0.5 * (y - m) ** 2 : 0.7 * Math.abs(y - m) - 0.5 * 0.49,
  quantile: (m, y) => (y > m ? 0.3 * (y - m) : 0.7 * (m - y)),
}

/** Value and gradient in both forms, with small parts. */
async function both(
  rows: Rows,
  problem: ReturnType<typeof randomProblem>,
  loss: LossName,
  classes: number,
) {
  const isNumber = ['squared', 'huber', 'quantile'].includes(loss)
  const { weights, codes, signs, labels } = problem
  const used = classes > 1 ? codes : isNumber ? labels : signs
  const point = Float64Array.from(
    randomFrom(5).array(classes * (rows.size + 1), k => Math.sin(k + 1)),
  )
  const answers = []
  for (const webAssembly of [true, false]) {
    const team = createKernelTeam(problem.region, { webAssembly })
    const objective = await linearObjective(team, {
      ...{ rows, labels: used, weights, classes },
      loss: { name: loss, parameter: LOSSES[loss] },
    })
    const gradient = new Float64Array(objective.length)
    const value = await objective.evaluate(point, gradient)
    answers.push({ value, gradient, point, used, evaluate: objective.evaluate })
  }
  return answers
}

for (const loss of Object.keys(LOSSES) as LossName[]) {
  for (const kind of ['dense', 'sparse'] as const) {
    for (const size of [1, 2, 7, 8]) {
      test(`${loss} of ${kind} rows of ${size} is the same in both forms, and what it should be`, async t => {
        const problem = randomProblem(createRegion(), 333, size, 3 + size)
        const [fast, plain] = await both(problem[kind], problem, loss, 1)
        t.is(fast!.value, plain!.value)
        t.deepEqual(fast!.gradient, plain!.gradient)
        let expected = 0
        const { point, used } = plain!
        for (let row = 0; row < 333; row++) {
          let margin = point[size]!
          for (let k = 0; k < size; k++) margin += problem.dense.values[row * size + k]! * point[k]!
          expected += problem.weights[row]! * naive[loss](margin, used[row]!)
        }
        t.true(Math.abs(fast!.value - expected) < 1e-10 * Math.abs(expected))
        await slopes(t, plain!)
      })
    }
  }
}

for (const kind of ['dense', 'sparse'] as const) {
  test(`the multinomial loss of ${kind} rows is the same in both forms, and what it should be`, async t => {
    const [size, classes] = [5, 3]
    const problem = randomProblem(createRegion(), 200, size, 11)
    const [fast, plain] = await both(problem[kind], problem, 'logistic', classes)
    t.is(fast!.value, plain!.value)
    t.deepEqual(fast!.gradient, plain!.gradient)
    let expected = 0
    for (let row = 0; row < 200; row++) {
      const margins = [0, 1, 2].map(c => {
        let margin = plain!.point[c * (size + 1) + size]!
        for (let k = 0; k < size; k++) {
          margin += problem.dense.values[row * size + k]! * plain!.point[c * (size + 1) + k]!
        }
        return margin
      })
      const whole = margins.reduce((sum, margin) => sum + Math.exp(margin), 0)
      expected += problem.weights[row]! * (Math.log(whole) - margins[problem.codes[row]!]!)
    }
    t.true(Math.abs(fast!.value - expected) < 1e-10 * expected)
    await slopes(t, plain!)
  })
}

test('losses of margins that are huge are finite, and exact where they are tiny', async t => {
  const region = createRegion()
  const values = region.float64([1000, -1000, 40, 1e-9])
  const rows = { kind: 'dense', length: 4, size: 1, values } as const
  const labels = region.float64([1, 1, 1, 1])
  for (const [row, expected] of [0, 1000, Math.exp(-40), Math.log(2) - 5e-10].entries()) {
    const weights = region.float64(4)
    weights[row] = 1
    const team = createKernelTeam(region)
    const loss = { name: 'logistic', parameter: 0 } as const
    const objective = await linearObjective(team, { rows, labels, weights, loss, classes: 1 })
    const found = await objective.evaluate(Float64Array.of(1, 0), new Float64Array(2))
    t.true(Math.abs(found - expected) <= 4e-16 * expected, `${row}: ${found}`)
  }
})

/** Compares the gradient with differences of the value. */
async function slopes(
  t: { true(value: boolean, message?: string): unknown },
  { point, gradient, evaluate }: Awaited<ReturnType<typeof both>>[number],
): Promise<void> {
  for (let k = 0; k < point.length; k++) {
    const [left, right] = [-1e-6, 1e-6].map(step => point.with(k, point[k]! + step))
    const rest = new Float64Array(point.length)
    const found = ((await evaluate(right!, rest)) - (await evaluate(left!, rest))) / 2e-6
    // Where a loss has a kink, differences are off by what a record weighs.
    t.true(Math.abs(found - gradient[k]!) < 1e-4 * (1 + Math.abs(found)), `${k}: ${found}`)
  }
}
