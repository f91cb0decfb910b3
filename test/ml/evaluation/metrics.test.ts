import { readFileSync } from 'node:fs'
import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, from, fromColumns, SchemaError } from '../../../engine/index.js'
import * as ml from '../../../ml/index.js'
import { inProject } from '../../support/project.js'
import { randomFrom } from '../../support/random.js'

/** By metric: without and with weights. */
type Answers = Readonly<Record<string, readonly [number, number]>>

const fixture = JSON.parse(readFileSync(inProject('test/ml/fixtures/evaluation.json'), 'utf8')) as {
  numbers: { y: number[]; prediction: number[]; weight: number[] }
  binary: { late: boolean[]; prediction: boolean[]; p: number[]; weight: number[] }
  many: { kind: string[]; prediction: string[]; probabilities: number[][]; weight: number[] }
  rankings: { user: number[]; stars: number[]; prediction: number[] }
  clusters: { x: number[][]; prediction: number[] }
  answers: Answers & {
    binary: Answers
    many: Answers
    rankings: Record<string, number>
    silhouette: number
    roc: [number[], number[], (number | null)[]]
    rocWeighted: [number[], number[], (number | null)[]]
    precisionRecall: [number[], number[], number[]]
    calibration: [number[], number[]][]
  }
}

const { answers } = fixture
const numbers = fromColumns(fixture.numbers)
const binary = fromColumns(fixture.binary)
const many = fromColumns({
  ...fixture.many,
  probabilities: fixture.many.probabilities.map(each => Float64Array.from(each)),
})
const WITHIN = 1e-12

function near(
  t: { true(fine: boolean, message?: string): unknown },
  found: number,
  wanted: number,
) {
  t.true(Math.abs(found - wanted) <= WITHIN * Math.max(1, Math.abs(wanted)), `${found}, ${wanted}`)
}

const REGRESSION = {
  meanSquaredError: ml.meanSquaredError,
  rootMeanSquaredError: ml.rootMeanSquaredError,
  meanAbsoluteError: ml.meanAbsoluteError,
  medianAbsoluteError: ml.medianAbsoluteError,
  r2: ml.r2,
  explainedVariance: ml.explainedVariance,
  meanAbsolutePercentageError: ml.meanAbsolutePercentageError,
}

for (const [name, metric] of Object.entries(REGRESSION)) {
  test(`${name} is that of scikit-learn, also with weights`, async t => {
    t.is(metric.name, name)
    near(t, await metric(numbers, { label: 'y' }), answers[name]![0])
    near(t, await metric(numbers, { label: 'y', weight: 'weight' }), answers[name]![1])
  })
}

test('pinballLoss is that of scikit-learn', async t => {
  const options = { label: 'y', quantile: 0.8 } as const
  near(t, await ml.pinballLoss(numbers, options), answers.pinballLoss![0])
  const weighted = await ml.pinballLoss(numbers, { ...options, weight: 'weight' })
  near(t, weighted, answers.pinballLoss![1])
})

const BINARY = {
  accuracy: ml.accuracy,
  balancedAccuracy: ml.balancedAccuracy,
  precision: ml.precision,
  recall: ml.recall,
  f1: ml.f1,
  fBeta: ml.fBeta.with({ beta: 2 }),
  matthewsCorrelation: ml.matthewsCorrelation,
  cohenKappa: ml.cohenKappa,
}

for (const [name, metric] of Object.entries(BINARY)) {
  test(`${name} of two classes is that of scikit-learn`, async t => {
    const [plain, weighted] = answers.binary[name]!
    near(t, await metric(binary, { label: 'late' }), plain)
    near(t, await metric(binary, { label: 'late', weight: 'weight' }), weighted)
  })
}

const SCORES = {
  logLoss: ml.logLoss,
  brierScore: ml.brierScore,
  rocAuc: ml.rocAuc,
  averagePrecision: ml.averagePrecision,
}

