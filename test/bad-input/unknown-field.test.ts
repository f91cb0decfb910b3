/**
 * Fields that are not in the data: every operation that takes a field refuses them, names itself as
 * the user wrote it, and lists what there is; also where fields show only when records come.
 */
import test from 'ava'
import {
  type DataSet,
  deviation,
  firstValue,
  formula,
  from,
  lastValue,
  max,
  mean,
  SchemaError,
  share,
  sum,
  variance,
} from '../../engine/index.js'
import { type Anything, fails } from './support.js'

interface Word {
  readonly word: string
  readonly count: number
  readonly home: { readonly zip: number }
}

const RECORDS: readonly Word[] = [
  { word: 'to', count: 2, home: { zip: 1 } },
  { word: 'be', count: 1, home: { zip: 2 } },
]

/** Fields known from the records; known from a rewriting; known only when records come. */
const INPUTS: Readonly<Record<string, () => DataSet<Anything>>> = {
  'of an array': () => from([...RECORDS]),
  'after map': () => from([...RECORDS]).map(r => ({ ...r, count: r.count + 1 })),
  'after select': () => from([...RECORDS]).select('word', 'count', 'home'),
  'of an iterable': () =>
    from({
      *[Symbol.iterator]() {
        yield* RECORDS
      },
    }),
  'after a map of records that cannot be looked into': () =>
    from([...RECORDS]).map(r => JSON.parse(JSON.stringify(r))),
  'after flatMap': () => from([...RECORDS]).flatMap(r => [r]),
  'after a join': () =>
    from([...RECORDS])
      .join(from([{ id: 'to' }, { id: 'be' }]))
      .where('word')
      .equalTo('id')
      .with(l => l),
}

const OPERATIONS: Readonly<Record<string, (d: DataSet<Anything>) => DataSet<Anything>>> = {
  groupBy: d => d.groupBy('wrod').sum('count'),
  'groupBy for reduce': d => d.groupBy('wrod').reduce((a: Word) => a),
  'groupBy for reduceGroup': d => d.groupBy('wrod').reduceGroup(() => 1),
  'groupBy for combineGroup': d => d.groupBy('wrod').combineGroup(() => 1),
  'groupBy for first': d => d.groupBy('wrod').first(1),
  'groupBy for minBy': d => d.groupBy('wrod').minBy('count'),
  'groupBy of a second key': d => d.groupBy('word', 'wrod').count(),
  'groupBy of a path': d => d.groupBy('home.wrod').count(),
  'groupBy of a path into a text': d => d.groupBy('word.wrod').count(),
  sum: d => d.groupBy('word').sum('wrod'),
  'sum of everything': d => d.sum('wrod'),
  'sum in aggregate': d => d.groupBy('word').aggregate({ n: sum('wrod') }),
  'sum of a formula': d => d.aggregate({ n: sum(formula('wrod + 1')) }),
  mean: d => d.mean('wrod'),
  'mean in aggregate': d => d.aggregate({ n: mean('wrod') }),
  min: d => d.groupBy('word').min('wrod'),
  max: d => d.aggregate({ n: max('wrod') }),
  share: d => d.aggregate({ n: share(formula('wrod > 1')) }),
  variance: d => d.aggregate({ n: variance('wrod') }),
  deviation: d => d.aggregate({ n: deviation('wrod') }),
  firstValue: d => d.aggregate({ n: firstValue('wrod') }),
  lastValue: d => d.aggregate({ n: lastValue('wrod') }),
  minBy: d => d.minBy('wrod'),
  maxBy: d => d.groupBy('word').maxBy('count', 'wrod'),
  sortGroup: d => d.groupBy('word').sortGroup('wrod').first(1),
  'sortGroup for reduceGroup': d =>
    d
      .groupBy('word')
      .sortGroup('wrod')
      .reduceGroup(() => 1),
  distinct: d => d.distinct('wrod'),
  orderBy: d => d.orderBy('wrod'),
  'orderBy of a path': d => d.orderBy('home.wrod'),
  thenBy: d => d.orderBy('word').thenBy('wrod'),
  sortPartition: d => d.sortPartition('wrod'),
  select: d => d.select('word', 'wrod'),
  'select of a path': d => d.select('home.wrod'),
  selectAs: d => d.selectAs({ term: 'wrod' }),
  filter: d => d.filter('wrod > 1'),
  map: d => d.map('wrod + 1' as Anything),
  'derive.x': d => d.derive({ x: 'wrod + 1' }),
  where: d => d.join(d).where('wrod').equalTo('word').pairs(),
  'where of a left join': d => d.leftJoin(d).where('wrod').equalTo('word').pairs(),
  'where of a selection': d => d.semiJoin(d).where('wrod').equalTo('word'),
  'where of a coGroup': d =>
    d
      .coGroup(d)
      .where('wrod')
      .equalTo('word')
      .with(() => 1),
  equalTo: d => d.join(d).where('word').equalTo('wrod').pairs(),
  'equalTo of a selection': d => d.antiJoin(d).where('word').equalTo('wrod'),
  'equalTo of a coGroup': d =>
    d
      .coGroup(d)
      .where('word')
      .equalTo('wrod')
      .with(() => 1),
  sortLeft: d =>
    d
      .coGroup(d)
      .where('word')
      .equalTo('word')
      .sortLeft('wrod')
      .with(() => 1),
  sortRight: d =>
    d
      .coGroup(d)
      .where('word')
      .equalTo('word')
      .sortRight('wrod')
      .with(() => 1),
  partitionByHash: d => d.partitionByHash('wrod'),
  partitionByRange: d => d.partitionByRange('wrod'),
  partitionCustom: d => d.partitionCustom('wrod', () => 0),
}

