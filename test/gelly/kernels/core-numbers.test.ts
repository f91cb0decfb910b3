/**
 * Core numbers against taking away vertices of too low a degree for each k.
 */
import test from 'ava'
import fc from 'fast-check'
import { coreNumbers } from '../../../gelly/kernels/core-numbers.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { bigZoo, multigraphs, type ZooGraph, zoo } from '../zoo.js'
import { arcsOf } from './arcs.js'

async function coresOf({ vertexCount, sources, targets }: ZooGraph): Promise<number[]> {
  const { simple } = await topologyOf(vertexCount, sources, targets)
  return [...(await coreNumbers(simple, new Int32Array(vertexCount)))]
}

function naiveCores(graph: ZooGraph): number[] {
  const { neighbours } = arcsOf(graph)
  const cores = new Array<number>(graph.vertexCount).fill(0)
  const left = new Set(cores.keys())
  for (let k = 1; left.size > 0; k++) {
    for (let before = -1; before !== left.size; ) {
      before = left.size
      for (const v of left) {
        if (neighbours[v]!.filter(other => left.has(other)).length < k) left.delete(v)
      }
    }
    for (const v of left) cores[v] = k
  }
  return cores
}

for (const graph of [...zoo, ...bigZoo]) {
  test(`gives the core number of each vertex: ${graph.name}`, async t => {
    t.deepEqual(await coresOf(graph), naiveCores(graph))
  })
}

test('gives the core numbers of random multigraphs', async t => {
  await fc.assert(
    fc.asyncProperty(multigraphs(), async graph => {
      t.deepEqual(await coresOf(graph), naiveCores(graph))
    }),
  )
})