for (const [name, metric] of Object.entries(SCORES)) {
  test(`${name} is that of scikit-learn, for a number and for vectors`, async t => {
    const [plain, weighted] = answers.binary[name]!
    near(t, await metric(binary, { label: 'late', scores: 'p' }), plain)
    near(t, await metric(binary, { label: 'late', scores: 'p', weight: 'weight' }), weighted)
    const vectors = binary.map(r => ({
      late: r.late,
      probabilities: Float64Array.of(1 - r.p, r.p),
    }))
    near(t, await metric(vectors, { label: 'late' }), plain)
    const title = name === 'rocAuc' ? 'rocAuc macro' : name
    const [ofMany, ofManyWeighted] = answers.many[title]!
    near(t, await metric(many, { label: 'kind' }), ofMany)
    near(t, await metric(many, { label: 'kind', weight: 'weight' }), ofManyWeighted)
  })
}

test('metrics of three classes are those of scikit-learn', async t => {
  const at = (name: string) => answers.many[name]!
  for (const metric of [ml.accuracy, ml.balancedAccuracy, ml.matthewsCorrelation]) {
    near(t, await metric(many, { label: 'kind' }), at(metric.name)[0])
    near(t, await metric(many, { label: 'kind', weight: 'weight' }), at(metric.name)[1])
  }
  for (const metric of [ml.precision, ml.recall, ml.f1]) {
    for (const average of ['micro', 'macro', 'weighted'] as const) {
      const [plain, weighted] = at(`${metric.name} ${average}`)
      near(t, await metric(many, { label: 'kind', average }), plain)
      near(t, await metric(many, { label: 'kind', average, weight: 'weight' }), weighted)
    }
  }
  for (const disagreement of ['linear', 'quadratic'] as const) {
    const [plain, weighted] = at(`cohenKappa ${disagreement}`)
    near(t, await ml.cohenKappa(many, { label: 'kind', disagreement }), plain)
    near(t, await ml.cohenKappa(many, { label: 'kind', disagreement, weight: 'weight' }), weighted)
  }
  const byWeight = await ml.rocAuc(many, { label: 'kind', average: 'weighted' })
  near(t, byWeight, at('rocAuc weighted')[0])
  const pairs = { label: 'kind', multiClass: 'oneVsOne' } as const
  near(t, await ml.rocAuc(many, pairs), answers.many['rocAuc pairs'] as unknown as number)
  near(
    t,
    await ml.rocAuc(many, { ...pairs, average: 'weighted' }),
    answers.many['rocAuc pairs weighted'] as unknown as number,
  )
})

test('the confusion matrix is that of scikit-learn', async t => {
  const matrix = await ml.confusionMatrix(many, { label: 'kind' })
  t.deepEqual(matrix.classes, ['bus', 'train', 'walk'])
  t.deepEqual([...matrix.counts], answers.many.confusionMatrix as unknown as number[])
  t.is(matrix.count('train', 'bus'), matrix.counts[3])
  t.throws(() => matrix.count('tram', 'bus'), {
    instanceOf: ArgumentError,
    message: /no class "tram"/,
  })
  const report = matrix.report()
  const recall = report.reduce((sum, { recall }) => sum + recall, 0) / 3
  near(t, recall, answers.many['recall macro']![0])
  t.is(
    report.reduce((sum, { records }) => sum + records, 0),
    80,
  )
  t.regex(String(matrix), /^actual \\ predicted {2}bus {2}train {2}walk\n─+/)
})

