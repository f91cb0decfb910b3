import test from 'ava'
import fc from 'fast-check'
import { SchemaError } from '../../../../engine/errors.js'
import { hashColumns } from '../../../../engine/runtime/keys/hash.js'
import { createKeyIndex } from '../../../../engine/runtime/keys/key-index.js'
import { canonicalKey } from '../../../../engine/runtime/keys/key-value.js'
import {
  AnyColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  TextColumn,
} from '../../../../engine/types/column.js'
import { ColumnWriter } from '../../../../engine/types/column-writer.js'
import { Dictionary } from '../../../../engine/types/dictionary.js'

function column(values: readonly unknown[]): Column {
  const writer = new ColumnWriter(values.length)
  values.forEach((value, row) => {
    writer.set(row, value)
  })
  return writer.finish(values.length)
}

/** The naive index: one map from the text of a key to its id. */
function oracle() {
  const ids = new Map<string, number>()
  return (rows: readonly (readonly unknown[])[]): number[] =>
    rows.map(key => {
      const text = key.map(canonicalKey).join('|')
      if (!ids.has(text)) ids.set(text, ids.size)
      return ids.get(text)!
    })
}

function ids(found: Int32Array, length: number): number[] {
  return Array.from(found.subarray(0, length))
}

const values = {
  small: fc.integer({ min: -20, max: 20 }),
  wide: fc.oneof(fc.integer(), fc.constantFrom(0x7fffffff, -0x80000000)),
  floats: fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0, 0, 0.5, 5, Infinity, -Infinity)),
  missing: fc.constantFrom(null, 3, undefined),
  text: fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('ä', '\ud800', '', 'null')),
  boolean: fc.boolean(),
  dates: fc.date({ noInvalidDate: false }),
  nested: fc.oneof(fc.record({ a: fc.nat(3) }), fc.array(fc.nat(2), { maxLength: 2 })),
  none: fc.constant(null),
}
const anyBatch = fc
  .constantFrom(...Object.values(values))
  .chain(one => fc.array(one as fc.Arbitrary<unknown>, { maxLength: 30 }))

test('ids follow first appearance, whatever the layouts of the batches', t => {
  fc.assert(
    fc.property(fc.array(anyBatch, { maxLength: 6 }), batches => {
      const index = createKeyIndex(1)
      const expected = oracle()
      for (const batch of batches) {
        const keys = [column(batch)]
        const want = expected(batch.map(value => [value]))
        t.deepEqual(ids(index.insert(keys, batch.length), batch.length), want)
        t.deepEqual(ids(index.find(keys, batch.length), batch.length), want)
      }
      const again = index.keys()
      const all = Array.from({ length: index.size }, (_, id) => id)
      t.deepEqual(ids(index.find(again, index.size), index.size), all)
    }),
    { numRuns: 100 },
  )
})

test('composite keys get one id per combination', t => {
  const row = fc.tuple(values.small, values.text, values.missing)
  fc.assert(
    fc.property(fc.array(fc.array(row, { maxLength: 40 }), { maxLength: 5 }), batches => {
      const index = createKeyIndex(3)
      const expected = oracle()
      const seen: unknown[][] = []
      for (const batch of batches) {
        const keys = [0, 1, 2].map(k => column(batch.map(key => key[k])))
        const want = expected(batch)
        want.forEach((id, k) => {
          seen[id] ??= batch[k]!.map(value => value ?? null)
        })
        t.deepEqual(ids(index.insert(keys, batch.length), batch.length), want)
      }
      const keys = index.keys()
      t.deepEqual(
        seen.map((_, id) => keys.map(key => key.get(id))),
        seen,
      )
    }),
    { numRuns: 60 },
  )
})

test('find answers -1 for keys of another type or value', t => {
  const index = createKeyIndex(1)
  index.insert([column([1, 2, null])], 3)
  t.deepEqual(ids(index.find([column([2, 2.5, null, 7])], 4), 4), [1, -1, 2, -1])
  t.deepEqual(ids(index.find([column(['1', null])], 2), 2), [-1, 2])
  t.deepEqual(ids(index.find([column([true, 1, { a: 1 }])], 3), 3), [-1, 0, -1])
  t.deepEqual(ids(createKeyIndex(1).find([column(['1', null])], 2), 2), [-1, -1])
  const strings = createKeyIndex(1)
  strings.insert([column(['a', 'b'])], 2)
  const other = new DictionaryColumn(new Int32Array([0, 1]), new Dictionary(['b', 'z']))
  t.deepEqual(ids(strings.find([other], 2), 2), [1, -1])
  t.deepEqual(ids(strings.find([column([1])], 1), 1), [-1])
})

