import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, from, SchemaError, SparseVector } from '../../../engine/index.js'
import {
  imputer,
  linearRegression,
  minMaxScaler,
  normalizer,
  oneHotEncoder,
  pipeline,
  polynomialFeatures,
  standardScaler,
  stringIndexer,
  vectorAssembler,
} from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

const sparse = (values: readonly number[]) => {
  const kept = values.flatMap((value, k) => (value === 0 ? [] : [k]))
  return new SparseVector(
    values.length,
    kept,
    kept.map(k => values[k]!),
  )
}
const vectorsOf = (rows: readonly (readonly number[])[], dense = true) =>
  from(rows.map(row => ({ features: dense ? Float64Array.from(row) : sparse(row) })))
const denseOf = (vector: Float64Array | SparseVector) =>
  Array.from(vector instanceof SparseVector ? vector.toDense() : vector)
const values = fc
  .double({ min: -1e6, max: 1e6, noNaN: true })
  .map(x => (Math.abs(x) < 1e-6 ? 0 : x))
const tables = fc
  .integer({ min: 1, max: 4 })
  .chain(size => fc.array(fc.array(values, { minLength: size, maxLength: size }), { minLength: 1 }))

test('scalers bring values into their range, and back', async t => {
  await fc.assert(
    fc.asyncProperty(tables, fc.boolean(), async (rows, dense) => {
      const data = vectorsOf(rows, dense)
      const scaler = await minMaxScaler({ min: -2, max: 3 }).fit(data)
      const scaled = await scaler.transform(data).collect()
      for (const { features } of scaled) {
        t.true(features.every(x => x >= -2 - 1e-9 && x <= 3 + 1e-9))
      }
      const standard = await standardScaler().fit(data)
      for (const back of [
        await scaler.inverseTransform(scaler.transform(data)).collect(),
        await standard.inverseTransform(standard.transform(data)).collect(),
      ]) {
        for (const [row, { features }] of back.entries()) {
          for (const [k, x] of features.entries()) t.true(Math.abs(x - rows[row]![k]!) <= 1e-5)
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('minMaxScaler: constant features become the least value, clip keeps within', async t => {
  const data = from([
    { a: 1, b: 5 },
    { a: 3, b: 5 },
  ])
  const scaler = await minMaxScaler({ features: ['a', 'b'], min: 10, max: 20 }).fit(data)
  t.deepEqual(Array.from(scaler.transformOne({ a: 3, b: 5 }).features), [20, 10])
  t.deepEqual(Array.from(scaler.transformOne({ a: 5, b: 5 }).features), [30, 10])
  t.deepEqual(scaler.inverseTransformOne({ features: Float64Array.of(15, 10) }), {
    features: Float64Array.of(15, 10),
    a: 2,
    b: 5,
  })
  const clipped = await minMaxScaler({ features: ['a', 'b'], clip: true }).fit(data)
  t.deepEqual(Array.from(clipped.transformOne({ a: 5, b: -5 }).features), [1, 0])
  t.throws(() => minMaxScaler({ min: 1, max: 1 }), {
    instanceOf: ArgumentError,
    message: /min must be below max/,
  })
})

/** All products, by counting powers: the plain way. */
function productsOf(row: readonly number[], degree: number, once: boolean): number[] {
  const all: number[] = []
  const visit = (left: number, first: number, product: number) => {
    if (left === 0) return void all.push(product)
    for (let k = first; k < row.length; k++) visit(left - 1, once ? k + 1 : k, product * row[k]!)
  }
  for (let d = 1; d <= degree; d++) visit(d, 0, 1)
  return all
}

test('polynomialFeatures gives all products in the order of scikit-learn, dense and sparse', async t => {
  const whole = fc.integer({ min: -3, max: 3 })
  await fc.assert(
    fc.asyncProperty(
      fc
        .integer({ min: 1, max: 4 })
        .chain(n => fc.array(fc.array(whole, { minLength: n, maxLength: n }), { minLength: 1 })),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      fc.boolean(),
      async (rows, degree, interactionOnly, bias) => {
        for (const dense of [true, false]) {
          const data = vectorsOf(rows, dense)
          const model = await polynomialFeatures({ degree, interactionOnly, bias }).fit(data)
          const found = await model.transform(data).collect()
          t.is(model.names.length, model.size)
          for (const [k, { features }] of found.entries()) {
            t.is(features instanceof SparseVector, !dense)
            const wanted = [...(bias ? [1] : []), ...productsOf(rows[k]!, degree, interactionOnly)]
            t.deepEqual(
              denseOf(features).map(x => x + 0),
              wanted.map(x => x + 0),
            )
          }
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('the names of products say what they are of', async t => {
  const data = from([{ x: 2, y: 3 }])
  const fitted = async (more: object) =>
    (await polynomialFeatures({ features: ['x', 'y'], ...more }).fit(data)).names
  t.deepEqual(await fitted({ degree: 3 }), 'x,y,x^2,x y,y^2,x^3,x^2 y,x y^2,y^3'.split(','))
  t.deepEqual(await fitted({ interactionOnly: true, bias: true }), ['1', 'x', 'y', 'x y'])
})

test('products of many sparse features cost what is stored; too many are refused', async t => {
  const data = from([{ features: new SparseVector(40_000, [3, 39_999], [2, 5]) }])
  const model = await polynomialFeatures().fit(data)
  t.is(model.size, 40_000 + (40_000 * 40_001) / 2)
  const { values } = model.transformOne({ features: new SparseVector(40_000, [3, 39_999], [2, 5]) })
    .features as SparseVector
  t.deepEqual([...values], [2, 5, 4, 10, 25])
  await t.throwsAsync(polynomialFeatures({ degree: 3 }).fit(data), {
    instanceOf: ArgumentError,
    message: /40000 features have .* products of degree 3/,
  })
})

test('normalizer divides by the norm, and leaves zeros alone', async t => {
  await fc.assert(
    fc.asyncProperty(tables, fc.constantFrom('l1', 'l2', 'max'), async (rows, norm) => {
      for (const dense of [true, false]) {
        const data = vectorsOf(rows, dense)
        const model = await normalizer({ norm }).fit(data)
        for (const [k, { features }] of (await model.transform(data).collect()).entries()) {
          const all = denseOf(features)
          const sizes = all.map(Math.abs)
          const found = {
            l1: sizes.reduce((a, b) => a + b),
            l2: Math.hypot(...sizes),
            max: Math.max(...sizes),
          }[norm]
          const zero = rows[k]!.every(x => x === 0)
          t.true(zero ? all.every(x => x === 0) : Math.abs(found - 1) < 1e-12)
          t.true(all.every((x, at) => Math.sign(x) === Math.sign(rows[k]![at]!)))
        }
      }
    }),
    { numRuns: 30 },
  )
  const huge = await normalizer({ features: ['x', 'y'] }).fit(from([{ x: 3e200, y: 4e200 }]))
  const { features } = huge.transformOne({ x: 3e200, y: 4e200 })
  t.true(Math.abs((features as Float64Array)[1]! - 0.8) < 1e-15)
})

interface Patient {
  age: number | null
  ward: string | null
  private: boolean
}
const patients = from<Patient>([
  { age: 30, ward: 'b', private: true },
  { age: null, ward: null, private: false },
  { age: 50, ward: 'a', private: true },
  { age: Number.NaN, ward: 'b', private: true },
  { age: 31, ward: 'a', private: true },
])

test('imputer fills in the mean, the median, the most frequent value or a constant', async t => {
  const ages = async (strategy: 'mean' | 'median' | 'mostFrequent') => {
    const model = await imputer({ fields: ['age'], strategy }).fit(patients)
    return (await model.transform(patients).collect()).map(({ age }) => age)
  }
  t.deepEqual(await ages('mean'), [30, 37, 50, 37, 31])
  t.deepEqual(await ages('median'), [30, 31, 50, 31, 31])
  t.deepEqual(await ages('mostFrequent'), [30, 30, 50, 30, 31])
  const wards = await imputer({ fields: ['ward'], strategy: 'mostFrequent' }).fit(patients)
  t.deepEqual(wards.values, ['a'])
  const none = await imputer({ fields: ['ward'], strategy: 'constant', value: '?' }).fit(patients)
  t.deepEqual(
    (await none.transform(patients).collect()).map(({ ward }) => ward),
    ['b', '?', 'a', 'b', 'a'],
  )
  t.deepEqual(none.transformOne({ ward: undefined }), { ward: '?' })
})

test('imputer refuses what it cannot fill in or compare', async t => {
  const refused = (
    work: () => Promise<unknown>,
    message: RegExp,
    error: new (m: string) => Error,
  ) => t.throwsAsync(async () => work(), { instanceOf: error, message })
  const empty = from([{ age: null as number | null }])
  await refused(() => imputer({ fields: ['age'] }).fit(empty), /"age" has no value/, ArgumentError)
  const text = imputer({ fields: ['ward'] }) as never as ReturnType<typeof imputer<['age']>>
  await refused(() => text.fit(patients), /record 0 has "b" in field "ward"/, SchemaError)
  const constant = { fields: ['age'], strategy: 'constant' } as const
  await refused(async () => imputer(constant), /needs a value/, ArgumentError)
  await refused(
    async () => imputer({ fields: ['age'], value: 1 }),
    /is for the strategy/,
    ArgumentError,
  )
  await refused(async () => imputer({ fields: [] }), /fields must be a list/, ArgumentError)
  await refused(async () => imputer({ fields: ['a', 'a'] }), /fields has "a" twice/, ArgumentError)
  const mixed = await imputer({ ...constant, value: 'x' }).fit(patients as never)
  await refused(
    () => mixed.transform(patients as never).collect(),
    /record 0 has 30.*no string/,
    SchemaError,
  )
})

const FLIGHTS = [
  { origin: 'SFO', weekend: false, gate: 3 },
  { origin: 'JFK', weekend: true, gate: 1 },
  { origin: 'SFO', weekend: true, gate: 3 },
  { origin: 'Ünï', weekend: false, gate: 2 },
]
const flights = from(FLIGHTS)
const stranger = { origin: 'XXX', weekend: false, gate: 1 }

test('oneHotEncoder makes a feature of each category, and goes back', async t => {
  const fields = ['origin', 'weekend', 'gate'] as const
  const encoder = await oneHotEncoder({ fields }).fit(flights)
  t.deepEqual(encoder.names, [
    ...['origin=JFK', 'origin=SFO', 'origin=Ünï'],
    ...['weekend=false', 'weekend=true', 'gate=1', 'gate=2', 'gate=3'],
  ])
  const encoded = await encoder.transform(flights).collect()
  t.deepEqual(denseOf(encoded[2]!.features), [0, 1, 0, 0, 1, 0, 0, 1])
  const alone = encoder.transform(flights).select('features')
  t.deepEqual(
    (await encoder.inverseTransform(alone).collect()).map(({ features: _, ...rest }) => rest),
    FLIGHTS,
  )
  t.throws(() => encoder.transformOne(stranger), {
    instanceOf: SchemaError,
    message: /record 0 has "XXX" in field "origin", which was not there/,
  })
  const known = await oneHotEncoder({ fields, unknown: 'ignore' }).fit(flights)
  const { features } = known.transformOne(stranger)
  t.deepEqual(denseOf(features), [0, 0, 0, 1, 0, 1, 0, 0])
  t.deepEqual(known.inverseTransformOne({ features }).origin, null)
})

test('oneHotEncoder may drop the first category', async t => {
  const encoder = await oneHotEncoder({ fields: ['origin', 'gate'], dropFirst: true }).fit(flights)
  t.deepEqual(encoder.names, ['origin=SFO', 'origin=Ünï', 'gate=2', 'gate=3'])
  const { features } = encoder.transformOne({ origin: 'JFK', gate: 3 })
  t.deepEqual(denseOf(features), [0, 0, 0, 1])
  const back = encoder.inverseTransformOne({ features })
  t.deepEqual([back.origin, back.gate], ['JFK', 3])
  const same = from([{ origin: 'JFK' }])
  await t.throwsAsync(oneHotEncoder({ fields: ['origin'], dropFirst: true }).fit(same), {
    instanceOf: ArgumentError,
    message: /dropFirst leaves nothing/,
  })
})

test('stringIndexer numbers categories by frequency, order or appearance, and goes back', async t => {
  const numbers = async (order: 'frequency' | 'ascending' | 'appearance') =>
    (await stringIndexer({ fields: ['origin'], order }).fit(flights)).categories[0]
  t.deepEqual(await numbers('frequency'), ['SFO', 'JFK', 'Ünï'])
  t.deepEqual(await numbers('ascending'), ['JFK', 'SFO', 'Ünï'])
  t.deepEqual(await numbers('appearance'), ['SFO', 'JFK', 'Ünï'])
  const indexer = await stringIndexer({ fields: ['origin', 'gate'], suffix: '#' }).fit(flights)
  const numbered = indexer.transform(flights)
  t.deepEqual(
    (await numbered.collect()).map(record => record['origin#']),
    [0, 1, 0, 2],
  )
  const back = await indexer.inverseTransform(numbered.select('origin#', 'gate#')).collect()
  t.deepEqual(
    back.map(({ origin, gate }) => ({ origin, gate })),
    FLIGHTS.map(({ origin, gate }) => ({ origin, gate })),
  )
  t.throws(() => indexer.transformOne(stranger), { message: /"XXX" in field "origin"/ })
  t.throws(() => indexer.inverseTransformOne({ 'origin#': 3, 'gate#': 0 }), {
    instanceOf: SchemaError,
    message: /has 3 in field "origin#"; there are categories 0 to 2/,
  })
  const open = await stringIndexer({ fields: ['origin'], unknown: 'index' }).fit(flights)
  t.is(open.transformOne(stranger).originIndex, 3)
  t.is(open.inverseTransformOne({ originIndex: 3 }).origin, null)
})

test('categories of several types, and missing ones, are refused', async t => {
  const mixed = from([{ gate: 1 as number | string }, { gate: '1' }])
  for (const make of [oneHotEncoder, stringIndexer]) {
    await t.throwsAsync(make({ fields: ['gate'] }).learn(mixed, {}), {
      instanceOf: SchemaError,
      message: /field "gate" has values of several types: number and string/,
    })
  }
})

test('vectorAssembler puts numbers and vectors together, dense or sparse', async t => {
  const random = randomFrom(3)
  for (const dense of [true, false]) {
    const rows = random.array(20, () =>
      random.array(3, () => (random.chance(0.5) ? 0 : random.next())),
    )
    const records = rows.map((row, k) => ({
      k,
      even: k % 2 === 0,
      near: dense ? Float64Array.from(row) : sparse(row),
      far: Float64Array.of(-k),
    }))
    const data = from(records)
    const model = await vectorAssembler({ fields: ['far', 'near', 'k', 'even'] }).fit(data)
    t.deepEqual(model.names, ['far[0]', 'near[0]', 'near[1]', 'near[2]', 'k', 'even'])
    for (const [k, { features }] of (await model.transform(data).collect()).entries()) {
      t.is(features instanceof SparseVector, !dense)
      t.deepEqual(
        denseOf(features).map(x => x + 0),
        [0 - k, ...rows[k]!, k, +(k % 2 === 0)],
      )
      t.deepEqual(model.transformOne(records[k]!).features, features)
    }
    const wrong = { ...records[0]!, near: Float64Array.of(1) }
    t.throws(() => model.transformOne(wrong), {
      instanceOf: SchemaError,
      message: /"near" has vectors of 1 entries; the model was made of 3/,
    })
  }
})

test('a pipeline of all of them predicts', async t => {
  const random = randomFrom(5)
  const records = random.array(200, k => {
    const [origin, hour] = [random.pick(['JFK', 'LAX', 'SFO']), random.int(24)]
    const distance = k % 10 === 0 ? null : random.between(100, 900)
    return {
      origin,
      hour,
      distance,
      delay: hour + (origin === 'JFK' ? 20 : 0) + (distance ?? 500) / 50,
    }
  })
  const data = from(records)
  const late = pipeline(
    imputer({ fields: ['distance'] }),
    oneHotEncoder({ fields: ['origin'], output: 'place', dropFirst: true }),
    standardScaler({ features: ['hour', 'distance'], output: 'scaled' }),
    vectorAssembler({ fields: ['scaled', 'place'] }),
    linearRegression({ label: 'delay' }),
  )
  const model = await late.fit(data)
  t.deepEqual(model.reads, ['distance', 'origin', 'hour'])
  const { delay, ...record } = records[1]!
  t.true(Math.abs(model.predictOne(record) - delay) < 0.5)
})
