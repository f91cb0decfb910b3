import test from 'ava'
import { stronglyConnectedComponents as componentsOf } from 'graphology-components'
import {
  findCycle,
  Graph,
  minimumSpanningForest,
  stronglyConnectedComponents,
  topologicalOrder,
} from '../../../../gelly/index.js'
import { pathCases } from '../path-cases.js'

test('strongly connected components are those of graphology', async t => {
  for (const { graph, ids, name, rival } of pathCases) {
    const { vertices, count, largest } = await stronglyConnectedComponents(graph)
    const records = await vertices.collect()
    const members = new Map<number, number[]>()
    for (const [v, { id, component }] of records.entries()) {
      t.is(id, ids[v]!)
      members.set(component, [...(members.get(component) ?? []), v])
    }
    const expected = componentsOf(rival).map(each => each.map(Number).sort((a, b) => a - b))
    const inOrder = (groups: number[][]) => groups.sort((a, b) => a[0]! - b[0]!)
    t.deepEqual(inOrder([...members.values()]), inOrder(expected), name)
    t.is(count, expected.length)
    t.is(largest, Math.max(0, ...expected.map(each => each.length)))
  }
})

test('a spanning forest has an edge less than vertices in each tree, and no edge would be cheaper', async t => {
  for (const { graph, name, zooGraph } of pathCases) {
    const { edges, vertices, trees, totalWeight } = await minimumSpanningForest(graph)
    const chosen = await edges.collect()
    const tree = new Map((await vertices.collect()).map(each => [each.id, each.tree]))
    t.is(chosen.length, zooGraph.vertexCount - trees, name)
    t.is(
      chosen.reduce((sum, { weight }) => sum + weight, 0),
      totalWeight,
    )
    for (const { source, target } of await graph.edges.collect()) {
      t.is(tree.get(source), tree.get(target))
    }
    if (zooGraph.vertexCount > 60) continue
    // Edges that are as cheap, or cheaper, connect the ends already.
    for (const { source, target, value } of await graph.edges.collect()) {
      const reached = new Set([source])
      for (const id of reached) {
        for (const edge of chosen) {
          if (edge.weight > value) continue
          if (edge.source === id) reached.add(edge.target)
          if (edge.target === id) reached.add(edge.source)
        }
      }
      t.true(reached.has(target), name)
    }
  }
})

test('a graph without cycles has an order, any other a cycle', async t => {
  for (const { graph, name } of pathCases) {
    const cycle = await findCycle(graph)
    const edges = await graph.edges.collect()
    if (cycle === null) {
      const { vertices, levels } = await topologicalOrder(graph)
      const records = await vertices.collect()
      const place = new Map(records.map(({ id }, at) => [id, at]))
      t.true(
        edges.every(({ source, target }) => place.get(source)! < place.get(target)!),
        name,
      )
      t.is(
        levels,
        records.reduce((most, { level }) => Math.max(most, level + 1), 0),
      )
      continue
    }
    for (const [at, id] of cycle.entries()) {
      const next = cycle[(at + 1) % cycle.length]
      t.true(
        edges.some(({ source, target }) => source === id && target === next),
        name,
      )
    }
    const error = await t.throwsAsync(topologicalOrder(graph))
    t.regex(error!.message, /^topologicalOrder: the graph has a cycle, .*back to/)
  }
})

test('weights of forests may be negative, but must be numbers', async t => {
  const edges = [
    { source: 1, target: 2, value: -5 },
    { source: 2, target: 1, value: -6 },
  ]
  const { totalWeight } = await minimumSpanningForest(Graph.from({ edges }))
  t.is(totalWeight, -6)
  const error = await t.throwsAsync(
    minimumSpanningForest(Graph.from({ edges }), { weight: () => Number.NaN }),
  )
  t.regex(error!.message, /^minimumSpanningForest: the weight of edge 0/)
})
