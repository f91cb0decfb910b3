import test from 'ava'
import { ArgumentError } from '../../../engine/index.js'
import {
  checkSteps,
  learningRateAt,
  type Schedule,
} from '../../../ml/optimization/learning-rate.js'
import { createSteps } from '../../../ml/optimization/steps.js'

const given = { learningRate: 0.4, decay: 0.75, l2: 0.5 }
const rates = (schedule: Schedule) => [1, 2, 5].map(j => learningRateAt(j, { ...given, schedule }))

test('rates follow their formulas', t => {
  t.deepEqual(rates('constant'), [0.4, 0.4, 0.4])
  t.deepEqual(rates('default'), [0.4, 0.4 / Math.sqrt(2), 0.4 / Math.sqrt(5)])
  t.deepEqual(rates('bottou'), [0.4, 1 / 3, 1 / 4.5])
  t.deepEqual(rates('invScaling'), [0.4, 0.4 / 2 ** 0.75, 0.4 / 5 ** 0.75])
  t.deepEqual(
    rates('xu'),
    [1, 2, 5].map(j => 0.4 * (1 + 0.5 * 0.4 * j) ** -0.75),
  )
})

test('a step goes against gradient and squares, then towards 0; the intercept is free of both', t => {
  const steps = createSteps(3, {
    ...{ ...given, schedule: 'constant', l1: 0.25, intercept: true },
  })
  const point = Float64Array.of(2, 0.1, 1)
  steps.take(point, Float64Array.of(1, 0, 1), 1)
  // 2 - 0.4 (1 + 0.5 * 2) = 1.2, less 0.4 * 0.25; 0.1 - 0.02 is below that.
  t.true(Math.abs(point[0]! - 1.1) < 1e-15)
  t.is(point[1], 0)
  t.is(point[2], 0.6)
})

test('the first step of Adam is as long as the rate, whatever the gradient', t => {
  const steps = createSteps(2, {
    ...{ ...given, l2: 0, schedule: 'adam', l1: 0, intercept: true },
  })
  const point = new Float64Array(2)
  steps.take(point, Float64Array.of(1000, -1e-3), 1)
  t.true(Math.abs(point[0]! + 0.4) < 1e-10)
  t.true(Math.abs(point[1]! - 0.4) < 1e-5)
})

test('what cannot be is refused', t => {
  const check = (more: object) => () =>
    checkSteps({ ...given, schedule: 'default', ...more } as never, 'sgdRegressor')
  t.throws(check({ learningRate: 0 }), {
    instanceOf: ArgumentError,
    message: /learningRate must be/,
  })
  t.throws(check({ schedule: 'cosine' }), {
    instanceOf: ArgumentError,
    message: /"default" or "constant"/,
  })
  t.throws(check({ schedule: 'bottou', l2: 0 }), { message: /"bottou" divides by l2/ })
  t.throws(check({ decay: -1 }), { message: /decay must be/ })
})
