import test from 'ava'
import fc from 'fast-check'
import { isMissingAt } from '../../../engine/types/column.js'
import { anyColumn, valuesIn } from '../../support/columns.js'

test('slices hold the values between their bounds, also slices of slices', t => {
  fc.assert(
    fc.property(anyColumn, fc.nat(), fc.nat(), fc.nat(), ({ column, values }, a, b, c) => {
      const end = a % (values.length + 1)
      const start = b % (end + 1)
      const slice = column.slice(start, end)
      t.deepEqual(valuesIn(slice), values.slice(start, end))
      const from = c % (slice.length + 1)
      t.deepEqual(valuesIn(slice.slice(from, slice.length)), values.slice(start + from, end))
    }),
  )
})

test('takes rows in any order and any number of times, a negative row is missing', t => {
  fc.assert(
    fc.property(
      anyColumn,
      fc.array(fc.integer(), { maxLength: 20 }),
      ({ column, values }, picks) => {
        const rows = picks.map(pick =>
          pick < 0 || values.length === 0 ? -1 : pick % values.length,
        )
        const taken = column.take(Int32Array.from(rows))
        t.deepEqual(
          valuesIn(taken),
          rows.map(row => (row < 0 ? null : values[row])),
        )
        t.is(taken.layout, column.layout)
      },
    ),
  )
})

test('takes from a slice of a column', t => {
  fc.assert(
    fc.property(anyColumn, fc.nat(), ({ column, values }, a) => {
      const start = a % (values.length + 1)
      const slice = column.slice(start, values.length)
      const rows = Int32Array.from({ length: slice.length }, (_, k) => slice.length - 1 - k)
      t.deepEqual(valuesIn(slice.take(rows)), values.slice(start).reverse())
    }),
  )
})

test('says which rows are missing and how many bytes it needs', t => {
  fc.assert(
    fc.property(anyColumn, ({ column, values }) => {
      values.forEach((value, row) => {
        t.is(isMissingAt(column, row), value === null)
      })
      t.true(column.byteLength >= 0)
    }),
  )
})
