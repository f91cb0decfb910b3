import test from 'ava'
import { degreesOf, sourcesOf, symmetrised } from './csr.js'
import { rmat } from './rmat.js'

test('a seed gives the same graph, another seed another one', t => {
  t.deepEqual(rmat(10), rmat(10))
  t.notDeepEqual(rmat(10).neighbours, rmat(10, 7).neighbours)
})

test('neighbours ascend, are there both ways, once, and never the vertex itself', t => {
  const graph = rmat(10)
  const sources = sourcesOf(graph)
  const edges = new Set<string>()
  for (const [k, target] of graph.neighbours.entries()) {
    const source = sources[k]!
    t.not(source, target)
    if (k > 0 && sources[k - 1] === source) t.true(graph.neighbours[k - 1]! < target)
    edges.add(`${source} ${target}`)
  }
  t.is(edges.size, graph.neighbours.length)
  for (const [k, target] of graph.neighbours.entries()) t.true(edges.has(`${target} ${sources[k]}`))
})

test('a few vertices have most of the edges, wherever their labels are', t => {
  const degrees = degreesOf(rmat(10))
  const descending = degrees.toSorted((a, b) => b - a)
  const all = descending.reduce((sum, degree) => sum + degree)
  const most = descending.subarray(0, 102).reduce((sum, degree) => sum + degree)
  t.true(most / all > 0.4)
  t.true(descending.at(-1) === 0)
  t.not(degrees.indexOf(descending[0]!), 0)
})

test('duplicates, reversed edges and self-loops are one edge, or none', t => {
  const graph = symmetrised(4, Int32Array.of(2, 0, 2, 1, 0), Int32Array.of(0, 2, 0, 1, 1))
  t.deepEqual([...graph.offsets], [0, 2, 3, 4, 4])
  t.deepEqual([...graph.neighbours], [1, 2, 0, 0])
  t.deepEqual([...sourcesOf(graph)], [0, 0, 1, 2])
})
