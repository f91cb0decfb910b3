import test from 'ava'
import fc from 'fast-check'
import { firstLevel } from '../../../gelly/kernels/level-graph.js'
import { LouvainLevels } from '../../../gelly/kernels/louvain-levels.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { multigraphs, type ZooGraph, zoo } from '../zoo.js'
import { naiveModularity } from './naive-modularity.js'

interface Setting {
  readonly weighted?: boolean
  readonly directed?: boolean
  readonly refine?: boolean
  readonly resolution?: number
}

const SETTINGS: readonly Setting[] = [
  {},
  { weighted: true },
  { directed: true },
  { refine: true },
  { weighted: true, directed: true, refine: true, resolution: 1.5 },
]

/** All levels; each checked against the definition of modularity. */
async function checkedLevels(graph: ZooGraph, setting: Setting) {
  const { weighted = false, directed = false, refine = false, resolution = 1 } = setting
  const { vertexCount: n, sources, targets } = graph
  const topology = await topologyOf(n, sources, targets)
  const weights = weighted ? Float64Array.from(graph.weights) : null
  const first = firstLevel(topology, weights, resolution, directed)
  const order = Int32Array.from({ length: n }, (_, v) => v)
  const levels = new LouvainLevels(first, order, refine)
  const modularities: number[] = []
  for (;;) {
    const { modularity, moves, communities } = await levels.next(async () => {})
    const plain = graph.weights.map(weight => (weighted ? weight : 1))
    const expected = naiveModularity(graph, plain, levels.communities, { resolution, directed })
    if (Math.abs(modularity - expected) > 1e-9) throw new Error(`${modularity} is not ${expected}`)
    if (new Set(levels.communities).size !== communities) throw new Error('numbers have gaps')
    modularities.push(modularity)
    if (moves === 0) return { modularities, communities: levels.communities }
  }
}

/** Whether each community hangs together. */
function allConnected({ vertexCount: n, sources, targets }: ZooGraph, of: Int32Array): boolean {
  const root = Array.from({ length: n }, (_, v) => v)
  const find = (v: number): number => (root[v] === v ? v : find(root[v]!))
  sources.forEach((u, k) => {
    if (of[u] === of[targets[k]!]) root[find(u)] = find(targets[k]!)
  })
  const parts = new Set(root.map((_, v) => find(v)))
  return parts.size === new Set(of).size
}

for (const graph of zoo) {
  test(`modularity is as defined and never falls: ${graph.name}`, async t => {
    for (const setting of SETTINGS) {
      const { modularities, communities } = await checkedLevels(graph, setting)
      modularities.reduce((before, after) => {
        t.true(after >= before - 1e-12, `${before} to ${after}`)
        return after
      }, -Infinity)
      if (setting.refine) t.true(allConnected(graph, communities))
    }
  })
}

test('modularity is as defined and never falls: random multigraphs', async t => {
  const setting = fc.record({
    weighted: fc.boolean(),
    directed: fc.boolean(),
    refine: fc.boolean(),
    resolution: fc.constantFrom(0.5, 1, 2),
  })
  await t.notThrowsAsync(
    fc.assert(
      fc.asyncProperty(multigraphs(), setting, async (graph, chosen) => {
        const { modularities } = await checkedLevels(graph, chosen)
        for (let k = 1; k < modularities.length; k++) {
          t.true(modularities[k]! >= modularities[k - 1]! - 1e-12)
        }
      }),
    ),
  )
})
