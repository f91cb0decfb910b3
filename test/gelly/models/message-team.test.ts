/**
 * Message-passing models on several threads: the answer of one thread, bit by bit, for any number of
 * them; what other threads cannot do is done by the calling one.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { createRegion } from '../../../engine/extend.js'
import { AbortError, FunctionError } from '../../../engine/index.js'
import { type ScatterGatherOptions, scatterGather } from '../../../gelly/models/scatter-gather.js'
import { type VertexCentricOptions, vertexCentric } from '../../../gelly/models/vertex-centric.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { rmat, symmetric, type ZooGraph, zoo } from '../zoo.js'
import { modelData } from './model-graph.js'

/** What is handed over in these tests. */
interface Handed {
  readonly damping: number
  readonly seen: number[]
}

type Pregel = VertexCentricOptions<string, null, number, number, number, Handed>
type Scatter = ScatterGatherOptions<string, null, number, number, number, Handed>
type Options = Pregel | Scatter

async function run(
  graph: ZooGraph,
  options: Options,
  threads?: { workers: number; grain?: number },
) {
  const initial = Array.from({ length: graph.vertexCount }, (_, v) => (v * 7919) % 101)
  const data = { ...(await modelData(graph, initial)), ...(threads && { threads }) }
  const model = 'compute' in options ? vertexCentric : scatterGather
  const { values, report, workers } = await model(data, options as never)
  const history = report.history.map(({ ms: _, ...rest }) => rest)
  const all = Array.from({ length: graph.vertexCount }, (_, v) => values.get(v))
  return { values: all, history, stoppedBy: report.stoppedBy, workers }
}

const handed: Handed = { damping: 0.85, seen: [] }

const ranks: Pregel = {
  initial: () => 1,
  combine: (a, b) => a + b,
  compute(vertex, messages, context) {
    const { superstep } = context
    let rank = vertex.value
    if (superstep > 1) {
      rank = 0.15 / context.vertexCount + context.damping * messages.sum()
      context.setValue(rank)
    }
    if (superstep <= 6) context.sendToNeighbors(rank / vertex.outDegree)
  },
  with: handed,
  maxIterations: 8,
}
const nearest: Pregel = {
  initial: ({ inDegree, outDegree }) => (outDegree > inDegree ? 0 : Infinity),
  combine: Math.min,
  compute(vertex, messages, { superstep, setValue, sendToNeighbors }) {
    const least = messages.min(vertex.value)
    if (superstep === 1 ? least > 0 : least >= vertex.value) return
    setValue(least)
    sendToNeighbors(edge => least + edge.value)
  },
  maxIterations: 40,
}
const { combine: _, ...uncombined } = nearest
const hops: Pregel = {
  initial: ({ outDegree }) => (outDegree > 40 ? 0 : Infinity),
  compute(vertex, messages, { superstep, setValue, sendToNeighbors }) {
    if (superstep === 1) {
      if (vertex.value === 0) sendToNeighbors(1)
    } else if (vertex.value > messages.first(0)) {
      setValue(messages.first(0))
      sendToNeighbors(vertex.value === 3 ? 1 : messages.first(0) + 1)
    }
  },
  maxIterations: 40,
}
const votes: Pregel = {
  combine: (a, b) => a * 0.25 + b,
  halt: 'vote',
  compute(vertex, messages, { superstep, setValue, sendToNeighbors, voteToHalt }) {
    setValue(vertex.value / 2 + messages.sum(superstep))
    if (vertex.value % 3 === superstep % 3) sendToNeighbors(vertex.value)
    if (superstep > vertex.value % 5 || messages.count > 0) voteToHalt()
  },
  maxIterations: 12,
}
/** Reads messages in all ways, mixes plain messages with those along edges, and some send nothing. */
const everything: Pregel = {
  compute(vertex, messages, { superstep, setValue, sendToNeighbors }) {
    let product = 1
    for (const message of messages) product = (product * 31 + message) % 1009
    const reduced = messages.reduce((result, message) => result / 2 + message, vertex.value)
    const list = messages.toArray().map(message => message % 7)
    setValue(vertex.value + 1)
    setValue(
      messages.isEmpty
        ? vertex.value
        : (product + reduced + list.length + messages.count + messages.max() - messages.min(5)) %
            997,
    )
    if (vertex.value % 5 < 2) sendToNeighbors(vertex.value + superstep / 3)
    else if (vertex.value % 5 < 4) sendToNeighbors(edge => vertex.value * edge.value)
  },
  maxIterations: 7,
}
const scattered: Scatter = {
  initial: ({ inDegree, outDegree }) => (outDegree > inDegree ? 0 : Infinity),
  scatter: (vertex, { sendToNeighbors }) => sendToNeighbors(edge => vertex.value + edge.value),
  gather: (vertex, messages, { setValue }) => setValue(messages.min(vertex.value)),
  maxIterations: 40,
}
const least: Scatter = {
  scatter: ({ value }, context) => context.sendToNeighbors(value),
  gather: ({ value }, messages, context) => context.setValue(messages.min(value)),
  combine: Math.min,
  direction: 'all',
  maxIterations: 40,
}

