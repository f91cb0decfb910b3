import test from 'ava'
import { ArgumentError, from } from '../../../engine/index.js'
import {
  linearRegression,
  logisticRegression,
  pipeline,
  standardScaler,
} from '../../../ml/index.js'
import { drawDecisionTree, drawPipeline } from '../../../notebooks/index.js'

const leaf = (value: number) => ({ value })
const split = (feature: string, threshold: number, atMost: object, above: object) => {
  return { feature, threshold, missingAtMost: true, atMost, above } as never
}
const tree = {
  iteration: 3,
  output: 'delay',
  root: split(
    'hour',
    7.5,
    leaf(-1),
    split('miles', 500, leaf(2), split('hour', Infinity, leaf(3), leaf(0))),
  ),
}

test('a tree says what it asks for and what its leaves add', t => {
  const drawn = drawDecisionTree(tree)
  t.is(drawn.title, 'Tree 3 for delay')
  t.regex(
    drawn.description,
    /^A tree of 4 leaves, up to 3 questions deep. It asks for hour \(2 times\), miles \(1 time\). Leaves add from −1 to \+3 to delay./,
  )
  const texts = [...drawn.toSVG().matchAll(/>([^<]+)<\/text>/g)].map(([, text]) => text)
  for (const text of ['≤ 7.5', '&gt; 7.5', '≤ 500', 'there', 'missing', '−1', '+2', 'miles']) {
    t.true(texts.includes(text), text)
  }
})

test('the tooltip of a leaf has all answers that lead to it', t => {
  t.regex(drawDecisionTree(tree).toSVG(), /<title>adds \+2\n· hour &gt; 7.5\n· miles ≤ 500</)
  t.regex(drawDecisionTree(tree).toSVG(), /<title>miles\nmissing values: as those at most 500\n/)
})

test('what is deeper than asked for is counted', t => {
  const drawn = drawDecisionTree(tree, { depth: 1 })
  t.regex(drawn.toSVG(), />… 3 more leaves</)
  t.regex(drawn.description, /1 of 3 levels are drawn/)
  t.notRegex(drawDecisionTree(tree, { depth: 9 }).description, /levels/)
})

test('the value of a leaf is blue above zero and red below', t => {
  const svg = drawDecisionTree(tree).toSVG()
  t.regex(svg, /<title>adds \+3[^<]*<\/title><rect [^>]*fill="#2f7fc1"/)
  t.regex(svg, /<title>adds −1[^<]*<\/title><rect [^>]*fill="#ac2f46"/)
})

test('what is no tree is refused', t => {
  for (const wrong of [
    undefined,
    {},
    { root: { feature: 'x' } },
    { root: split('x', 1, leaf(1), {}) },
  ]) {
    const error = t.throws(() => drawDecisionTree(wrong as never), { instanceOf: ArgumentError })
    t.regex(error!.message, /^drawDecisionTree: give a tree of a model, such as model.tree\(1\)/)
  }
})

const data = from([
  { x: 1, z: 5, y: 2 },
  { x: 2, z: 4, y: 4 },
  { x: 3, z: 9, y: 5 },
])
const plan = pipeline(standardScaler({ features: ['x', 'z'] }), linearRegression({ label: 'y' }))

test('a pipeline shows its parameters before fitting, and what it has learned after it', async t => {
  const before = drawPipeline(plan)
  t.is(before.description, 'Not fitted. 2 steps: standardScaler, linearRegression.')
  t.regex(before.toSVG(), />features<.*>x, z<.*>linearRegression</s)
  t.notRegex(before.toSVG(), />adds /)
  const after = drawPipeline(await plan.fit(data))
  t.regex(after.description, /^Fitted. 2 steps: .* It reads x, z and adds features, prediction.$/)
  t.regex(
    after.toSVG(),
    />x, z<\/title>reads x, z<.*>mean 2, deviation .*>adds features<.*adds prediction</s,
  )
})

test('an estimator or a model alone is one step', async t => {
  t.regex(drawPipeline(logisticRegression({ label: 'y' })).title, /1 step, not fitted/)
  const model = await linearRegression({ features: ['x'], label: 'y' }).fit(data)
  t.regex(drawPipeline(model).title, /1 step, fitted/)
})

test('more parameters than are asked for are counted, and in the tooltip', t => {
  const svg = drawPipeline(plan, { parameters: 1 }).toSVG()
  t.regex(svg, />… \d more</)
  t.regex(svg, /<title>standardScaler\nfeatures: x, z\n/)
  t.throws(() => drawPipeline({} as never), { instanceOf: ArgumentError })
})
