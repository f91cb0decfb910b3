import test from 'ava'
import { overPlaces, type PlacedRecords } from '../../../engine/extend.js'

const values = [10, 20, 30]
const names = ['a', 'b', 'c']
let read: string[] = []
const reading =
  <T>(what: string, from: readonly T[]) =>
  (place: number) => {
    read.push(what)
    return from[place]
  }
const items: PlacedRecords = {
  fields: { value: reading('value', values), name: reading('name', names) },
  whole: place => ({ name: names[place], value: values[place] }),
}

function called(
  call: (...parameters: never[]) => unknown,
  first: number,
  second: number,
  context: unknown = {},
) {
  read = []
  const placed = overPlaces(call, [items, items])
  return placed(first as never, second as never, context)
}

test('a function gets the records at places, and only what it reads is read', t => {
  t.is(
    called((a: { value: number }, b: { value: number }) => a.value - b.value, 2, 0),
    20,
  )
  t.deepEqual(read, ['value', 'value'])
  t.is(
    called(({ name }: { name: string }) => name, 1, 0),
    'b',
  )
  t.deepEqual(read, ['name'])
})

test('the context follows the records', t => {
  const call = (a: { value: number }, _: unknown, { factor }: { factor: number }) =>
    a.value * factor
  t.is(called(call, 1, 0, { factor: 3 }), 60)
})

test('functions that capture are called with the fields they read', t => {
  const factor = values.length
  t.is(
    called((a: { value: number }, b: { name: string }) => b.name + a.value * factor, 0, 2),
    'c30',
  )
  t.deepEqual(read, ['value', 'name'])
})

test('what is used whole, changed, or has unknown fields is given whole', t => {
  t.deepEqual(
    called((a: object) => Object.keys(a), 0, 0),
    ['name', 'value'],
  )
  t.is(
    called(
      (a: { value: number }) => {
        a.value += 1
        return a.value
      },
      0,
      0,
    ),
    11,
  )
  t.is(values[0], 10)
  t.is(
    called((a: { other?: number }) => a.other ?? 'none', 0, 0),
    'none',
  )
  t.is(
    called((a: object) => a.toString(), 0, 0),
    '[object Object]',
  )
})

test('a value may be passed on as it is', t => {
  const placed = overPlaces(
    (sum: number, item: { value: number }) => sum + item.value,
    [null, items],
  )
  t.is(placed(5 as never, 1 as never, {}), 25)
  t.is(overPlaces(Math.abs, [null])(-3 as never, undefined as never, {}), 3)
  t.is(overPlaces(Math.min, [null, null])(4 as never, 3 as never, {}), 3)
})