const programs: Readonly<Record<string, Options>> = {
  ranks,
  'ranks without a combiner': (({ combine: _, ...rest }) => rest)(ranks) as Pregel,
  nearest,
  'nearest without a combiner': uncombined,
  'nearest both ways': { ...nearest, direction: 'all' },
  'nearest both ways without a combiner': { ...uncombined, direction: 'all' },
  'nearest against edges': { ...nearest, direction: 'in' },
  hops,
  'hops with votes': { ...hops, halt: 'vote', maxIterations: 5 },
  votes,
  'votes without a combiner': (({ combine: _, ...rest }) => rest)(votes) as Pregel,
  everything,
  'everything both ways, combined': {
    ...everything,
    direction: 'all',
    combine: (a, b) => (a / 2 + b) % 1013,
  },
  scattered,
  'scattered, combined': { ...scattered, combine: (a, b) => Math.min(a, b) },
  'scattered from all': { ...scattered, scatterFrom: 'all', maxIterations: 6 },
  'least of all': least,
  'means of neighbours': {
    scatter: ({ value, outDegree }, { sendToNeighbors }) => sendToNeighbors(value / outDegree),
    gather: (_, messages, { setValue, damping }) => setValue(1 + damping * messages.sum()),
    scatterFrom: 'all',
    with: handed,
    maxIterations: 6,
  },
}

for (const [name, options] of Object.entries(programs)) {
  test(`${name}: the zoo has the same answer on 1, 2 and 3 threads as without any`, async t => {
    for (const graph of zoo) {
      const here = await run(graph, options)
      for (const workers of [1, 2, 3]) {
        const several = await run(graph, options, { workers, grain: 1 })
        if (graph.vertexCount + graph.sources.length > 1) t.is(several.workers, workers, graph.name)
        t.deepEqual({ ...several, workers: 1 }, here, `${graph.name}, ${workers}`)
      }
    }
  })
}

const large = rmat(14)

test('so has a graph that is cut into parts by itself', async t => {
  for (const [name, options] of Object.entries(programs)) {
    const here = await run(large, options)
    for (const workers of [1, 2, 3]) {
      const several = await run(large, options, { workers })
      t.is(several.workers, workers, name)
      t.deepEqual({ ...several, workers: 1 }, here, name)
    }
  }
})

const path = symmetric(zoo.find(({ name }) => name === 'path')!)
const random = zoo.find(({ name }) => name.startsWith('RMAT'))!
const two = { workers: 2, grain: 1 }

