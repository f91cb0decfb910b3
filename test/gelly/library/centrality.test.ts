import { readFileSync } from 'node:fs'
import test, { type ExecutionContext } from 'ava'
import { UndirectedGraph } from 'graphology'
import eigenvector from 'graphology-metrics/centrality/eigenvector.js'
import type { DataSet } from '../../../engine/index.js'
import { ArgumentError, SchemaError } from '../../../engine/index.js'
import {
  degreeCentrality,
  eigenvectorCentrality,
  Graph,
  hits,
  katzCentrality,
} from '../../../gelly/index.js'
import { inProject } from '../../support/project.js'
import { simpleGraph, type ZooGraph, zoo } from '../zoo.js'
import { idKinds, zooGraph } from './zoo-graph.js'

// The package is CommonJS, its types are not.
const graphologyEigenvector = eigenvector as unknown as typeof eigenvector.default

interface Golden extends ZooGraph {
  readonly hubs: number[]
  readonly authorities: number[]
  readonly eigenvector: number[]
  readonly weightedEigenvector: number[]
  readonly katz: number[]
  readonly weightedKatz: number[]
  readonly degree: number[]
}

const text = readFileSync(inProject('test/gelly/golden/networkx.json'), 'utf8')
const golden = JSON.parse(text) as Readonly<Record<string, Golden>>

function close(t: ExecutionContext, actual: readonly number[], expected: ArrayLike<number>) {
  t.is(actual.length, expected.length)
  actual.forEach((value, v) => {
    const wanted = expected[v]!
    const near = Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted))
    if (!near) t.fail(`${value} is not ${wanted}, at ${v}`)
  })
  t.pass()
}

async function scores<T extends { score: number }>(vertices: DataSet<T>): Promise<number[]> {
  return (await vertices.collect()).map(({ score }) => score)
}

const squares = (values: readonly number[]) => values.reduce((sum, x) => sum + x * x, 0)

for (const [name, graph] of Object.entries(golden)) {
  const direction = name === 'karate' ? 'all' : 'in'

  test(`eigenvector, Katz and degree centrality are those of networkx: ${name}`, async t => {
    const network = await zooGraph(graph)
    const exact = { direction, tolerance: 1e-13, maxIterations: 10_000 } as const
    const weight = 'value'
    const plain = await eigenvectorCentrality(network, exact)
    close(t, await scores(plain.vertices), graph.eigenvector)
    const weighted = await eigenvectorCentrality(network, { ...exact, weight })
    close(t, await scores(weighted.vertices), graph.weightedEigenvector)
    const katz = await katzCentrality(network, { ...exact, alpha: 0.05 })
    close(t, await scores(katz.vertices), graph.katz)
    const weightedKatz = await katzCentrality(network, { ...exact, alpha: 0.01, weight })
    close(t, await scores(weightedKatz.vertices), graph.weightedKatz)
    close(t, await scores((await degreeCentrality(network)).vertices), graph.degree)
  })
}

test('hubs and authorities are those of networkx', async t => {
  const graph = golden.directed!
  const options = { weight: 'value', tolerance: 1e-13, maxIterations: 10_000 } as const
  const { vertices, converged } = await hits(await zooGraph(graph), options)
  const rows = await vertices.collect()
  t.true(converged)
  close(
    t,
    rows.map(({ hub }) => hub),
    graph.hubs,
  )
  close(
    t,
    rows.map(({ authority }) => authority),
    graph.authorities,
  )
})

/** The formulas, with loops over edges. */
function naiveHits({ vertexCount, sources, targets, weights }: ZooGraph, iterations: number) {
  const unit = (values: number[]) => {
    const norm = Math.sqrt(squares(values))
    return values.map(value => (norm === 0 ? 0 : value / norm))
  }
  const zeros = () => new Array<number>(vertexCount).fill(0)
  let hubs = zeros()
  let authorities = zeros()
  sources.forEach((_, k) => {
    authorities[targets[k]!]! += weights[k]!
  })
  for (let i = 0; i < iterations; i++) {
    const sums = zeros()
    sources.forEach((u, k) => {
      sums[u]! += weights[k]! * authorities[targets[k]!]!
    })
    hubs = unit(sums)
    const others = zeros()
    sources.forEach((u, k) => {
      others[targets[k]!]! += weights[k]! * hubs[u]!
    })
    authorities = unit(others)
  }
  return { hubs, authorities }
}

for (const { name, make } of idKinds) {
  test(`hubs and authorities follow the formula after three iterations, ${name}`, async t => {
    for (const graph of zoo) {
      const ids = make(graph)
      const options = { weight: 'value', maxIterations: 3, tolerance: 0 } as const
      const { vertices, iterations } = await hits(await zooGraph(graph, ids), options)
      const rows = await vertices.collect()
      t.deepEqual(
        rows.map(({ id }) => id),
        [...ids],
      )
      t.true(iterations <= 3)
      const expected = naiveHits(graph, 3)
      close(
        t,
        rows.map(({ hub }) => hub),
        expected.hubs,
      )
      close(
        t,
        rows.map(({ authority }) => authority),
        expected.authorities,
      )
    }
  })
}

test('scores have the norm one wherever there are edges, and nothing changes any more', async t => {
  for (const graph of zoo) {
    const network = await zooGraph(graph)
    const { vertices, converged } = await hits(network)
    t.true(converged, graph.name)
    const rows = await vertices.collect()
    const norm = graph.sources.length > 0 ? 1 : 0
    close(t, [squares(rows.map(({ hub }) => hub))], [norm])
    close(t, [squares(rows.map(({ authority }) => authority))], [norm])
    const central = await eigenvectorCentrality(network, { direction: 'all' })
    close(t, [squares(await scores(central.vertices))], [graph.vertexCount > 0 ? 1 : 0])
  }
})

