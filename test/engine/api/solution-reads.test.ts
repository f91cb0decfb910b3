/** What bodies of delta iterations do with their solution set, and the keys that it may have. */
import test from 'ava'
import { count, type DataSet, ExecutionEnvironment, from } from '../../../engine/index.js'
import { assertRecords, equalRecords } from '../../support/table-equal.js'

interface Known {
  readonly id: number
  readonly v: number
}

interface Asked {
  readonly key: number
  readonly text: string
}

const known: readonly Known[] = Array.from({ length: 6 }, (_, id) => ({ id, v: id * 10 }))
const asked: readonly Asked[] = [
  { key: 4, text: 'a' },
  { key: 9, text: 'b' },
  { key: 4, text: 'c' },
  { key: 0, text: 'd' },
]

/** Runs one superstep that changes nothing, and gives the records that its body made of both sets. */
async function once<R>(
  body: (solution: DataSet<Known>, workset: DataSet<Asked>) => DataSet<R>,
  env = new ExecutionEnvironment(),
): Promise<R[]> {
  const start = env.from(known)
  const seen: R[] = []
  const loop = start.iterateDelta(
    { workset: env.from(asked), key: 'id', maxIterations: 1 },
    ({ solution, workset }) => ({
      delta: body(solution, workset).flatMap(record => {
        seen.push(record)
        return [] as Known[]
      }),
      workset,
    }),
  )
  assertRecords(await loop.collect(), known)
  return seen
}

test('an inner join gives pairs of what is known, on either side', async t => {
  const right = await once((solution, workset) =>
    workset
      .join(solution)
      .where('key')
      .equalTo('id')
      .with((a, k) => ({ text: a.text, v: k.v })),
  )
  equalRecords(t, right, [
    { text: 'a', v: 40 },
    { text: 'c', v: 40 },
    { text: 'd', v: 0 },
  ])
  const left = await once((solution, workset) =>
    solution
      .join(workset)
      .where('id')
      .equalTo('key')
      .with((k, a) => ({ text: a.text, v: k.v })),
  )
  equalRecords(t, left, right)
})

test('an outer join that keeps the other side gives null for what is not known', async t => {
  const expected = [
    { text: 'a', v: 40 },
    { text: 'b', v: null },
    { text: 'c', v: 40 },
    { text: 'd', v: 0 },
  ]
  equalRecords(
    t,
    await once((solution, workset) =>
      workset
        .leftJoin(solution)
        .where('key')
        .equalTo('id')
        .with((a, k) => ({ text: a.text, v: k?.v ?? null })),
    ),
    expected,
  )
  equalRecords(
    t,
    await once((solution, workset) =>
      solution
        .rightJoin(workset)
        .where('id')
        .equalTo('key')
        .with((k, a) => ({ text: a.text, v: k?.v ?? null })),
    ),
    expected,
  )
})

test('an outer join that keeps the solution set reads all of it', async t => {
  const expected = known.flatMap(({ id, v }) =>
    id === 4
      ? [
          { v, text: 'a' },
          { v, text: 'c' },
        ]
      : [{ v, text: id === 0 ? 'd' : null }],
  )
  const left = await once((solution, workset) =>
    solution
      .leftJoin(workset)
      .where('id')
      .equalTo('key')
      .with((k, a) => ({ v: k.v, text: a?.text ?? null })),
  )
  equalRecords(t, left, expected, { ordered: false })
  const full = await once((solution, workset) =>
    workset
      .fullJoin(solution)
      .where('key')
      .equalTo('id')
      .with((a, k) => ({ v: k?.v ?? null, text: a?.text ?? null })),
  )
  equalRecords(t, full, [...expected, { v: null, text: 'b' }], { ordered: false })
})

test('semi and anti joins ask whether a key is known, or the other way round', async t => {
  const texts = async (select: Parameters<typeof once<Asked>>[0]) =>
    (await once(select)).map(({ text }) => text)
  t.deepEqual(await texts((s, w) => w.semiJoin(s).where('key').equalTo('id')), ['a', 'c', 'd'])
  t.deepEqual(await texts((s, w) => w.antiJoin(s).where('key').equalTo('id')), ['b'])
  const ids = async (select: Parameters<typeof once<Known>>[0]) =>
    (await once(select)).map(({ id }) => id)
  t.deepEqual(await ids((s, w) => s.semiJoin(w).where('id').equalTo('key')), [0, 4])
  t.deepEqual(await ids((s, w) => s.antiJoin(w).where('id').equalTo('key')), [1, 2, 3, 5])
})

