import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, type DataSet, from, SchemaError } from '../../../engine/index.js'
import { kFold, randomSplit, timeSplit, trainTestSplit } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

interface Visit {
  id: number
  patient: number
  kind: string
  day: number
  at: { hour: number }
}

const visitsOf = (length: number, seed = 1): Visit[] => {
  const random = randomFrom(seed)
  return random.array(length, id => ({
    id,
    patient: random.int(Math.ceil(length / 4)),
    kind: random.chance(0.1) ? 'rare' : random.chance(0.4) ? 'some' : 'most',
    day: random.int(length),
    at: { hour: random.int(3) },
  }))
}

const idsOf = async (data: DataSet<Visit>) => (await data.collect()).map(({ id }) => id)
const idsOfAll = (parts: readonly DataSet<Visit>[]) => Promise.all(parts.map(idsOf))
const ascending = (ids: readonly number[]) => ids.every((id, k) => k === 0 || id > ids[k - 1]!)

test('every record is in exactly one part, in order, and parts have their share', async t => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 20, max: 200 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
      fc.integer(),
      async (length, shares, seed) => {
        const parts = await idsOfAll(await randomSplit(from(visitsOf(length)), shares, { seed }))
        const sum = shares.reduce((a, b) => a + b)
        t.deepEqual(
          parts.flat().sort((a, b) => a - b),
          Array.from({ length }, (_, k) => k),
        )
        t.true(parts.every(ascending))
        for (const [k, ids] of parts.entries()) {
          t.true(Math.abs(ids.length - (shares[k]! / sum) * length) < 1.5)
        }
      },
    ),
    { numRuns: 30 },
  )
})

test('a seed draws the same parts again, another one others', async t => {
  const visits = from(visitsOf(100))
  const draw = async (seed?: number) =>
    idsOf((await trainTestSplit(visits, seed === undefined ? {} : { seed })).test)
  t.deepEqual(await draw(3), await draw(3))
  t.deepEqual(await draw(), await draw(0))
  t.notDeepEqual(await draw(3), await draw(4))
  t.is((await draw()).length, 25)
})

test('parts stay as they were drawn: the data are read once', async t => {
  let reads = 0
  const counted = from(visitsOf(50)).filter(visit => {
    reads++
    return visit.id >= 0
  })
  const folds = await kFold(counted, { folds: 5 })
  for (const { train, test } of folds) t.is((await train.count()) + (await test.count()), 50)
  t.is(reads, 50)
})

test('every record is held back in exactly one fold', async t => {
  for (const length of [5, 7, 23, 60]) {
    const folds = await kFold(from(visitsOf(length)), { folds: 5, seed: 2 })
    t.is(folds.length, 5)
    const held = await idsOfAll(folds.map(fold => fold.test))
    const sizes = held.map(ids => ids.length)
    t.true(Math.max(...sizes) - Math.min(...sizes) <= 1)
    t.deepEqual(
      held.flat().sort((a, b) => a - b),
      Array.from({ length }, (_, k) => k),
    )
    for (const { train, test } of folds) {
      const [learned, tested] = await idsOfAll([train, test])
      t.true(ascending(learned!))
      t.is(new Set([...learned!, ...tested!]).size, length)
      t.is(learned!.length + tested!.length, length)
    }
  }
})

test('stratified parts have each value in the same proportion', async t => {
  const visits = visitsOf(400)
  const ofKind = (kind: string, ids: readonly number[]) =>
    ids.filter(id => visits[id]!.kind === kind).length
  const all = visits.map(({ id }) => id)
  const folds = await kFold(from(visits), { folds: 8, stratify: 'kind' })
  for (const held of await idsOfAll(folds.map(fold => fold.test))) {
    t.is(held.length, 50)
    for (const kind of ['rare', 'some', 'most']) {
      t.true(Math.abs(ofKind(kind, held) - ofKind(kind, all) / 8) < 1, kind)
    }
  }
  const parts = await randomSplit(from(visits), [0.5, 0.3, 0.2], { stratify: 'at.hour' })
  for (const [k, ids] of (await idsOfAll(parts)).entries()) {
    for (const hour of [0, 1, 2]) {
      const share = [0.5, 0.3, 0.2][k]!
      const count = (of: readonly number[]) => of.filter(id => visits[id]!.at.hour === hour).length
      t.true(Math.abs(count(ids) - share * count(all)) < 2)
    }
  }
})

test('a group is in one part only', async t => {
  const visits = visitsOf(300)
  const patients = (ids: readonly number[]) => new Set(ids.map(id => visits[id]!.patient))
  const { train, test } = await trainTestSplit(from(visits), { test: 0.3, group: 'patient' })
  const [learned, held] = (await idsOfAll([train, test])).map(patients)
  t.true([...held!].every(patient => !learned!.has(patient)))
  t.true(Math.abs((await test.count()) - 90) < 10)
  const folds = await idsOfAll(
    (await kFold(from(visits), { folds: 4, group: 'patient' })).map(fold => fold.test),
  )
  t.is(
    folds.reduce((sum, ids) => sum + patients(ids).size, 0),
    patients(visits.map(({ id }) => id)).size,
  )
  const sizes = folds.map(ids => ids.length)
  t.true(Math.max(...sizes) - Math.min(...sizes) <= 4)
})

test('as many groups as parts give each part one', async t => {
  const visits = from(
    visitsOf(100).map(visit => ({ ...visit, patient: visit.id < 97 ? 0 : visit.id })),
  )
  const folds = await kFold(visits, { folds: 4, group: 'patient' })
  const sizes = await Promise.all(folds.map(fold => fold.test.count()))
  t.deepEqual(sizes.sort(), [1, 1, 1, 97].sort())
})