test('eigenvector centrality is that of graphology on a grid', async t => {
  const graph = simpleGraph(zoo.find(({ name }) => name === 'grid')!)
  const other = new UndirectedGraph()
  for (let v = 0; v < graph.vertexCount; v++) other.addNode(v)
  graph.sources.forEach((u, k) => void other.addEdge(u, graph.targets[k]!))
  const options = { maxIterations: 10_000, tolerance: 1e-13, getEdgeWeight: null }
  const expected = graphologyEigenvector(other, options)
  const exact = { direction: 'all', tolerance: 1e-13, maxIterations: 10_000 } as const
  const { vertices } = await eigenvectorCentrality(await zooGraph(graph), exact)
  const actual = await scores(vertices)
  actual.forEach((score, v) => void t.true(Math.abs(score - expected[v]!) < 1e-6))
})

test('Katz centrality solves its equation, and converges with the alpha that it chooses', async t => {
  for (const graph of zoo) {
    const { sources, targets, weights } = graph
    const network = await zooGraph(graph)
    const { vertices, converged } = await katzCentrality(network, {
      weight: 'value',
      normalized: false,
      tolerance: 1e-12,
    })
    t.true(converged, graph.name)
    const found = await scores(vertices)
    const sums = found.map(() => 0)
    const strengths = found.map(() => 0)
    sources.forEach((u, k) => {
      sums[targets[k]!]! += weights[k]! * found[u]!
      strengths[targets[k]!]! += weights[k]!
    })
    const alpha = 1 / (1 + Math.max(0, ...strengths))
    close(
      t,
      found,
      sums.map(sum => 1 + alpha * sum),
    )
  }
})

test('Katz centrality is personal where beta depends on the vertex', async t => {
  const nodes = [4, 0, 1, 0]
  const vertices = nodes.map((trust, id) => ({ id, value: { trust } }))
  const edges = [
    { source: 0, target: 1 },
    { source: 1, target: 2 },
    { source: 3, target: 2 },
  ]
  const graph = Graph.from({ vertices, edges })
  const options = { alpha: 0.5, normalized: false }
  const expected = [4, 2, 2, 0]
  for (const beta of ['trust', ({ value }: { value: { trust: number } }) => value.trust]) {
    const found = await katzCentrality(graph, { ...options, beta })
    close(t, await scores(found.vertices), expected)
  }
  const single = await katzCentrality(graph, { ...options, beta: ({ id }) => Number(id === 3) })
  close(t, await scores(single.vertices), [0, 0, 0.5, 1])
  const missing = { instanceOf: SchemaError, message: /the beta of vertex 0 is undefined/ }
  await t.throwsAsync(katzCentrality(graph, { beta: 'turst' }), missing)
  await t.throwsAsync(katzCentrality(graph, { beta: ({ id }) => -id }), {
    message: /the beta of vertex 1 is -1/,
  })
  await t.throwsAsync(katzCentrality(graph, { beta: null as never }), { instanceOf: ArgumentError })
})

test('an alpha that is too large is refused, with one that would do', async t => {
  const complete = await zooGraph(zoo.find(({ name }) => name === 'symmetric complete')!)
  const error = await t.throwsAsync(katzCentrality(complete, { alpha: 0.2 }), {
    instanceOf: ArgumentError,
  })
  // The largest eigenvalue of eight vertices, each linked with each other, is 7.
  t.regex(error.message, /alpha below 0\.143/)
})

test('degrees count edges in a direction, or their weights', async t => {
  for (const graph of zoo) {
    const network = await zooGraph(graph)
    for (const direction of ['in', 'out', 'all'] as const) {
      const expected = new Array<number>(graph.vertexCount).fill(0)
      graph.sources.forEach((u, k) => {
        if (direction !== 'in') expected[u]! += graph.weights[k]!
        if (direction !== 'out') expected[graph.targets[k]!]! += graph.weights[k]!
      })
      const { vertices } = await degreeCentrality(network, { direction, weight: 'value' })
      close(
        t,
        (await vertices.collect()).map(({ degree }) => degree),
        expected,
      )
    }
  }
})

test('wrong options and weights are refused', async t => {
  const network = await zooGraph({
    name: 'negative',
    vertexCount: 2,
    sources: [0],
    targets: [1],
    weights: [-1],
  })
  const wrong = { instanceOf: ArgumentError }
  await t.throwsAsync(hits(network, { tolerance: -1 }), wrong)
  await t.throwsAsync(hits(network, { maxIterations: 0 }), wrong)
  await t.throwsAsync(hits(network, { iterations: 3 } as never), wrong)
  await t.throwsAsync(eigenvectorCentrality(network, { direction: 'up' as never }), wrong)
  await t.throwsAsync(katzCentrality(network, { alpha: Number.NaN }), wrong)
  await t.throwsAsync(katzCentrality(network, { normalized: 1 as never }), wrong)
  await t.throwsAsync(hits(network, { weight: 'value' }), { instanceOf: SchemaError })
  await t.throwsAsync(degreeCentrality(network, { weight: 'wieght' }), { instanceOf: SchemaError })
})

test('progress is told, and an abort is heard', async t => {
  const network = await zooGraph(zoo.at(-1)!)
  const seen: string[] = []
  await hits(network, { onProgress: ({ name }) => void seen.push(name) })
  t.is(seen[0], 'hits')
  await t.throwsAsync(hits(network, { signal: AbortSignal.abort() }), { name: 'AbortError' })
})
