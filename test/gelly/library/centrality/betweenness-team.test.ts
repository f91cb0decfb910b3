/** Betweenness on several threads: the same answers, to the last bit. */
import test from 'ava'
import { AbortError, ExecutionEnvironment } from '../../../../engine/index.js'
import { betweenness, edgeBetweenness, graphOf, topologyOf } from '../../../../gelly/index.js'
import { rmat } from '../../zoo.js'

const { vertexCount, sources, targets } = rmat(13, 8, 3)

async function graphWith(parallelism: number) {
  const env = new ExecutionEnvironment({ parallelism, progress: false })
  return graphOf(await topologyOf(vertexCount, sources, targets), null, null, null, env)
}

test('several threads give the answers of one, to the last bit', async t => {
  const answers = async (parallelism: number) => {
    const graph = await graphWith(parallelism)
    // More than two rounds of turns, and less than one; side by side on one graph.
    const [many, few, both, edges] = await Promise.all([
      betweenness(graph, { samples: 300 }),
      betweenness(graph, { samples: 30, normalized: true }),
      betweenness(graph, { samples: 150, direction: 'all' }),
      edgeBetweenness(graph, { samples: 150 }),
    ])
    const scores = []
    for (const { vertices } of [many, few, both]) scores.push((await vertices.toColumns()).score)
    return [...scores, (await edges.edges.toColumns()).score].map(column => [...column])
  }
  const one = await answers(1)
  for (const scores of one) t.true(Math.max(...scores) > 0)
  for (const parallelism of [2, 3]) t.deepEqual(await answers(parallelism), one)
})

test('so they do with weights', async t => {
  const answers = async (parallelism: number) => {
    const graph = await graphWith(parallelism)
    // Whole weights, so that some paths are equally long, and others.
    const [whole, others, edges] = await Promise.all([
      betweenness(graph, { samples: 60, weight: edge => 1 + ((edge.source + edge.target) % 7) }),
      betweenness(graph, { samples: 20, direction: 'all', weight: edge => 1 / (1 + edge.target) }),
      edgeBetweenness(graph, { samples: 20, weight: edge => 1 + (edge.source % 3) }),
    ])
    const scores = []
    for (const { vertices } of [whole, others]) scores.push((await vertices.toColumns()).score)
    return [...scores, (await edges.edges.toColumns()).score].map(column => [...column])
  }
  const one = await answers(1)
  for (const scores of one) t.true(Math.max(...scores) > 0)
  for (const parallelism of [2, 3]) t.deepEqual(await answers(parallelism), one)
})

test('an abort ends the work of several threads, and the graph can be used afterwards', async t => {
  const graph = await graphWith(3)
  const controller = new AbortController()
  const seen: number[] = []
  const onProgress = ({ done }: { done: number }) => {
    seen.push(done)
    controller.abort()
  }
  const { signal } = controller
  await t.throwsAsync(betweenness(graph, { onProgress, signal }), { instanceOf: AbortError })
  t.true(seen[0]! < vertexCount)
  const { searches } = await betweenness(graph, { samples: 40 })
  t.is(searches, 40)
})