test('with time the latest records are held back, those of one time together', async t => {
  const visits = visitsOf(200)
  const { train, test } = await trainTestSplit(from(visits), { test: 0.2, time: 'day' })
  const [learned, held] = await idsOfAll([train, test])
  t.true(
    Math.max(...learned!.map(id => visits[id]!.day)) <
      Math.min(...held!.map(id => visits[id]!.day)),
  )
  t.true(Math.abs(held!.length - 40) < 5)
  t.is(learned!.length + held!.length, 200)
  t.true(ascending(learned!) && ascending(held!))
})

test('time splits learn from what is earlier, and hold back everything after the first piece once', async t => {
  const visits = visitsOf(120)
  const folds = await timeSplit(from(visits), { time: 'day', folds: 4 })
  t.is(folds.length, 4)
  const seen: number[] = []
  for (const { train, test } of folds) {
    const [learned, held] = await idsOfAll([train, test])
    const latest = Math.max(...learned!.map(id => visits[id]!.day))
    t.true(held!.every(id => visits[id]!.day > latest))
    seen.push(...held!)
    if (seen.length === held!.length) seen.push(...learned!)
  }
  t.is(new Set(seen).size, 120)
  t.is(seen.length, 120)
})

test('dates, tuples and plain values can be split', async t => {
  const days = from([3, 1, 2].map(day => ({ day: new Date(2026, 0, day) })))
  const { test } = await trainTestSplit(days, { test: 0.3, time: 'day' })
  t.deepEqual(await test.collect(), [{ day: new Date(2026, 0, 3) }])
  const [low, high] = await randomSplit(from([1, 2, 3, 4]), [1, 1])
  t.deepEqual([...(await low.collect()), ...(await high.collect())].sort(), [1, 2, 3, 4])
  const [pairs] = await randomSplit(
    from([
      ['a', 1],
      ['b', 2],
    ]),
    [1],
  )
  t.deepEqual(await pairs.collect(), [
    ['a', 1],
    ['b', 2],
  ])
})

test('bad input is refused', async t => {
  const visits = from(visitsOf(10))
  const refused = (
    work: Promise<unknown>,
    message: RegExp,
    error: new (message: string) => Error = ArgumentError,
  ) => t.throwsAsync(work, { instanceOf: error, message })
  await refused(trainTestSplit(visits, { test: 1 }), /test must be above 0 and below 1; got 1/)
  await refused(trainTestSplit(visits, { test: 0.01 }), /a share of 0.01 of 10 records is none/)
  await refused(
    trainTestSplit(from([] as Visit[])),
    /a record for each of the 2 parts; there are 0/,
  )
  await refused(trainTestSplit(visits, { time: 'day', group: 'patient' }), /time does not go/)
  await refused(trainTestSplit(visits, { tset: 1 } as never), /option "tset".*there are test/)
  await refused(trainTestSplit([1, 2] as never), /must be a data set/)
  await refused(randomSplit(visits, [1, -1]), /shares must be/)
  await refused(kFold(visits, { folds: 1 }), /two folds at least/)
  await refused(kFold(visits, { folds: 11 }), /each of the 11 parts; there are 10/)
  await refused(kFold(visits, { folds: 9, group: 'patient' }), /group for each of the 9 parts/)
  await refused(
    kFold(visits, { stratify: 'knid' as 'kind' }),
    /"knid" is not in.*kind/,
    SchemaError,
  )
  await refused(timeSplit(visits, { time: 'kind' }), /record 0 .*neither a number nor/, SchemaError)
  const same = from([{ day: 1 }, { day: 1 }])
  await refused(timeSplit(same, { time: 'day', folds: 1 }), /too few different times for 2 parts/)
  const missing = from([{ patient: 1 }, { patient: null as number | null }])
  await refused(kFold(missing, { folds: 2, group: 'patient' }), /record 1 has nothing/, SchemaError)
})

test('groups stay whole, and strata are in proportion as far as they allow', async t => {
  const random = randomFrom(12)
  const records = random
    .array(60, group =>
      random.array(2 + random.int(9), () => ({
        group,
        kind: random.next() < (group % 3 === 0 ? 0.9 : 0.15) ? 'rare' : 'frequent',
      })),
    )
    .flat()
  const all = records.filter(({ kind }) => kind === 'rare').length / records.length
  const data = from(records)
  const off = async (options: { stratify?: 'kind' }) => {
    let most = 0
    const seen = new Set<number>()
    for (const { train, test } of await kFold(data, {
      folds: 5,
      seed: 3,
      group: 'group',
      ...options,
    })) {
      const [learned, held] = [await train.collect(), await test.collect()]
      const groups = new Set(held.map(({ group }) => group))
      t.false(learned.some(({ group }) => groups.has(group)))
      t.is(learned.length + held.length, records.length)
      for (const group of groups) seen.add(group)
      const share = held.filter(({ kind }) => kind === 'rare').length / held.length
      most = Math.max(most, Math.abs(share - all), Math.abs(held.length / records.length - 0.2))
    }
    t.is(seen.size, 60)
    return most
  }
  t.true((await off({ stratify: 'kind' })) < 0.02)
  t.true((await off({})) > 0.03)
  // As many groups as folds: each has one.
  const few = from(records.filter(({ group }) => group < 5))
  const folds = await kFold(few, { folds: 5, group: 'group', stratify: 'kind' })
  for (const { test } of folds) t.true((await test.count()) > 0)
  const { test } = await trainTestSplit(data, { test: 0.25, group: 'group', stratify: 'kind' })
  t.true(Math.abs((await test.count()) / records.length - 0.25) < 0.03)
})
