import test from 'ava'
import { from } from '../../engine/index.js'
import { Graph } from '../../gelly/index.js'
import { linearRegression, pipeline, standardScaler } from '../../ml/index.js'
import { table } from '../../notebooks/index.js'

const DISPLAY = Symbol.for('Jupyter.display')
const INSPECT = Symbol.for('nodejs.util.inspect.custom')

type Shown = {
  [DISPLAY](): Record<string, string>
  _toMime(): Record<string, string>
  [INSPECT](depth: number, options: object): string
}

const records = [
  { x: 1, y: 2, z: 5 },
  { x: 2, y: 4, z: 4 },
  { x: 3, y: 5, z: 9 },
]
const data = from(records).filter(r => r.x > 0)
const edges = from([{ from: 'a', to: 'b' }])
const estimator = pipeline(
  standardScaler({ features: ['x', 'z'] }),
  linearRegression({ label: 'y' }),
)

const objects = async () => ({
  'data sets': data,
  groups: data.groupBy('x'),
  graphs: Graph.fromEdges(edges, { source: 'from', target: 'to' }),
  estimators: estimator,
  models: await estimator.fit(data),
  tables: table(records),
})

for (const name of ['data sets', 'groups', 'graphs', 'estimators', 'models', 'tables'] as const) {
  test(`${name} show themselves in notebooks, and the same in all kernels`, async t => {
    const object = (await objects())[name] as unknown as Shown
    const bundle = object[DISPLAY]()
    t.deepEqual(Object.keys(bundle), ['text/html', 'text/plain'])
    t.is(bundle['text/plain'], String(object))
    t.deepEqual(object._toMime(), bundle)
    t.is(object[INSPECT](2, { depth: 2 }), String(object))
    t.notRegex(bundle['text/html']!, /undefined|\[object/)
  })

  test.serial(`${name} alone are shown by tslab, among other things printed`, async t => {
    const object = (await objects())[name] as unknown as Shown
    const shown: string[] = []
    const tslab = { require: () => ({ display: { html: (html: string) => shown.push(html) } }) }
    Object.assign(globalThis, { __tslab__: tslab })
    t.teardown(() => Reflect.deleteProperty(globalThis, '__tslab__'))
    t.is(object[INSPECT](2, { depth: 2 }), '')
    t.deepEqual(shown, [object[DISPLAY]()['text/html']!])
    t.is(object[INSPECT](1, { depth: 2 }), String(object))
    t.is(shown.length, 1)
  })
}

test('showing a data set or a graph runs nothing', t => {
  let calls = 0
  const counted = from(records).map(r => {
    calls++
    return r
  })
  const shown = counted as unknown as Shown
  shown[DISPLAY]()
  t.is(calls, 0)
  t.regex(String(counted), /^map .*\n└─ from/)
})

test('a graph says its size once it is loaded', async t => {
  const graph = Graph.fromEdges(edges, { source: 'from', target: 'to' })
  t.regex(String(graph), /not loaded yet/)
  t.is(graph.loaded, undefined)
  await graph.load()
  t.is(String(graph), 'Graph of 2 vertices and 1 edge')
})
