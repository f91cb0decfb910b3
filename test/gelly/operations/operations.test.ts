/** Every operation that makes a graph, against naive programs on random multigraphs. */
import test, { type ExecutionContext } from 'ava'
import type { Graph } from '../../../gelly/index.js'
import { equalRecords } from '../../support/table-equal.js'
import { environments } from '../environments.js'
import { graphFrom, induced, type PlainEdge, type PlainGraph, plainGraph } from './plain-graph.js'

type G = Graph<string, number, number>

/** The graph's data sets before and after it was loaded, and what was loaded, are the expected. */
async function equalGraphs<VV, EV>(
  t: ExecutionContext,
  graph: Graph<string, VV, EV>,
  expected: { vertices: readonly unknown[]; edges: readonly unknown[] },
) {
  const ordered = { ordered: false }
  equalRecords(t, await graph.vertices.collect(), expected.vertices, ordered)
  equalRecords(t, await graph.edges.collect(), expected.edges, ordered)
  const loaded = await graph.load()
  equalRecords(t, await loaded.vertices.collect(), expected.vertices, ordered)
  equalRecords(t, await loaded.edges.collect(), expected.edges, ordered)
}

const same = (a: PlainEdge, b: PlainEdge) => a.source === b.source && a.target === b.target
const turned = ({ source, target, value }: PlainEdge) => ({ source: target, target: source, value })

interface Case {
  readonly name: string
  readonly make: (graph: G, other: G) => Graph<string, unknown, unknown> | G
  readonly naive: (graph: PlainGraph, other: PlainGraph) => PlainGraph | unknown
}

const bonuses = [
  { id: 'v1', bonus: 1000 },
  { id: 'v1', bonus: 5000 },
  { id: 'v7', bonus: 2000 },
  { id: 'nobody', bonus: 1 },
]
const bonusOf = (id: string) => bonuses.find(bonus => bonus.id === id)?.bonus
const tolls = plainGraph(99, 30, 60).edges.map(({ source, target }, k) => ({
  source,
  target,
  toll: 100 + k,
}))

