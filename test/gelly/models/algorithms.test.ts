/** Known algorithms, written in each of the three models, against naive programs. */
import test, { type ExecutionContext } from 'ava'
import fc from 'fast-check'
import {
  type GatherSumApplyOptions,
  gatherSumApply,
} from '../../../gelly/models/gather-sum-apply.js'
import type { ModelOutcome } from '../../../gelly/models/model-loop.js'
import { type ScatterGatherOptions, scatterGather } from '../../../gelly/models/scatter-gather.js'
import { type VertexCentricOptions, vertexCentric } from '../../../gelly/models/vertex-centric.js'
import { bigZoo, multigraphs, type ZooGraph, zoo } from '../zoo.js'
import {
  commonest,
  modelData,
  naiveDistances,
  naiveLabels,
  naiveLeast,
  naivePageRank,
} from './model-graph.js'

type Pregel<V, M = V, H = object> = VertexCentricOptions<string, null, number, V, M, H>
type Scatter<V, M = V, H = object> = ScatterGatherOptions<string, null, number, V, M, H>
type Gather<V, M = V, H = object> = GatherSumApplyOptions<string, null, number, V, M, H>

type Runner = (graph: ZooGraph) => Promise<ModelOutcome>
const pregel =
  <V, M, H>(options: Pregel<V, M, H>): Runner =>
  async graph =>
    vertexCentric(await modelData(graph), options as never)
const scatter =
  <V, M, H>(options: Scatter<V, M, H>): Runner =>
  async graph =>
    scatterGather(await modelData(graph), options as never)
const gather =
  <V, M, H>(options: Gather<V, M, H>): Runner =>
  async graph =>
    gatherSumApply(await modelData(graph), options as never)

async function check(
  t: ExecutionContext,
  run: Runner,
  graph: ZooGraph,
  expected: readonly number[],
  tolerance = 0,
) {
  const { values } = await run(graph)
  for (const [v, value] of expected.entries()) {
    const found = values.get(v) as number
    const near = Object.is(found, value) || Math.abs(found - value) <= tolerance
    if (!near) t.fail(`${graph.name}: vertex ${v} has ${found} instead of ${value}`)
  }
  t.pass()
}

/** Claims that hold for all small graphs, and for random ones. */
function claims(
  title: string,
  run: Runner,
  expected: (graph: ZooGraph) => readonly number[],
  tolerance = 0,
) {
  test(`${title}, on the zoo`, async t => {
    for (const graph of [...zoo, ...bigZoo]) await check(t, run, graph, expected(graph), tolerance)
  })
  test(`${title}, on random multigraphs`, async t => {
    await fc.assert(
      fc.asyncProperty(multigraphs(), graph => check(t, run, graph, expected(graph), tolerance)),
      { seed: 1, numRuns: 60 },
    )
  })
}

// Shortest paths.

for (const direction of ['out', 'in', 'all'] as const) {
  const distances = (graph: ZooGraph) => naiveDistances(graph, direction)
  const initial = ({ id }: { id: string }) => (id === 'v0' ? 0 : Infinity)
  for (const combined of [true, false]) {
    const how = `${direction}${combined ? ', combined' : ''}`
    const rest = {
      initial,
      direction,
      maxIterations: 1000,
      ...(combined && { combine: Math.min }),
    }
    claims(
      `shortest paths, vertex-centric, ${how}`,
      pregel<number, number, object>({
        ...rest,
        compute(vertex, messages, context) {
          const nearest = messages.min(vertex.value)
          if (context.superstep === 1 ? vertex.value > 0 : nearest >= vertex.value) return
          context.setValue(nearest)
          for (const edge of context.edges()) context.sendAlong(edge, nearest + edge.value)
        },
      }),
      distances,
    )
    claims(
      `shortest paths, scatter-gather, ${how}`,
      scatter<number, number, object>({
        ...rest,
        scatter(vertex, context) {
          for (const edge of context.edges()) context.send(edge.neighbor, vertex.value + edge.value)
        },
        gather(vertex, messages, context) {
          context.setValue(messages.min(vertex.value))
        },
      }),
      distances,
    )
  }
  for (const gatherFrom of ['all', 'changed'] as const) {
    claims(
      `shortest paths, gather-sum-apply, ${direction}, from ${gatherFrom}`,
      gather<number, number, object>({
        initial,
        direction,
        gatherFrom,
        maxIterations: 1000,
        gather: (neighbour, edge) => neighbour.value + edge.value,
        sum: Math.min,
        apply: (nearest, vertex) => Math.min(nearest, vertex.value),
      }),
      distances,
    )
  }
}

// The least id that reaches a vertex: components where edges are taken both ways.

