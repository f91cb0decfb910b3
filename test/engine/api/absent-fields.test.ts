/** Fields that some batches of a data set have and others lack: missing there, known all the same. */
import test from 'ava'
import { type DataSet, ExecutionEnvironment, SchemaError, sum } from '../../../engine/index.js'

type Line = { readonly id: number; readonly late?: number | null; readonly name?: string }

/** More than one batch of lines without the field, then lines that have it. */
const EARLY = 70_000
const LATE = 1000
const lines: Line[] = [
  ...Array.from({ length: EARLY }, (_, id) => ({ id })),
  ...Array.from({ length: LATE }, (_, k) => ({ id: EARLY + k, late: k % 4, name: `n${k % 2}` })),
]
const text = lines.map(line => JSON.stringify(line)).join('\n')

for (const codegen of [true, false]) {
  const env = new ExecutionEnvironment({ codegen, progress: false })
  const read = () => env.readJsonLines(bytesOf(text)) as unknown as DataSet<Line>
  const name = (claim: string) => `${codegen ? 'compiled' : 'interpreted'}: ${claim}`

  test(name('groups by a field that shows late'), async t => {
    t.deepEqual(await read().groupBy('late').count().collect(), [
      { late: null, count: EARLY },
      ...[0, 1, 2, 3].map(late => ({ late, count: LATE / 4 })),
    ])
    t.deepEqual(await read().groupBy('name', 'late').count().count(), 5)
    const firsts = await read().groupBy('name').first(1).collect()
    t.deepEqual(
      firsts.map(({ id }) => id),
      [0, EARLY, EARLY + 1],
    )
  })

  test(name('sorts by a field that shows late'), async t => {
    const sorted = await read().orderBy('late', 'descending').collect()
    t.deepEqual(
      sorted.map(({ id }) => id),
      [
        ...[3, 2, 1, 0].flatMap(late =>
          Array.from({ length: LATE / 4 }, (_, k) => EARLY + 4 * k + late),
        ),
        ...Array.from({ length: EARLY }, (_, id) => id),
      ],
    )
    t.like((await read().orderBy('late').first(1).collect())[0], { id: EARLY })
  })

  test(name('aggregates a field that shows late'), async t => {
    const late = (LATE / 4) * (1 + 2 + 3)
    t.deepEqual(await read().sum('late').collect(), [{ late }])
    t.deepEqual(
      await read()
        .aggregate({ late: sum('late') })
        .collect(),
      [{ late }],
    )
    t.like((await read().maxBy('late').collect())[0], { id: EARLY + 3, late: 3 })
  })

  test(name('selects and computes with a field that shows late'), async t => {
    const all = lines.map(({ late = null }) => ({ late }))
    t.deepEqual(await read().select('late').collect(), all)
    t.is(await read().filter('late > 1').count(), LATE / 2)
    const doubled = await read().derive({ twice: '2 * late' }).select('twice').collect()
    t.deepEqual(
      doubled,
      all.map(({ late }) => ({ twice: late === null ? null : 2 * late })),
    )
  })

  test(name('joins by a field that shows late'), async t => {
    const sides = env.from([{ key: 0 }, { key: 2 }, { key: 9 }])
    t.is(await read().join(sides).where('late').equalTo('key').pairs().count(), LATE / 2)
    t.is(await sides.join(read()).where('key').equalTo('late').pairs().count(), LATE / 2)
    t.is(await read().leftJoin(sides).where('late').equalTo('key').pairs().count(), EARLY + LATE)
  })

  test(name('the first records of a field that shows late are missing'), async t => {
    t.deepEqual(await read().select('late').first(2).collect(), [{ late: null }, { late: null }])
    await t.throwsAsync(
      (read() as DataSet<never>)
        .select('lote' as never)
        .first(2)
        .collect(),
      {
        instanceOf: SchemaError,
        message: 'select: field "lote" is not in the data; it has id, late, name.',
      },
    )
  })

  test(name('a union of records with other fields has them all'), async t => {
    const some = env.from([{ a: 1 }, { a: 2 }]).map(r => ({ ...r })) as DataSet<Pair>
    const more = env.from([
      { a: 1, b: 5 },
      { a: 3, b: 5 },
    ]) as DataSet<Pair>
    for (const both of [some.union(more), more.union(some)]) {
      const groups = await both.groupBy('b').sum('a').orderBy('b').collect()
      t.deepEqual(groups, [
        { b: 5, a: 4 },
        { b: null, a: 3 },
      ])
      t.is(await both.distinct('b').count(), 2)
      t.deepEqual(await both.partitionByHash('b').count(), 4)
      t.deepEqual(
        (await both.orderBy('b').thenBy('a').collect()).map(r => [r.a, r.b ?? null]),
        [
          [1, 5],
          [3, 5],
          [1, null],
          [2, null],
        ],
      )
    }
  })

  test(
    name('a field that no batch has is unknown; the names of all batches are listed'),
    async t => {
      const known = {
        instanceOf: SchemaError,
        message: /"lote" is not in the data; it has id, late, name\.$/,
      }
      const wrong = () => read() as unknown as DataSet<Record<string, number>>
      await t.throwsAsync(wrong().groupBy('lote').count().collect(), known)
      await t.throwsAsync(wrong().orderBy('lote').collect(), known)
      await t.throwsAsync(wrong().sum('lote').collect(), known)
      await t.throwsAsync(wrong().select('lote').collect(), known)
      await t.throwsAsync(wrong().filter('lote > 1').collect(), known)
      await t.throwsAsync(
        wrong().join(wrong()).where('lote').equalTo('id').pairs().collect(),
        known,
      )
    },
  )

  test(name('an input without records has every field'), async t => {
    const empty = () => env.readJsonLines(bytesOf('')) as unknown as DataSet<Line>
    t.deepEqual(await empty().groupBy('late').count().collect(), [])
    t.deepEqual(await empty().select('late').orderBy('late').collect(), [])
  })
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

type Pair = { readonly a: number; readonly b?: number }