test('a condition of the join sees both records', async t => {
  const pairs = await once((solution, workset) =>
    workset
      .leftJoin(solution)
      .where('key')
      .equalTo('id')
      .filter((a, k) => k.v > 10 && a.text !== 'a')
      .with((a, k) => ({ text: a.text, v: k?.v ?? null })),
  )
  equalRecords(t, pairs, [
    { text: 'a', v: null },
    { text: 'b', v: null },
    { text: 'c', v: 40 },
    { text: 'd', v: null },
  ])
})

test('a coGroup gets the known record of each key of the other side, on either side', async t => {
  const expected = [
    { v: 40, texts: 'ac' },
    { v: -1, texts: 'b' },
    { v: 0, texts: 'd' },
  ]
  const textsOf = (group: readonly Asked[]) => group.map(({ text }) => text).join('')
  const right = await once((solution, workset) =>
    workset
      .coGroup(solution)
      .where('key')
      .equalTo('id')
      .with((group, known) => ({ v: known[0]?.v ?? -1, texts: textsOf(group) })),
  )
  equalRecords(t, right, expected)
  const left = await once((solution, workset) =>
    solution
      .coGroup(workset)
      .where('id')
      .equalTo('key')
      .with((known, group) => ({ v: known[0]?.v ?? -1, texts: textsOf(group) })),
  )
  equalRecords(t, left, expected)
})

test('a join by something else than the key reads all of the solution set', async t => {
  const pairs = await once((solution, workset) =>
    workset
      .join(solution)
      .where(a => a.key * 10)
      .equalTo('v')
      .with((a, k) => ({ text: a.text, id: k.id })),
  )
  equalRecords(t, pairs, [
    { text: 'a', id: 4 },
    { text: 'c', id: 4 },
    { text: 'd', id: 0 },
  ])
})

test('the solution set is a data set like any other', async t => {
  const many = await once((solution, workset) =>
    workset
      .first(1)
      .cross(solution.filter(({ v }) => v > 10).aggregate({ n: count() }))
      .with((_, all) => all),
  )
  equalRecords(t, many, [{ n: 4 }])
  const handed = await once((solution, workset) =>
    workset.map(({ key }, { solution }) => ({ key, n: solution.length }), { with: { solution } }),
  )
  t.true(handed.every(({ n }) => n === 6))
})

test('a solution set is looked up by some joins of a body and read by others', async t => {
  const start = from(known)
  const loop = start.iterateDelta(
    { workset: from([1, 2]), key: 'id', maxIterations: 2 },
    ({ solution, workset }) => {
      const most = solution.aggregate({ n: count() })
      const delta = workset
        .join(solution)
        .where(id => id)
        .equalTo('id')
        .with((id, { v }, { most }) => ({ id, v: v + most[0]!.n }), { with: { most } })
      return { delta, workset: workset.map(id => id + 2) }
    },
  )
  equalRecords(
    t,
    await loop.collect(),
    known.map(({ id, v }) => ({ id, v: id >= 1 && id <= 4 ? v + 6 : v })),
  )
})

test('a solution set joined with itself', async t => {
  const pairs = await once((solution, workset) =>
    solution
      .join(solution)
      .where('id')
      .equalTo('id')
      .with((a, b) => ({ id: a.id, v: b.v }))
      .semiJoin(workset)
      .where('id')
      .equalTo('key'),
  )
  equalRecords(t, pairs, [known[0], known[4]])
})

test('every way of running a body gives the same', async t => {
  for (const options of [
    { optimizer: false },
    { codegen: false },
    { parallelism: 3, parallelFrom: 0 },
    { memory: '16 KiB' },
  ] as const) {
    const pairs = await once(
      (solution, workset) =>
        workset
          .leftJoin(solution)
          .where('key')
          .equalTo('id')
          .filter((_, k) => k.v > 10)
          .with((a, k) => ({ text: a.text, v: k?.v ?? null }))
          .coGroup(solution)
          .where(r => (r.v ?? 0) / 10)
          .equalTo('id')
          .with((group, known) => ({ n: group.length, v: known[0]?.v ?? null })),
      new ExecutionEnvironment(options),
    )
    equalRecords(
      t,
      pairs,
      [
        { n: 2, v: 40 },
        { n: 2, v: 0 },
      ],
      { ordered: false },
    )
  }
})

