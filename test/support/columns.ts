/** Columns and values for property tests: every layout, with and without missing values. */
import fc from 'fast-check'
import type { Column } from '../../engine/types/column.js'
import { ColumnWriter } from '../../engine/types/column-writer.js'
import { SparseVector } from '../../engine/types/sparse-vector.js'

/** Numbers with all the troublesome ones among them. */
export const anyNumber = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** 31, -(2 ** 31), 2 ** 53, 0.1),
)

/** Strings with unicode, empty ones and repetitions. */
export const anyString = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ü', '日本', '😀', '\u0000', 'constructor'),
  fc.string({ unit: 'binary', maxLength: 6 }),
)

const sparseVector = (size: number) =>
  fc
    .uniqueArray(fc.nat(size - 1), { maxLength: size })
    .map(indices => indices.sort((a, b) => a - b))
    .map(
      indices =>
        new SparseVector(
          size,
          indices,
          Float64Array.from(indices, k => k + 0.5),
        ),
    )

/** Values of one layout each; the key is the layout that a writer ends with. */
export const valuesOf = {
  boolean: fc.boolean(),
  int32: fc.integer(),
  float64: anyNumber,
  timestamp: fc.date({ noInvalidDate: false }),
  dictionary: anyString,
  vector: fc.float64Array({ minLength: 3, maxLength: 3 }),
  sparse: sparseVector(5),
  any: fc.oneof(
    fc.bigInt(),
    fc.record({ x: fc.integer() }),
    fc.array(fc.integer(), { maxLength: 2 }),
    anyNumber,
    fc.boolean(),
    anyString,
  ),
} as const

/** Any value that a field can have, missing ones included. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, undefined),
  ...Object.values(valuesOf),
)

/** A column of one kind of values, some missing, beside what it must read as. */
export const anyColumn = fc
  .constantFrom(...(Object.keys(valuesOf) as (keyof typeof valuesOf)[]))
  .chain(kind =>
    fc.record({
      kind: fc.constant(kind),
      values: fc.array(fc.option(valuesOf[kind] as fc.Arbitrary<unknown>, { freq: 5 }), {
        maxLength: 12,
      }),
    }),
  )
  .map(({ values }) => ({ values, column: columnOf(values) }))

/** The column that a writer makes of `values`. */
export function columnOf(values: readonly unknown[]): Column {
  const writer = new ColumnWriter(2)
  values.forEach((value, row) => {
    writer.set(row, value)
  })
  return writer.finish(values.length)
}

/** What a column reads as. */
export function valuesIn(column: Column): unknown[] {
  return Array.from({ length: column.length }, (_, row) => column.get(row))
}