test('composite find answers -1 where one component is unknown', t => {
  const index = createKeyIndex(2)
  index.insert([column([1, 2]), column(['a', 'b'])], 2)
  const keys = [column([1, 1, 3, 2]), column(['a', 'b', 'a', 'b'])]
  t.deepEqual(ids(index.find(keys, 4), 4), [0, -1, -1, 1])
})

test('many keys: sparse, dense, doubles and pairs agree with a map', t => {
  let state = 1
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state
  }
  const n = 50_000
  const makers: ((k: number) => number)[] = [
    () => random() | 0,
    k => k,
    k => -k * 3,
    () => random() % 1_000_000,
    () => (random() % 5000) * 1_048_576,
    k => (k * 7919) % 100_003,
  ]
  for (const make of makers) {
    for (const scale of [1, 0.5]) {
      const index = createKeyIndex(1)
      const pairs = createKeyIndex(2)
      const known = new Map<number, number>()
      for (let batch = 0; batch < 4; batch++) {
        const keys = Float64Array.from(
          { length: n / 4 },
          (_, k) => make((batch * n) / 4 + k) * scale,
        )
        const whole = scale === 1 && keys.every(key => (key | 0) === key)
        const one = whole ? new Int32Column(Int32Array.from(keys)) : new Float64Column(keys)
        const found = index.insert([one], keys.length)
        const foundPairs = pairs.insert(
          [one, new Float64Column(keys.map(key => key % 7))],
          keys.length,
        )
        let same = true
        keys.forEach((key, row) => {
          if (!known.has(key)) known.set(key, known.size)
          same &&= known.get(key) === found[row] && found[row] === foundPairs[row]
        })
        t.true(same)
      }
      t.is(index.size, known.size)
      const distinct = index.keys()[0]!
      t.deepEqual(
        Array.from({ length: Math.min(index.size, 1000) }, (_, id) => distinct.get(id)),
        [...known.keys()].slice(0, 1000),
      )
      t.true(index.byteLength < 64 * known.size + 2 ** 20)
    }
  }
})

test('each of more dictionaries than are remembered keeps its ids', t => {
  const index = createKeyIndex(1)
  const expected = oracle()
  for (let batch = 0; batch < 40; batch++) {
    const texts = ['common', `own ${batch % 25}`, 'x']
    const dictionary = new Dictionary(texts)
    const codes = new Int32Array([2, 0, 1, 0])
    const keys =
      batch % 3 === 2
        ? new TextColumn(Array.from(codes, c => texts[c]!))
        : new DictionaryColumn(codes, dictionary)
    const want = expected(Array.from(codes, code => [texts[code]!]))
    t.deepEqual(ids(index.insert([keys], 4), 4), want)
  }
})

test('without components all records have key 0', t => {
  const index = createKeyIndex(0)
  t.is(index.size, 0)
  t.deepEqual(ids(index.insert([], 3), 3), [0, 0, 0])
  t.is(index.size, 1)
  t.deepEqual(index.keys(), [])
})

test('a function or an instance of a class is refused as a key', t => {
  const index = createKeyIndex(1)
  t.throws(() => index.insert([new AnyColumn([() => 1])], 1), { instanceOf: SchemaError })
  const error = t.throws(() => index.insert([new AnyColumn([new URL('http://a')])], 1))
  t.regex(error!.message, /instance of URL/)
})

test('hashes are the same for equal keys in different layouts', t => {
  fc.assert(
    fc.property(anyBatch, fc.integer(), (batch, seed) => {
      const typed = column(batch)
      const loose = new AnyColumn(batch.map(value => value ?? null))
      t.deepEqual(
        hashColumns([typed], batch.length, seed),
        hashColumns([loose], batch.length, seed),
      )
    }),
  )
  const five = [
    new Int32Column(new Int32Array([5, 0])),
    new Float64Column(new Float64Array([5, -0])),
  ]
  t.deepEqual(hashColumns([five[0]!], 2), hashColumns([five[1]!], 2))
})
