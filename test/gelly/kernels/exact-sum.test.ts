import test from 'ava'
import fc from 'fast-check'
import { ExactSum } from '../../../gelly/kernels/exact-sum.js'

test('sums, products and pairs are exact', t => {
  const factor = fc.integer({ min: 0, max: 2 ** 31 })
  const term = fc.maxSafeInteger()
  fc.assert(
    fc.property(fc.array(fc.tuple(factor, factor, term), { maxLength: 30 }), terms => {
      const sum = new ExactSum()
      let expected = 0n
      for (const [a, b, value] of terms) {
        sum.addProduct(a, b)
        sum.addPairs(a)
        sum.add(value)
        expected += BigInt(a) * BigInt(b) + (BigInt(a) * (BigInt(a) - 1n)) / 2n + BigInt(value)
      }
      return sum.value === expected
    }),
  )
  t.pass()
})
