import test from 'ava'
import { adjoiningView } from '../../../engine/types/adjoin.js'
import { Float64Column, Int32Column } from '../../../engine/types/column.js'
import { concatColumns } from '../../../engine/types/concat.js'

test('views of one array, each behind the other, are one view of it', t => {
  const all = Int32Array.of(1, 2, 3, 4, 5)
  const view = adjoiningView(
    [all.subarray(1, 3), all.subarray(3, 3), all.subarray(3, 5)],
    Int32Array,
  )
  t.deepEqual(view, Int32Array.of(2, 3, 4, 5))
  t.is(view?.buffer, all.buffer)
})

test('gaps, another order, other buffers and other types are no neighbours', t => {
  const all = Int32Array.of(1, 2, 3, 4)
  t.is(adjoiningView([all.subarray(0, 1), all.subarray(2, 4)], Int32Array), undefined)
  t.is(adjoiningView([all.subarray(2, 4), all.subarray(0, 2)], Int32Array), undefined)
  t.is(adjoiningView([all.subarray(0, 2), all.slice(2, 4)], Int32Array), undefined)
  t.is(adjoiningView([all.subarray(0, 2), null], Int32Array), undefined)
  t.is(adjoiningView([new Float64Array(2)], Int32Array), undefined)
  t.is(adjoiningView([], Int32Array), undefined)
})

test('columns that were cut from one are put together without a copy, their masks as well', t => {
  const values = Float64Array.of(1, 2, 3, 4)
  const valid = Uint8Array.of(1, 0, 1, 1)
  const whole = new Float64Column(values, valid)
  const joined = concatColumns([whole.slice(0, 1), whole.slice(1, 4)]) as Float64Column
  t.is(joined.values.buffer, values.buffer)
  t.is(joined.valid?.buffer, valid.buffer)
  t.deepEqual([...joined.values], [1, 2, 3, 4])
})

test('where only some have a mask, or a number is wider, there is a copy', t => {
  const values = Int32Array.of(1, 2)
  const mixed = concatColumns([
    new Int32Column(values.subarray(0, 1), Uint8Array.of(0)),
    new Int32Column(values.subarray(1, 2)),
  ])
  t.deepEqual([mixed.get(0), mixed.get(1)], [null, 2])
  const wide = concatColumns([new Int32Column(values), new Float64Column(Float64Array.of(0.5))])
  t.deepEqual([...(wide as Float64Column).values], [1, 2, 0.5])
})