test('the ROC curve is that of scikit-learn', async t => {
  for (const [weight, wanted] of [
    [undefined, answers.roc],
    ['weight', answers.rocWeighted],
  ] as const) {
    const options = { label: 'late', scores: 'p', ...(weight && { weight }) } as const
    const curve = await ml.rocCurve(binary, options)
    t.is(curve.area, await ml.rocAuc(binary, options))
    const [x, y, thresholds] = wanted
    t.true(curve.thresholds.length < thresholds.length)
    // Every point of theirs lies on the curve, and every point of the curve is one of theirs.
    let at = 0
    for (const [k, threshold] of thresholds.entries()) {
      const here = curve.thresholds[at]
      if (here === (threshold ?? Number.POSITIVE_INFINITY)) {
        near(t, curve.falsePositiveRates[at]!, x[k]!)
        near(t, curve.truePositiveRates[at]!, y[k]!)
        at++
        continue
      }
      const [left, right] = [at - 1, at].map(p => curve.falsePositiveRates[p]!)
      const [low, high] = [at - 1, at].map(p => curve.truePositiveRates[p]!)
      near(t, (x[k]! - left!) * (high! - low!), (y[k]! - low!) * (right! - left!))
    }
    t.is(at, curve.thresholds.length)
  }
})

test('the curve of precision and recall is that of scikit-learn', async t => {
  const curve = await ml.precisionRecallCurve(binary, { label: 'late', scores: 'p' })
  // Theirs ascends, and ends with the point (1, 0).
  const [precision, recall, thresholds] = answers.precisionRecall
  for (const [k, threshold] of thresholds.entries()) {
    const at = thresholds.length - 1 - k
    t.is(curve.thresholds[at], threshold)
    near(t, curve.precision[at]!, precision[k]!)
    near(t, curve.recall[at]!, recall[k]!)
  }
  near(t, curve.averagePrecision, answers.binary.averagePrecision![0])
})

test('calibration is that of scikit-learn', async t => {
  for (const [k, by] of (['uniform', 'quantile'] as const).entries()) {
    const curve = await ml.calibrationCurve(binary, { label: 'late', scores: 'p', bins: 5, by })
    const [observed, predicted] = answers.calibration[k]!
    t.is(curve.observed.length, observed.length)
    for (const bin of observed.keys()) {
      near(t, curve.observed[bin]!, observed[bin]!)
      near(t, curve.predicted[bin]!, predicted[bin]!)
    }
    t.is(
      curve.counts.reduce((a, b) => a + b),
      80,
    )
  }
})

test('rankings are those of scikit-learn', async t => {
  const rankings = fromColumns(fixture.rankings)
  const fields = { group: 'user', label: 'stars' } as const
  near(t, await ml.ndcg(rankings, fields), answers.rankings.ndcg!)
  near(t, await ml.ndcg(rankings, { ...fields, k: 3 }), answers.rankings['ndcg 3']!)
  const map = await ml.meanAveragePrecision(rankings, fields)
  near(t, map, answers.rankings.meanAveragePrecision!)
})

test('what is not ranked is not found, but counts as relevant', async t => {
  const shown = [
    { user: 'ann', liked: true, prediction: 0.9 as number | null },
    { user: 'ann', liked: false, prediction: 0.7 },
    { user: 'ann', liked: true, prediction: null },
    { user: 'bob', liked: false, prediction: 0.4 },
  ]
  const fields = { group: 'user', label: 'liked' } as const
  const data = from(shown)
  t.is(await ml.precisionAtK(data, { ...fields, k: 1 }), 0.5)
  t.is(await ml.recallAtK(data, { ...fields, k: 2 }), 0.5)
  t.is(await ml.meanAveragePrecision(data, fields), 0.5)
  near(t, await ml.ndcg(data, fields), 1 / (1 + 1 / Math.log2(3)))
  const graded = from([0, 3, 1].map((stars, k) => ({ user: 1, stars, prediction: -k })))
  const gained = await ml.ndcg(graded, { group: 'user', label: 'stars', gain: 'exponential' })
  near(t, gained, (7 / Math.log2(3) + 1 / 2) / (7 + 1 / Math.log2(3)))
})