for (const [input, make] of Object.entries(INPUTS)) {
  test(`names operation and fields ${input}`, async t => {
    for (const [called, apply] of Object.entries(OPERATIONS)) {
      const operation = called.split(' ')[0]!
      const error = await t.throwsAsync(
        async () => apply(make()).collect(),
        { instanceOf: SchemaError },
        called,
      )
      const [before, after = ''] = error?.message.split(/ is not in the data; (?:it has )?/) ?? ['']
      t.regex(before, new RegExp(`^${operation}: field "(home\\.|word\\.)?wrod"$`), called)
      const known = after.replace(/\.$/, '').split(', ').sort()
      if (called.includes('path')) continue
      t.deepEqual(known, ['count', 'home', 'word'], called)
    }
  })
}

test('the message is the one of the manual', async t => {
  const words = from([{ word: 'to', count: 2 }]) as DataSet<Anything>
  const message = 'groupBy: field "wrod" is not in the data; it has word, count.'
  await fails(t, SchemaError, message, () => words.groupBy('wrod').count())
})

test('a path is refused where it ends', async t => {
  const homes = from([{ home: { zip: 1 }, word: 'to' }]) as DataSet<Anything>
  const inner = 'groupBy: field "home.zap" is not in the data; "home" has zip.'
  await fails(t, SchemaError, inner, () => homes.groupBy('home.zap').count())
  await fails(t, SchemaError, /orderBy: .*; "home.zip" holds no objects\./, () =>
    homes.orderBy('home.zip.code'),
  )
  await fails(t, SchemaError, /select: .*; "home" has zip\./, () => homes.select('home.zap'))
})

test('a path that some records lack is missing there, batch by batch', async t => {
  const n = 20_000
  const records = Array.from({ length: 3 * n }, (_, k) =>
    k < n ? { home: null } : k < 2 * n ? { home: { zip: k % 2 } } : { home: { street: 'Elm' } },
  )
  const homes = from(records) as DataSet<Anything>
  t.deepEqual(await homes.groupBy('home.zip').count().collect(), [
    { zip: null, count: 2 * n },
    { zip: 0, count: n / 2 },
    { zip: 1, count: n / 2 },
  ])
  t.deepEqual(await homes.orderBy('home.zip').first(1).collect(), [{ home: { zip: 0 } }])
  t.deepEqual(await homes.aggregate({ n: sum('home.zip') }).collect(), [{ n: n / 2 }])
})

test('plain values have no fields, and tuples have positions', async t => {
  await fails(t, SchemaError, /^groupBy: .*plain values without fields/, () =>
    (from(['a', 'b']) as DataSet<Anything>).groupBy('length').count(),
  )
  await fails(t, SchemaError, 'orderBy: field "2" is not in the data; it has 0, 1.', () =>
    (from([['a', 1]]) as DataSet<Anything>).orderBy('2'),
  )
})

test('of a thousand fields the nearest are listed', async t => {
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, k) => [`field${k}`, k]))
  const error = await fails(t, SchemaError, /1000 fields, the nearest are field99[0-9]?, /, () =>
    (from([wide]) as DataSet<Anything>).select('feild99'),
  )
  t.true(error.message.length < 200)
})

test('a field that only some records have is known', async t => {
  const mixed = from([{ a: 1 }, { b: 2 }]) as DataSet<Anything>
  t.deepEqual(await mixed.groupBy('b').count().collect(), [
    { b: null, count: 1 },
    { b: 2, count: 1 },
  ])
})
