import test from 'ava'
import { assertRecords, type Comparison } from './table-equal.js'

const same = (a: unknown[], b: unknown[], how?: Comparison) => () => assertRecords(a, b, how)

test('undefined, null and absent are the same missing value', t => {
  t.notThrows(same([{ a: 1, b: undefined }, { b: null }], [{ a: 1 }, {}]))
  t.notThrows(same([undefined, [1, undefined]], [null, [1, null]]))
  t.throws(same([{ a: 0 }], [{}]))
})

test('NaN equals NaN and -0 equals 0', t => {
  t.notThrows(same([Number.NaN, -0, { x: -0 }], [Number.NaN, 0, { x: 0 }]))
  t.throws(same([Number.NaN], [0]))
})

test('numbers, strings, bigints and dates stay apart', t => {
  t.throws(same([1], ['1']))
  t.throws(same([1], [1n]))
  t.throws(same([new Date(1)], [1]))
  t.notThrows(same([new Date(1)], [new Date(1)]))
  t.throws(same([new Date(1)], [new Date(2)]))
})

test('typed arrays equal arrays of the same numbers', t => {
  t.notThrows(same([{ v: Float64Array.of(1, 2) }], [{ v: [1, 2] }]))
  t.throws(same([{ v: Float64Array.of(1, 2) }], [{ v: [1, 2, 3] }]))
})

test('order counts unless it does not', t => {
  t.throws(same([1, 2], [2, 1]))
  t.notThrows(same([1, 2, 2], [2, 1, 2], { ordered: false }))
  t.throws(same([1, 1, 2], [2, 1, 2], { ordered: false }))
})

test('a tolerance forgives the last digits only', t => {
  const [exact, close] = [[{ s: 0.3, n: [1e9] }], [{ s: 0.1 + 0.2, n: [1e9 + 1e-6] }]]
  t.throws(same(close, exact))
  t.notThrows(same(close, exact, { tolerance: 1e-12 }))
  t.throws(same([{ s: 0.31 }], exact, { tolerance: 1e-12 }))
})
