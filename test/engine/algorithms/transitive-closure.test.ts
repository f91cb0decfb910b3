import test from 'ava'
import { equalRecords } from '../../support/table-equal.js'
import { dataSetsOf, GRAPHS, type Graph } from './graph-zoo.js'
import { inEverySetting } from './settings.js'
import { transitiveClosure } from './transitive-closure.js'

for (const [name, graph] of Object.entries(GRAPHS)) {
  test(`the transitive closure of ${name} is what searches from each vertex reach`, async t => {
    const expected = searched(graph)
    await inEverySetting(async env => {
      const { edges } = dataSetsOf(env, graph)
      const { data, stoppedBy } = await transitiveClosure(edges).run()
      equalRecords(t, await data.collect(), expected, { ordered: false })
      t.is(stoppedBy, 'emptyWorkset')
    })
  })
}

function searched({ vertices, edges }: Graph) {
  return vertices.flatMap(({ id: source }) => {
    const reached = new Set<number>()
    const open = [source]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const edge of edges) {
        if (edge.source !== next || reached.has(edge.target)) continue
        reached.add(edge.target)
        open.push(edge.target)
      }
    }
    return [...reached].map(target => ({ source, target }))
  })
}