test('aggregates are the same for any number of threads, and those of one thread but for rounding', async t => {
  const counted: Pregel = {
    initial: ({ outDegree }) => outDegree / 3,
    compute(vertex, messages, { superstep, setValue, sendToNeighbors, add, aggregate }) {
      const sum = messages.sum(aggregate('sum') ?? 0) / 9
      setValue(sum / 2)
      add('sum', vertex.value)
      add('most', sum)
      if (vertex.value > superstep) sendToNeighbors(vertex.value)
    },
    aggregators: { most: 'max', messages2: 'min' },
    until: ({ aggregate }) => aggregate('most') < 0,
    maxIterations: 9,
  }
  const halves: Scatter = {
    scatter({ value }, { sendToNeighbors, add }) {
      add('sum', value / 3)
      sendToNeighbors(value / 3)
    },
    gather(_, messages, { setValue, add, aggregate }) {
      add('sum', messages.sum() / 7)
      setValue(messages.sum((aggregate('sum') ?? 0) / 1000) / 5)
    },
    maxIterations: 6,
  }
  for (const options of [counted, { ...counted, halt: 'vote' }, halves] as Options[]) {
    for (const [graph, grain] of [
      [random, 1],
      [large, 32_768],
    ] as const) {
      const one = await run(graph, options, { workers: 1, grain })
      for (const workers of [2, 3]) {
        const several = await run(graph, options, { workers, grain })
        t.is(several.workers, workers)
        t.deepEqual({ ...several, workers: 1 }, one)
      }
      const here = await run(graph, options)
      t.deepEqual(here.history.length, one.history.length)
      const rounded = ({ values }: typeof one) => values.map(v => Number(v).toPrecision(6))
      t.deepEqual(rounded(here), rounded(one))
    }
  }
})

test('small graphs, and functions that others cannot have, stay on the calling thread', async t => {
  t.is((await run(path, nearest, { workers: 2 })).workers, 1)
  const captured = path.vertexCount
  const others: readonly Partial<Pregel>[] = [
    { compute: (_, __, { setValue }) => setValue(captured) },
    { compute: (_, __, { setValue }) => setValue(Math.random() * 0) },
    { compute: ({ id }, _, { setValue }) => setValue(id.length) },
    { compute: (_, __, { send, superstep }) => send(`v${superstep}`, 1) },
    { compute: (_, __, { send }) => send('nobody', 1), unknownTargets: 'drop' },
    {
      compute(_, __, { edges, sendAlong }) {
        for (const edge of edges()) sendAlong(edge, edge.value)
      },
    },
    { compute: (_, __, context) => context.setValue(Object.keys(context).length) },
    { compute: (_, __, { seen, setValue }) => setValue(seen.push(1)), with: { ...handed } },
    { combine: (a, b) => a + b + captured },
    {
      compute: (_, __, { add }) => add('own', 1),
      aggregators: { own: { start: 0, add: a => a, merge: a => a } },
    },
  ]
  for (const [k, other] of others.entries()) {
    const options: Pregel = { ...nearest, ...other, maxIterations: 2 }
    if (options.with) options.with.seen.length = 0
    const there = await run(path, options, two)
    if (options.with) options.with.seen.length = 0
    t.is(there.workers, 1, `${k}`)
    t.deepEqual(there, { ...(await run(path, options)), workers: 1 })
  }
})

test('what cannot be done by others is done over by the calling thread, with the same answer', async t => {
  const turns: readonly Options[] = [
    { ...nearest, initial: ({ outDegree }) => (outDegree === 1 ? ('x' as never) : 1) },
    {
      ...ranks,
      compute({ value }, messages, { superstep, setValue, sendToNeighbors }) {
        setValue(superstep > 3 && value > 40 ? ('many' as never) : messages.sum(1))
        sendToNeighbors(superstep > 3 ? 1 : value)
      },
    },
    {
      ...ranks,
      halt: 'vote',
      compute({ value }, messages, { superstep, setValue, sendToNeighbors, voteToHalt }) {
        setValue(messages.count + value)
        sendToNeighbors(superstep > 2 ? ([value] as never) : value)
        if (superstep > value % 4) voteToHalt()
      },
      combine: a => a,
    },
    { ...ranks, combine: (a, b) => (a > 2 ? ({ a, b } as never) : a + b) },
    {
      compute({ value }, messages, { superstep, setValue, sendToNeighbors }) {
        setValue(messages.sum(value) % 31)
        sendToNeighbors(value)
        if (superstep > 2) sendToNeighbors(edge => edge.value)
      },
      maxIterations: 5,
    },
    {
      compute({ value }, messages, { superstep, setValue, sendToNeighbors }) {
        setValue(messages.sum(value) % 31)
        sendToNeighbors(edge => (superstep > 2 ? edge.source.length : edge.value))
      },
      maxIterations: 5,
    },
    {
      ...least,
      gather({ value }, messages, { superstep, setValue }) {
        setValue(superstep > 2 && value === 0 ? ('x' as never) : messages.min(value) / 2)
      },
      maxIterations: 5,
    },
    {
      ...least,
      scatter({ value }, { superstep, sendToNeighbors }) {
        sendToNeighbors(value)
        if (superstep === 3) sendToNeighbors(value + 1)
      },
    },
  ]
  for (const [k, options] of turns.entries()) {
    for (const graph of [path, random]) {
      const { workers: _, ...there } = await run(graph, options, two)
      const { workers: __, ...here } = await run(graph, options)
      t.deepEqual(there, here, `${k}, ${graph.name}`)
    }
  }
})