const cases: readonly Case[] = [
  {
    name: 'mapVertices',
    make: g => g.mapVertices(v => `${v.id}:${v.value}`) as never,
    naive: ({ vertices, edges }) => ({
      vertices: vertices.map(({ id, value }) => ({ id, value: `${id}:${value}` })),
      edges,
    }),
  },
  {
    name: 'mapVertices of a formula, then mapEdges with a value handed over',
    make: g =>
      g.mapVertices('value * 2').mapEdges((e, { plus }) => e.value + plus, { with: { plus: 7 } }),
    naive: ({ vertices, edges }) => ({
      vertices: vertices.map(({ id, value }) => ({ id, value: 2 * value })),
      edges: edges.map(edge => ({ ...edge, value: edge.value + 7 })),
    }),
  },
  {
    name: 'mapEdges to records',
    make: g => g.mapEdges(e => ({ w: e.value, from: e.source })) as never,
    naive: ({ vertices, edges }) => ({
      vertices,
      edges: edges.map(edge => ({ ...edge, value: { w: edge.value, from: edge.source } })),
    }),
  },
  {
    name: 'translateIds',
    make: g => g.translateIds(id => `${id}!`),
    naive: ({ vertices, edges }) => ({
      vertices: vertices.map(({ id, value }) => ({ id: `${id}!`, value })),
      edges: edges.map(e => ({ source: `${e.source}!`, target: `${e.target}!`, value: e.value })),
    }),
  },
  {
    name: 'subgraph',
    make: g =>
      g.subgraph(
        v => v.value > 30,
        e => e.value > 0,
      ),
    naive: g =>
      induced(
        g,
        v => v.value > 30,
        e => e.value > 0,
      ),
  },
  {
    name: 'filterVertices',
    make: g => g.filterVertices('value > 50'),
    naive: g =>
      induced(
        g,
        v => v.value > 50,
        () => true,
      ),
  },
  {
    name: 'filterVertices that keeps none',
    make: g => g.filterVertices(() => false),
    naive: () => ({ vertices: [], edges: [] }),
  },
  {
    name: 'filterEdges',
    make: g =>
      g.filterEdges((e, { least }) => e.value >= least, {
        with: { least: 1 },
      }),
    naive: g =>
      induced(
        g,
        () => true,
        e => e.value >= 1,
      ),
  },
  {
    name: 'joinWithVertices',
    make: g => g.joinWithVertices(bonuses, (v, r) => v.value + r.bonus),
    naive: ({ vertices, edges }) => ({
      vertices: vertices.map(({ id, value }) => ({ id, value: value + (bonusOf(id) ?? 0) })),
      edges,
    }),
  },
  {
    name: 'joinWithEdges',
    make: g => g.joinWithEdges(tolls, (e, r) => e.value + r.toll),
    naive: ({ vertices, edges }) => ({
      vertices,
      edges: edges.map(e => {
        const found = tolls.find(r => r.source === e.source && r.target === e.target)
        return { ...e, value: e.value + (found?.toll ?? 0) }
      }),
    }),
  },
  ...(['source', 'target'] as const).map(
    (end): Case => ({
      name: `joinWithEdges on the ${end}`,
      make: g =>
        end === 'source'
          ? g.joinWithEdgesOnSource(bonuses, (e, r) => e.value + r.bonus)
          : g.joinWithEdgesOnTarget(bonuses, (e, r) => e.value + r.bonus),
      naive: ({ vertices, edges }) => ({
        vertices,
        edges: edges.map(e => ({ ...e, value: e.value + (bonusOf(e[end]) ?? 0) })),
      }),
    }),
  ),
  {
    name: 'reverse',
    make: g => g.reverse(),
    naive: ({ vertices, edges }) => ({ vertices, edges: edges.map(turned) }),
  },
  {
    name: 'undirected',
    make: g => g.undirected(),
    naive: ({ vertices, edges }) => ({ vertices, edges: [...edges, ...edges.map(turned)] }),
  },
  {
    name: 'union',
    make: (g, other) => g.union(other),
    naive: (g, other) => ({
      vertices: [
        ...g.vertices,
        ...other.vertices.filter(({ id }) => g.vertices.every(v => v.id !== id)),
      ],
      edges: [...g.edges, ...other.edges],
    }),
  },
  {
    name: 'union with merged values',
    make: (g, other) => g.union(other, (a, b) => 1000 * a + b),
    naive: (g, other) => ({
      vertices: [
        ...g.vertices.map(({ id, value }) => {
          const second = other.vertices.find(v => v.id === id)
          return { id, value: second === undefined ? value : 1000 * value + second.value }
        }),
        ...other.vertices.filter(({ id }) => g.vertices.every(v => v.id !== id)),
      ],
      edges: [...g.edges, ...other.edges],
    }),
  },
  {
    name: 'difference',
    make: (g, other) => g.difference(other.filterVertices('value > 40')),
    naive: (g, other) =>
      induced(
        g,
        ({ id }) => other.vertices.every(v => v.id !== id || v.value <= 40),
        () => true,
      ),
  },
  {
    name: 'differenceEdges',
    make: (g, other) => g.differenceEdges(other),
    naive: (g, other) =>
      induced(
        g,
        () => true,
        e => !other.edges.some(o => same(o, e)),
      ),
  },
  ...[false, true].map(
    (distinct): Case => ({
      name: distinct ? 'intersect with distinct edges' : 'intersect',
      make: (g, other) => g.intersect(other, { distinct }),
      naive: (g, other) => {
        const left = [...other.edges]
        const edges = g.edges.filter(e => {
          const equal = (o: PlainEdge) => same(o, e) && o.value === e.value
          const found = left.findIndex(equal)
          if (found < 0) return false
          for (let k = left.length - 1; k >= 0; k--) {
            if (distinct ? equal(left[k]!) : k === found) left.splice(k, 1)
          }
          return true
        })
        const shared = g.vertices.filter(v => other.vertices.some(o => o.id === v.id))
        return { vertices: shared, edges }
      },
    }),
  ),
  {
    name: 'addVertices',
    make: g =>
      g.addVertices([
        { id: 'v1', value: -1 },
        { id: 'new', value: -2 },
      ]),
    naive: ({ vertices, edges }) => ({
      vertices: [...vertices, { id: 'new', value: -2 }],
      edges,
    }),
  },
  {
    name: 'addEdges',
    make: g =>
      g.addVertices([{ id: 'new', value: 1 }]).addEdges([
        { source: 'v1', target: 'new', value: 3 },
        { source: 'v1', target: 'v1', value: 3 },
      ]),
    naive: ({ vertices, edges }) => ({
      vertices: [...vertices, { id: 'new', value: 1 }],
      edges: [
        ...edges,
        { source: 'v1', target: 'new', value: 3 },
        { source: 'v1', target: 'v1', value: 3 },
      ],
    }),
  },
  {
    name: 'removeVertices',
    make: g => g.removeVertices(['v2', 'v3', 'nobody']),
    naive: g =>
      induced(
        g,
        ({ id }) => id !== 'v2' && id !== 'v3',
        () => true,
      ),
  },
  {
    name: 'removeEdges',
    make: (g, _other) => g.removeEdges([{ source: 'v1', target: 'nobody' }]).removeEdges(removed),
    naive: g =>
      induced(
        g,
        () => true,
        e => !removed.some(r => same(r as PlainEdge, e) && (r.value ?? e.value) === e.value),
      ),
  },
  {
    name: 'a chain of operations',
    make: g =>
      g
        .reverse()
        .mapEdges(e => e.value + 1)
        .filterEdges('value > 1')
        .reverse()
        .filterVertices(v => v.value < 90)
        .mapVertices(v => v.value * 2),
    naive: g => {
      const plus = { ...g, edges: g.edges.map(e => ({ ...e, value: e.value + 1 })) }
      const { vertices, edges } = induced(
        plus,
        v => v.value < 90,
        e => e.value > 1,
      )
      return { vertices: vertices.map(({ id, value }) => ({ id, value: 2 * value })), edges }
    },
  },
]

