import test from 'ava'
import { makerAround, placedSource } from '../../../engine/extend.js'

const known = { values: ['factor'], methods: ['add'] }
const both = [true, true] as const

/** The function that the text makes, over arrays by the names of their fields. */
function made(
  call: (...parameters: never[]) => unknown,
  placed: readonly [boolean, boolean],
  columns: Readonly<Record<string, readonly number[]>> = {},
) {
  const source = placedSource(call, placed, known)
  if (source === undefined) return undefined
  const around = (
    { maker }: { maker: (arrays: unknown) => (...places: unknown[]) => unknown },
    arrays: unknown,
  ) => maker(arrays)
  const text = makerAround(around, { maker: source.maker })!
  const make = new Function(`return ${text}`)() as (
    arrays: unknown,
  ) => (first: unknown, second: unknown, context?: unknown) => unknown
  return make(source.reads.map(({ input, field }) => columns[`${input}.${field}`]))
}

test('a function is made of its text, over the arrays that it reads', t => {
  const columns = { '0.value': [1, 2, 3], '1.value': [10, 20, 30], '1.km': [5, 6, 7] }
  const sum = (a: { value: number }, b: { value: number; km: number }) => a.value + b.value * b.km
  t.is(made(sum, both, columns)!(2, 1), 123)
  const { reads } = placedSource(sum, both, known)!
  t.deepEqual(
    reads.map(({ input, field }) => `${input}.${field}`),
    ['0.value', '1.value', '1.km'],
  )
})

test('numbers are passed on as they are, to JavaScript own functions, too', t => {
  t.is(made(Math.min, [false, false])!(3, 4), 3)
  const least = (a: number, { value }: { value: number }) => Math.min(a, value)
  t.is(made(least, [false, true], { '1.value': [8, 2] })!(5, 1), 2)
  const methods = {
    twice(a: number) {
      return 2 * a
    },
  }
  t.is(made(methods.twice, [false, false])!(4, 0), 8)
})

test('what it uses of the context is told, and methods that are seen to may be called', t => {
  const call = (
    a: number,
    _: unknown,
    { factor, add }: { factor: number; add(by: number): void },
  ) => {
    add(a)
    return a * factor
  }
  const added: number[] = []
  const context = { factor: 3, add: (by: number) => added.push(by) }
  t.is(made(call, [false, true])!(2, 0, context), 6)
  t.deepEqual(added, [2])
  t.deepEqual(placedSource(call, [false, true], known)!.contextReads, ['factor', 'add'])
})

test('methods of the context may be called as members, and those of what is passed on', t => {
  interface Context {
    factor: number
    add(by: number): void
  }
  const calls: readonly ((value: { list: number }, all: number[], context: Context) => void)[] = [
    (value, all, context) => {
      context.add(context.factor * value.list + all.push(1))
    },
    (value, all, context) => {
      const { add, factor } = context
      add(factor * value.list + all.push(1))
    },
  ]
  for (const call of calls) {
    const added: number[] = []
    const context = { factor: 3, add: (by: number) => added.push(by) }
    made(call, [true, false], { '0.list': [5, 6] })!(1, [7, 8], context)
    t.deepEqual(added, [21])
    t.deepEqual([...placedSource(call, [true, false], known)!.contextReads].sort(), [
      'add',
      'factor',
    ])
  }
  const others: readonly ((...parameters: never[]) => unknown)[] = [
    (_: unknown, __: unknown, context: { remove(): void }) => context.remove(),
    (_: unknown, __: unknown, context: Context) => Object.hasOwn(context, 'factor'),
    (_: unknown, __: unknown, context: Context) => {
      let { add } = context
      add = () => {}
      add(1)
    },
    (_: unknown, all: { list: number[] }) => all.list.push(1),
  ]
  for (const other of others)
    t.is(placedSource(other, [true, false], known), undefined, String(other))
})

test('there is no text of functions that depend on anything else, or use records whole', t => {
  const { length } = known.values
  const others: readonly ((...parameters: never[]) => unknown)[] = [
    (a: { value: number }) => a.value + length,
    (a: { value: number }) => a.value + Math.random(),
    (a: { value: number }) => a.value + Date.now(),
    (a: object) => Object.keys(a),
    (a: { value: number }) => a.value++,
    (_: unknown, __: unknown, { remove }: { remove(): void }) => remove(),
    (_: unknown, __: unknown, context: object) => Object.keys(context),
    async (a: { value: number }) => a.value,
    Math.max,
    Date.now,
  ]
  for (const other of others) t.is(placedSource(other, both, known), undefined, String(other))
})

test('a maker needs a template that uses nothing but its parameters', t => {
  t.is(
    makerAround(() => known, {}),
    undefined,
  )
})
