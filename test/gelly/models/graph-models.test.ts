import test from 'ava'
import { FunctionError } from '../../../engine/index.js'
import { Graph, type ModelResult, type VertexId } from '../../../gelly/index.js'
import { expectType } from '../../types/expect-type.js'
import { numberIds, stringIds, type ZooGraph, zoo } from '../zoo.js'
import { naiveDistances, naiveLeast } from './model-graph.js'

function graphWith<K extends VertexId>(graph: ZooGraph, ids: readonly K[]) {
  return Graph.from({
    vertices: ids.map((id, v) => ({ id, value: (v * 7) % 13 })),
    edges: graph.sources.map((u, k) => ({
      source: ids[u]!,
      target: ids[graph.targets[k]!]!,
      value: graph.weights[k]!,
    })),
  })
}

const idKinds: Readonly<Record<string, (graph: ZooGraph) => readonly VertexId[]>> = {
  texts: stringIds,
  numbers: numberIds,
  positions: ({ vertexCount }) => Array.from({ length: vertexCount }, (_, v) => v),
  'bigint values': ({ vertexCount }) =>
    Array.from({ length: vertexCount }, (_, v) => BigInt(v) - 3n),
}

for (const [kind, idsOf] of Object.entries(idKinds)) {
  test(`all models give the values of naive programs, ids are ${kind}`, async t => {
    // Texts and numbers on all graphs, the others on some.
    for (const drawn of zoo.filter(
      (_, k) => k % 3 === 0 || kind === 'texts' || kind === 'numbers',
    )) {
      const ids = idsOf(drawn)
      const graph = graphWith(drawn, ids)
      const own = ids.map((_, v) => (v * 7) % 13)
      const check = async (result: ModelResult<VertexId, number, number>, values: number[]) => {
        const expected = ids.map((id, v) => ({ id, value: values[v]! }))
        t.deepEqual(await result.vertices.collect(), expected, drawn.name)
        t.deepEqual(await result.graph.vertices.collect(), expected)
        t.is((await result.graph.load()).topology, (await graph.load()).topology)
        t.deepEqual(await result.graph.edges.collect(), await graph.edges.collect())
      }
      const spread = await graph.vertexCentric<number>({
        compute(vertex, messages, context) {
          const least = messages.min(vertex.value)
          if (context.superstep > 1 && least === vertex.value) return
          context.setValue(least)
          for (const { target } of context.edges()) context.send(target, least)
        },
        combine: Math.min,
        maxIterations: 100,
      })
      await check(spread as never, naiveLeast(drawn, 'out', own))
      const start = ids[0]
      const near = await graph.gatherSumApply({
        initial: vertex => (vertex.id === start ? 0 : Number.POSITIVE_INFINITY),
        gather: (neighbour, edge) => neighbour.value + edge.value,
        sum: Math.min,
        apply: (nearest, vertex) => Math.min(nearest, vertex.value),
        maxIterations: 100,
      })
      await check(near as never, naiveDistances(drawn, 'out'))
      const scattered = await graph.scatterGather<number>({
        scatter: (vertex, context) => context.sendToNeighbors(vertex.value),
        gather: (vertex, messages, context) => context.setValue(messages.min(vertex.value)),
        direction: 'all',
        maxIterations: 100,
      })
      await check(scattered as never, naiveLeast(drawn, 'all', own))
    }
  })
}

test('types of values, messages and what is handed over are known', async t => {
  const graph = Graph.from({
    vertices: ['a', 'b'].map(id => ({ id, value: 1 })),
    edges: [{ source: 'a', target: 'b', value: 2 }],
  })
  const result = await graph.vertexCentric({
    initial: vertex => {
      expectType<number>().of(vertex.value)
      return { rank: vertex.value, name: vertex.id }
    },
    compute(vertex, _, context) {
      expectType<string>().of(vertex.value.name)
      expectType<number>().of(context.damping)
      context.setValue({ rank: context.damping, name: vertex.id })
      // @ts-expect-error There is no such value.
      t.is(context.dampig, undefined)
    },
    with: { damping: 0.85 },
    maxIterations: 1,
  })
  const [first] = await result.vertices.collect()
  expectType<{ rank: number; name: string }>().of(first!.value)
  t.deepEqual(first, { id: 'a', value: { rank: 0.85, name: 'a' } })
  const summed = await graph.gatherSumApply({
    initial: () => 1,
    gather: neighbour => [neighbour.value],
    sum: (a, b) => [...a, ...b],
    apply: numbers => numbers.length,
    maxIterations: 1,
  })
  expectType<number>().of((await summed.vertices.collect())[0]!.value)
  t.is((await summed.vertices.collect())[1]!.value, 1)
})

test('errors name vertices by their ids', async t => {
  const graph = Graph.fromEdges([{ from: 7n, to: 9n }], { source: 'from', target: 'to' })
  await t.throwsAsync(
    graph.vertexCentric({
      initial: () => 0,
      compute: (_, __, { send }) => send(8n, 1),
      maxIterations: 2,
    }),
    {
      instanceOf: FunctionError,
      message:
        /a message was sent to 8, which is no vertex of the graph; at vertex 7 in superstep 1\./,
    },
  )
})
