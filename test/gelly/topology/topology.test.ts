import test from 'ava'
import { topologyOf } from '../../../gelly/topology/topology.js'

test('rows hold the neighbours of each vertex in the order of the edges', async t => {
  const topology = await topologyOf(4, [2, 0, 2, 1, 0], [0, 2, 0, 1, 1])
  t.deepEqual([...topology.out.offsets], [0, 2, 3, 5, 5])
  t.deepEqual([...topology.out.neighbours], [2, 1, 1, 0, 0])
  t.deepEqual([...topology.in.offsets], [0, 2, 4, 5, 5])
  t.deepEqual([...topology.in.neighbours], [2, 2, 1, 0, 0])
  t.deepEqual([...topology.outDegrees], [2, 1, 2, 0])
  t.deepEqual([...topology.inDegrees], [2, 2, 1, 0])
})

test('edge rows name the edge to each neighbour, whichever is asked for first', async t => {
  const rowsFirst = await topologyOf(3, [2, 0, 2], [0, 2, 1])
  t.deepEqual([...rowsFirst.out.neighbours], [2, 0, 1])
  t.deepEqual([...rowsFirst.outEdges.edges], [1, 0, 2])
  t.deepEqual([...rowsFirst.outEdges.neighbours], [2, 0, 1])
  const edgesFirst = await topologyOf(3, [2, 0, 2], [0, 2, 1])
  t.deepEqual([...edgesFirst.inEdges.edges], [0, 2, 1])
  t.deepEqual([...edgesFirst.in.neighbours], [2, 2, 0])
})

test('simple rows have each neighbour once, ascending, without loops', async t => {
  const { simple } = await topologyOf(4, [2, 0, 2, 1, 0], [0, 2, 0, 1, 1])
  t.deepEqual([...simple.offsets], [0, 2, 3, 4, 4])
  t.deepEqual([...simple.neighbours], [1, 2, 0, 0])
})

test('the reversed topology shares what was built, both ways', async t => {
  const topology = await topologyOf(2, [0], [1])
  const { out } = topology
  t.is(topology.reversed.in, out)
  t.is(topology.reversed.reversed, topology)
  t.deepEqual([...topology.reversed.out.neighbours], [0])
})

test('a graph without vertices has rows too', async t => {
  const { out, simple } = await topologyOf(0, [], [])
  t.deepEqual([...out.offsets], [0])
  t.deepEqual([...simple.offsets], [0])
})

test('degrees need no rows, and are those of the rows', async t => {
  const [sources, targets] = [
    [2, 0, 2, 1, 0],
    [0, 2, 0, 1, 1],
  ]
  const counted = await topologyOf(4, sources!, targets!)
  const { usedBytes } = counted.region
  t.deepEqual([...counted.outDegrees], [2, 1, 2, 0])
  t.deepEqual([...counted.inDegrees], [2, 2, 1, 0])
  t.is(counted.region.usedBytes - usedBytes, 2 * 64)
  const built = await topologyOf(4, sources!, targets!)
  t.is(built.out.offsets.length, 5)
  t.is(built.inEdges.edges.length, 5)
  t.deepEqual([...built.outDegrees], [2, 1, 2, 0])
  t.deepEqual([...built.inDegrees], [2, 2, 1, 0])
})
