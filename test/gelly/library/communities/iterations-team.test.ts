/** Labels, hubs and authorities, centralities on several threads: the same answers, also side by side on one graph. */
import test from 'ava'
import { Float64Column } from '../../../../engine/extend.js'
import { AbortError, ExecutionEnvironment } from '../../../../engine/index.js'
import {
  cdlp,
  eigenvectorCentrality,
  graphOf,
  hits,
  katzCentrality,
  labelPropagation,
  topologyOf,
} from '../../../../gelly/index.js'
import { rmat } from '../../zoo.js'

const { vertexCount, sources, targets, weights } = rmat(16, 8, 3)

async function graphWith(parallelism: number) {
  const env = new ExecutionEnvironment({ parallelism, progress: false })
  const topology = await topologyOf(vertexCount, sources, targets)
  const values = new Float64Column(Float64Array.from(weights))
  return graphOf<number, null, number>(topology, null, null, values as never, env)
}

test('several threads give the answers of one, half a million edges', async t => {
  const answers = async (parallelism: number) => {
    const graph = await graphWith(parallelism)
    const limits = { maxIterations: 8 }
    const heavy = { ...limits, weight: 'value' as never }
    const [benchmark, synchronous, groups, plain, weighted, ...central] = await Promise.all([
      cdlp(graph, { iterations: 8 }),
      labelPropagation(graph, limits),
      labelPropagation(graph, { ...limits, direction: 'all', schedule: 'semiSynchronous' }),
      hits(graph, limits),
      hits(graph, heavy),
      eigenvectorCentrality(graph, { ...limits, direction: 'all' }),
      eigenvectorCentrality(graph, heavy),
      katzCentrality(graph, { ...limits, direction: 'out' }),
      katzCentrality(graph, { ...heavy, normalized: false, beta: ({ id }) => id % 3 }),
    ])
    const found: Record<string, unknown> = {}
    for (const [name, { vertices, history }] of Object.entries({
      benchmark,
      synchronous,
      groups,
    })) {
      found[name] = [...(await vertices.toColumns()).community]
      found[`${name}, changes`] = history.map(({ changed }) => changed)
    }
    for (const [name, { vertices, history }] of Object.entries({ plain, weighted })) {
      const { hub, authority } = await vertices.toColumns()
      found[name] = [[...hub], [...authority], history.map(({ change }) => change)]
    }
    for (const [k, { vertices, history }] of central.entries()) {
      const { score } = await vertices.toColumns()
      found[`central ${k}`] = [[...score], history.map(({ change }) => change)]
    }
    return found
  }
  const one = await answers(1)
  t.true(new Set(one.benchmark as number[]).size > 1)
  for (const parallelism of [2, 3]) {
    const several = await answers(parallelism)
    for (const name of Object.keys(one)) t.deepEqual(several[name], one[name], name)
  }
})

test('an abort ends the work of several threads, and the graph can be used afterwards', async t => {
  const graph = await graphWith(3)
  for (const work of [
    (signal: AbortSignal, onProgress: () => void) =>
      cdlp(graph, { iterations: 1e6, signal, onProgress }),
    (signal: AbortSignal, onProgress: () => void) =>
      hits(graph, { tolerance: 0, signal, onProgress }),
    (signal: AbortSignal, onProgress: () => void) =>
      eigenvectorCentrality(graph, { tolerance: 0, signal, onProgress }),
    (signal: AbortSignal, onProgress: () => void) =>
      katzCentrality(graph, { tolerance: 0, signal, onProgress }),
  ]) {
    const controller = new AbortController()
    await t.throwsAsync(
      work(controller.signal, () => controller.abort()),
      { instanceOf: AbortError },
    )
  }
  const { vertices } = await cdlp(graph, { iterations: 2 })
  t.is(await vertices.count(), vertexCount)
})
