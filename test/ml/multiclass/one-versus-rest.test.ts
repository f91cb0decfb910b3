import test from 'ava'
import { ArgumentError, from } from '../../../engine/index.js'
import {
  accuracy,
  crossValidate,
  gaussianNaiveBayes,
  linearRegression,
  linearSvm,
  logLoss,
  nearestNeighborsClassifier,
  oneVersusRest,
  pipeline,
  rocAuc,
  sgdClassifier,
  standardScaler,
  svm,
} from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

const random = randomFrom(9)
const KINDS = ['a', 'b', 'c', 'd']
/** Four clouds at the corners of a square. */
const RECORDS = random.array(240, k => ({
  x: (k % 2) * 3 + random.between(-1, 1),
  y: (k % 4 < 2 ? 0 : 3) + random.between(-1, 1),
  kind: KINDS[k % 4]!,
}))
const data = from(RECORDS)
const features = ['x', 'y'] as const
const label = 'kind'

test('it gives what a classifier for each class gives, and the class of the highest', async t => {
  const model = await oneVersusRest(linearSvm({ features, label })).fit(data)
  t.deepEqual(model.classes, KINDS)
  const own = await Promise.all(
    KINDS.map(kind =>
      linearSvm({ features, label: 'is' }).fit(
        from(RECORDS.map(record => ({ ...record, is: record.kind === kind }))),
      ),
    ),
  )
  for (const [k, one] of own.entries()) {
    const found = model.models[k] as unknown as typeof one
    t.deepEqual(found.coefficients, one.coefficients)
  }
  for (const record of RECORDS.slice(0, 20)) {
    const { prediction, decision } = model.transformOne(record)
    t.deepEqual(
      Array.from(decision),
      own.map(one => one.transformOne(record).decision),
    )
    t.is(prediction, KINDS[decision.indexOf(Math.max(...decision))]!)
  }
})

test('several classes are told apart by whatever tells two apart', async t => {
  const scaled = (last: ReturnType<typeof oneVersusRest>) =>
    pipeline(standardScaler({ features }), last as never)
  const classifiers = [
    oneVersusRest(linearSvm({ label })),
    oneVersusRest(svm({ label, localIterations: 200, l2: 0.01 })),
    oneVersusRest(sgdClassifier({ label, loss: 'logistic', seed: 1 })),
  ]
  for (const classifier of classifiers) {
    const { mean } = await crossValidate(scaled(classifier as never), data as never, {
      score: [accuracy, rocAuc],
      folds: 3,
    })
    t.true(mean > 0.9, `${classifier}: ${mean}`)
  }
  const bayes = oneVersusRest(gaussianNaiveBayes({ features, label }))
  const { mean, means } = await crossValidate(bayes, data, { score: [accuracy, logLoss] })
  t.true(mean > 0.95)
  t.true(means.logLoss! < 0.2)
  const model = await bayes.fit(data)
  const { probabilities } = model.transformOne({ x: 0.1, y: 2.8 })
  t.true(Math.abs(probabilities.reduce((a, b) => a + b) - 1) < 1e-12)
  t.is(model.predictOne({ x: 0.1, y: 2.8 }), 'c')
})

test('what is no classifier is refused, and what takes two classes only says who takes more', async t => {
  const refuse = (estimator: unknown, message: RegExp) =>
    t.throws(() => oneVersusRest(estimator as never), { instanceOf: ArgumentError, message })
  refuse(undefined, /^oneVersusRest: there must be a classifier, .*; got nothing\.$/)
  refuse(linearSvm, /^oneVersusRest: there must be a classifier/)
  refuse(linearRegression({ features, label: 'x' }), /linearRegression adds neither decisions/)
  refuse(
    pipeline(standardScaler({ features }), linearSvm({ label })),
    /takes no pipeline\. Put it last into one/,
  )
  await t.throwsAsync(linearSvm({ features, label }).fit(data), {
    message: /has 4 classes; 2 at most can be told apart here\. For more there is oneVersusRest/,
  })
  t.is(oneVersusRest(nearestNeighborsClassifier({ features, label })).name, 'oneVersusRest')
})
