import test from 'ava'
import { strongComponents } from '../../../gelly/kernels/strong-components.js'
import { bigZoo } from '../zoo.js'
import { floydWarshall, walked, walkedZoo } from './on-zoo.js'

test('two vertices are in one component when each reaches the other', async t => {
  for await (const each of walkedZoo()) {
    const { components, count } = await strongComponents(each.topology.out)
    const distances = floydWarshall(each, false)
    const expected: number[] = []
    let seen = 0
    for (const [v, row] of distances.entries()) {
      const first = row.findIndex(
        (there, u) => Math.max(there, distances[u]![v]!) < Number.POSITIVE_INFINITY,
      )
      expected.push(first < v ? expected[first]! : seen++)
    }
    t.deepEqual([...components], expected, each.name)
    t.is(count, seen, each.name)
  }
})

test('components do not depend on the direction, also of larger graphs', async t => {
  for (const graph of bigZoo) {
    const { topology } = await walked(graph, 'out')
    t.deepEqual(await strongComponents(topology.out), await strongComponents(topology.in))
  }
})

test('long paths and cycles do not need a deep stack', async t => {
  const vertexCount = 200_000
  const sources = Array.from({ length: vertexCount }, (_, v) => v)
  const targets = sources.map(v => (v + 1) % vertexCount)
  const cycle = { name: 'cycle', vertexCount, sources, targets, weights: [] }
  t.is((await strongComponents((await walked(cycle, 'out')).topology.out)).count, 1)
  const path = { ...cycle, sources: sources.slice(1), targets: targets.slice(1) }
  t.is((await strongComponents((await walked(path, 'out')).topology.out)).count, vertexCount)
})
