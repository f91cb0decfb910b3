import test from 'ava'
import { ArgumentError, FunctionError } from '../../../engine/index.js'
import { type ScatterGatherOptions, scatterGather } from '../../../gelly/models/scatter-gather.js'
import { type ZooGraph, zoo } from '../zoo.js'
import { modelData } from './model-graph.js'

type Options<V, M = V> = ScatterGatherOptions<string, null, number, V, M, object>

async function run<V, M = V>(graph: ZooGraph, options: Options<V, M>) {
  const { values, report } = await scatterGather(await modelData(graph), options as never)
  return { values: Array.from({ length: graph.vertexCount }, (_, v) => values.get(v) as V), report }
}

const path = zoo.find(({ name }) => name === 'path')!
const hops: Options<number> = {
  initial: ({ id }) => (id === 'v0' ? 0 : Infinity),
  maxIterations: 100,
  scatter: ({ value }, { sendToNeighbors }) => sendToNeighbors(value + 1),
  gather: ({ value }, messages, { setValue }) => setValue(messages.min(value)),
}

test('messages arrive in the superstep in which they are sent; who has changed scatters next', async t => {
  const { values, report } = await run(path, { ...hops, maxIterations: 3 })
  t.deepEqual(values, [0, 1, 2, 3, ...new Array(6).fill(Infinity)])
  t.is(report.stoppedBy, 'maxIterations')
  t.deepEqual(
    report.history.map(({ workset, changed, messages }) => [workset, changed, messages]),
    [
      [10, 1, 9],
      [1, 1, 1],
      [1, 1, 1],
    ],
  )
})

test('it ends when nobody has changed', async t => {
  const { values, report } = await run(path, hops)
  t.deepEqual(values, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  t.is(report.stoppedBy, 'emptyWorkset')
  t.is(report.iterations, 10)
  const all = await run(path, { ...hops, scatterFrom: 'all' })
  t.deepEqual(all.values, values)
  t.true(all.report.history.every(({ workset }) => workset === 10))
})

test('vertices without messages are not gathered', async t => {
  const { values } = await run<number>(path, {
    initial: () => 1,
    maxIterations: 1,
    scatter: (_, { sendToNeighbors }) => sendToNeighbors(0),
    gather: (_, __, { setValue }) => setValue(5),
  })
  t.deepEqual(values, [1, ...new Array(9).fill(5)])
})

test('each half has its own methods', async t => {
  const wrong = {
    scatter: (_: unknown, c: object) => (c as { setValue(v: number): void }).setValue(1),
  }
  await t.throwsAsync(run(path, { ...hops, ...wrong }), {
    instanceOf: FunctionError,
    message: 'scatterGather: scatter cannot call setValue, which is for the other function.',
  })
  const other = {
    gather: (_: unknown, __: unknown, c: object) =>
      (c as { send(id: string, v: number): void }).send('v1', 1),
  }
  await t.throwsAsync(run(path, { ...hops, ...other }), {
    instanceOf: FunctionError,
    message: /gather cannot call send/,
  })
})

test('options are checked', async t => {
  await t.throwsAsync(run(path, { ...hops, scatterFrom: 'some' as never }), {
    instanceOf: ArgumentError,
    message: /^scatterGather: scatterFrom must be "changed" or "all"; got "some"/,
  })
  await t.throwsAsync(run(path, { ...hops, gather: undefined as never }), {
    instanceOf: ArgumentError,
    message: /^scatterGather: gather must be a function; there is none/,
  })
})
