/**
 * Gather, sum, apply on several threads: the answer of one thread, bit by bit, for any number of them;
 * what other threads cannot do is done by the calling one.
 */
import test from 'ava'
import { AbortError, FunctionError } from '../../../engine/index.js'
import {
  type GatherSumApplyOptions,
  gatherSumApply,
} from '../../../gelly/models/gather-sum-apply.js'
import { rmat, symmetric, type ZooGraph, zoo } from '../zoo.js'
import { modelData } from './model-graph.js'

type Options = GatherSumApplyOptions<string, null, number, number, number, Handed>

/** What is handed over in these tests. */
interface Handed {
  readonly damping: number
  readonly seen: number[]
  readonly factor: { readonly value: number }
}

async function run(
  graph: ZooGraph,
  options: Options,
  threads?: { workers: number; grain?: number },
) {
  const initial = Array.from({ length: graph.vertexCount }, (_, v) => (v * 7919) % 101)
  const data = { ...(await modelData(graph, initial)), ...(threads && { threads }) }
  const { values, report, workers } = await gatherSumApply(data, options as never)
  const history = report.history.map(({ ms: _, ...rest }) => rest)
  const all = Array.from({ length: graph.vertexCount }, (_, v) => values.get(v))
  return { values: all, history, stoppedBy: report.stoppedBy, workers }
}

const handed: Handed = { damping: 0.85, seen: [], factor: { value: 1 } }
const ranks: Options = {
  initial: () => 1,
  gather: neighbour => neighbour.value / neighbour.outDegree,
  sum: (a, b) => a + b,
  sumOfNone: 0,
  apply(sum, vertex, { damping, vertexCount, superstep, add, aggregate }) {
    const before: number = aggregate('sum') ?? 0
    const rank = 0.15 + damping * sum + (before * superstep) / vertexCount / 99
    add('sum', rank)
    add('most', Math.abs(rank - vertex.value))
    return rank
  },
  aggregators: { most: 'max' },
  with: handed,
  maxIterations: 7,
}
const nearest: Options = {
  initial: ({ inDegree, outDegree }) => (outDegree > inDegree ? 0 : Infinity),
  gather: (neighbour, edge) => neighbour.value + edge.value,
  sum: Math.min,
  apply: (least, { value }) => Math.min(least, value),
  maxIterations: 40,
}
const programs: Readonly<Record<string, Options>> = {
  ranks,
  nearest,
  'nearest from changed': { ...nearest, gatherFrom: 'changed' },
  'nearest both ways': { ...nearest, direction: 'all', gatherFrom: 'changed' },
  'nearest against edges': { ...nearest, direction: 'in' },
  'least from changed': {
    gather: ({ value }) => value,
    sum: (a, b) => Math.min(a, b),
    apply: (least, { value }) => (least < value ? least : undefined),
    gatherFrom: 'changed',
    direction: 'all',
    maxIterations: 40,
  },
  'counts of edges': {
    initial: () => Number.NaN,
    gather(neighbour, { value }, { add }) {
      add('edges', value / 3)
      return neighbour.inDegree
    },
    sum: (a, b) => a + b,
    apply: (sum, { value, inDegree }) => (sum > 40 ? Number.NaN : value + inDegree),
    maxIterations: 3,
  },
}

for (const [name, options] of Object.entries(programs)) {
  test(`${name}: the zoo has the same answer on 1, 2 and 3 threads`, async t => {
    for (const graph of zoo) {
      const here = await run(graph, options)
      const one = await run(graph, options, { workers: 1, grain: 1 })
      t.deepEqual(one.values.length, here.values.length)
      if (options !== ranks) t.deepEqual(one.values, here.values, graph.name)
      for (const workers of [2, 3]) {
        const several = await run(graph, options, { workers, grain: 1 })
        if (graph.vertexCount + graph.sources.length > 1) t.is(several.workers, workers, graph.name)
        t.deepEqual({ ...several, workers: 1 }, one, `${graph.name}, ${workers}`)
      }
    }
  })
}

const large = rmat(14)

