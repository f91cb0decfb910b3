import test from 'ava'
import fc from 'fast-check'
import { dijkstra } from 'graphology-shortest-path'
import { Graph, shortestPath, shortestPaths } from '../../../../gelly/index.js'
import { multigraphs } from '../../zoo.js'
import { pathCases } from '../path-cases.js'

test('distances and paths are those of graphology', async t => {
  for (const { name, graph, ids, rival, zooGraph } of pathCases) {
    if (ids.length === 0) continue
    const { vertices, pathTo, reached } = await shortestPaths(graph, { source: ids[0]! })
    const records = await vertices.collect()
    const expected = dijkstra.singleSource(rival, '0', 'weight')
    t.is(records.filter(({ distance }) => distance < Number.POSITIVE_INFINITY).length, reached)
    t.is(Object.keys(expected).length, reached, name)
    for (const [v, { id, distance, predecessor }] of records.entries()) {
      t.is(id, ids[v]!)
      const theirs = expected[v]
      const path = pathTo(id)
      if (theirs === undefined) {
        t.is(distance, Number.POSITIVE_INFINITY)
        t.is(path, null)
        t.is(predecessor, null)
        continue
      }
      const length = theirs.slice(1).reduce((sum, to, k) => {
        const parallel = zooGraph.weights.filter(
          (_, e) => zooGraph.sources[e] === Number(theirs[k]) && zooGraph.targets[e] === Number(to),
        )
        return sum + Math.min(...parallel)
      }, 0)
      t.is(distance, length, name)
      t.is(path!.distance, distance)
      t.is(
        path!.edges.reduce((sum, { value }) => sum + value, 0),
        distance,
      )
      t.deepEqual([path!.vertices[0], path!.vertices.at(-1)], [ids[0], id])
      t.deepEqual(
        path!.edges.map(({ source }) => source),
        path!.vertices.slice(0, -1),
      )
      t.is(path!.vertices.at(-2) ?? null, predecessor)
    }
  }
})

test('one path is the same as that among all', async t => {
  for (const { graph, ids } of pathCases) {
    if (ids.length === 0) continue
    for (const direction of ['out', 'in', 'all'] as const) {
      const all = await shortestPaths(graph, { source: ids[0]!, direction })
      for (const target of [ids[0]!, ids.at(-1)!, ids[ids.length >> 1]!]) {
        const path = await shortestPath(graph, { source: ids[0]!, target, direction })
        t.deepEqual(path, all.pathTo(target))
      }
    }
  }
})

test('several sources, a field as weight, and a maximum', async t => {
  const records = [
    { from: 'a', to: 'b', km: 2, hours: 5 },
    { from: 'b', to: 'c', km: 2, hours: 5 },
    { from: 'd', to: 'c', km: 3, hours: 1 },
    { from: 'c', to: 'e', km: 9, hours: 1 },
  ]
  const graph = Graph.fromEdges(records, { source: 'from', target: 'to', value: r => r })
  const { vertices, pathTo } = await shortestPaths(graph, {
    source: ['a', 'd'],
    weight: 'km',
    maxDistance: 11,
  })
  t.deepEqual(
    (await vertices.collect()).map(({ distance }) => distance),
    [0, 2, 0, 3, Number.POSITIVE_INFINITY],
  )
  t.deepEqual(pathTo('c')?.vertices, ['d', 'c'])
  const byTime = await shortestPath(graph, {
    source: 'e',
    target: 'a',
    weight: ({ value }) => value.hours,
    direction: 'in',
  })
  t.deepEqual(byTime?.vertices, ['e', 'c', 'b', 'a'])
  t.is(byTime?.distance, 11)
})

test('edges without values have length 1', async t => {
  const graph = Graph.from({ edges: [{ source: 1n, target: 2n }] })
  t.is((await shortestPath(graph, { source: 1n, target: 2n }))?.distance, 1)
})

test('distances satisfy the triangle inequality, tight along predecessors', async t => {
  await fc.assert(
    fc.asyncProperty(multigraphs(), async ({ vertexCount, sources, targets, weights }) => {
      if (vertexCount === 0) return
      const graph = Graph.from({
        vertices: Array.from({ length: vertexCount }, (_, id) => ({ id })),
        edges: sources.map((source, k) => ({ source, target: targets[k]!, value: weights[k]! })),
      })
      const { vertices } = await shortestPaths(graph, { source: 0, direction: 'all' })
      const records = await vertices.collect()
      const tight = new Set([0])
      for (const [k, weight] of weights.entries()) {
        for (const [u, v] of [
          [sources[k]!, targets[k]!],
          [targets[k]!, sources[k]!],
        ] as const) {
          const through = records[u]!.distance + weight
          t.true(records[v]!.distance <= through)
          if (records[v]!.predecessor === u && records[v]!.distance === through) tight.add(v)
        }
      }
      t.is(tight.size, records.filter(({ distance }) => distance < Number.POSITIVE_INFINITY).length)
    }),
    { numRuns: 30 },
  )
})

test('mistakes are refused', async t => {
  const graph = Graph.from({
    edges: [
      { source: 'Paris', target: 'Rome', value: 3 },
      { source: 'Rome', target: 'Bonn', value: -2 },
    ],
  })
  const refused = async (options: object, message: RegExp) => {
    const error = await t.throwsAsync(shortestPaths(graph, options as never))
    t.regex(error!.message, message)
  }
  await refused({ source: 'Pari' }, /^shortestPaths: vertex "Pari" is not in .* "Paris"/)
  await refused({ source: [] }, /source must be a vertex or several; got none/)
  await refused({ source: 'Paris' }, /edge 1, from "Rome" to "Bonn", must not be negative; got -2/)
  await refused({ source: 'Paris', weight: 'km' }, /no field "km"/)
  await refused({ source: 'Paris', weight: () => Number.NaN }, /edge 0.* finite number; got NaN/)
  await refused({ source: 'Paris', direction: 'up' }, /direction must be "in" or "out" or "all"/)
  await refused({ source: 'Paris', maxDistance: -1 }, /maxDistance .* at least 0; got -1/)
  await refused({ source: 'Paris', sorce: 1 }, /option "sorce" is not known; there are source/)
  const { pathTo } = await shortestPaths(graph, { source: 'Paris', weight: () => 1 })
  t.throws(() => pathTo('Rom'), { message: /^shortestPaths.pathTo: vertex "Rom" .* "Rome"/ })
  const signal = AbortSignal.abort()
  const error = await t.throwsAsync(
    shortestPaths(graph, { source: 'Paris', weight: () => 1, signal }),
  )
  t.is(error!.name, 'AbortError')
})
