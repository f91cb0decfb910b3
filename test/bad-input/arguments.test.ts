/** What plain JavaScript can pass where types would not let it: refused at the door, at once. */
import test from 'ava'
import {
  ArgumentError,
  accumulator,
  counter,
  ExecutionEnvironment,
  execute,
  formula,
  from,
  fromColumns,
  generateSequence,
  mean,
  PlanError,
  readArrow,
  readCsv,
  readJson,
  readJsonLines,
  readParquet,
  readText,
  SchemaError,
  sum,
} from '../../engine/index.js'
import { type Anything, fails } from './support.js'

const words: Anything = from([
  { word: 'to', count: 2 },
  { word: 'be', count: 1 },
])
const any = <F>(fn: F) => fn as Anything

/** Code, and the pattern of the message of its `ArgumentError`. */
const REFUSED: readonly (readonly [() => unknown, RegExp])[] = [
  // Functions.
  [() => words.map(undefined), /^map: needs a function or a formula in quotes; got undefined\.$/],
  [() => words.map(3), /^map: needs a function/],
  [() => words.filter(null), /^filter: needs a function.*got null/],
  [() => words.flatMap([]), /^flatMap: needs a function.*got \[\]/],
  [() => words.reduce({}), /^reduce: needs a function/],
  [() => words.groupBy('word').reduceGroup(), /^reduceGroup: needs a function.*undefined/],
  [() => words.mapPartition(true), /^mapPartition: needs a function/],
  [() => words.partitionCustom('word'), /^partitionCustom: needs a function/],
  [() => words.join(words).where('word').equalTo('word').with(), /^join\.with: needs a function/],
  [
    () => words.map((w: Anything) => w, { wiht: {} }),
    /^map: option "wiht" is not known; .* with\.$/,
  ],
  [() => words.map((w: Anything) => w, 3), /^map: options must be an object/],
  [
    () => words.map((w: Anything) => w, { with: [1] }),
    /^map: with must be an object such as .*\[1\]/,
  ],
  // Formulas.
  [() => any(formula)(), /^formula: the formula must be a text; got undefined/],
  [() => words.filter('').collect(), /^filter: the formula "" is empty/],
  [() => words.filter('count > > 1').collect(), /cannot be read at column 9/],
  [
    () => words.filter('cuont(count) > 1').collect(),
    /^filter: .*calls "cuont", which is not known/,
  ],
  [() => words.derive(undefined), /^derive: columns must be an object such as/],
  [() => words.derive('count'), /^derive: columns must be an object/],
  [() => words.derive({ x: 3 }), /^derive\.x: needs a function or a formula/],
  // Fields.
  [() => words.select(), /^select: name at least one field\.$/],
  [
    () => words.select(['word', 'count']),
    /^select: .*got \["word","count"\]\. Give several .* one by one/,
  ],
  [() => words.select(undefined), /^select: .*got undefined/],
  [() => words.select((w: Anything) => w.word), /^select: a field is given by its name.*Use map/],
  [() => words.selectAs(undefined), /^selectAs: names must be an object/],
  [() => words.selectAs({}), /^selectAs: name at least one field/],
  [() => words.selectAs({ a: 3.5 }), /^selectAs: .*got 3\.5/],
  [() => words.groupBy(), /^groupBy: name at least one field, or give a key function\.$/],
  [() => words.groupBy(['word']), /^groupBy: .*got \["word"\]\. Give several fields one by one\.$/],
  [() => words.groupBy(''), /^groupBy: a key is a field name, a function/],
  [() => words.distinct({}), /^distinct: a key is/],
  [() => words.orderBy(), /^orderBy: a key is .*undefined/],
  [
    () => words.orderBy('word', 'desc'),
    /^orderBy: direction must be "ascending" or "descending"; got "desc"/,
  ],
  [() => words.orderBy('word').thenBy('count', 'up'), /^thenBy: direction/],
  [() => words.groupBy('word').sortGroup('count', 'up'), /^sortGroup: direction/],
  [() => words.partitionByRange('word', { direction: 'up' }), /^partitionByRange: direction/],
  [
    () => words.partitionByRange('word', { dir: 'up' }),
    /^partitionByRange: option "dir".*there are direction/,
  ],
  [() => words.sum(), /^sum: name at least one field/],
  [() => words.sum(undefined), /^sum: .*undefined/],
  [() => words.groupBy('word').max((w: Anything) => w.count), /^max: a field is given by its name/],
  [() => words.minBy(), /^minBy: name at least one field/],
  // Aggregates.
  [() => words.aggregate(), /^aggregate: the aggregates must be an object such as/],
  [() => words.aggregate([sum('count')]), /^aggregate: the aggregates must be an object/],
  [() => words.aggregate({}), /^aggregate: name at least one aggregate/],
  [() => words.aggregate({ x: 'sum' }), /^aggregate: "x" must be an aggregate such as .*got "sum"/],
  [() => words.aggregate({ x: sum }), /^aggregate: "x" must be an aggregate/],
  [() => any(sum)(), /^sum: needs a field name, a function or formula.*undefined/],
  [() => any(mean)(3), /^mean: needs a field name.*got 3/],
  // Other data sets.
  [
    () => words.join([1, 2]),
    /^join: .*must be a DataSet; got \[1,2\]\. Wrap the array with from\(\.\.\.\)\.$/,
  ],
  [() => words.leftJoin(undefined), /^leftJoin: the other side must be a DataSet; got undefined/],
  [() => words.semiJoin(words.groupBy('word')), /^semiJoin: the other side must be a DataSet/],
  [() => words.union(words, undefined), /^union: .*undefined/],
  [() => words.coGroup([]), /^coGroup: .*Wrap the array/],
  [() => words.cross(3), /^cross: .*got 3/],
  [() => words.join(words, { hnit: 'x' }), /^join: option "hnit" is not known; there are hint/],
  [() => words.fullJoin(words, { hint: 'fast' }), /^fullJoin: hint must be "auto" or .*got "fast"/],
  [() => words.join(words).where(), /^where: name at least one field/],
  // Numbers.
  ...[-1, 0, 1.5, Number.NaN, Infinity, '3', undefined].map(
    count => [() => words.first(count), /^first: count must be a positive integer; got /] as const,
  ),
  [() => words.groupBy('word').first(Number.NaN), /^first: count .*got NaN/],
  [() => words.rebalance({ partitions: 0 }), /^rebalance: partitions must be a positive integer/],
  [() => words.rebalance({ partition: 2 }), /^rebalance: option "partition" is not known/],
  [() => words.partitionByHash('word', { n: 1 }), /^partitionByHash: option "n"/],
  [() => words.partitionCustom('word', () => 0, { n: 1 }), /^partitionCustom: option "n"/],
  [() => words.sample(), /^sample: the size must be an object such as { count: 100 }/],
  [() => words.sample(10), /^sample: the size must be an object/],
  [() => words.sample({}), /^sample: give either fraction or count/],
  [() => words.sample({ count: 1, fraction: 0.5 }), /^sample: give either/],
  [() => words.sample({ fraction: 1.5 }), /^sample: fraction must be from 0 to 1; got 1\.5/],
  [() => words.sample({ fraction: Number.NaN }), /^sample: fraction .*NaN/],
  [() => words.sample({ count: -1 }), /^sample: count/],
  [() => words.sample({ count: 1, seed: 'x' }), /^sample: seed must be an integer; got "x"/],
  [
    () => words.sample({ count: 1, replacement: 'no' }),
    /^sample: replacement must be true or false/,
  ],
  [() => words.sample({ cuont: 1 }), /^sample: option "cuont" is not known; there are count/],
  [() => any(generateSequence)(Number.NaN, 3), /^generateSequence: from must be a safe integer/],
  [() => any(generateSequence)(1), /^generateSequence: to must be a safe integer; got undefined/],
  [() => generateSequence(1, Infinity), /^generateSequence: to must be/],
  [() => generateSequence(3, 1), /^generateSequence: to must not be below from/],
  // Names.
  [() => words.name(3), /^name: the name must be a text/],
  [() => words.zipWithIndex(''), /^zipWithIndex: the name of the number must be a text/],
  // Running.
  [() => words.collect({ singal: 1 }), /^run: option "singal" is not known; there are signal/],
  [() => words.count({ signal: 3 }), /^run: signal must be an AbortSignal; got 3/],
  [() => words.toColumns({ onProgress: 3 }), /^run: onProgress must be a function/],
  [() => words.toTable({ rows: -1 }), /^print: rows must be a non-negative integer/],
  [() => words.toTable({ row: 1 }), /^print: option "row" is not known; there are rows/],
  [() => words.explain({ formt: 'json' }), /^explain: option "formt" .* format/],
  [() => words.explain({ format: 'xml' }), /^explain: format must be "text" or "json"/],
  [() => any(execute)(), /^execute: give a list of sinks/],
  [() => any(execute)([words]), /^execute: give a list of sinks/],
  // Environments.
  [() => new ExecutionEnvironment(any({ memroy: 1 })), /"memroy" is not known; there are memory/],
  [() => new ExecutionEnvironment(any(3)), /^ExecutionEnvironment: options must be an object/],
  [() => new ExecutionEnvironment({ memory: 'a lot' }), /memory must be .*'64 MiB'; got a lot/],
  [() => new ExecutionEnvironment({ memory: 0 }), /memory must be a positive number/],
  [() => new ExecutionEnvironment({ parallelism: 0 }), /parallelism must be a positive integer/],
  [
    () => new ExecutionEnvironment(any({ codegen: 'no' })),
    /codegen must be true or false; got "no"/,
  ],
  [() => new ExecutionEnvironment(any({ tempDirectory: 3 })), /tempDirectory must be a text/],
  [() => new ExecutionEnvironment(any({ parameters: 3 })), /parameters must be an object/],
  [
    () => new ExecutionEnvironment(any({ optimizer: { chain: false } })),
    /no optimizer rule "chain"/,
  ],
  // Sources.
  [() => any(from)(), /^from: records must be an array.*got undefined/],
  [() => from(any({ a: 1 })), /^from: .*Put a single record into an array\.$/],
  [() => from(any('abc')), /^from: records must be an array.*"abc"/],
  [() => from(any(Promise.resolve([1]))), /^from: .*Await the promise first/],
  [() => from(any(() => [1])), /^from: .*Call the function/],
  [() => from([1], any({ shcema: 1 })), /^from: option "shcema" is not known; there are schema/],
  [() => from([1], any({ schema: {} })), /^from: schema must have a shape and fields/],
  [() => any(fromColumns)(), /^fromColumns: the columns must be an object/],
  [() => fromColumns(any([[1]])), /^fromColumns: the columns must be an object/],
  [
    () => fromColumns({ a: [1], b: [1, 2] }),
    /^fromColumns: columns must have one length; "a" has 1/,
  ],
  [() => fromColumns(any({ a: 'text' })), /^fromColumns: column "a" must be an array/],
  ...[readCsv, readText, readJson, readJsonLines, readParquet, readArrow].flatMap(
    read =>
      [
        [() => any(read)(), new RegExp(`^${read.name}: the input must be a path, .*undefined`)],
        [() => any(read)(3), new RegExp(`^${read.name}: the input must be a path, .*got 3`)],
        [() => any(read)(''), new RegExp(`^${read.name}: the input must be a path`)],
        [
          () => any(read)('x', { recursiv: 1 }),
          new RegExp(`^${read.name}: option "recursiv" .*are recursive`),
        ],
      ] as const,
  ),
  [
    () => readJsonLines('x', any({ invalid: 'ignore' })),
    /^readJsonLines: invalid must be "fail" or "skip"/,
  ],
  // Sinks.
  ...['Csv', 'JsonLines', 'Parquet', 'Arrow', 'Text'].flatMap(
    format =>
      [
        [() => words[`write${format}`](), new RegExp(`^write${format}: the path must be a text`)],
        [
          () => words[`write${format}`]('x', { overwrit: true }),
          new RegExp(`^write${format}: option "overwrit" .*are overwrite`),
        ],
      ] as const,
  ),
  [
    () => words.writeParquet('x', { rowGroupSize: 0 }),
    /^writeParquet: rowGroupSize must be a positive/,
  ],
  // Accumulators.
  [() => any(accumulator)(), /^accumulator: empty must be a function/],
  [
    () => accumulator(any({ empty: () => 0 })),
    /^accumulator: add must be a function; got undefined/,
  ],
]

