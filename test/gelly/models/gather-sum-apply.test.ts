import test from 'ava'
import { ArgumentError, FunctionError } from '../../../engine/index.js'
import {
  type GatherSumApplyOptions,
  gatherSumApply,
} from '../../../gelly/models/gather-sum-apply.js'
import { symmetric, type ZooGraph, zoo } from '../zoo.js'
import { modelData } from './model-graph.js'

type Options<V, M = V> = GatherSumApplyOptions<string, null, number, V, M, object>

async function run<V, M = V>(graph: ZooGraph, options: Options<V, M>) {
  const { values, report } = await gatherSumApply(await modelData(graph), options as never)
  return { values: Array.from({ length: graph.vertexCount }, (_, v) => values.get(v) as V), report }
}

const path = zoo.find(({ name }) => name === 'path')!
const hops: Options<number> = {
  initial: ({ id }) => (id === 'v0' ? 0 : Infinity),
  maxIterations: 100,
  gather: neighbour => neighbour.value + 1,
  sum: Math.min,
  apply: (nearest, { value }) => Math.min(nearest, value),
}

test('all values are those of the superstep before', async t => {
  const { values, report } = await run(path, { ...hops, maxIterations: 3 })
  t.deepEqual(values, [0, 1, 2, 3, ...new Array(6).fill(Infinity)])
  t.false(report.converged)
})

test('it ends when nobody has changed; from changed vertices it costs what they cost', async t => {
  const all = await run(path, hops)
  t.is(all.report.stoppedBy, 'emptyWorkset')
  t.deepEqual(
    all.report.history.map(({ messages }) => messages),
    new Array(10).fill(9),
  )
  const changed = await run(path, { ...hops, gatherFrom: 'changed' })
  t.deepEqual(changed.values, all.values)
  t.deepEqual(
    changed.report.history.map(({ workset, changed, messages }) => [workset, changed, messages]),
    [[10, 1, 9], ...new Array(8).fill([1, 1, 1]), [1, 0, 0]],
  )
})

test('a function that is not the same each time is called for each edge', async t => {
  let calls = 0
  const graph = symmetric(zoo.find(({ name }) => name === 'star')!)
  await run<number>(graph, {
    ...hops,
    maxIterations: 1,
    gather: ({ value }) => value + 0 * calls++,
  })
  t.is(calls, graph.sources.length)
  const { report } = await run<number>(graph, {
    ...hops,
    maxIterations: 1,
    gather({ value }, _, { add }) {
      add('calls', 1)
      return value
    },
  })
  t.is(report.history[0]!.calls, graph.sources.length)
})

test('who has no neighbours keeps its value, unless there is a sum of none', async t => {
  const options: Options<number> = {
    initial: () => 1,
    maxIterations: 1,
    gather: ({ value }) => value,
    sum: (a, b) => a + b,
    apply: sum => sum * 10,
  }
  t.is((await run(path, options)).values[0], 1)
  t.is((await run(path, { ...options, sumOfNone: 0 })).values[0], 0)
  await t.throwsAsync(run(path, { ...options, sumOfNone: 0, gatherFrom: 'changed' }), {
    instanceOf: ArgumentError,
    message: /^gatherSumApply: sumOfNone needs gatherFrom: "all"/,
  })
})

test('apply keeps a value by returning nothing', async t => {
  const { values } = await run<number>(path, {
    ...hops,
    apply: (nearest, { id }) => (id === 'v2' ? undefined : nearest),
  })
  t.deepEqual(values.slice(0, 4), [0, 1, Infinity, Infinity])
})

test('gather and sum must return something', async t => {
  await t.throwsAsync(run(path, { ...hops, gather: () => undefined as never }), {
    instanceOf: FunctionError,
    message: /^gatherSumApply: gather returned nothing\. Let it return a value; at vertex "v0" in/,
  })
  const graph = symmetric(path)
  await t.throwsAsync(run(graph, { ...hops, sum: () => undefined as never }), {
    instanceOf: FunctionError,
    message: /^gatherSumApply: sum returned nothing/,
  })
})
