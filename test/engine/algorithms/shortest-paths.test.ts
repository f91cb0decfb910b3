import test from 'ava'
import { equalRecords } from '../../support/table-equal.js'
import { dataSetsOf, GRAPHS, type Graph } from './graph-zoo.js'
import { inEverySetting } from './settings.js'
import { shortestPaths } from './shortest-paths.js'

for (const [name, graph] of Object.entries(GRAPHS)) {
  test(`shortest paths in ${name} are those that Dijkstra finds`, async t => {
    const expected = dijkstra(graph, 0)
    await inEverySetting(async env => {
      const { vertices, edges } = dataSetsOf(env, graph)
      const { data, stoppedBy } = await shortestPaths(vertices, edges, 0).run()
      equalRecords(t, await data.collect(), expected, { ordered: false })
      t.is(stoppedBy, 'emptyWorkset')
    })
  })
}

function dijkstra({ vertices, edges }: Graph, source: number) {
  const distances = vertices.map(({ id }) => (id === source ? 0 : Infinity))
  const open = new Set(vertices.map(({ id }) => id))
  while (open.size > 0) {
    const [nearest] = [...open].sort((a, b) => distances[a]! - distances[b]!)
    open.delete(nearest!)
    for (const { source, target, weight } of edges) {
      const offer = distances[nearest!]! + weight
      if (source === nearest && offer < distances[target]!) distances[target] = offer
    }
  }
  return distances.map((distance, id) => ({ id, distance }))
}