for (const [number, [run, message]] of REFUSED.entries()) {
  test(`${number}: refuses ${String(run)
    .replace(/^\(\) => /, '')
    .replace(/\s+/g, ' ')} with ${message}`, async t => {
    await fails(t, ArgumentError, message, run)
  })
}

test('refuses names of the context and what cannot be copied, wherever it hides', async t => {
  const hand = (value: unknown, name = 'x') =>
    words.map((w: Anything) => w, { with: { [name]: value } })
  for (const name of ['operation', 'parameters', 'partition']) {
    await fails(t, ArgumentError, /is a name of the context itself.*another name/, () =>
      hand(1, name),
    )
  }
  await fails(t, ArgumentError, /^map: with\.x is a function, .*copied/, () => hand(() => 1))
  await fails(t, ArgumentError, /^map: with\.x\.a\.1\.b is a function/, () =>
    hand({ a: [0, { b: () => 1 }] }),
  )
  await fails(t, ArgumentError, /^map: with\.x is a symbol/, () => hand(Symbol('s')))
  await fails(t, ArgumentError, /^map: with\.x is a Promise/, () => hand(Promise.resolve()))
  await fails(t, ArgumentError, /^map: with\.x is a WeakMap/, () => hand(new WeakMap()))
})

test('an accumulator may have two names, but a name only one accumulator', async t => {
  const total = counter()
  const under = (name: string, given: Anything) => (d: Anything) =>
    d.map(
      (w: Anything, context: Anything) => {
        context.a?.add(1)
        context.b?.add(10)
        return w
      },
      { with: { [name]: given } },
    )
  const twice = under('b', total)(under('a', total)(words))
  await twice.collect()
  t.is(total.value, 22)
  const clash = under('a', counter())(under('a', total)(words))
  await fails(
    t,
    PlanError,
    /two accumulators .* "a"\. Hand one over under another name/,
    () => clash,
  )
  t.is(total.value, 22, 'a job that failed leaves accumulators as they were')
})

