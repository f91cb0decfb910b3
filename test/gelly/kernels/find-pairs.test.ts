import test from 'ava'
import fc from 'fast-check'
import { findPairs, pairRoom, pairSpace } from '../../../gelly/kernels/find-pairs.js'
import { pairRounds } from '../../../gelly/kernels/pair-rounds.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { bigZoo, multigraphs, type ZooGraph, zoo } from '../zoo.js'
import { arcsOf } from './arcs.js'

/** By pair: the sum of 1 + position of each shared neighbour. */
async function sumsOf({ vertexCount, sources, targets }: ZooGraph): Promise<[string, number][]> {
  const { simple, region } = await topologyOf(vertexCount, sources, targets)
  const weights = Float64Array.from({ length: vertexCount }, (_, v) => v + 1)
  const scratch = new Scratch(region)
  const { slots, sums, found } = pairSpace(vertexCount, 1, scratch)
  const places = scratch.int32(vertexCount)
  const pairs: [string, number][] = []
  for (const { parts, room } of pairRounds(simple, places, 1)) {
    const written = pairRoom(room, scratch)
    for (let part = 0; part + 1 < parts.length; part++) {
      const begin = places[parts[part]!]!
      const count = findPairs(
        ...([simple.offsets, simple.neighbours, weights, slots, sums, found, places] as const),
        ...([written.first, written.second, written.sums, written.scores] as const),
        ...([0, 0, Number.POSITIVE_INFINITY, 0, parts[part]!, parts[part + 1]!] as const),
      )
      for (let k = begin; k < begin + count; k++) {
        pairs.push([`${written.first[k]},${written.second[k]}`, written.sums[k]!])
      }
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

test('rounds follow each other over all vertices, and parts ascend, RMAT scale 10', async t => {
  const { vertexCount, sources, targets } = bigZoo[0]!
  const { simple } = await topologyOf(vertexCount, sources, targets)
  let end = 0
  let rounds = 0
  for (const { parts, room } of pairRounds(simple, new Int32Array(vertexCount), 2)) {
    t.is(parts[0], end)
    t.true(room <= 2 ** 19)
    for (let k = 1; k < parts.length; k++) t.true(parts[k - 1]! < parts[k]!)
    end = parts.at(-1)!
    rounds++
  }
  t.is(end, vertexCount)
  t.true(rounds > 1)
})
