/** Names that come twice, and names that JavaScript has other uses for. */
import test from 'ava'
import {
  ArgumentError,
  count,
  type DataSet,
  from,
  readCsv,
  SchemaError,
} from '../../engine/index.js'
import { type Anything, fails } from './support.js'

const words: DataSet<Anything> = from([
  { a: 1, b: 'x' },
  { a: 2, b: 'y' },
])
const csv = (text: string) => new TextEncoder().encode(text)
const twice = (name: string) => new RegExp(`would have two fields called "${name}"`)

test('a header with a name twice is refused', async t => {
  await fails(t, SchemaError, /^readCsv: .* has more than one column called "a"\. Rename/, () =>
    readCsv(csv('a,b,a\n1,2,3\n')),
  )
  await fails(t, ArgumentError, /^readCsv: header must have different names; got a more/, () =>
    readCsv(csv('1,2\n'), { header: ['a', 'a'] }),
  )
})

test('results with a name twice are refused, with the remedy', async t => {
  await fails(t, SchemaError, twice('a'), () => words.groupBy('a').aggregate({ a: count() }))
  await fails(t, SchemaError, twice('count'), () =>
    from([{ count: 1 }])
      .groupBy('count')
      .count(),
  )
  await fails(t, SchemaError, twice('a'), () => words.groupBy('a').sum('a'))
  await fails(t, SchemaError, twice('a'), () => words.groupBy('a', 'a').count())
  await fails(t, SchemaError, /^select: .*Name it once, or use selectAs/, () =>
    words.select('a', 'a'),
  )
  const nested: DataSet<Anything> = from([{ p: { z: 1 }, q: { z: 2 } }])
  await fails(t, SchemaError, twice('z'), () => nested.groupBy('p.z', 'q.z').count())
})

test('merge of sides with the same field says what to do', async t => {
  await fails(
    t,
    SchemaError,
    /^join: both sides have a field "b"\. Say what to keep with \.with/,
    () => words.join(words).where('a').equalTo('a').merge(),
  )
})

test('selectAs gives one field two names, and derive replaces a field', async t => {
  t.deepEqual(await (words as Anything).selectAs({ c: 'a', d: 'a' }).collect(), [
    { c: 1, d: 1 },
    { c: 2, d: 2 },
  ])
  t.deepEqual(await words.derive({ a: (r: Anything) => r.a * 10 }).collect(), [
    { a: 10, b: 'x' },
    { a: 20, b: 'y' },
  ])
})

const ODD = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'a b', 'é€😀', '0', 'length']
const oddRecord = (value: number) =>
  Object.fromEntries(ODD.map((name, i) => [name, value + i])) as Anything

for (const name of ODD) {
  test(`a field may be called ${name}`, async t => {
    const odd: DataSet<Anything> = from([oddRecord(0), oddRecord(1), oddRecord(0)])
    const at = ODD.indexOf(name)
    const values = async (d: DataSet<Anything>, of = name) =>
      (await d.collect()).map((r: Anything) => Object.getOwnPropertyDescriptor(r, of)?.value)
    t.deepEqual(await values(odd), [at, at + 1, at])
    t.deepEqual(await values(odd.select(name)), [at, at + 1, at])
    t.deepEqual(await values(odd.map((r: Anything) => r)), [at, at + 1, at])
    t.deepEqual(await values(odd.orderBy(name, 'descending')), [at + 1, at, at])
    t.deepEqual(await values(odd.groupBy(name).count(), 'count'), [2, 1])
    t.deepEqual(await values(odd.sum(name)), [3 * at + 1])
    t.is(await odd.distinct(name).count(), 2)
    t.is(await odd.join(odd).where(name).equalTo(name).pairs().count(), 5)
  })
}
