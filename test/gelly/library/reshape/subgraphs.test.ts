/**
 * Functions that give a graph: simplify, kCore, maximumDegree, summarize; core numbers and checksums.
 *
 * networkx 3.6.1: nx.core_number(nx.florentine_families_graph()).
 */
import test from 'ava'
import fc from 'fast-check'
import { ArgumentError } from '../../../../engine/index.js'
import {
  checksum,
  coreNumbers,
  Graph,
  kCore,
  maximumDegree,
  simplify,
  summarize,
} from '../../../../gelly/index.js'
import { arcsOf } from '../../kernels/arcs.js'
import { multigraphs, numberIds, simpleGraph, stringIds } from '../../zoo.js'
import { cases, florentineFamilies, graphWith } from '../cases.js'

for (const { title, zooGraph, ids, graph } of cases) {
  const { sources, targets, weights } = zooGraph
  const edge = (k: number) => ({
    source: ids[sources[k]!]!,
    target: ids[targets[k]!]!,
    value: weights[k]!,
  })

  test(`simplifies: ${title}`, async t => {
    const simple = simpleGraph(zooGraph)
    const expected = simple.sources.map((source, k) => ({
      source: ids[source]!,
      target: ids[simple.targets[k]!]!,
      value: simple.weights[k]!,
    }))
    const found = await simplify(graph)
    t.deepEqual(await found.edges.collect(), expected)
    t.deepEqual(await found.vertices.collect(), await graph.vertices.collect())
    const total = await simplify(graph, { combine: (a, b) => a + b })
    const sum = (await total.edges.collect()).reduce((all, { value }) => all + value, 0)
    const all = weights.reduce((s, w, k) => (sources[k] === targets[k] ? s : s + w), 0)
    t.is(sum, all)
  })

  test(`makes symmetric: ${title}`, async t => {
    const { has } = arcsOf(zooGraph)
    for (const clipAndFlip of [false, true]) {
      const { edges } = await simplify(graph, { symmetric: true, clipAndFlip })
      const found = await edges.collect()
      const half = found.slice(0, found.length / 2)
      t.deepEqual(
        found.slice(found.length / 2),
        half.map(({ source, target, value }) => ({ source: target, target: source, value })),
      )
      const seen = new Set<string>()
      const expected = sources.flatMap((source, k) => {
        const [low, high] = [Math.min(source, targets[k]!), Math.max(source, targets[k]!)]
        const name = `${low},${high}`
        if (low === high || seen.has(name)) return []
        if (clipAndFlip && (source === low || !has(high, low))) return []
        seen.add(name)
        return [edge(k)]
      })
      t.deepEqual(half, expected)
    }
  })

  test(`cuts out cores, and leaves out hubs: ${title}`, async t => {
    const { vertices, degeneracy } = await coreNumbers(graph)
    const cores = (await vertices.collect()).map(({ core }) => core)
    t.is(degeneracy, Math.max(0, ...cores))
    const { neighbours } = arcsOf(zooGraph)
    const checkSubgraph = async (found: typeof graph, kept: (v: number) => boolean) => {
      const left = ids.filter((_, v) => kept(v))
      t.deepEqual(
        await found.vertices.collect(),
        left.map(id => ({ id, value: null })),
      )
      const within = sources.flatMap((s, k) => (kept(s) && kept(targets[k]!) ? [edge(k)] : []))
      t.deepEqual(await found.edges.collect(), within)
    }
    for (const k of [0, 1, 2, degeneracy, degeneracy + 1]) {
      await checkSubgraph(await kCore(graph, { k }), v => cores[v]! >= k)
    }
    for (const maximum of [0, 3]) {
      const without = await maximumDegree(graph, { maximum })
      await checkSubgraph(without, v => neighbours[v]!.length <= maximum)
    }
  })

  test(`summarizes: ${title}`, async t => {
    const kind = (v: number) => ['a', 'b', null][v % 3]
    const valued = Graph.from({
      vertices: ids.map((id, v) => ({ id, value: kind(v) })),
      edges: sources.map((_, k) => ({ ...edge(k), value: weights[k]! > 8 })),
    })
    const summary = await summarize(valued)
    t.deepEqual(
      await summary.vertices.collect(),
      [0, 1, 2].flatMap(v => {
        const count = ids.filter((_, other) => other % 3 === v).length
        return count === 0 ? [] : [{ id: ids[v]!, value: { value: kind(v)!, count } }]
      }) as never,
    )
    const counts = new Map<string, number>()
    sources.forEach((source, k) => {
      const ends = [ids[source % 3]!, ids[targets[k]! % 3]!]
      const name = [...ends, weights[k]! > 8].join()
      counts.set(name, (counts.get(name) ?? 0) + 1)
    })
    const found = (await summary.edges.collect()).map(({ source, target, value }) => [
      [source, target, value.value].join(),
      value.count,
    ])
    t.deepEqual(found, [...counts])
  })
}