for (const direction of ['out', 'in', 'all'] as const) {
  const least = (graph: ZooGraph) =>
    naiveLeast(
      graph,
      direction,
      Array.from({ length: graph.vertexCount }, (_, v) => (v * 7) % 13),
    )
  const initial = ({ id }: { id: string }) => (Number(id.slice(1)) * 7) % 13
  claims(
    `least value, vertex-centric, ${direction}`,
    pregel<number, number, object>({
      initial,
      direction,
      maxIterations: 1000,
      combine: (a, b) => (a < b ? a : b),
      compute(vertex, messages, context) {
        const best = messages.min(vertex.value)
        if (context.superstep > 1 && best >= vertex.value) return
        context.setValue(best)
        context.sendToNeighbors(best)
      },
    }),
    least,
  )
  claims(
    `least value, vertex-centric with votes, ${direction}`,
    pregel<number, number, object>({
      initial,
      direction,
      maxIterations: 1000,
      halt: 'vote',
      compute(vertex, messages, context) {
        const best = messages.min(vertex.value)
        if (context.superstep <= 2 ? context.superstep === 2 : best < vertex.value) {
          context.setValue(best)
          context.sendToNeighbors(best)
        }
        if (context.superstep > 1) context.voteToHalt()
      },
    }),
    least,
  )
  claims(
    `least value, scatter-gather, ${direction}`,
    scatter<number, number, object>({
      initial,
      direction,
      maxIterations: 1000,
      scatter: (vertex, context) => context.sendToNeighbors(vertex.value),
      gather: (vertex, messages, context) => context.setValue(messages.min(vertex.value)),
    }),
    least,
  )
  for (const gatherFrom of ['all', 'changed'] as const) {
    claims(
      `least value, gather-sum-apply, ${direction}, from ${gatherFrom}`,
      gather<number, number, object>({
        initial,
        direction,
        gatherFrom,
        maxIterations: 1000,
        gather: neighbour => neighbour.value,
        sum: Math.min,
        apply: (best, { value }) => Math.min(best, value),
      }),
      least,
    )
  }
}

// PageRank.

const ranks = (graph: ZooGraph) => naivePageRank(graph, 10)
const supersteps = { maxIterations: 10, with: { damping: 0.85 } }

claims(
  'PageRank, gather-sum-apply',
  gather<number, number, { damping: number }>({
    ...supersteps,
    initial: (_, { vertexCount }) => 1 / vertexCount,
    gather: neighbour => neighbour.value / neighbour.outDegree,
    sum: (a, b) => a + b,
    sumOfNone: 0,
    apply: (sum, _, { damping, vertexCount }) => (1 - damping) / vertexCount + damping * sum,
  }),
  ranks,
  1e-12,
)
claims(
  'PageRank, vertex-centric',
  pregel<number, number, { damping: number }>({
    with: { damping: 0.85 },
    maxIterations: 11,
    halt: 'vote',
    initial: (_, { vertexCount }) => 1 / vertexCount,
    combine: (a, b) => a + b,
    compute(vertex, messages, context) {
      const { superstep, damping, vertexCount } = context
      let rank = vertex.value
      if (superstep > 1) {
        rank = (1 - damping) / vertexCount + damping * messages.sum()
        context.setValue(rank)
      }
      context.sendToNeighbors(rank / vertex.outDegree)
    },
  }),
  ranks,
  1e-12,
)
test('PageRank, scatter-gather with records, has the ranks of the naive program', async t => {
  for (const graph of zoo) {
    const { values } = await scatterGather(await modelData(graph), {
      maxIterations: 10,
      scatterFrom: 'all',
      initial: (vertex: { inDegree: number }, { vertexCount }: { vertexCount: number }) => ({
        rank: 1 / vertexCount,
        in: vertex.inDegree,
      }),
      scatter(vertex, context) {
        const { rank, in: reached } = vertex.value as { rank: number; in: number }
        context.sendToNeighbors(rank / vertex.outDegree)
        if (reached === 0) context.send(vertex.id, 0)
      },
      gather(vertex, messages, { vertexCount, setValue }) {
        const before = vertex.value as { in: number }
        setValue({ rank: 0.15 / vertexCount + 0.85 * messages.sum(), in: before.in })
      },
    })
    for (const [v, rank] of naivePageRank(graph, 10).entries()) {
      const found = (values.get(v) as { rank: number }).rank
      t.true(Math.abs(found - rank) < 1e-12, `${graph.name}: ${found} ${rank}`)
    }
  }
})

// Label propagation: messages that are lists.

const labels = (graph: ZooGraph) => naiveLabels(graph, 5)
const ownNumber = ({ id }: { id: string }) => Number(id.slice(1))

claims(
  'label propagation, vertex-centric',
  pregel<number, number, object>({
    initial: ownNumber,
    maxIterations: 6,
    compute(vertex, messages, context) {
      const label = messages.isEmpty ? vertex.value : commonest(messages.toArray())
      context.setValue(label)
      context.sendToNeighbors(label)
      if (vertex.inDegree === 0) context.send(vertex.id, label)
    },
  }),
  labels,
)
claims(
  'label propagation, scatter-gather',
  scatter<number, number, object>({
    initial: ownNumber,
    maxIterations: 5,
    scatterFrom: 'all',
    scatter: (vertex, context) => context.sendToNeighbors(vertex.value),
    gather: (_, messages, context) => context.setValue(commonest([...messages])),
  }),
  labels,
)
claims(
  'label propagation, gather-sum-apply',
  gather<number, readonly number[], object>({
    initial: ownNumber,
    maxIterations: 5,
    gather: neighbour => [neighbour.value],
    sum: (a, b) => [...a, ...b],
    apply: numbers => commonest(numbers),
  }),
  labels,
)
