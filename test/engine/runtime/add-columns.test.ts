import test from 'ava'
import { addColumns, type Column, Float64Column } from '../../../engine/extend.js'
import { ExecutionEnvironment, from, SchemaError } from '../../../engine/index.js'

const records = Array.from({ length: 70_000 }, (_, k) => ({ id: k, age: k % 90, name: `n${k}` }))
const firsts: number[] = []

/** Twice the age, as a library would compute it. */
function twice([age]: readonly Column[], length: number, first: number): readonly Column[] {
  firsts.push(first)
  return [new Float64Column(Float64Array.from({ length }, (_, row) => 2 * Number(age!.get(row))))]
}

const doubled = (data: Parameters<typeof addColumns>[0], as = 'twice') =>
  addColumns<{ id: number; age: number; name: string; twice: number }>(
    data,
    { reads: ['age'], adds: [as], compute: twice, label: 'double age' },
    'double',
  )

test.serial(
  'columns are added batch by batch, which are numbered by their first record',
  async t => {
    firsts.length = 0
    const all = await doubled(from(records)).collect()
    t.is(all.length, records.length)
    t.true(all.every(({ id, age, twice }, k) => id === k && twice === 2 * age))
    t.is(firsts[0], 0)
    t.true(firsts.every((first, k) => k === 0 || first > firsts[k - 1]!))
  },
)

test('a field of the same name is replaced', async t => {
  t.deepEqual(await doubled(from([{ id: 1, age: 4, name: 'a' }]), 'age').collect(), [
    { id: 1, name: 'a', age: 8 },
  ] as never)
})

test('filters that do not read what is added run before', async t => {
  const few = doubled(from(records)).filter(r => r.id < 3)
  t.deepEqual(
    (await few.collect()).map(({ twice }) => twice),
    [0, 2, 4],
  )
  const plan = (await few.explain()).split('\n')
  t.true(
    plan.findIndex(line => line.includes('filter')) >
      plan.findIndex(line => line.includes('double')),
    plan.join('\n'),
  )
  t.is(
    await doubled(from(records))
      .filter(r => r.twice === 4)
      .count(),
    778,
  )
})

test.serial('nothing is computed that nobody reads', async t => {
  firsts.length = 0
  t.is((await doubled(from(records)).select('id').collect()).length, records.length)
  t.is(firsts.length, 0)
})

test('a job in workers says why it stays on the calling thread', async t => {
  const env = new ExecutionEnvironment({ parallelism: 2, parallelFrom: 1 })
  const data = doubled(env.from(records))
  t.is(await data.count(), records.length)
  t.regex(await data.explain(), /calling thread: double computes on the calling thread/)
})

test('unknown fields and records without fields are refused', async t => {
  const unknown = doubled(from([{ id: 1 }]))
  await t.throwsAsync(unknown.collect(), {
    instanceOf: SchemaError,
    message: 'double: field "age" is not in the data; it has id.',
  })
  const late = doubled(from([{ id: 1 }]).map(r => ({ ...(r as object) }) as { id: number }))
  await t.throwsAsync(late.collect(), { instanceOf: SchemaError, message: /^double: field "age"/ })
  await t.throwsAsync(doubled(from([1, 2])).collect(), { instanceOf: SchemaError })
})
