import test from 'ava'
import fc from 'fast-check'
import { createKernelTeam } from '../../../engine/extend.js'
import { pageRankSweeps } from '../../../gelly/kernels/page-rank-sweeps.js'
import { Scratch } from '../../../gelly/topology/scratch.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import { multigraphs, type ZooGraph, zoo } from '../zoo.js'

const DAMPING = 0.85
const ITERATIONS = 250
const TOLERANCE = 1e-4

interface Setting {
  readonly workers?: number
  readonly webAssembly?: boolean
  readonly orderFrom?: number
  readonly weighted?: boolean
  readonly jumps?: readonly number[]
}

/** The scores to the last digits, or to a change. */
async function scoresOf(graph: ZooGraph, setting: Setting, least = 1e-15): Promise<number[]> {
  const { workers = 1, webAssembly = true, orderFrom, weighted = false, jumps = null } = setting
  const topology = await topologyOf(graph.vertexCount, graph.sources, graph.targets)
  const team = createKernelTeam(topology.region, { workers, webAssembly, grain: 8 })
  await team.start()
  const scratch = new Scratch(topology.region)
  const sweeps = await pageRankSweeps({
    ...{ team, topology, scratch, jumps, damping: DAMPING },
    weights: weighted ? Float64Array.from(graph.weights) : null,
    ...(orderFrom === undefined ? {} : { orderFrom }),
  })
  // One more, after nothing has changed, would bring nothing.
  for (let change = 1, k = 0; change > least && k < ITERATIONS; k++) change = await sweeps.sweep()
  const scores = [...(await sweeps.scores())]
  team.close()
  scratch.release()
  return scores
}

/** The same by edges, one after the other. */
function expected(graph: ZooGraph, setting: Setting): number[] {
  let scores = jumpsOf(graph, setting)
  for (let k = 0; k < ITERATIONS; k++) scores = iterated(graph, setting, scores)
  return scores
}

/** One iteration in which all vertices see the scores before it. */
function iterated(graph: ZooGraph, setting: Setting, scores: readonly number[]): number[] {
  const { vertexCount: n, sources, targets } = graph
  const weights = setting.weighted === true ? graph.weights : sources.map(() => 1)
  const strengths = new Array<number>(n).fill(0)
  for (const [e, u] of sources.entries()) strengths[u]! += weights[e]!
  const lost = scores.reduce((sum, score, v) => sum + (strengths[v] === 0 ? score : 0), 0)
  const next = jumpsOf(graph, setting).map(jump => (1 - DAMPING + DAMPING * lost) * jump)
  for (const [e, u] of sources.entries()) {
    if (weights[e] !== 0) next[targets[e]!]! += (DAMPING * scores[u]! * weights[e]!) / strengths[u]!
  }
  return next
}

function jumpsOf({ vertexCount: n }: ZooGraph, { jumps }: Setting): number[] {
  return [...(jumps ?? new Array<number>(n).fill(1 / n))]
}

function near(t: { true(value: boolean, message?: string): unknown }, a: number[], b: number[]) {
  const apart = a.reduce((sum, value, v) => sum + Math.abs(value - b[v]!), 0)
  t.true(a.length === b.length && apart < 1e-12, `${apart}`)
}

for (const graph of zoo) {
  test.serial(`${graph.name}: scores are those of a loop over edges, whoever computes`, async t => {
    const jumps = Array.from({ length: graph.vertexCount }, (_, v) => (v === 1 ? 1 : 0))
    for (const kind of [{}, { weighted: true }, ...(graph.vertexCount > 1 ? [{ jumps }] : [])]) {
      const scores = await scoresOf(graph, kind)
      near(t, scores, expected(graph, kind))
      if (graph.vertexCount > 0) {
        t.true(Math.abs(scores.reduce((sum, score) => sum + score, 0) - 1) < 1e-12)
      }
      for (const other of [{ workers: 3 }, { webAssembly: false }, { orderFrom: 0 }]) {
        t.deepEqual(await scoresOf(graph, { ...kind, ...other }), scores, JSON.stringify(other))
      }
    }
    const plain = await scoresOf(graph, { workers: 3, webAssembly: false, orderFrom: 0 })
    t.deepEqual(plain, await scoresOf(graph, {}))
  })
}

for (const graph of zoo) {
  test.serial(
    `${graph.name}: an iteration over all edges changes no more than the last one`,
    async t => {
      for (const weighted of [false, true]) {
        const scores = await scoresOf(graph, { weighted }, TOLERANCE)
        const next = iterated(graph, { weighted }, scores)
        const change = next.reduce((sum, score, v) => sum + Math.abs(score - scores[v]!), 0)
        t.true(change <= TOLERANCE, `${change}`)
      }
    },
  )
}

test('scores of random multigraphs are those of a loop over edges', t =>
  fc.assert(
    fc.asyncProperty(multigraphs(), fc.boolean(), async (graph, weighted) => {
      near(t, await scoresOf(graph, { weighted }), expected(graph, { weighted }))
    }),
    { numRuns: 50 },
  ))
