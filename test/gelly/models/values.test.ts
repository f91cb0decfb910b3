/** Values and messages of every kind: flat numbers, records in an array per field, anything else. */
import test from 'ava'
import fc from 'fast-check'
import { cells, columnOf, fillCells } from '../../../gelly/models/cells.js'
import { gatherSumApply } from '../../../gelly/models/gather-sum-apply.js'
import { mailbox } from '../../../gelly/models/mailbox.js'
import { sameValue } from '../../../gelly/models/same-value.js'
import { vertexCentric } from '../../../gelly/models/vertex-centric.js'
import { zoo } from '../zoo.js'
import { arcs, modelData } from './model-graph.js'

const kinds: readonly (readonly unknown[])[] = [
  [1, 2.5, Number.NaN, -0],
  [
    { a: 1, b: 'x' },
    { a: 2, b: 'y' },
  ],
  ['x', 'y'],
  [[1], [2, 3]],
  [null, 1, 'x'],
  [1, 'x', null, { a: 1 }],
  [{ a: 1 }, 2, { a: 'x' }, { a: 1, b: 2 }],
  [true, false],
  [10n, 20n],
  [new Date(0), new Date(1)],
]

test('cells hold values of any kind, and change when one does not fit', t => {
  for (const values of kinds) {
    const held = cells<unknown>(values.length, () => {})
    for (const [place, value] of values.entries()) held.set(place, value)
    for (const [place, value] of values.entries()) {
      t.deepEqual(held.get(place), value)
      t.true(held.holds(place, structuredClone(value)))
      t.false(held.holds(place, 'other'))
    }
    const again = cells<unknown>(values.length, () => {})
    fillCells(again, columnOf(held, values.length))
    for (const [place, value] of values.entries()) t.deepEqual(again.get(place), value)
    held.reserve(100)
    held.set(99, values[0])
    t.deepEqual([held.get(0), held.get(99)], [values[0], values[0]])
  }
})

test('values are compared by what they hold', t => {
  const equal = fc.anything({ withDate: true, withTypedArray: true })
  fc.assert(
    fc.property(fc.clone(equal, 2), ([a, b]) => sameValue(a, b)),
    { seed: 1 },
  )
  t.true(sameValue({ a: [Number.NaN, new Date(3)] }, { a: [Number.NaN, new Date(3)] }))
  for (const [a, b] of [
    [1, '1'],
    [{ a: 1 }, { a: 1, b: undefined }],
    [[1], [1, 2]],
    [new Date(1), new Date(2)],
    [{ a: 1 }, [1]],
    [new Map(), new Map()],
    [null, {}],
  ]) {
    t.false(sameValue(a, b))
  }
})

test('a mailbox gives each vertex what was sent to it, with and without a combiner', t => {
  const message = fc.oneof(fc.integer(), fc.string(), fc.constant(null))
  const sends = fc.array(fc.tuple(fc.nat(4), message), { maxLength: 60 })
  fc.assert(
    fc.property(fc.array(sends, { maxLength: 4 }), rounds => {
      const make = (length: number) => cells<unknown>(length, () => {})
      const list = mailbox({ vertexCount: 5, combine: undefined, cells: make })
      const join = (a: unknown, b: unknown) => `${String(a)},${String(b)}`
      const one = mailbox({ vertexCount: 5, combine: join, cells: make })
      for (const round of rounds) {
        for (const [target, value] of round) {
          list.send(target, value)
          one.sendAll(Int32Array.of(4, target), 1, 2, value)
        }
        const receivers = [...new Set(round.map(([target]) => target))].sort()
        t.deepEqual([...list.turn()], receivers)
        t.deepEqual([...one.turn()], receivers)
        for (let v = 0; v < 5; v++) {
          const expected = round.flatMap(([target, value]) => (target === v ? [value] : []))
          t.deepEqual(list.of(v).toArray(), expected)
          t.is(list.has(v), expected.length > 0)
          t.deepEqual(one.of(v).toArray(), expected.length === 0 ? [] : [expected.reduce(join)])
        }
      }
    }),
    { seed: 1, numRuns: 50 },
  )
})

test('a mailbox keeps the order of what is sent to one and to many, numbers and others', t => {
  const lists = [Int32Array.of(0, 1, 2, 3, 4, 4, 2), Int32Array.of(3, 3, 0)]
  const part = fc.tuple(fc.nat(1), fc.nat(3), fc.nat(3), fc.boolean())
  const sends = fc.array(fc.tuple(part, fc.integer()), { maxLength: 30 })
  const odd = fc.option(fc.nat(30))
  fc.assert(
    fc.property(fc.array(fc.tuple(sends, odd), { maxLength: 4 }), rounds => {
      const make = (length: number) => cells<unknown>(length, () => {})
      const box = mailbox({ vertexCount: 5, combine: undefined, cells: make })
      for (const [round, text] of rounds) {
        const expected: unknown[][] = [[], [], [], [], []]
        for (const [k, [[which, from, length, single], number]] of round.entries()) {
          const list = lists[which]!
          const to = Math.min(from + length, list.length)
          const message = k === text ? `${number}` : number
          if (single) for (let place = from; place < to; place++) box.send(list[place]!, message)
          else if (from <= to) box.sendAll(list, from, to, message)
          for (let place = from; place < to; place++) expected[list[place]!]!.push(message)
        }
        t.is(box.sent, expected.flat().length)
        const receivers = box.turn()
        t.deepEqual(
          [...receivers],
          [0, 1, 2, 3, 4].filter(v => expected[v]!.length > 0),
        )
        const { targets, get } = box.contents()
        for (let v = 0; v < 5; v++) {
          t.deepEqual(box.of(v).toArray(), expected[v])
          const kept = [...targets].flatMap((target, k) => (target === v ? [get(k)] : []))
          t.deepEqual(kept, expected[v])
        }
      }
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('models give the same answer for records, lists and numbers', async t => {
  for (const graph of zoo) {
    const data = await modelData(graph)
    const expected = new Array<number>(graph.vertexCount).fill(0)
    for (const { to } of arcs(graph, 'out')) expected[to]!++
    const wraps: readonly ((value: number) => unknown)[] = [
      value => value,
      value => ({ value, name: 'x' }),
      value => [value],
      value => String(value),
    ]
    for (const wrap of wraps) {
      const unwrap = (value: unknown): number => {
        const inner = Array.isArray(value) ? value[0] : value
        return Number((inner as { value?: number }).value ?? inner)
      }
      const add = (a: unknown, b: unknown) => wrap(unwrap(a) + unwrap(b))
      const summed = await gatherSumApply(data, {
        initial: () => wrap(0),
        gather: () => wrap(1),
        sum: add,
        apply: sum => sum,
        sumOfNone: wrap(0),
        maxIterations: 1,
      })
      const check = (value: unknown, v: number) =>
        t.deepEqual(value, wrap(expected[v]!), `${graph.name} ${v}`)
      for (let v = 0; v < graph.vertexCount; v++) check(summed.values.get(v), v)
      for (const combine of [undefined, add]) {
        const { values } = await vertexCentric(data, {
          initial: () => wrap(0),
          ...(combine && { combine }),
          maxIterations: 2,
          compute(_, messages, context) {
            if (context.superstep === 1) context.sendToNeighbors(wrap(1))
            else context.setValue(messages.reduce(add, wrap(0)))
          },
        })
        for (let v = 0; v < graph.vertexCount; v++) check(values.get(v), v)
      }
    }
  }
})