test('gives the core numbers of networkx', async t => {
  const { vertices } = await coreNumbers(florentineFamilies())
  const inner = (await vertices.filter(v => v.core === 2).collect()).map(({ id }) => id)
  t.deepEqual(
    inner.sort(),
    'Albizzi Barbadori Bischeri Castellani Guadagni Medici Peruzzi Ridolfi Strozzi Tornabuoni'.split(
      ' ',
    ),
  )
  const { edges } = await kCore(florentineFamilies(), { k: 2 })
  t.is(await edges.count(), 15)
})

test('values stay with vertices and edges of subgraphs', async t => {
  const graph = Graph.from({
    vertices: [1, 2, 3, 4].map(id => ({ id, value: { name: `v${id}` } })),
    edges: [
      { source: 4, target: 1, value: 'x' },
      { source: 1, target: 2, value: 'y' },
      { source: 2, target: 4, value: 'z' },
      { source: 3, target: 1, value: 'w' },
    ],
  })
  const core = await kCore(graph, { k: 2 })
  t.deepEqual(
    (await core.vertices.collect()).map(({ value }) => value.name),
    ['v1', 'v2', 'v4'],
  )
  t.deepEqual(
    (await core.edges.collect()).map(({ value }) => value),
    ['x', 'y', 'z'],
  )
})

test('summarizes a graph without values as one vertex', async t => {
  const summary = await summarize(florentineFamilies())
  t.deepEqual(await summary.vertices.collect(), [
    { id: 'Acciaiuoli', value: { value: null, count: 15 } },
  ])
  t.deepEqual(await summary.edges.collect(), [
    { source: 'Acciaiuoli', target: 'Acciaiuoli', value: { value: null, count: 20 } },
  ])
})

test('checksums are equal in any order, and otherwise different', async t => {
  await fc.assert(
    fc.asyncProperty(multigraphs(), fc.nat(), async (zooGraph, turn) => {
      const ids = stringIds(zooGraph)
      const length = Math.max(1, zooGraph.sources.length)
      const turned = <T>(values: readonly T[]) => [
        ...values.slice(turn % length),
        ...values.slice(0, turn % length),
      ]
      const other = {
        ...zooGraph,
        sources: turned(zooGraph.sources),
        targets: turned(zooGraph.targets),
        weights: turned(zooGraph.weights),
      }
      const one = await checksum(graphWith(zooGraph, ids))
      t.deepEqual(await checksum(graphWith(other, ids)), one)
      if (zooGraph.sources.length === 0) return
      const heavier = { ...zooGraph, weights: [100, ...zooGraph.weights.slice(1)] }
      t.not((await checksum(graphWith(heavier, ids))).edges.checksum, one.edges.checksum)
      const renamed = await checksum(graphWith(zooGraph, numberIds(zooGraph)))
      t.not(renamed.vertices.checksum, one.vertices.checksum)
    }),
    { numRuns: 30 },
  )
})

test('checksums tell directions, loops and types of ids apart', async t => {
  const sums = await Promise.all(
    [
      [{ source: 1, target: 2 }],
      [{ source: 2, target: 1 }],
      [{ source: 1, target: 1 }],
      [{ source: '1', target: '2' }],
      [{ source: 1n, target: 2n }],
      [
        { source: 1, target: 2 },
        { source: 1, target: 2 },
      ],
    ].map(async edges => (await checksum(Graph.from({ edges: edges as never }))).edges.checksum),
  )
  t.is(new Set(sums).size, sums.length)
  t.true(sums.every(each => /^[0-9a-f]{16}$/.test(each)))
})

test('checksums are the same on every machine', async t => {
  const graph = Graph.from({
    vertices: [
      { id: 1, value: { b: [1.5, null, true], a: 'x' } },
      { id: 2, value: { a: 'x', b: [1.5, null, true] } },
    ],
    edges: [{ source: 1, target: 2, value: new Date(0) }],
  })
  const { vertices, edges } = await checksum(graph)
  t.deepEqual(
    [vertices, edges],
    [
      { count: 2, checksum: 'e7f1857bb195260c' },
      { count: 1, checksum: '7327181e08dbebcb' },
    ],
  )
})

test('refuses what makes no sense', async t => {
  const graph = florentineFamilies()
  const refused = { instanceOf: ArgumentError }
  await t.throwsAsync(kCore(graph, {} as never), refused)
  await t.throwsAsync(kCore(graph, { k: 1.5 }), refused)
  await t.throwsAsync(maximumDegree(graph, { maximum: -1 }), refused)
  await t.throwsAsync(simplify(graph, { clipAndFlip: true }), refused)
  await t.throwsAsync(simplify(graph, { combine: 'sum' as never }), refused)
})
