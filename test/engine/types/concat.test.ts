import test from 'ava'
import fc from 'fast-check'
import { RecordBatch, valueBatch } from '../../../engine/types/batch.js'
import {
  DictionaryColumn,
  Float64Column,
  Int32Column,
  type SparseColumn,
  VectorColumn,
} from '../../../engine/types/column.js'
import {
  concatBatches,
  concatColumns,
  isAllMissing,
  missingColumn,
} from '../../../engine/types/concat.js'
import { Dictionary } from '../../../engine/types/dictionary.js'
import { SparseVector } from '../../../engine/types/sparse-vector.js'
import { anyColumn, columnOf, valuesIn } from '../../support/columns.js'

test('columns of any layouts hold the values of all of them, in order', t => {
  fc.assert(
    fc.property(fc.array(anyColumn, { maxLength: 5 }), columns => {
      const whole = concatColumns(columns.map(({ column }) => column))
      t.deepEqual(
        valuesIn(whole),
        columns.flatMap(({ values }) => values),
      )
    }),
    { numRuns: 300 },
  )
})

test('slices of columns can be joined', t => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyColumn, fc.nat()), { maxLength: 4 }), parts => {
      const cut = parts.map(([{ column, values }, at]) => {
        const start = at % (values.length + 1)
        return { column: column.slice(start, values.length), values: values.slice(start) }
      })
      t.deepEqual(
        valuesIn(concatColumns(cut.map(({ column }) => column))),
        cut.flatMap(({ values }) => values),
      )
    }),
  )
})

test('int32 and float64 become float64, columns without values do not widen', t => {
  const whole = concatColumns([
    missingColumn(1),
    new Int32Column(Int32Array.of(1)),
    columnOf([]),
    new DictionaryColumn(new Int32Array(0), new Dictionary()),
    new Float64Column(Float64Array.of(0.5)),
  ])
  t.is(whole.layout, 'float64')
  t.deepEqual(valuesIn(whole), [null, 1, 0.5])
})

test('strings with different dictionaries get one, a shared dictionary is kept', t => {
  const [a, b] = [columnOf(['x', 'y']), columnOf(['y', null, 'z'])]
  const whole = concatColumns([a, b])
  t.true(whole.layout === 'dictionary' && whole.dictionary.size === 3)
  t.deepEqual(valuesIn(whole), ['x', 'y', 'y', null, 'z'])
  t.deepEqual(valuesIn(a), ['x', 'y'])
  const shared = concatColumns([a, a])
  t.true(
    shared.layout === 'dictionary' &&
      a.layout === 'dictionary' &&
      shared.dictionary === a.dictionary,
  )
})

test('batches with other fields miss them where they lack them', t => {
  const left = new RecordBatch('object', ['a'], [columnOf([1])], 1)
  const right = new RecordBatch('object', ['b'], [columnOf(['x'])], 1)
  const whole = concatBatches([left, right])
  t.deepEqual(
    [whole.record(0), whole.record(1)],
    [
      { a: 1, b: null },
      { a: null, b: 'x' },
    ],
  )
})

test('batches of different shapes become values', t => {
  const objects = new RecordBatch('object', ['a'], [columnOf([1])], 1)
  const whole = concatBatches([objects, valueBatch(columnOf([2]))])
  t.is(whole.shape, 'value')
  t.deepEqual([whole.record(0), whole.record(1)], [{ a: 1 }, 2])
})

test('no batches are an empty one', t => {
  t.is(concatBatches([]).length, 0)
  t.true(isAllMissing(missingColumn(2)))
  t.false(isAllMissing(columnOf([null, 1])))
})

test('what was cut out of one column is put together without a copy, vectors as well', t => {
  const dense = new VectorColumn(
    Float64Array.from({ length: 12 }, (_, k) => k),
    3,
    4,
  )
  const whole = concatColumns([dense.slice(1, 2), dense.slice(2, 4)]) as VectorColumn
  t.is(whole.values.buffer, dense.values.buffer)
  t.deepEqual(valuesIn(whole), valuesIn(dense).slice(1))
  const apart = concatColumns([dense.slice(2, 4), dense.slice(0, 2)]) as VectorColumn
  t.not(apart.values.buffer, dense.values.buffer)
  t.deepEqual(
    valuesIn(apart),
    [2, 3, 0, 1].map(row => dense.get(row)),
  )

  const sparse = columnOf(
    [[0, 2], [], [1]].map(
      at =>
        new SparseVector(
          3,
          at,
          at.map(k => k + 1),
        ),
    ),
  )
  const parts = [sparse.slice(0, 1), sparse.slice(1, 3)]
  const joined = concatColumns(parts) as SparseColumn
  t.is(joined.values.buffer, (sparse as SparseColumn).values.buffer)
  t.is(joined.indices.buffer, (sparse as SparseColumn).indices.buffer)
  t.deepEqual(valuesIn(joined), valuesIn(sparse))
})
