import test from 'ava'
import { equalRecords } from '../../support/table-equal.js'
import { allPairs } from './all-pairs.js'
import { dataSetsOf, GRAPHS, type Graph } from './graph-zoo.js'
import { inEverySetting } from './settings.js'

for (const [name, graph] of Object.entries(GRAPHS)) {
  test(`distances between all vertices of ${name} are those of Floyd and Warshall`, async t => {
    const expected = floydWarshall(graph)
    await inEverySetting(async env => {
      const { edges } = dataSetsOf(env, graph)
      const { data, stoppedBy } = await allPairs(edges).run()
      equalRecords(t, await data.collect(), expected, { ordered: false })
      t.is(stoppedBy, 'untilEmpty')
    })
  })
}

function floydWarshall({ vertices, edges }: Graph) {
  const distances = vertices.map(() => vertices.map(() => Infinity))
  for (const { source, target, weight } of edges) {
    distances[source]![target] = Math.min(distances[source]![target]!, weight)
  }
  for (const { id: via } of vertices) {
    for (const from of distances) {
      for (const { id: target } of vertices) {
        from[target] = Math.min(from[target]!, from[via]! + distances[via]![target]!)
      }
    }
  }
  return distances.flatMap((from, source) =>
    from.flatMap((distance, target) => (distance < Infinity ? [{ source, target, distance }] : [])),
  )
}
