import test from 'ava'
import fc from 'fast-check'
import { bestShift } from '../../../ml/optimization/best-shift.js'

const some = fc.double({ min: -9, max: 9, noNaN: true })

test('no other shift costs less', t => {
  const strength = fc.double({ min: 0, max: 3, noNaN: true })
  const values = fc.array(some, { minLength: 1, maxLength: 7 })
  fc.assert(
    fc.property(values, strength, strength, some, (list, l1, l2, other) => {
      fc.pre(l1 + l2 > 1e-3)
      const cost = (m: number) =>
        list.reduce((sum, v) => sum + l1 * Math.abs(v - m) + 0.5 * l2 * (v - m) ** 2, 0)
      const best = bestShift(Float64Array.from(list), l1, l2)
      for (const m of [other, best - 1e-3, best + 1e-3]) t.true(cost(best) <= cost(m) + 1e-9)
    }),
  )
})

test('it is the median without squares, and the mean without absolute values', t => {
  t.is(bestShift(Float64Array.of(5, 1, 2), 1, 0), 2)
  t.is(bestShift(Float64Array.of(5, 1, 3), 0, 1), 3)
})
