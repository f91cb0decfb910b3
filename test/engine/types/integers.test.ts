import test from 'ava'
import fc from 'fast-check'
import { integers64, timestamps64 } from '../../../engine/types/integers.js'
import { valuesIn } from '../../support/columns.js'

const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
  fc.bigInt({ min: -(2n ** 32n), max: 2n ** 32n }),
)

const isSafe = (value: bigint) => Number.isSafeInteger(Number(value))

test('64-bit integers are numbers when all are safe, bigints otherwise', t => {
  fc.assert(
    fc.property(fc.array(int64, { maxLength: 5 }), values => {
      const expected = values.every(isSafe) ? values.map(Number) : values
      t.deepEqual(valuesIn(integers64(BigInt64Array.from(values), null)), expected)
    }),
    { numRuns: 500 },
  )
})

test('unsigned 64-bit integers too', t => {
  const unsigned = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: 2n ** 31n, max: 2n ** 33n }),
  )
  fc.assert(
    fc.property(fc.array(unsigned, { maxLength: 4 }), values => {
      const expected = values.every(isSafe) ? values.map(Number) : values
      t.deepEqual(valuesIn(integers64(BigUint64Array.from(values), null)), expected)
    }),
    { numRuns: 500 },
  )
  t.deepEqual(valuesIn(integers64(BigUint64Array.of(2n ** 64n - 1n), null)), [2n ** 64n - 1n])
})

test('missing values do not widen', t => {
  const values = BigInt64Array.of(1n, 2n ** 60n)
  const column = integers64(values, Uint8Array.of(1, 0))
  t.is(column.layout, 'int32')
  t.deepEqual(valuesIn(column), [1, null])
  t.deepEqual(valuesIn(integers64(values, Uint8Array.of(0, 1))), [null, 2n ** 60n])
})

test('starts as wide as it is told', t => {
  const values = BigInt64Array.of(1n)
  t.is(integers64(values, null, 'float64').layout, 'float64')
  t.deepEqual(valuesIn(integers64(values, null, 'any')), [1n])
})

for (const per of [1, 1e3, 1e6] as const) {
  test(`times of ${per} per millisecond round down to the millisecond, exactly`, t => {
    const range = BigInt(per) * 8_640_000_000_000_000n
    const limit = range < 2n ** 63n - 1n ? range : 2n ** 63n - 1n
    fc.assert(
      fc.property(fc.bigInt({ min: -limit, max: limit }), fc.boolean(), (value, whole) => {
        const unit = BigInt(per)
        const time = whole ? (value / unit) * unit : value
        const floor = (time - (((time % unit) + unit) % unit)) / unit
        const column = timestamps64(BigInt64Array.of(time), per, null)
        t.is(column.values[0], Number(floor))
      }),
      { numRuns: 500 },
    )
  })
}
