/** LDBC's rules of comparison, and the six algorithms of its benchmark by them against naive programs. */
import test from 'ava'
import {
  breadthFirstSearch,
  cdlp,
  connectedComponents,
  lcc,
  pageRank,
  shortestPaths,
  type VertexId,
} from '../../../gelly/index.js'
import { type ZooGraph, zoo } from '../zoo.js'
import { cases } from './cases.js'
import { type Answer, difference, RULES, type Rule } from './graphalytics-rules.js'

const answer = (...values: readonly unknown[]): Answer => new Map(values.entries())

const rightOrWrong: readonly [Rule, Answer, Answer, string | undefined][] = [
  ['exact', answer(1, 2, 3), answer(1, 2, 3), undefined],
  ['exact', answer(1, 2, 3), answer(1, 2, 4), 'vertex 2 has 3 instead of 4'],
  ['exact', answer(1, 2), answer(1, 2, 3), '2 vertices instead of 3'],
  ['exact', new Map([[7, 1]]), answer(1), 'vertex 0 is missing'],
  ['epsilon', answer(1.00009, 0, -3), answer(1, 0, -3.0001), undefined],
  ['epsilon', answer(1.0002), answer(1), 'vertex 0 has 1.0002 instead of 1'],
  ['epsilon', answer(1e-9), answer(0), 'vertex 0 has 1e-9 instead of 0'],
  ['epsilon', answer(Infinity), answer(Infinity), undefined],
  ['epsilon', answer(1e300), answer(Infinity), 'vertex 0 has 1e+300 instead of Infinity'],
  ['epsilon', answer(Number.NaN), answer(1), 'vertex 0 has NaN instead of 1'],
  ['equivalence', answer('a', 'b', 'a'), answer(5, 9, 5), undefined],
  ['equivalence', answer('a', 'b', 'c'), answer(5, 9, 5), 'vertex 2 has c instead of 5'],
  ['equivalence', answer('a', 'a', 'a'), answer(5, 9, 5), 'vertex 1 has a instead of 9'],
  ['equivalence', answer(undefined, 'b'), answer(1, 1), 'vertex 1 has b instead of 1'],
]
for (const [k, [rule, found, reference, expected]] of rightOrWrong.entries()) {
  test(`${rule}, ${k}: ${expected ?? 'nothing is wrong'}`, t => {
    t.is(difference(rule, found, reference), expected)
  })
}

const ITERATIONS = 10
const named = cases.filter(({ zooGraph }) => zooGraph.vertexCount > 0)

for (const { title, zooGraph, ids, graph } of named) {
  test.serial(`the algorithms of Graphalytics are right by its rules: ${title}`, async t => {
    const right = async (
      name: keyof typeof RULES,
      records: { collect(): Promise<readonly { readonly id: VertexId }[]> },
      field: string,
      reference: readonly unknown[],
    ) => {
      const found = (await records.collect()).map(
        record => [record.id, (record as Readonly<Record<string, unknown>>)[field]] as const,
      )
      const expected = new Map(ids.map((id, v) => [id, reference[v]]))
      t.is(difference(RULES[name], new Map(found), expected), undefined, name)
    }
    const source = ids[0]!
    const levels = (await breadthFirstSearch(graph, { source })).vertices.map(({ id, level }) => ({
      id,
      level: level ?? Number.POSITIVE_INFINITY,
    }))
    const hops = distances(zooGraph, () => 1)
    await right('BFS', levels, 'level', hops)
    const paths = await shortestPaths(graph, { source })
    const miles = distances(zooGraph, edge => zooGraph.weights[edge]!)
    await right('SSSP', paths.vertices, 'distance', miles)
    const components = await connectedComponents(graph)
    await right('WCC', components.vertices, 'component', parts(zooGraph))
    const ranks = await pageRank(graph, { maxIterations: 1000, tolerance: 1e-12 })
    await right('PR', ranks.vertices, 'score', scores(zooGraph))
    const coefficients = await lcc(graph, { directed: true })
    await right('LCC', coefficients.vertices, 'value', clustering(zooGraph))
    if (typeof source === 'string') return
    const communities = await cdlp(graph, { iterations: ITERATIONS })
    await right('CDLP', communities.vertices, 'community', labels(zooGraph, ids as number[]))
  })
}

test('the zoo has graphs for which the names of components differ from the reference', t => {
  t.true(zoo.some(graph => new Set(parts(graph)).size > 1))
})

/** From vertex 0, by Bellman and Ford. */
function distances({ vertexCount, sources, targets }: ZooGraph, length: (edge: number) => number) {
  const found = new Array<number>(vertexCount).fill(Number.POSITIVE_INFINITY)
  found[0] = 0
  for (let round = 0; round < vertexCount; round++) {
    for (const [k, u] of sources.entries()) {
      found[targets[k]!] = Math.min(found[targets[k]!]!, found[u]! + length(k))
    }
  }
  return found
}

/** Components, each by its largest vertex. */
function parts({ vertexCount, sources, targets }: ZooGraph): number[] {
  const names = Array.from({ length: vertexCount }, (_, v) => v)
  for (let round = 0; round < vertexCount; round++) {
    for (const [k, u] of sources.entries()) {
      const largest = Math.max(names[u]!, names[targets[k]!]!)
      names[u] = largest
      names[targets[k]!] = largest
    }
  }
  return names
}

/** After so many iterations that further ones change nothing that is compared. */
function scores({ vertexCount, sources, targets }: ZooGraph): number[] {
  let ranks = new Array<number>(vertexCount).fill(1 / vertexCount)
  const degrees = ranks.map((_, v) => sources.filter(u => u === v).length)
  for (let round = 0; round < 200; round++) {
    const dangling = ranks.reduce((sum, rank, v) => sum + (degrees[v] === 0 ? rank : 0), 0)
    const next = ranks.map(() => 0.15 / vertexCount + (0.85 * dangling) / vertexCount)
    for (const [k, u] of sources.entries()) {
      next[targets[k]!] = next[targets[k]!]! + (0.85 * ranks[u]!) / degrees[u]!
    }
    ranks = next
  }
  return ranks
}

/** Neighbours in either direction, each once, and the arcs among them. */
function clustering({ vertexCount, sources, targets }: ZooGraph): number[] {
  const arcs = new Set(sources.map((u, k) => u * vertexCount + targets[k]!))
  const near = Array.from({ length: vertexCount }, () => new Set<number>())
  for (const [k, u] of sources.entries()) {
    if (u === targets[k]) continue
    near[u]!.add(targets[k]!)
    near[targets[k]!]!.add(u)
  }
  return near.map(neighbours => {
    const all = [...neighbours]
    const among = all.reduce(
      (sum, u) => sum + all.filter(w => u !== w && arcs.has(u * vertexCount + w)).length,
      0,
    )
    return all.length < 2 ? 0 : among / (all.length * (all.length - 1))
  })
}

/** The most frequent label of neighbours, an edge both ways counts twice; of several the smallest. */
function labels({ sources, targets }: ZooGraph, ids: readonly number[]): number[] {
  let own = [...ids]
  for (let round = 0; round < ITERATIONS; round++) {
    const counts = own.map(() => new Map<number, number>())
    const count = (v: number, label: number) =>
      counts[v]!.set(label, (counts[v]!.get(label) ?? 0) + 1)
    for (const [k, u] of sources.entries()) {
      count(targets[k]!, own[u]!)
      count(u, own[targets[k]!]!)
    }
    own = own.map((label, v) => {
      const [best] = [...counts[v]!].sort(([a, n], [b, m]) => m - n || a - b)
      return best?.[0] ?? label
    })
  }
  return own
}
