/**
 * Jaccard index and Adamic-Adar against a naive program, and against networkx 3.6.1:
 *
 *     G = nx.florentine_families_graph()
 *     pairs = [('Medici', 'Strozzi'), ('Medici', 'Guadagni'), ('Ginori', 'Guadagni')]
 *     nx.jaccard_coefficient(G, pairs), nx.adamic_adar_index(G, pairs)
 */
import test from 'ava'
import { AbortError, ArgumentError, ExecutionEnvironment } from '../../../../engine/index.js'
import { adamicAdar, graphOf, jaccardIndex, topologyOf } from '../../../../gelly/index.js'
import { arcsOf } from '../../kernels/arcs.js'
import { bigZoo, numberIds, rmat } from '../../zoo.js'
import { type Case, cases, florentineFamilies, graphWith } from '../cases.js'

function naivePairs({ zooGraph, ids }: Pick<Case, 'zooGraph' | 'ids'>) {
  const { neighbours } = arcsOf(zooGraph)
  return ids.flatMap((a, u) =>
    ids.flatMap((b, v) => {
      const shared = u < v ? neighbours[u]!.filter(x => neighbours[v]!.includes(x)) : []
      if (shared.length === 0) return []
      const distinct = new Set([...neighbours[u]!, ...neighbours[v]!]).size
      const weight = shared.reduce((sum, x) => sum + 1 / Math.log(neighbours[x]!.length), 0)
      return [{ a, b, shared: shared.length, distinct, score: shared.length / distinct, weight }]
    }),
  )
}

for (const each of cases) {
  const { title, graph } = each
  test(`finds the pairs that share a neighbour: ${title}`, async t => {
    const expected = naivePairs(each)
    const jaccard = await (await jaccardIndex(graph)).pairs.collect()
    t.deepEqual(
      jaccard,
      expected.map(({ weight, ...pair }) => pair),
    )
    const weighted = await (await adamicAdar(graph)).pairs.collect()
    t.deepEqual(
      weighted,
      expected.map(({ a, b, weight }) => ({ a, b, score: weight })),
    )
  })

  test(`keeps pairs within limits, in both orders when told to: ${title}`, async t => {
    const expected = naivePairs(each)
    const limits = { minimumScore: 0.25, maximumScore: 0.5, mirror: true }
    const jaccard = await (await jaccardIndex(graph, limits)).pairs.collect()
    t.deepEqual(
      jaccard.map(({ a, b }) => [a, b]),
      expected
        .filter(({ score }) => score >= 0.25 && score <= 0.5)
        .flatMap(({ a, b }) => [
          [a, b],
          [b, a],
        ]),
    )
    const mean = expected.reduce((sum, { weight }) => sum + weight, 0) / expected.length
    const { pairs } = await adamicAdar(graph, { minimumRatio: 1.25, maximumScore: 3 })
    t.deepEqual(
      (await pairs.collect()).map(({ a, b }) => [a, b]),
      expected
        .filter(({ weight }) => weight >= 1.25 * mean && weight <= 3)
        .map(({ a, b }) => [a, b]),
    )
  })
}

test('gives the numbers of networkx', async t => {
  const families = florentineFamilies()
  const jaccard = (await jaccardIndex(families, { mirror: true })).pairs
  t.is(await scoreOf(jaccard, 'Medici', 'Strozzi'), 0.1111111111111111)
  t.is(await scoreOf(jaccard, 'Medici', 'Guadagni'), 0.25)
  t.is(await scoreOf(jaccard, 'Ginori', 'Guadagni'), 0.25)
  const weighted = (await adamicAdar(families, { mirror: true })).pairs
  for (const [a, b, expected] of [
    ['Medici', 'Strozzi', 0.9102392266268373],
    ['Medici', 'Guadagni', 1.8204784532536746],
    ['Ginori', 'Guadagni', 0.9102392266268373],
  ] as const) {
    const score = await scoreOf(weighted, a, b)
    // Logarithms differ in their last bits.
    t.true(Math.abs(score! - expected) <= 1e-15, `${a}, ${b}: ${score}`)
  }
})

async function scoreOf(
  pairs: { collect(): Promise<{ a: string; b: string; score: number }[]> },
  a: string,
  b: string,
): Promise<number | undefined> {
  return (await pairs.collect()).find(pair => pair.a === a && pair.b === b)?.score
}

test('pairs of more than one batch are all there, RMAT scale 10', async t => {
  const zooGraph = bigZoo[0]!
  const graph = graphWith(zooGraph, numberIds(zooGraph))
  const { pairs } = await jaccardIndex(graph)
  const { neighbours } = arcsOf(zooGraph)
  let expected = 0
  for (let u = 0; u < zooGraph.vertexCount; u++) {
    const near = new Set(neighbours[u]!.flatMap(x => neighbours[x]!))
    for (const v of near) if (v > u) expected++
  }
  t.true(expected > 100_000)
  t.is(await pairs.count(), expected)
  t.is(await pairs.filter(({ score }) => score > 1 || score <= 0).count(), 0)
})

test('refuses limits that make no sense', async t => {
  const graph = florentineFamilies()
  const refused = { instanceOf: ArgumentError }
  await t.throwsAsync(jaccardIndex(graph, { minimumScore: 1.5 }), refused)
  await t.throwsAsync(jaccardIndex(graph, { minimumScore: 0.5, maximumScore: 0.4 }), refused)
  await t.throwsAsync(jaccardIndex(graph, { groupSize: 64 } as object), refused)
  await t.throwsAsync(adamicAdar(graph, { minimumRatio: Number.NaN }), refused)
  await t.throwsAsync(adamicAdar(graph, { mirror: 'yes' as never }), refused)
})

test('several threads find the same pairs in the same order, RMAT scale 11', async t => {
  const { vertexCount, sources, targets } = rmat(11, 24, 3)
  const seen: number[] = []
  const answers = async (parallelism: number) => {
    const env = new ExecutionEnvironment({ parallelism, progress: false })
    const topology = await topologyOf(vertexCount, sources, targets)
    const graph = graphOf(topology, null, null, null, env)
    const onProgress = ({ done }: { done: number }) => seen.push(done)
    const [jaccard, weighted] = [
      await jaccardIndex(graph, { minimumScore: 0.15, mirror: true, onProgress }),
      await adamicAdar(graph, { minimumRatio: 2 }),
    ]
    // Side by side, in the region of one graph.
    const [a, b] = await Promise.all([jaccard.pairs.toColumns(), weighted.pairs.toColumns()])
    return [a.a, a.b, a.shared, a.score, b.a, b.b, b.score].map(column => [...column])
  }
  const one = await answers(1)
  t.true(one[0]!.length > 50_000 && one[4]!.length > 50_000)
  for (const parallelism of [2, 3]) t.deepEqual(await answers(parallelism), one)
  t.true(seen.length > 0 && seen.every(done => done > 0 && done <= vertexCount))
})

test('a job that reads pairs can be aborted', async t => {
  const { vertexCount, sources, targets } = rmat(12, 24, 3)
  const env = new ExecutionEnvironment({ parallelism: 3, progress: false })
  const topology = await topologyOf(vertexCount, sources, targets)
  const controller = new AbortController()
  const { pairs } = await jaccardIndex(graphOf(topology, null, null, null, env), {
    onProgress: () => controller.abort(),
  })
  await t.throwsAsync(pairs.count({ signal: controller.signal }), { instanceOf: AbortError })
  t.true((await pairs.first(3).collect()).length === 3)
})
