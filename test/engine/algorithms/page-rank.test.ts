import test from 'ava'
import { equalRecords } from '../../support/table-equal.js'
import { dataSetsOf, GRAPHS, type Graph } from './graph-zoo.js'
import { pageRank } from './page-rank.js'
import { inEverySetting } from './settings.js'

const OPTIONS = { damping: 0.85, tolerance: 1e-9, maxIterations: 500 }

for (const [name, graph] of Object.entries(GRAPHS)) {
  test(`PageRank of ${name} is that of the power method on arrays, within 1e-9`, async t => {
    const expected = naivePageRank(graph, OPTIONS)
    await inEverySetting(async env => {
      const { vertices, edges } = dataSetsOf(env, graph)
      const { data, iterations, stoppedBy } = await pageRank(vertices, edges, OPTIONS).run()
      const actual = await data.collect()
      equalRecords(t, actual, expected.ranks, { ordered: false, tolerance: 1e-9 })
      t.deepEqual(
        { iterations, stoppedBy },
        { iterations: expected.iterations, stoppedBy: 'until' },
      )
      const total = actual.reduce((sum, { rank }) => sum + rank, 0)
      t.true(actual.length === 0 || Math.abs(total - 1) < 1e-12)
    })
  })
}

function naivePageRank({ vertices, edges }: Graph, { damping, tolerance }: typeof OPTIONS) {
  const n = vertices.length
  const degree = vertices.map(({ id }) => edges.filter(({ source }) => source === id).length)
  let ranks = vertices.map(() => 1 / n)
  for (let iterations = 1; ; iterations++) {
    const lost = ranks.reduce((sum, rank, k) => (degree[k] === 0 ? sum + rank : sum), 0)
    const next = vertices.map(() => (1 - damping) / n + (damping * lost) / n)
    for (const { source, target } of edges) {
      next[target]! += (damping * ranks[source]!) / degree[source]!
    }
    const change = next.reduce((sum, rank, k) => sum + Math.abs(rank - ranks[k]!), 0)
    ranks = next
    if (change < tolerance) return { iterations, ranks: ranks.map((rank, id) => ({ id, rank })) }
  }
}
