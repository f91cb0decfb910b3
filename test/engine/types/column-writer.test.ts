import test from 'ava'
import fc from 'fast-check'
import { SchemaError } from '../../../engine/errors.js'
import { ColumnWriter, isDate, isInt32, shown } from '../../../engine/types/column-writer.js'
import { float64, int32, string, vector } from '../../../engine/types/data-type.js'
import { SparseVector } from '../../../engine/types/sparse-vector.js'
import { anyColumn, anyValue, columnOf, valuesIn } from '../../support/columns.js'

const readBack = (values: readonly unknown[]) => values.map(value => value ?? null)

test('reads back what was written, whatever the mixture', t => {
  fc.assert(
    fc.property(fc.array(anyValue, { maxLength: 30 }), values => {
      t.deepEqual(valuesIn(columnOf(values)), readBack(values))
    }),
  )
})

test('reads back what was written over several batches with one writer', t => {
  fc.assert(
    fc.property(fc.array(fc.array(anyValue, { maxLength: 8 }), { maxLength: 5 }), batches => {
      const writer = new ColumnWriter(1)
      for (const values of batches) {
        values.forEach((value, row) => {
          writer.set(row, value)
        })
        t.deepEqual(valuesIn(writer.finish(values.length)), readBack(values))
      }
    }),
  )
})

test('columns of one kind of values keep the value and its missing neighbours', t => {
  fc.assert(
    fc.property(anyColumn, ({ column, values }) => {
      t.deepEqual(valuesIn(column), values)
      t.is(column.length, values.length)
    }),
  )
})

const narrowest: readonly (readonly [string, readonly unknown[]])[] = [
  ['any', []],
  ['any', [null, undefined]],
  ['boolean', [true, null, false]],
  ['int32', [1, null, -(2 ** 31)]],
  ['float64', [1, 2 ** 31]],
  ['float64', [0, -0]],
  ['float64', [1, NaN]],
  ['timestamp', [new Date(0), new Date(NaN)]],
  ['dictionary', ['a', 'b', 'a']],
  ['vector', [new Float64Array(2), null]],
  ['any', [new Float64Array(2), new Float64Array(3)]],
  ['sparse', [new SparseVector(2, [0], [1])]],
  ['any', [new SparseVector(2, [0], [1]), new SparseVector(3, [0], [1])]],
  ['any', [1, 'a']],
  ['any', [1, true]],
  ['any', [1, 1n]],
  ['any', ['a', new Date(0)]],
]

for (const [layout, values] of narrowest) {
  test(`stores [${values.map(shown).join(', ')}] as ${layout}`, t => {
    t.is(columnOf(values).layout, layout)
  })
}

test('gives up the dictionary for strings that hardly repeat, and keeps all of them', t => {
  const values = Array.from({ length: 10_000 }, (_, k) => (k % 10 === 0 ? null : `id ${k}`))
  const column = columnOf(values)
  t.is(column.layout, 'text')
  t.deepEqual(valuesIn(column), values)
})

test('keeps the dictionary over batches', t => {
  const writer = new ColumnWriter(4)
  writer.set(0, 'a')
  const first = writer.finish(1)
  writer.set(0, 'b')
  const second = writer.finish(1)
  t.true(first.layout === 'dictionary' && second.layout === 'dictionary')
  if (first.layout === 'dictionary' && second.layout === 'dictionary') {
    t.is(first.dictionary, second.dictionary)
  }
  t.is(first.get(0), 'a')
})

test('starts the next batch with the layout it had reached', t => {
  const writer = new ColumnWriter(4)
  writer.set(0, 0.5)
  writer.finish(1)
  writer.set(0, 1)
  t.is(writer.finish(1).layout, 'float64')
})

test('a batch without missing values has no mask, even after one with', t => {
  const writer = new ColumnWriter(4)
  writer.set(0, 1)
  writer.set(1, null)
  t.deepEqual(writer.finish(2).valid, Uint8Array.of(1, 0))
  writer.set(0, 1)
  t.is(writer.finish(1).valid, null)
})

test('adopts the layout and the dictionary of a column', t => {
  const column = columnOf(['a'])
  const writer = new ColumnWriter(4)
  writer.adopt(column)
  writer.set(0, 'b')
  const copy = writer.finish(1)
  t.true(
    copy.layout === 'dictionary' &&
      column.layout === 'dictionary' &&
      copy.dictionary === column.dictionary,
  )
})

test('a declared type refuses other values, naming field, type and value', t => {
  const error = t.throws(() => new ColumnWriter(1, 'age', int32).set(0, 1.5), {
    instanceOf: SchemaError,
  })
  t.regex(error.message, /"age" must be int32; got 1\.5/)
  t.throws(() => new ColumnWriter(1, 'age', int32, false).set(0, null), { instanceOf: SchemaError })
  t.throws(() => new ColumnWriter(1, 'v', vector(2)).set(0, ['1', '2']), {
    instanceOf: SchemaError,
  })
  t.throws(() => new ColumnWriter(1, 'v', vector(2)).set(0, [1, 2, 3]), { instanceOf: SchemaError })
})

test('a declared type takes its values, from the first batch to the last', t => {
  const numbers = new ColumnWriter(1, 'x', float64)
  const vectors = new ColumnWriter(1, 'v', vector(2))
  const texts = new ColumnWriter(1, 's', string)
  for (let batch = 0; batch < 2; batch++) {
    numbers.set(0, 1)
    t.is(numbers.finish(1).layout, 'float64')
    vectors.set(0, [1, 2])
    vectors.set(1, new Float64Array([3, 4]))
    t.deepEqual(valuesIn(vectors.finish(2)), [Float64Array.of(1, 2), Float64Array.of(3, 4)])
    for (let k = 0; k < 9000; k++) texts.set(k, `${batch} ${k}`)
    const column = texts.finish(9000)
    t.deepEqual([column.get(0), column.get(8999)], [`${batch} 0`, `${batch} 8999`])
  }
})

test('tells int32 values and dates', t => {
  t.deepEqual([0, -0, 1.5, 2 ** 31, '1', NaN].map(isInt32), [
    true,
    false,
    false,
    false,
    false,
    false,
  ])
  t.deepEqual([new Date(), 0, { getTime: 1 }].map(isDate), [true, false, false])
})
