import test from 'ava'
import { finishForest, growForest, startForest } from '../../../gelly/kernels/spanning-forest.js'
import { bigZoo, type ZooGraph, zoo } from '../zoo.js'

test('the forest is that of Kruskal, with ties by number', t => {
  for (const graph of [...zoo, ...bigZoo]) {
    const found = forestOf(graph)
    const expected = kruskal(graph)
    t.deepEqual([...found.edges], expected.edges, graph.name)
    t.deepEqual([...found.trees], expected.trees, graph.name)
    t.is(found.treeCount, new Set(expected.trees).size)
  }
})

test('edges of equal weight are taken by number', t => {
  for (const graph of zoo) {
    const same = { ...graph, weights: graph.weights.map(() => 1) }
    t.deepEqual([...forestOf(same).edges], kruskal(same).edges, graph.name)
  }
})

test('weights may be below 0', t => {
  for (const graph of zoo) {
    const less = { ...graph, weights: graph.weights.map(weight => 3 - weight) }
    t.deepEqual([...forestOf(less).edges], kruskal(less).edges, graph.name)
  }
})

function forestOf({ vertexCount, sources, targets, weights }: ZooGraph) {
  const forest = startForest(
    vertexCount,
    Int32Array.from(sources),
    Int32Array.from(targets),
    Float64Array.from(weights),
  )
  while (growForest(forest) > 0) {
    // Until nothing joins two trees.
  }
  return finishForest(forest)
}

function kruskal({ vertexCount, sources, targets, weights }: ZooGraph) {
  const trees = Array.from({ length: vertexCount }, (_, v) => v)
  const inOrder = [...weights.keys()].sort((a, b) => weights[a]! - weights[b]! || a - b)
  const edges = inOrder.filter(k => {
    const [a, b] = [trees[sources[k]!]!, trees[targets[k]!]!]
    if (a === b) return false
    for (const [v, tree] of trees.entries()) {
      if (tree === Math.max(a, b)) trees[v] = Math.min(a, b)
    }
    return true
  })
  const firsts = [...new Set(trees)]
  return {
    edges: edges.sort((a, b) => a - b),
    trees: trees.map(tree => firsts.indexOf(tree)),
  }
}
