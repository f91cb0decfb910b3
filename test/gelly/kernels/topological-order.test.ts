import test from 'ava'
import { strongComponents } from '../../../gelly/kernels/strong-components.js'
import { cycleAmong, topologicalOrder } from '../../../gelly/kernels/topological-order.js'
import { bigZoo, zoo } from '../zoo.js'
import { walked } from './on-zoo.js'

test('edges lead forward in the order, or there is a cycle', async t => {
  for (const graph of [...zoo, ...bigZoo]) {
    const { topology } = await walked(graph, 'out')
    const { vertexCount, out, sources, targets } = topology
    const { order, levels } = await topologicalOrder(out, topology.inDegrees)
    const places = new Map([...order].map((v, at) => [v, at]))
    for (const [k, v] of targets.entries()) {
      if (!places.has(v)) continue
      t.true(places.get(sources[k]!)! < places.get(v)!, graph.name)
      t.true(levels[sources[k]!]! < levels[v]!, graph.name)
    }
    const loops = sources.some((source, k) => source === targets[k])
    const acyclic = !loops && (await strongComponents(out)).count === vertexCount
    t.is(order.length === vertexCount, acyclic, graph.name)
    const cycle = cycleAmong(topology.in, levels)
    t.is(cycle.length === 0, acyclic, graph.name)
    const pairs = new Set([...sources].map((source, k) => `${source} ${targets[k]}`))
    for (const [at, v] of cycle.entries()) {
      t.true(pairs.has(`${v} ${cycle[(at + 1) % cycle.length]}`), graph.name)
    }
    t.is(new Set(cycle).size, cycle.length)
  }
})
