import test from 'ava'
import { ArgumentError, from } from '../../../engine/index.js'
import {
  type DecisionNode,
  gradientBoostedClassifier,
  gradientBoostedRegressor,
} from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

const random = randomFrom(3)
const RECORDS = Array.from({ length: 300 }, () => {
  const [x, y] = [random.next(), random.chance(0.1) ? null : random.next()]
  const amount = x * 3 + (y ?? 2) + random.next()
  return { x, y, amount, kind: ['a', 'b', 'c'][random.int(3)]!, large: amount > 2.5 }
})
const data = from(RECORDS)
const features = ['x', 'y'] as const
type Given = { readonly x: number; readonly y: number | null }

/** What a tree gives for a record, by its plain form alone. */
function answer(node: DecisionNode, record: Given): number {
  if ('value' in node) return node.value
  const value = record[node.feature as 'x'] as number | null
  const goes = value === null ? node.missingAtMost : value <= node.threshold
  return answer(goes ? node.atMost : node.above, record)
}

test('the trees of a regressor add up to its predictions', async t => {
  const model = await gradientBoostedRegressor({ features, label: 'amount', maxIterations: 8 }).fit(
    data,
  )
  const sum = (record: Given) => {
    let total = 0
    for (let k = 1; k <= model.iterations; k++) total += answer(model.tree(k).root, record)
    return total
  }
  const [first] = RECORDS
  const baseline = model.predictOne(first!) - sum(first!)
  for (const record of RECORDS) {
    t.true(Math.abs(model.predictOne(record) - sum(record) - baseline) < 1e-9)
  }
  t.is(model.tree(1).output, 'amount')
})

test('the trees of a classifier are there by class', async t => {
  const options = { features, maxIterations: 3 } as const
  const two = await gradientBoostedClassifier({ ...options, label: 'large' }).fit(data)
  t.is(two.tree(2).output, 'log-odds of large = true')
  t.deepEqual(two.tree(2), two.tree(2, true))
  const wrong = (call: () => unknown) => t.throws(call, { instanceOf: ArgumentError })!.message
  t.regex(
    wrong(() => two.tree(1, false)),
    /there are trees of true; got false.*opposite sign/,
  )
  t.regex(
    wrong(() => two.tree(4)),
    /^gradientBoostedClassifier.tree: iteration must be at most 3/,
  )
  t.regex(
    wrong(() => two.tree(0)),
    /positive integer/,
  )
  const three = await gradientBoostedClassifier({ ...options, label: 'kind' }).fit(data)
  t.is(three.tree(1).output, 'score of kind = c')
  t.notDeepEqual(three.tree(1, 'a').root, three.tree(1, 'b').root)
  t.regex(
    wrong(() => three.tree(1, 'd')),
    /there are trees of a, b, c; got "d"/,
  )
})