test('what a function throws names the vertex, on whatever thread it was', async t => {
  const failing: Pregel = {
    ...ranks,
    compute({ inDegree }, _, { superstep, sendToNeighbors }) {
      if (inDegree === 1 && superstep === 2) throw new Error('too few')
      sendToNeighbors(1)
    },
  }
  await t.throwsAsync(run(path, failing, two), {
    instanceOf: FunctionError,
    message: /^vertexCentric: compute threw at vertex "v0" in superstep 2: too few$/,
  })
  const other: Scatter = {
    ...least,
    gather({ value }) {
      if (value > 50) throw new Error('too much')
    },
  }
  await t.throwsAsync(run(path, other, two), {
    instanceOf: FunctionError,
    message: /^scatterGather: gather threw at vertex "v2" in superstep 1: too much$/,
  })
})

test('where the region has no room for messages along edges, the calling thread does it', async t => {
  const data = await modelData(random)
  const { sources, targets, vertexCount } = data.topology
  for (const [maximumBytes, workers] of [
    [196_608, 1],
    [2 ** 20, 2],
  ] as const) {
    const topology = await topologyOf(vertexCount, sources, targets, createRegion({ maximumBytes }))
    const graph = { ...data, topology, threads: { workers: 2, grain: 1 } }
    const there = await vertexCentric(graph, nearest as never)
    const here = await vertexCentric(data, nearest as never)
    t.is(there.workers, workers)
    for (let v = 0; v < vertexCount; v++) t.is(there.values.get(v), here.values.get(v))
  }
})

test('it stops when its signal is aborted', async t => {
  const signal = AbortSignal.timeout(50)
  const endless: Pregel = {
    compute: ({ value }, messages, { sendToNeighbors }) => sendToNeighbors(messages.sum(value)),
    maxIterations: Infinity,
    signal,
  }
  await t.throwsAsync(run(large, endless, { workers: 2 }), { instanceOf: AbortError })
})

test('a killed program goes on where it stood, on any number of threads', async t => {
  const directory = await mkdtemp(join(tmpdir(), 'wiesel-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  const atEnds = ({ outDegree }: { outDegree: number }) => (outDegree === 1 ? 0 : Infinity)
  const cases: readonly (readonly [Options, ZooGraph])[] = [
    [ranks, random],
    [everything, random],
    [votes, random],
    [{ ...nearest, initial: atEnds }, path],
    [{ ...scattered, initial: atEnds }, path],
  ]
  for (const [k, [options, graph]] of cases.entries()) {
    for (const workers of [1, 2]) {
      const whole = await run(graph, options, { workers: 3, grain: 1 })
      let failIn = 4
      const until = ({ superstep }: { superstep: number }) => {
        if (superstep === failIn) throw new Error('killed')
        return false
      }
      const killed = { ...options, until, checkpoint: { directory } }
      await t.throwsAsync(run(graph, killed, { workers, grain: 1 }), { message: /killed/ })
      failIn = 0
      const rest = await run(graph, killed, { workers, grain: 1 })
      t.is(rest.workers, workers, `${k}`)
      t.true(rest.history.length < whole.history.length, `${k}`)
      t.deepEqual(rest.history, whole.history.slice(-rest.history.length))
      t.deepEqual(rest.values, whole.values)
    }
  }
})