test('so has a graph that is cut into parts by itself', async t => {
  for (const options of Object.values(programs)) {
    const one = await run(large, options, { workers: 1 })
    t.deepEqual(
      (await run(large, options)).values.map(value => Number(value).toPrecision(9)),
      one.values.map(value => Number(value).toPrecision(9)),
    )
    for (const workers of [2, 3]) {
      const several = await run(large, options, { workers })
      t.is(several.workers, workers)
      t.deepEqual({ ...several, workers: 1 }, one)
    }
  }
})

const path = symmetric(zoo.find(({ name }) => name === 'path')!)
const two = { workers: 2, grain: 1 }

test('small graphs, and functions that others cannot have, stay on the calling thread', async t => {
  t.is((await run(path, nearest, { workers: 2 })).workers, 1)
  const captured = path.vertexCount
  const others: readonly Partial<Options>[] = [
    { apply: sum => sum + captured },
    { apply: sum => sum + Math.random() * 0 },
    { apply: (sum, { id }) => sum + id.length },
    { gather: (_, { source }) => source.length },
    { sum: (a, b) => a + b + captured },
    { apply: (sum, _, context) => sum + Object.keys(context).length },
    {
      apply: (sum, _, { seen }) => sum + seen.push(1),
      with: handed,
    },
    {
      apply: (sum, _, { factor }) => sum + factor.value,
      with: {
        ...handed,
        factor: new (class {
          get value() {
            return 1
          }
        })(),
      },
    },
    {
      apply(sum, _, { add }) {
        add('own', 1)
        return sum
      },
      aggregators: { own: { start: 0, add: a => a, merge: a => a } },
    },
  ]
  for (const [k, other] of others.entries()) {
    const options = { ...nearest, ...other, maxIterations: 2 }
    const { workers, ...there } = await run(path, options, two)
    t.is(workers, 1, `${k}`)
    const { workers: _, ...here } = await run(path, options)
    t.deepEqual(there, here)
  }
})

test('values that turn out to be no numbers are the same as on one thread', async t => {
  const turns: readonly Partial<Options>[] = [
    { apply: (sum, { value }) => (sum > 100 ? (`${sum}` as never) : value + 1) },
    { initial: ({ outDegree }) => (outDegree === 1 ? ('x' as never) : 1) },
    { gather: ({ value }) => (value > 60 ? ([value] as never) : value) },
    { sum: (a, b) => (b > 60 ? ({ a, b } as never) : a + b) },
    { sum: (a, b) => (a === b ? ('same' as never) : a + b), gatherFrom: 'changed' },
    {
      apply(sum, _, { add, superstep }) {
        add(superstep > 1 ? `${'name'}s` : 'name', sum)
        return sum + 1
      },
    },
  ]
  for (const [k, turn] of turns.entries()) {
    const options: Options = {
      gather: ({ value }) => value,
      sum: (a, b) => Math.max(a, b),
      apply: sum => sum,
      maxIterations: 2,
      ...turn,
    }
    for (const graph of [path, zoo.find(({ name }) => name.startsWith('RMAT'))!]) {
      const { workers: _, ...there } = await run(graph, options, two)
      const { workers: __, ...here } = await run(graph, options)
      t.deepEqual(there.values, here.values, `${k}`)
      t.deepEqual(there.stoppedBy, here.stoppedBy)
    }
  }
})

test('what a function throws names the vertex, on whatever thread it was', async t => {
  const options: Options = {
    ...nearest,
    initial: () => 1,
    apply(sum, { inDegree }) {
      if (inDegree === 1) throw new Error('too few')
      return sum
    },
  }
  await t.throwsAsync(run(path, options, two), {
    instanceOf: FunctionError,
    message: /^gatherSumApply: apply threw at vertex "v0" in superstep 1: too few$/,
  })
})

test('it stops when its signal is aborted', async t => {
  const options: Options = { ...ranks, maxIterations: 1e6, signal: AbortSignal.timeout(50) }
  await t.throwsAsync(run(large, options, { workers: 2 }), { instanceOf: AbortError })
})
