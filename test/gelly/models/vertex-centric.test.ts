import test from 'ava'
import { ArgumentError, FunctionError, from } from '../../../engine/index.js'
import type { Messages } from '../../../gelly/models/messages.js'
import { type VertexCentricOptions, vertexCentric } from '../../../gelly/models/vertex-centric.js'
import { type ZooGraph, zoo } from '../zoo.js'
import { modelData } from './model-graph.js'

type Options<V, M = V, H = object> = VertexCentricOptions<string, null, number, V, M, H>

async function run<V, M = V, H = object>(graph: ZooGraph, options: Options<V, M, H>) {
  const data = await modelData(graph)
  const { values, report } = await vertexCentric(data, options as never)
  const all = Array.from({ length: graph.vertexCount }, (_, v) => values.get(v))
  return { values: all as V[], report, numbers: values.numbers() }
}

const named = (name: string) => zoo.find(graph => graph.name === name)!
const path = named('path')

test('in the first superstep all are called, later those with messages', async t => {
  const called: string[] = []
  const { report } = await run<number>(path, {
    initial: () => 0,
    maxIterations: Infinity,
    compute({ id }, messages, context) {
      called.push(`${context.superstep}${id}`)
      if (context.superstep === 1 && id === 'v7') context.sendToNeighbors(1)
      for (const message of messages) {
        context.setValue(message)
        context.sendToNeighbors(message + 1)
      }
    },
  })
  t.is(called.length, 12)
  t.deepEqual(called.slice(10), ['2v8', '3v9'])
  t.is(report.stoppedBy, 'emptyWorkset')
  t.true(report.converged)
  t.deepEqual(
    report.history.map(({ workset, changed, messages }) => [workset, changed, messages]),
    [
      [10, 0, 1],
      [1, 1, 1],
      [1, 1, 0],
    ],
  )
})

test('messages can be read in several ways', async t => {
  const read = (messages: Messages<number>) => [
    messages.count,
    messages.isEmpty,
    messages.sum(1),
    messages.min(),
    messages.max(),
    messages.first(-1),
    messages.reduce((text, message) => `${text}${message};`, ''),
    messages.toArray(),
    [...messages],
  ]
  for (const combine of [undefined, (a: number, b: number) => a + b]) {
    const { values } = await run<unknown, number>(named('star inwards'), {
      initial: () => null,
      maxIterations: 2,
      ...(combine && { combine }),
      compute(vertex, messages, context) {
        if (context.superstep === 1) context.sendToNeighbors(Number(vertex.id.slice(1)) * 2)
        context.setValue(read(messages))
      },
    })
    t.deepEqual(
      values[0],
      combine
        ? [1, false, 31, 30, 30, 30, '30;', [30], [30]]
        : [5, false, 31, 2, 10, 2, '2;4;6;8;10;', [2, 4, 6, 8, 10], [2, 4, 6, 8, 10]],
    )
    t.deepEqual(values[1], [0, true, 1, Infinity, -Infinity, -1, '', [], []])
  }
})

test('with votes a vertex is called until it halts, and again when a message wakes it', async t => {
  const calls = new Map<string, number[]>()
  const { report } = await run<number>(path, {
    initial: () => 0,
    halt: 'vote',
    maxIterations: Infinity,
    compute({ id }, messages, { superstep, voteToHalt, send }) {
      calls.set(id, [...(calls.get(id) ?? []), superstep])
      if (id === 'v1' && superstep === 4) send('v5', 1)
      if (superstep >= (id === 'v1' ? 4 : 2) || !messages.isEmpty) voteToHalt()
    },
  })
  t.deepEqual(calls.get('v0'), [1, 2])
  t.deepEqual(calls.get('v1'), [1, 2, 3, 4])
  t.deepEqual(calls.get('v5'), [1, 2, 5])
  t.is(report.stoppedBy, 'emptyWorkset')
  t.is(report.iterations, 5)
})

test('until and aggregators see what was added; the context has it one superstep later', async t => {
  const seen: unknown[] = []
  const { report } = await run<number>(named('cycle'), {
    initial: () => 0,
    halt: 'vote',
    maxIterations: 100,
    aggregators: { most: 'max' },
    until: ({ superstep, aggregate }) => {
      seen.push([superstep, aggregate('most'), aggregate('calls'), aggregate('messages')])
      return aggregate('most') >= 30
    },
    compute({ id }, _, { superstep, add, aggregate }) {
      if (id === 'v0') seen.push(aggregate('most'))
      add('calls', 1)
      add('most', superstep * 10)
    },
  })
  t.is(report.stoppedBy, 'until')
  t.deepEqual(seen, [null, [1, 10, 7, 0], 10, [2, 20, 7, 0], 20, [3, 30, 7, 0]])
})

test('counts, degrees and handed-over values are there; data sets arrive as arrays', async t => {
  const { values } = await run<unknown, unknown, object>(named('self-loops'), {
    initial: ({ id, inDegree, outDegree }) => [id, inDegree, outDegree],
    maxIterations: 1,
    with: { factor: 2, list: from([{ a: 1 }, { a: 2 }]) },
    compute(vertex, _, context) {
      const { vertexCount, edgeCount, factor, list } = context as unknown as Record<string, unknown>
      context.setValue([...(vertex.value as unknown[]), vertexCount, edgeCount, factor, list])
    },
  })
  t.deepEqual(values[1], ['v1', 3, 3, 4, 7, 2, [{ a: 1 }, { a: 2 }]])
})