const removed: readonly { source: string; target: string; value?: number }[] = plainGraph(1)
  .edges.slice(0, 20)
  .map(({ source, target, value }, k) =>
    k % 2 === 0 ? { source, target } : { source, target, value },
  )

const sizes = [
  [30, 80],
  [30, 0],
  [0, 0],
] as const

for (const { name, env } of environments) {
  for (const { name: operation, make, naive } of cases) {
    test(`${operation} is as a naive program has it, ${name}`, async t => {
      for (const [vertexCount, edgeCount] of env.parallelism === 1 ? sizes : sizes.slice(0, 1)) {
        const [plain, other] = [plainGraph(1, vertexCount, edgeCount), plainGraph(2, 40, 90)]
        if (vertexCount === 0 && operation.startsWith('add')) continue
        const [graph, second] = [graphFrom(env, plain), graphFrom(env, other)]
        const expected = naive(plain, other) as PlainGraph
        await equalGraphs(t, make(graph, second) as G, expected as never)
      }
    })
  }
}

test('graphs that keep the topology share it', async t => {
  const graph = graphFrom(environments[0].env, plainGraph(1))
  const { topology } = await graph.load()
  const mapped = await graph
    .mapVertices(() => 1)
    .mapEdges(() => 2)
    .load()
  t.is(mapped.topology, topology)
  const joined = await graph
    .joinWithVertices(bonuses, () => 0)
    .joinWithEdges(tolls, () => 1)
    .load()
  t.is(joined.topology, topology)
  t.is((await graph.reverse().reverse().load()).topology, topology)
  t.is((await graph.reverse().load()).topology.in, topology.out)
})
