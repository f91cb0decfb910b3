import test from 'ava'
import { equalRecords } from '../../support/table-equal.js'
import { connectedComponents } from './connected-components.js'
import { dataSetsOf, GRAPHS, type Graph } from './graph-zoo.js'
import { inEverySetting } from './settings.js'

for (const [name, graph] of Object.entries(GRAPHS)) {
  test(`connected components of ${name} are those that union-find finds`, async t => {
    const expected = unionFind(graph)
    await inEverySetting(async env => {
      const { vertices, edges } = dataSetsOf(env, graph)
      const { data, stoppedBy, history } = await connectedComponents(vertices, edges).run()
      equalRecords(t, await data.collect(), expected, { ordered: false })
      t.is(stoppedBy, 'emptyWorkset')
      // What a superstep changed is the workset of the next one.
      const changed = [graph.vertices.length, ...history.map(step => step.changed)]
      t.deepEqual(
        history.map(step => step.workset),
        changed.slice(0, -1),
      )
      t.is(changed.at(-1), 0)
    })
  })
}

function unionFind({ vertices, edges }: Graph) {
  const parent = vertices.map(({ id }) => id)
  const rootOf = (id: number): number => (parent[id] === id ? id : rootOf(parent[id]!))
  for (const { source, target } of edges) {
    const [a, b] = [rootOf(source), rootOf(target)]
    parent[Math.max(a, b)] = Math.min(a, b)
  }
  return vertices.map(({ id }) => ({ id, component: rootOf(id) }))
}
