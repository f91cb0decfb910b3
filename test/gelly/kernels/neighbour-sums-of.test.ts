/**
 * Sums over neighbours against a loop over edges, in both forms and on several threads: the forms and the
 * threads agree to the last bit.
 */
import test from 'ava'
import { createKernelTeam } from '../../../engine/extend.js'
import { neighbourSums } from '../../../gelly/kernels/neighbour-sums-of.js'
import { directionRows } from '../../../gelly/library/direction-rows.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { type ZooGraph, zoo } from '../zoo.js'

interface Setting {
  readonly weighted: boolean
  readonly workers?: number
  readonly webAssembly?: boolean
}

const beginning = (v: number) => ((v * 37) % 11) / 7
const ownOf = (v: number) => 1 / (v + 1)

async function found(graph: ZooGraph, { weighted, workers = 1, webAssembly = true }: Setting) {
  const { vertexCount: n, sources, targets, weights } = graph
  const topology = await topologyOf(n, sources, targets)
  const team = createKernelTeam(topology.region, { workers, webAssembly, grain: 8 })
  await team.start()
  const scratch = new Scratch(topology.region)
  const heavy = weighted ? Float64Array.from(weights) : null
  const sums = await neighbourSums(team, directionRows(topology, 'in', heavy, scratch))
  const [values, own, next] = [scratch.float64(n), scratch.float64(n), scratch.float64(n)]
  for (let v = 0; v < n; v++) values[v] = beginning(v)
  for (let v = 0; v < n; v++) own[v] = ownOf(v)
  const largest = await sums.gather(values, next, { own, kept: 2, share: 0.5 })
  const gathered = [...next]
  const distance = await sums.distance(values, next)
  const change = await sums.settle(next, largest, values)
  team.close()
  return { largest, gathered, distance, settled: [...next], change }
}

function expected({ vertexCount, sources, targets, weights }: ZooGraph, weighted: boolean) {
  const values = Array.from({ length: vertexCount }, (_, v) => beginning(v))
  const gathered = values.map((_, v) => 2 * ownOf(v))
  for (const [e, u] of sources.entries()) {
    gathered[targets[e]!]! += 0.5 * beginning(u) * (weighted ? weights[e]! : 1)
  }
  const norm = Math.sqrt(gathered.reduce((sum, x) => sum + x * x, 0))
  const settled = gathered.map(x => x / norm)
  const apart = (list: readonly number[]) =>
    list.reduce((sum, x, v) => sum + Math.abs(x - values[v]!), 0)
  const largest = Math.max(0, ...gathered)
  return { largest, gathered, distance: apart(gathered), settled, change: apart(settled) }
}

for (const graph of zoo) {
  test.serial(`${graph.name}: sums are those of a loop over edges, whoever computes`, async t => {
    for (const weighted of [false, true]) {
      const sums = await found(graph, { weighted })
      const wanted = expected(graph, weighted)
      for (const [name, value] of Object.entries(wanted)) {
        const given = [sums[name as keyof typeof sums]].flat()
        for (const [v, each] of [value].flat().entries()) {
          t.true(Math.abs(given[v]! - each) <= 1e-12 * Math.max(1, Math.abs(each)), `${name} ${v}`)
        }
      }
      for (const other of [{ workers: 3 }, { webAssembly: false }]) {
        t.deepEqual(await found(graph, { weighted, ...other }), sums)
      }
    }
  })
}
