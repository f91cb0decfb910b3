/**
 * Triangles against all triples of vertices, and against a second algorithm.
 *
 * Properties: the corners of listed triangles are neighbours of each other, none is listed twice,
 * there are as many as are counted, and ranges add up.
 */
import test from 'ava'
import fc from 'fast-check'
import { createKernelTeam } from '../../../engine/extend.js'
import { arcRows } from '../../../gelly/kernels/arc-rows.js'
import {
  addTriangleCounts,
  countTriangles,
  countTrianglesKernels,
} from '../../../gelly/kernels/count-triangles.js'
import { degreeOrderedRows } from '../../../gelly/kernels/degree-ordered-rows.js'
import {
  addClosingArcs,
  createTriangleList,
  listTriangles,
  triangleParts,
} from '../../../gelly/kernels/triangles.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { bigZoo, multigraphs, type ZooGraph, zoo } from '../zoo.js'
import { arcsOf } from './arcs.js'

async function prepared({ vertexCount, sources, targets }: ZooGraph) {
  const topology = await topologyOf(vertexCount, sources, targets)
  const rows = degreeOrderedRows(arcRows(topology), topology.region)
  return { topology, rows, marks: topology.region.uint8(2 * vertexCount) }
}

/** All triangles, with positions ascending. */
function naiveTriangles(graph: ZooGraph): string[] {
  const { linked } = arcsOf(graph)
  const triangles: string[] = []
  for (let a = 0; a < graph.vertexCount; a++) {
    for (let b = a + 1; b < graph.vertexCount; b++) {
      if (!linked(a, b)) continue
      for (let c = b + 1; c < graph.vertexCount; c++) {
        if (linked(a, c) && linked(b, c)) triangles.push([a, b, c].join())
      }
    }
  }
  return triangles
}

async function checkTriangles(graph: ZooGraph): Promise<void> {
  const { vertexCount } = graph
  const { has } = arcsOf(graph)
  const { topology, rows, marks } = await prepared(graph)
  const list = createTriangleList()
  for (let u = 0; u < vertexCount; u++) listTriangles(rows, marks, list, u)
  const found: string[] = []
  const counts = new Array<number>(vertexCount).fill(0)
  const closing = new Array<number>(vertexCount).fill(0)
  for (let k = 0; k < list.length; k++) {
    const ranks = [...list.corners.subarray(3 * k, 3 * k + 3)]
    const [a, b, c] = ranks.map(rank => rows.order[rank]!) as [number, number, number]
    found.push([a, b, c].sort((x, y) => x - y).join())
    const bits = [has(a, b), has(b, a), has(a, c), has(c, a), has(b, c), has(c, b)].map(Number)
    const mask = (bits[1]! << 5) | (bits[0]! << 4) | (bits[3]! << 3) | (bits[2]! << 2)
    equal(list.masks[k], mask | (bits[5]! << 1) | bits[4]!, graph)
    for (const corner of ranks) counts[corner]!++
    closing[ranks[0]!]! += bits[4]! + bits[5]!
    closing[ranks[1]!]! += bits[2]! + bits[3]!
    closing[ranks[2]!]! += bits[0]! + bits[1]!
  }
  equal(found.sort(), naiveTriangles(graph).sort(), graph)
  const middle = Math.floor(vertexCount / 3)
  const { offsets, neighbours, arcs } = rows
  // The second of two slots is free.
  const slots = Int32Array.of(1, 0)
  const given = [offsets, neighbours, marks, slots] as const
  const parts = [countTriangles(...given, vertexCount, 2, 0, middle)]
  parts.push(countTriangles(...given, vertexCount, 2, middle, vertexCount))
  equal(parts[0]! + parts[1]!, found.length, graph)
  const taken = topology.region.int32(slots)
  const team = createKernelTeam(topology.region)
  const kernels = await team.load(countTrianglesKernels)
  const compiled = kernels.countTriangles
  for (const [k, [from, to]] of [[0, middle] as const, [middle, vertexCount] as const].entries()) {
    const count = compiled.here(
      ...([from, to, offsets, neighbours, marks] as const),
      ...([taken, vertexCount, 2] as const),
    )
    equal(count, parts[k], graph)
  }
  equal([...taken], [1, 0], graph)
  const own = new Int32Array(2 * vertexCount)
  addTriangleCounts(...given, own, vertexCount, 2, 0, middle)
  addTriangleCounts(...given, own, vertexCount, 2, middle, vertexCount)
  equal([...own.subarray(vertexCount)], counts, graph)
  const ofKernel = topology.region.int32(2 * vertexCount)
  const shared = [offsets, neighbours, marks, taken, ofKernel, vertexCount, 2] as const
  kernels.addTriangleCounts.here(0, middle, ...shared)
  kernels.addTriangleCounts.here(middle, vertexCount, ...shared)
  equal([...ofKernel], [...own], graph)
  const between = new Int32Array(2 * vertexCount)
  addClosingArcs(offsets, neighbours, arcs, marks, slots, between, 0, middle)
  addClosingArcs(offsets, neighbours, arcs, marks, slots, between, middle, vertexCount)
  equal([...between.subarray(vertexCount)], closing, graph)
  equal([...slots], [1, 0], graph)
  equal(Math.max(0, ...marks), 0, graph)
}

function equal(actual: unknown, expected: unknown, { name }: ZooGraph): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (one !== other) throw new Error(`${name}: ${one} is not ${other}`)
}

for (const graph of zoo) {
  test(`finds all triangles, and their arcs: ${graph.name}`, async t => {
    await t.notThrowsAsync(checkTriangles(graph))
  })
}

test('finds all triangles of random multigraphs', async t => {
  await fc.assert(fc.asyncProperty(multigraphs(), checkTriangles))
  t.pass()
})

test('rows are short however high a degree is', async t => {
  for (const graph of bigZoo) {
    const { topology, rows } = await prepared(graph)
    const edges = topology.simple.neighbours.length / 2
    const longest = Math.max(
      ...rows.offsets.map((offset, rank) => rows.offsets[rank + 1]! - offset || 0),
    )
    t.true(longest <= Math.sqrt(2 * edges))
    t.is(rows.neighbours.length, edges)
  }
})

test('parts have about the same work, and cover all ranks', async t => {
  for (const graph of bigZoo) {
    const { rows } = await prepared(graph)
    const { offsets, neighbours } = rows
    const work = (u: number) => {
      const row = neighbours.subarray(offsets[u]!, offsets[u + 1]!)
      return row.reduce((sum, v) => sum + 1 + offsets[v + 1]! - offsets[v]!, 1)
    }
    const parts = triangleParts(rows, 4096)
    t.true(parts.length > 10)
    t.is(parts[0], 0)
    t.is(parts.at(-1), graph.vertexCount)
    const sums = [...parts.subarray(1)].map((end, part) => {
      let sum = 0
      for (let u = parts[part]!; u < end; u++) sum += work(u)
      return sum
    })
    const mean = sums.reduce((all, each) => all + each) / sums.length
    t.true(sums.every(sum => sum > 0 && sum < 2 * mean))
    t.deepEqual([...triangleParts(rows, 2 ** 40)], [0, graph.vertexCount])
  }
})
