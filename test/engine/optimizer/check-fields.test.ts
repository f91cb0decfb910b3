import test from 'ava'
import { SchemaError } from '../../../engine/errors.js'
import { count, type DataSet, from, max, readCsv } from '../../../engine/index.js'

const words = from([
  { word: 'to', count: 2, info: { letters: 2 } },
  { word: 'be', count: 2, info: { letters: 2 } },
]) as unknown as DataSet<Record<string, number>>

const PROGRAMS: Readonly<Record<string, { explain(): Promise<string> }>> = {
  groupBy: words.groupBy('wrod').count(),
  sum: words.groupBy('word').sum('wrod'),
  max: words.aggregate({ most: max('wrod') }),
  sortGroup: words.groupBy('word').sortGroup('wrod').first(1),
  minBy: words.minBy('wrod'),
  maxBy: words.groupBy('word').maxBy('wrod'),
  select: words.select('word', 'wrod'),
  distinct: words.distinct('wrod'),
  orderBy: words.orderBy('wrod'),
  sortPartition: words.sortPartition('wrod'),
  partitionByHash: words.partitionByHash('wrod'),
  partitionByRange: words.partitionByRange('wrod'),
  partitionCustom: words.partitionCustom('wrod', () => 0),
  where: words.join(words).where('wrod').equalTo('word').pairs(),
  equalTo: words.join(words).where('word').equalTo('wrod').pairs(),
  sortLeft: words
    .coGroup(words)
    .where('word')
    .equalTo('word')
    .sortLeft('wrod')
    .with(() => 1),
  filter: words.filter('wrod > 1'),
  'derive.twice': words.derive({ twice: '2 * wrod' }),
}

for (const [operation, program] of Object.entries(PROGRAMS)) {
  test(`${operation}: an unknown field is refused before anything runs`, async t => {
    const error = await t.throwsAsync(program.explain(), { instanceOf: SchemaError })
    t.true(error.message.startsWith(`${operation}: field "wrod" is not in the data; it has `))
    t.regex(error.message, /word.*count|count.*word/)
  })
}

test('fields are followed through the plan', async t => {
  const short = words.map(r => ({ word: r.word, n: 1 })) as unknown as typeof words
  await t.throwsAsync(short.groupBy('count').count().explain(), {
    message: /groupBy: field "count".*it has word, n/,
  })
  const grouped = words.groupBy('word').aggregate({ n: count() }) as unknown as typeof words
  await t.throwsAsync(grouped.orderBy('count').explain(), { message: /it has word, n/ })
  await t.notThrowsAsync(words.groupBy('info.letters').count().collect())
  await t.notThrowsAsync(
    from([] as { x: number }[])
      .groupBy('x')
      .count()
      .collect(),
  )
})

test('an unread field is refused even where a rule would drop what asks for it', async t => {
  const unread = words.derive({ x: 'wrod + 1' }).select('word')
  await t.throwsAsync(unread.collect(), { instanceOf: SchemaError })
  const sorted = words.orderBy('wrod').aggregate({ n: count() })
  await t.throwsAsync(sorted.collect(), { instanceOf: SchemaError })
})

test('the columns of a file are known before it is read', async t => {
  const csv = readCsv(new TextEncoder().encode('iata,name\nJFK,Kennedy\n'))
  await t.throwsAsync(csv.groupBy('airport').count().explain(), {
    message: /field "airport" is not in the data; it has iata, name/,
  })
})