test('the silhouette is that of scikit-learn; a sample is near', async t => {
  const { x, prediction } = fixture.clusters
  const points = fromColumns({ features: x.map(each => Float64Array.from(each)), prediction })
  near(t, await ml.silhouette(points), answers.silhouette)
  const fields = fromColumns({
    a: x.map(each => each[0]!),
    b: x.map(each => each[1]!),
    c: x.map(each => each[2]!),
    prediction,
  })
  near(t, await ml.silhouette(fields, { features: ['a', 'b', 'c'] }), answers.silhouette)
  const sampled = await ml.silhouette(points, { sample: 40, seed: 3 })
  t.true(Math.abs(sampled - answers.silhouette) < 0.1)
  t.not(sampled, await ml.silhouette(points, { sample: 40, seed: 4 }))
  near(t, await ml.silhouette(points, { sample: 1000 }), answers.silhouette)
})

test('a weight is as good as repeating the record', async t => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async seed => {
      const random = randomFrom(seed)
      const records = random.array(20, () => ({
        y: random.int(5),
        prediction: random.int(5),
        late: random.chance(0.5),
        p: random.int(10) / 10,
        weight: random.int(4),
      }))
      records[0] = { ...records[0]!, late: true, weight: 1 }
      records[1] = { ...records[1]!, late: false, weight: 1 }
      const repeated = records.flatMap(record =>
        new Array<typeof record>(record.weight).fill(record),
      )
      for (const metric of [ml.medianAbsoluteError, ml.rootMeanSquaredError, ml.accuracy]) {
        const weighted = await metric(from(records), { label: 'y', weight: 'weight' })
        near(t, weighted, await metric(from(repeated), { label: 'y' }))
      }
      const scores = { label: 'late', scores: 'p' } as const
      for (const metric of [ml.rocAuc, ml.averagePrecision, ml.logLoss]) {
        const weighted = await metric(from(records), { ...scores, weight: 'weight' })
        near(t, weighted, await metric(from(repeated), scores))
      }
    }),
    { numRuns: 25 },
  )
})

test('the area under the ROC curve is the share of pairs in the right order', async t => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 6 })), { minLength: 2 }),
      async pairs => {
        const [yes, no] = [true, false].map(late => pairs.filter(pair => pair[0] === late))
        if (yes!.length === 0 || no!.length === 0) return
        const right = yes!.flatMap(([, a]) =>
          no!.map(([, b]): number => (a > b ? 1 : a === b ? 0.5 : 0)),
        )
        const data = from(pairs.map(([late, p]) => ({ late, p })))
        const wanted = right.reduce((a, b) => a + b) / right.length
        near(t, await ml.rocAuc(data, { label: 'late', scores: 'p' }), wanted)
      },
    ),
  )
})

test('a metric with options keeps them, and may have a name of its own', async t => {
  const macro = ml.f1.with({ average: 'macro' }, 'macro f1')
  t.is(macro.name, 'macro f1')
  t.is(ml.f1.name, 'f1')
  t.true(macro.higherIsBetter)
  t.false(ml.rootMeanSquaredError.higherIsBetter)
  near(t, await macro(many, { label: 'kind' }), answers.many['f1 macro']![0])
  near(t, await macro(many, { label: 'kind', average: 'micro' }), answers.many['f1 micro']![0])
  near(t, await macro.score(many, { label: 'kind', features: 'x' }), answers.many['f1 macro']![0])
})