test('refuses data sets of different environments', async t => {
  const other: Anything = new ExecutionEnvironment().from([{ word: 'to' }])
  for (const [operation, combine] of Object.entries({
    union: () => words.union(other),
    join: () => words.join(other),
    rightJoin: () => words.rightJoin(other),
    antiJoin: () => words.antiJoin(other),
    coGroup: () => words.coGroup(other),
    cross: () => words.cross(other),
  })) {
    const message = new RegExp(`^${operation}: .*different environments\\. Make both in one`)
    await fails(t, PlanError, message, combine)
  }
  const sinks = [words.writeCsv('never.csv'), other.writeCsv('never-either.csv')]
  await fails(t, PlanError, /^execute: .*one environment/, () => execute(sinks))
})

test('refuses two fields of one name, wherever they come from', async t => {
  const twice = /two fields called "(word|count|id)"/
  await fails(t, SchemaError, /^select: .*"word"\. .*selectAs/, () => words.select('word', 'word'))
  await fails(t, SchemaError, twice, () => words.sum('count', 'count'))
  await fails(t, SchemaError, /^count: .*"count"/, () => words.groupBy('count').count())
  await fails(t, SchemaError, /^sum: .*"count"/, () => words.groupBy('count').sum('count'))
  await fails(t, SchemaError, /^aggregate: .*"word"/, () =>
    words.groupBy('word').aggregate({ word: sum('count') }),
  )
  await fails(t, SchemaError, twice, () =>
    from([{ a: { id: 1 }, b: { id: 2 } }])
      .groupBy('a.id', 'b.id')
      .count(),
  )
  await fails(t, SchemaError, /^zipWithIndex: .*"word" already/, () => words.zipWithIndex('word'))
})
