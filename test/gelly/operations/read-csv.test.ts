import test from 'ava'
import { Graph } from '../../../gelly/index.js'
import { environments } from '../environments.js'

const bytes = (text: string) => new TextEncoder().encode(text)

for (const { name, env: environment } of environments) {
  test(`reads edge lists with and without a header, ${name}`, async t => {
    const named = Graph.readCsv(bytes('from,to,km\na,b,1.5\nb,c,2\n'), {
      source: 'from',
      target: 'to',
      value: 'km',
      environment,
    })
    t.deepEqual(await named.edges.collect(), [
      { source: 'a', target: 'b', value: 1.5 },
      { source: 'b', target: 'c', value: 2 },
    ])
    t.deepEqual([...(await (await named.load()).weights(undefined, 'test'))], [1.5, 2])
    const bare = Graph.readCsv(bytes('# comment\n1\t2\n2\t1\n2\t5\n'), {
      header: false,
      delimiter: '\t',
      comments: '#',
      environment,
    })
    const loaded = await bare.load()
    t.deepEqual(await bare.vertices.collect(), [
      { id: 1, value: null },
      { id: 2, value: null },
      { id: 5, value: null },
    ])
    t.deepEqual([...loaded.topology.sources], [0, 1, 1])
    t.is(loaded.edgeValues, null)
  })

  test(`reads a file of vertices, too, ${name}`, async t => {
    const vertices = bytes('id,name\n1,one\n2,two\n3,three\n')
    const graph = Graph.readCsv(bytes('source,target\n1,2\n'), {
      vertices,
      vertexValue: 'name',
      environment,
    })
    t.deepEqual(await graph.vertices.collect(), [
      { id: 1, value: 'one' },
      { id: 2, value: 'two' },
      { id: 3, value: 'three' },
    ])
    t.is(await graph.countVertices(), 3)
    const bare = Graph.readCsv(bytes('1 2 0.5\n'), {
      header: ['from', 'to', 'w'],
      source: 'from',
      target: 'to',
      value: 'w',
      delimiter: ' ',
      vertices: bytes('1\n2\n4\n'),
      environment,
    })
    t.deepEqual(
      (await bare.vertices.collect()).map(({ id }) => id),
      [1, 2, 4],
    )
    t.deepEqual(await bare.edges.collect(), [{ source: 1, target: 2, value: 0.5 }])
  })
}

test('numbers of columns that hold texts elsewhere are read as texts when told so', async t => {
  const file = bytes('source,target\n1,a\n2,b\n')
  const graph = Graph.readCsv<string>(file, { types: { source: 'string' } })
  t.deepEqual(
    (await graph.vertices.collect()).map(({ id }) => id),
    ['1', '2', 'a', 'b'],
  )
})