test('bad input is refused', async t => {
  const refused = (work: Promise<unknown>, message: RegExp) =>
    t.throwsAsync(work, { instanceOf: ArgumentError, message })
  const wrong = (work: Promise<unknown>, message: RegExp) =>
    t.throwsAsync(work, { instanceOf: SchemaError, message })
  const none = numbers.filter(() => false)
  await refused(ml.accuracy(none, { label: 'y' }), /^accuracy: there are no records to score/)
  await refused(ml.accuracy(numbers, {} as never), /label is not given/)
  await refused(
    ml.accuracy(numbers, { label: 'y', wieght: 'w' } as never),
    /option "wieght".*weight/,
  )
  await refused(ml.accuracy([1] as never, { label: 'y' } as never), /must be a data set/)
  await wrong(ml.accuracy(numbers, { label: 'z' as 'y' }), /field "z" is not in the data/)
  const texts = from([{ y: '1', prediction: 1 }])
  await wrong(ml.accuracy(texts, { label: 'y' }), /several types: string and number/)
  await wrong(ml.r2(texts, { label: 'y' }), /^r2: record 0 has "1" in field "y"/)
  const nothing = from([{ y: 1, prediction: null as number | null }])
  await wrong(ml.meanSquaredError(nothing, { label: 'y' }), /record 0 has nothing.*"prediction"/)
  await wrong(ml.accuracy(nothing, { label: 'y' }), /record 0 has nothing.*"prediction"/)
  await refused(ml.f1(many, { label: 'kind' }), /there are 3 classes.*give an average/)
  await refused(
    ml.f1(many, { label: 'kind', positive: 'tram' }),
    /positive must be one of .*"tram"/,
  )
  await refused(ml.f1(from([{ y: 0, prediction: 0 }]), { label: 'y' }), /only the class 0 occurs/)
  t.is(await ml.f1(from([{ y: false, prediction: false }]), { label: 'y' }), 0)
  await refused(
    ml.f1(many, { label: 'kind', average: 'mean' as 'macro' }),
    /average must be "binary"/,
  )
  await refused(
    ml.fBeta(binary, { label: 'late', beta: 0 }),
    /beta must be a finite number above 0/,
  )
  await refused(ml.pinballLoss(numbers, { label: 'y', quantile: 1 }), /quantile must be above 0/)
  const same = from([{ y: 1, prediction: 2 }])
  await refused(ml.r2(same, { label: 'y' }), /all labels in field "y" are the same/)
  const zero = from([{ y: 0, prediction: 2 }])
  await refused(ml.meanAbsolutePercentageError(zero, { label: 'y' }), /record 0 has 0/)
  const sure = from([
    { late: true, p: 0.5 },
    { late: false, p: 1.5 },
  ])
  await wrong(
    ml.logLoss(sure, { label: 'late', scores: 'p' }),
    /record 1 has 1.5.*not a probability/,
  )
  const vectors = from([
    { late: true, probabilities: Float64Array.of(0.5, 0.6) },
    { late: false, probabilities: Float64Array.of(0.5, 0.5) },
  ])
  await wrong(ml.logLoss(vectors, { label: 'late' }), /record 0 .*add up to 1.1, not to 1/)
  const one = from([
    { late: true, p: 0.5 },
    { late: true, p: 0.6 },
  ])
  await refused(ml.rocAuc(one, { label: 'late', scores: 'p' }), /there are 1 classes, true/)
  const classes = [false, true]
  await refused(
    ml.rocAuc(one, { label: 'late', scores: 'p', classes }),
    /all of the positive class/,
  )
  await refused(
    ml.rocAuc(
      many.filter(r => r.kind !== 'bus'),
      { label: 'kind' },
    ),
    /2 classes.*3 entries/,
  )
  const negative = from([{ user: 1, stars: -1, prediction: 1 }])
  await wrong(ml.ndcg(negative, { group: 'user', label: 'stars' }), /record 0 has -1/)
  const bored = from([{ user: 1, stars: 0, prediction: 1 }])
  await refused(ml.ndcg(bored, { group: 'user', label: 'stars' }), /nothing is relevant/)
  await refused(ml.ndcg(bored, { label: 'stars' } as never), /group is not given/)
  const lump = from([
    { x: 1, prediction: 0 },
    { x: 2, prediction: 0 },
  ])
  await refused(ml.silhouette(lump, { features: ['x'] }), /two clusters at least/)
  const light = from([{ y: 1, prediction: 1, weight: -1 }])
  await refused(
    ml.accuracy(light, { label: 'y', weight: 'weight' }),
    /weights must not be negative/,
  )
  await t.throwsAsync(ml.accuracy(numbers, { label: 'y', signal: AbortSignal.abort() }))
})