test('edges tell source, target, neighbour and value, in the direction of the model', async t => {
  for (const [direction, expected] of [
    ['out', ['v1>v2=v2', 'v1>v3=v3']],
    ['in', ['v0>v1=v0']],
    ['all', ['v1>v2=v2', 'v1>v3=v3', 'v0>v1=v0']],
  ] as const) {
    const graph = named('asymmetric')
    const { values } = await run<unknown, string>(graph, {
      initial: () => null,
      direction,
      maxIterations: 1,
      compute(_, __, { edges, setValue }) {
        const all = [...edges()]
        setValue([
          all.map(({ source, target, neighbor }) => `${source}>${target}=${neighbor}`),
          all.map(edge => edge.value),
        ])
      },
    })
    const [texts, weights] = values[1] as [string[], number[]]
    t.deepEqual(texts, [...expected])
    const of = texts.map(text => {
      const [source, target] = text
        .split('=')[0]!
        .split('>')
        .map(id => Number(id.slice(1)))
      const edge = graph.sources.findIndex((u, k) => u === source && graph.targets[k] === target)
      return graph.weights[edge]
    })
    t.deepEqual(weights, of)
  }
})

test('a vertex keeps what it is told to forget: equal values are no change', async t => {
  const { report } = await run<{ a: number; b: number[] }>(path, {
    initial: () => ({ a: 1, b: [2] }),
    maxIterations: 1,
    compute({ id }, _, { setValue }) {
      setValue({ a: 1, b: [id === 'v3' ? 3 : 2] })
      setValue({ a: 1, b: [id === 'v3' ? 4 : 2] })
    },
  })
  t.is(report.history[0]!.changed, 1)
})

test('messages to ids of no vertex fail with the id, or are dropped', async t => {
  const options: Options<number> = {
    initial: () => 0,
    maxIterations: 3,
    compute: (_, __, { send, superstep }) => superstep === 1 && send('nobody', 1),
  }
  const error = await t.throwsAsync(run(path, options), { instanceOf: FunctionError })
  t.is(
    error!.message,
    `vertexCentric: a message was sent to "nobody", which is no vertex of the graph; at vertex "v0" in superstep 1. Send to ids of vertices, or set unknownTargets: 'drop'.`,
  )
  const { report } = await run(path, { ...options, unknownTargets: 'drop' })
  t.is(report.history[0]!.messages, 0)
})

test('what a function throws, or cannot return, comes with the vertex and the superstep', async t => {
  const failing: Options<number> = {
    name: 'mine',
    initial: () => 0,
    maxIterations: 3,
    compute({ id }, _, { superstep }) {
      if (id === 'v3') throw new Error(`broken ${superstep}`)
    },
  }
  await t.throwsAsync(run(path, failing), {
    instanceOf: FunctionError,
    message: 'mine: compute threw at vertex "v3" in superstep 1: broken 1',
  })
  await t.throwsAsync(run(path, { ...failing, initial: () => undefined as never }), {
    instanceOf: FunctionError,
    message:
      'mine: initial returned nothing. Let it return a value; at vertex "v0" before the first superstep.',
  })
  await t.throwsAsync(
    run<unknown>(path, {
      initial: () => 0,
      maxIterations: 1,
      compute: (_, __, { setValue }) => setValue(Promise.resolve(1)),
    }),
    { instanceOf: FunctionError, message: /^vertexCentric: compute returned a promise\. Await/ },
  )
})

test('options are checked', async t => {
  const good: Options<number> = { initial: () => 0, compute() {}, maxIterations: 1 }
  const refused = async (options: object, message: RegExp) => {
    await t.throwsAsync(run(path, { ...good, ...options } as never), {
      instanceOf: ArgumentError,
      message,
    })
  }
  await refused(
    { combin: Math.max },
    /^vertexCentric: option "combin" is not known; there are combine,/,
  )
  await refused({ compute: undefined }, /^vertexCentric: compute must be a function; there is none/)
  await refused({ combine: 3 }, /^vertexCentric: combine must be a function; got number/)
  await refused({ async compute() {} }, /^vertexCentric\.compute: the function must not be async/)
  await refused({ direction: 'up' }, /^vertexCentric: direction must be .*; got "up"/)
  await refused({ halt: 'never' }, /^vertexCentric: halt must be .*; got "never"/)
  await refused({ unknownTargets: 'keep' }, /^vertexCentric: unknownTargets must be /)
  await refused({ maxIterations: undefined }, /^vertexCentric: nothing may end the loop\. Give/)
  await refused({ maxIterations: 0 }, /maxIterations must be a positive integer; got 0/)
  await refused({ with: { send: 1 } }, /^vertexCentric: "send" is a name of the context itself/)
  await refused({ with: { f: () => 1 } }, /^vertexCentric: with\.f is a function/)
  await refused(
    { aggregators: { messages: 'sum' } },
    /^vertexCentric: an aggregator cannot be called/,
  )
  await refused({ checkpoint: {} }, /checkpoint\.directory/)
})

test('it stops when it is aborted, and tells how far it is', async t => {
  const controller = new AbortController()
  const progress: number[] = []
  const options: Options<number> = {
    initial: () => 0,
    halt: 'vote',
    maxIterations: Infinity,
    signal: controller.signal,
    onProgress: ({ superstep }) => progress.push(superstep),
    compute({ id }, _, { superstep }) {
      if (superstep === 20 && id === 'v0') controller.abort()
    },
  }
  await t.throwsAsync(run(path, options), { name: 'AbortError' })
  t.is(progress[0], 1)
})
