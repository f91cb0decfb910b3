/**
 * PageRank, breadth-first search and components as users call them; the kernels have tests of their own
 * against naive programs. PageRank also against
 * graphology.
 *
 * Properties: scores sum to 1; ends of an edge are in one component, and at most a level apart.
 */
import test from 'ava'
import theirPageRank from 'graphology-metrics/centrality/pagerank.js'
import { AbortError, ArgumentError, SchemaError } from '../../../engine/index.js'
import {
  breadthFirstSearch,
  connectedComponents,
  Graph,
  pageRank,
  toGraphology,
} from '../../../gelly/index.js'
import { simpleGraph, stringIds, zoo } from '../zoo.js'
import { cases, florentineFamilies, graphWith } from './cases.js'

/** Its types say that it is a module; it is the function itself. */
const pagerank = theirPageRank as unknown as (
  graph: unknown,
  options: object,
) => Readonly<Record<string, number>>

for (const { title, zooGraph, ids, graph } of cases) {
  test.serial(`scores sum to 1, components and levels fit the edges: ${title}`, async t => {
    const { sources, targets, vertexCount } = zooGraph
    const { vertices, converged, iterations, history } = await pageRank(graph, { tolerance: 1e-10 })
    t.deepEqual([converged || iterations === 100, history.length], [true, iterations])
    const ranks = await vertices.collect()
    t.deepEqual(
      ranks.map(({ id }) => id),
      [...ids],
    )
    const total = ranks.reduce((sum, { score }) => sum + score, 0)
    t.true(vertexCount === 0 || Math.abs(total - 1) < 1e-12)

    const found = await connectedComponents(graph)
    const components = (await found.vertices.collect()).map(({ component }) => component)
    const sizes = components.map(name => components.filter(other => other === name).length)
    t.is(found.count, new Set(components).size)
    t.is(found.largest, Math.max(0, ...sizes))
    t.true(sources.every((u, e) => components[u] === components[targets[e]!]))
    for (const [v, name] of components.entries())
      t.is(components.indexOf(name), ids.indexOf(name), `${v}`)

    if (vertexCount === 0) return
    for (const direction of ['out', 'in', 'all'] as const) {
      const search = await breadthFirstSearch(graph, { source: ids[0]!, direction })
      const records = await search.vertices.collect()
      const levels = records.map(({ level }) => level ?? Number.POSITIVE_INFINITY)
      t.is(levels.filter(level => level < Infinity).length, search.reached)
      t.deepEqual(records[0], { id: ids[0]!, level: 0, parent: null })
      for (const { level, parent } of records) {
        if (level === null) t.is(parent, null)
        else if (level > 0) t.is(levels[ids.indexOf(parent!)], level - 1)
      }
      for (const [e, u] of sources.entries()) {
        const v = targets[e]!
        if (direction !== 'in') t.true(levels[v]! <= levels[u]! + 1)
        if (direction !== 'out') t.true(levels[u]! <= levels[v]! + 1)
      }
    }
  })
}

test('PageRank of graphs without dead ends is that of graphology, also with weights', async t => {
  for (const zooGraph of zoo) {
    const simple = simpleGraph(zooGraph)
    const { vertexCount, sources } = simple
    if (vertexCount === 0 || new Set(sources).size < vertexCount) continue
    const graph = graphWith(simple, stringIds(simple))
    const other = await toGraphology(graph)
    for (const weighted of [false, true]) {
      const expected = pagerank(other, {
        getEdgeWeight: weighted ? 'value' : null,
        maxIterations: 1000,
        tolerance: 1e-14,
      })
      const { vertices } = await pageRank(graph, {
        maxIterations: 1000,
        tolerance: 1e-13,
        ...(weighted ? { weight: 'value' as never } : {}),
      })
      for (const { id, score } of await vertices.collect()) {
        t.true(Math.abs(score - expected[id]!) < 1e-9, `${zooGraph.name} ${id}`)
      }
    }
  }
})

test('jumps lead where they are told to', async t => {
  const graph = florentineFamilies()
  const { vertices } = await pageRank(graph, { personalized: ['Medici'], tolerance: 1e-14 })
  const scores = new Map((await vertices.collect()).map(({ id, score }) => [id, score]))
  const same = await pageRank(graph, { personalized: new Map([['Medici', 7]]), tolerance: 1e-14 })
  t.deepEqual(await same.vertices.collect(), await vertices.collect())
  // Directed, from the first to the second of each pair: who is not reached from there has nothing.
  t.is(scores.get('Acciaiuoli'), 0)
  t.true([...scores.values()].every(score => score <= scores.get('Medici')!))
  t.true(Math.abs([...scores.values()].reduce((a, b) => a + b) - 1) < 1e-12)
})

test('a search ends at the last level that is asked for', async t => {
  const graph = Graph.fromEdges(
    [1, 2, 3, 4].map(from => ({ from, to: from + 1 })),
    {
      source: 'from',
      target: 'to',
    },
  )
  const near = await breadthFirstSearch(graph, { source: 1, maxLevel: 2 })
  t.deepEqual([near.reached, near.iterations, near.converged], [3, 2, false])
  const all = await breadthFirstSearch(graph, { source: 1 })
  t.deepEqual([all.reached, all.converged], [5, true])
})

test('wrong options are refused, and an abort is heard', async t => {
  const graph = florentineFamilies()
  const signal = AbortSignal.abort()
  for (const wrong of [
    () => pageRank(graph, { damping: 1 }),
    () => pageRank(graph, { tolerance: -1 }),
    () => pageRank(graph, { maxIterations: 0 }),
    () => pageRank(graph, { dampening: 0.5 } as never),
    () => pageRank(graph, { personalized: ['Medizi'] }),
    () => pageRank(graph, { personalized: [] }),
    () => pageRank(graph, { personalized: new Map([['Medici', -1]]) }),
    () => breadthFirstSearch(graph, { source: 'Medizi' }),
    () => breadthFirstSearch(graph, { source: 'Medici', direction: 'both' as never }),
    () => breadthFirstSearch(graph, { source: 'Medici', maxLevel: -1 }),
    () => connectedComponents(graph, { directed: true } as never),
  ]) {
    await t.throwsAsync(wrong, { instanceOf: ArgumentError }, String(wrong))
  }
  await t.throwsAsync(breadthFirstSearch(graph, { source: 'Medizi' }), { message: /Medici/ })
  const negative = Graph.from({ edges: [{ source: 1, target: 2, value: -1 }] })
  await t.throwsAsync(pageRank(negative, { weight: 'value' as never }), { instanceOf: SchemaError })
  await t.throwsAsync(pageRank(graph, { signal }), { instanceOf: AbortError })
  await t.throwsAsync(connectedComponents(graph, { signal }), { instanceOf: AbortError })
  await t.throwsAsync(breadthFirstSearch(graph, { source: 'Medici', signal }), {
    instanceOf: AbortError,
  })
})
