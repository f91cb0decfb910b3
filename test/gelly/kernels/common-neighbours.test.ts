import test from 'ava'
import fc from 'fast-check'
import { sumCommonNeighbours } from '../../../gelly/kernels/common-neighbours.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { multigraphs, type ZooGraph, zoo } from '../zoo.js'
import { arcsOf } from './arcs.js'

/** By pair: the sum of 1 + position of each shared neighbour. */
async function sumsOf({ vertexCount, sources, targets }: ZooGraph): Promise<[string, number][]> {
  const { simple } = await topologyOf(vertexCount, sources, targets)
  const weights = Float64Array.from({ length: vertexCount }, (_, v) => v + 1)
  const sums = new Float64Array(vertexCount)
  const found = new Int32Array(vertexCount)
  const pairs: [string, number][] = []
  for (let u = 0; u < vertexCount; u++) {
    const length = sumCommonNeighbours(simple, weights, u, sums, found)
    for (const other of found.subarray(0, length)) {
      pairs.push([`${u},${other}`, sums[other]!])
      sums[other] = 0
    }
  }
  return pairs
}

function naiveSums(graph: ZooGraph): [string, number][] {
  const { neighbours } = arcsOf(graph)
  const pairs: [string, number][] = []
  for (let u = 0; u < graph.vertexCount; u++) {
    for (let v = u + 1; v < graph.vertexCount; v++) {
      const shared = neighbours[u]!.filter(other => neighbours[v]!.includes(other))
      if (shared.length > 0) pairs.push([`${u},${v}`, shared.reduce((sum, x) => sum + x + 1, 0)])
    }
  }
  return pairs
}

for (const graph of zoo) {
  test(`finds each pair once, in order: ${graph.name}`, async t => {
    t.deepEqual(await sumsOf(graph), naiveSums(graph))
  })
}

test('finds the pairs of random multigraphs', async t => {
  await fc.assert(
    fc.asyncProperty(multigraphs(), async graph => {
      t.deepEqual(await sumsOf(graph), naiveSums(graph))
    }),
  )
})