/** Counts down what is `left` until nothing is left, by look-ups alone. */
async function countedDown<T extends { left: number }>(
  records: readonly T[],
  key: readonly (string | ((record: T) => unknown))[],
): Promise<T[]> {
  const start = from(records)
  return start
    .iterateDelta({ workset: start, key: key as never, maxIterations: 50 }, loop => {
      const next = loop.workset
        .filter(({ left }) => left > 0)
        .join(loop.solution)
        .where(...(key as readonly never[] as [never]))
        .equalTo(...(key as readonly never[] as [never]))
        .with((_, known) => ({ ...known, left: known.left - 1 })) as unknown as DataSet<T>
      return { delta: next, workset: next }
    })
    .collect()
}

test('keys are fields, paths, several of them, or a function of the record', async t => {
  const rows = Array.from({ length: 12 }, (_, k) => ({
    id: k,
    a: k % 3,
    b: `${Math.floor(k / 3)}`,
    deep: { er: k * 1.5 },
    left: k % 5,
  }))
  const done = rows.map(row => ({ ...row, left: 0 }))
  equalRecords(t, await countedDown(rows, ['id']), done)
  equalRecords(t, await countedDown(rows, ['b', 'a']), done)
  equalRecords(t, await countedDown(rows, ['deep.er']), done)
  equalRecords(t, await countedDown(rows, [row => row.a + 3 * Number(row.b)]), done)
  equalRecords(t, await countedDown(rows, [row => ({ a: row.a, b: row.b })]), done)
})

test('keys are numbers, NaN, texts, dates, truth values, bigints', async t => {
  const keyed = <K>(...values: readonly K[]) =>
    values.map((id, k) => ({ id, left: 1 + (k % 3), name: `record ${k}` }))
  for (const rows of [
    keyed(0, 1, -1, 0.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53, 1e300),
    keyed('', 'a', 'ü', 'u\u0308', '日本', '😀', '__proto__', 'constructor', 'null'),
    keyed(new Date(0), new Date(1), new Date(-5)),
    keyed(true, false),
    keyed(0n, 1n, -1n, 2n ** 70n, 2n ** 53n + 1n),
  ] as const) {
    const all = rows as readonly { id: unknown; left: number; name: string }[]
    equalRecords(
      t,
      await countedDown(all, ['id']),
      all.map(row => ({ ...row, left: 0 })),
    )
  }
})

test('a missing key is a key of the solution set, but matches nothing in a join', async t => {
  const rows = [
    { id: null, left: 2 },
    { id: 7, left: 2 },
  ]
  equalRecords(t, await countedDown(rows, ['id']), [
    { id: null, left: 2 },
    { id: 7, left: 0 },
  ])
  const start = from(rows)
  const replaced = start.iterateDelta(
    { workset: start, key: 'id', maxIterations: 1 },
    ({ workset }) => ({ delta: workset.map(({ id }) => ({ id, left: -1 })), workset }),
  )
  equalRecords(t, await replaced.collect(), [
    { id: null, left: -1 },
    { id: 7, left: -1 },
  ])
})

test('fields may change their type, and further ones may come', async t => {
  const start = from<{ id: number; v: unknown; more?: string }>([
    { id: 1, v: 1 },
    { id: 2, v: 2 },
  ])
  const loop = start.iterateDelta({ workset: from([1, 2]), key: 'id', maxIterations: 3 }, loop => {
    const delta = loop.workset
      .join(loop.solution)
      .where(id => id)
      .equalTo('id')
      .with((id, { v }, { superstep }) => ({
        id,
        v: superstep === 1 ? 0.5 : superstep === 2 ? `${v}` : [v],
        ...(superstep > 1 && { more: `${superstep}` }),
      }))
    return { delta, workset: loop.workset.filter(id => id === 1) }
  })
  equalRecords(t, await loop.collect(), [
    { id: 1, v: ['0.5'], more: '3' },
    { id: 2, v: 0.5 },
  ])
})
