/**
 * Local, average and global clustering, and LDBC's LCC, against a naive program and networkx 3.6.1:
 *
 *     import networkx as nx
 *     G = nx.florentine_families_graph()
 *     nx.clustering(G), nx.average_clustering(G), nx.transitivity(G)
 *
 * Properties: coefficients are from 0 to 1; with each edge both ways, directions make no difference.
 */
import test from 'ava'
import fc from 'fast-check'
import { ArgumentError } from '../../../../engine/index.js'
import {
  averageClusteringCoefficient,
  globalClusteringCoefficient,
  lcc,
  localClusteringCoefficient,
  triangleCount,
} from '../../../../gelly/index.js'
import { arcsOf } from '../../kernels/arcs.js'
import { multigraphs, numberIds, symmetric, type ZooGraph } from '../../zoo.js'
import { cases, florentineFamilies, graphWith } from '../cases.js'

/** By vertex, as in the definition: pairs of neighbours, one by one. */
function naiveClustering(graph: ZooGraph, directed: boolean) {
  const { has, linked, neighbours } = arcsOf(graph)
  return neighbours.map(around => {
    let links = 0
    for (const u of around) {
      for (const w of around) {
        if (u !== w && (directed ? has(u, w) : u < w && linked(u, w))) links++
      }
    }
    const degree = around.length
    const most = directed ? degree * (degree - 1) : (degree * (degree - 1)) / 2
    return { degree, links, coefficient: most === 0 ? 0 : links / most }
  })
}

for (const { title, zooGraph, ids, graph } of cases) {
  test(`tells how neighbours are linked: ${title}`, async t => {
    for (const directed of [false, true]) {
      const expected = naiveClustering(zooGraph, directed)
      const { vertices } = await localClusteringCoefficient(graph, { directed })
      t.deepEqual(
        await vertices.collect(),
        expected.map((vertex, v) => ({ id: ids[v]!, ...vertex })),
      )
      const ldbc = await lcc(graph, { directed })
      t.deepEqual(
        await ldbc.vertices.collect(),
        expected.map(({ coefficient }, v) => ({ id: ids[v]!, value: coefficient })),
      )
      const sum = expected.reduce((all, { coefficient }) => all + coefficient, 0)
      const mean = await averageClusteringCoefficient(graph, { directed })
      t.deepEqual(mean, { average: sum / ids.length, vertices: ids.length })
    }
    const undirected = naiveClustering(zooGraph, false)
    const triangles = undirected.reduce((all, { links }) => all + links, 0) / 3
    const triplets = undirected.reduce((all, { degree: d }) => all + (d * (d - 1)) / 2, 0)
    t.deepEqual(await triangleCount(graph), { triangles })
    t.deepEqual(await globalClusteringCoefficient(graph), {
      coefficient: triplets === 0 ? 0 : (3 * triangles) / triplets,
      triangles,
      triplets: BigInt(triplets),
    })
  })
}

test('gives the numbers of networkx', async t => {
  const families = florentineFamilies()
  const { vertices } = await localClusteringCoefficient(families)
  const found = await vertices.filter(v => v.coefficient > 0).collect()
  t.deepEqual(Object.fromEntries(found.map(({ id, coefficient }) => [id, coefficient])), {
    Medici: 0.06666666666666667,
    Castellani: 0.3333333333333333,
    Peruzzi: 0.6666666666666666,
    Strozzi: 0.3333333333333333,
    Ridolfi: 0.3333333333333333,
    Tornabuoni: 0.3333333333333333,
    Bischeri: 0.3333333333333333,
  })
  t.is((await averageClusteringCoefficient(families)).average.toFixed(12), '0.160000000000')
  t.is((await globalClusteringCoefficient(families)).coefficient, 0.19148936170212766)
})

test('gives the numbers of the LDBC specification: arcs between neighbours of either direction', async t => {
  // The neighbours of 0 are 1 (out), 2 (in) and 3 (both ways); arcs among them: 1→2, 2→1, 3→1.
  const sources = [0, 2, 0, 3, 1, 2, 3]
  const targets = [1, 0, 3, 0, 2, 1, 1]
  const graph = graphWith({ name: '', vertexCount: 4, sources, targets, weights: [] }, [0, 1, 2, 3])
  const { vertices } = await lcc(graph, { directed: true })
  t.deepEqual(await vertices.first(1).collect(), [{ id: 0, value: 0.5 }])
})

test('leaves out vertices of low degree from the mean when told to', async t => {
  const star = graphWith(
    { name: '', vertexCount: 5, sources: [0, 0, 1, 0], targets: [1, 2, 2, 3], weights: [] },
    [0, 1, 2, 3, 4],
  )
  const { average, vertices } = await averageClusteringCoefficient(star, { minimumDegree: 2 })
  t.is(vertices, 3)
  t.is(average, (1 / 3 + 1 + 1) / 3)
  t.is((await averageClusteringCoefficient(star)).average, (1 / 3 + 1 + 1) / 5)
})

test('coefficients of random multigraphs are shares, and directions do not matter both ways', async t => {
  await fc.assert(
    fc.asyncProperty(multigraphs(), async zooGraph => {
      const graph = graphWith(symmetric(zooGraph), numberIds(zooGraph))
      const one = await (await localClusteringCoefficient(graph)).vertices.collect()
      const both = await (await lcc(graph, { directed: true })).vertices.collect()
      t.deepEqual(
        one.map(({ coefficient }) => coefficient),
        both.map(({ value }) => value),
      )
      t.true(one.every(({ coefficient }) => coefficient >= 0 && coefficient <= 1))
    }),
    { numRuns: 30 },
  )
})

test('refuses what it does not know', async t => {
  const graph = florentineFamilies()
  const wrong = { directd: true } as object
  await t.throwsAsync(localClusteringCoefficient(graph, wrong), { instanceOf: ArgumentError })
  await t.throwsAsync(lcc(graph, { directed: 1 as never }), {
    instanceOf: ArgumentError,
    message: 'lcc: directed must be true or false; got 1.',
  })
  await t.throwsAsync(averageClusteringCoefficient(graph, { minimumDegree: -1 }), {
    instanceOf: ArgumentError,
  })
})

test('stops when it is aborted', async t => {
  const signal = AbortSignal.abort()
  await t.throwsAsync(triangleCount(florentineFamilies(), { signal }), { name: 'AbortError' })
})
