import test from 'ava'
import { MultiGraph, UndirectedGraph } from 'graphology'
import { ArgumentError, InputOutputError } from '../../../engine/index.js'
import { fromGraphology } from '../../../gelly/formats/from-graphology.js'
import { readGexf } from '../../../gelly/formats/read-gexf.js'
import { readGraphml } from '../../../gelly/formats/read-graphml.js'
import { toGraphology } from '../../../gelly/formats/to-graphology.js'
import { writeGexf } from '../../../gelly/formats/write-gexf.js'
import { writeGraphml } from '../../../gelly/formats/write-graphml.js'
import { Graph } from '../../../gelly/graph.js'
import { zoo } from '../zoo.js'
import { bytes, recordsOf, temporary } from './support.js'

const people = Graph.from({
  vertices: [
    { id: 'a & b', value: { label: 'Tom & "Jerry" <1>', age: 3.5, member: true } },
    { id: 'ü', value: { label: 'line\nbreak', age: -1, member: false } },
    { id: 'alone', value: { label: '', age: 0, member: true } },
  ],
  edges: [
    { source: 'a & b', target: 'ü', value: { weight: 2 } },
    { source: 'a & b', target: 'ü', value: { weight: 3 } },
    { source: 'ü', target: 'ü', value: { weight: 0.25 } },
  ],
})

test('a graph goes to graphology and back', async t => {
  t.deepEqual(await recordsOf(fromGraphology(await toGraphology(people))), await recordsOf(people))
})

test('ids become keys, which are texts, and plain values an attribute', async t => {
  const graph = Graph.from({ edges: [{ source: 2, target: 1, value: 0.5 }] })
  const made = await toGraphology(graph)
  t.deepEqual(made.nodes(), ['1', '2'])
  t.deepEqual(made.getEdgeAttributes(made.edges()[0]), { value: 0.5 })
})

test('undirected edges of graphology become two', async t => {
  const source = new UndirectedGraph()
  source.mergeEdge('x', 'y', { weight: 2 })
  t.deepEqual(await fromGraphology(source).edges.collect(), [
    { source: 'x', target: 'y', value: { weight: 2 } },
    { source: 'y', target: 'x', value: { weight: 2 } },
  ])
})

test('without attributes there are no values, and what is changed later does not matter', async t => {
  const source = new MultiGraph()
  source.addNode('x')
  const graph = fromGraphology(source)
  t.deepEqual(await recordsOf(graph), { vertices: [{ id: 'x', value: null }], edges: [] })
  source.addNode('y')
  t.is(await graph.vertices.count(), 1)
})

test('refuses what is no graph of graphology', t => {
  t.throws(() => fromGraphology({} as never), { instanceOf: ArgumentError })
  t.throws(() => fromGraphology(null as never), { instanceOf: ArgumentError })
})

test('GraphML keeps ids, values and their types', async t => {
  const path = await temporary('people.graphml')
  await writeGraphml(people, path)
  t.deepEqual(await recordsOf(readGraphml(path)), await recordsOf(people))
})

test('GEXF keeps ids, values and their types', async t => {
  const path = await temporary('people.gexf')
  await writeGexf(people, path)
  const read = await recordsOf(readGexf(path))
  const [first] = read.vertices as { id: string; value: unknown }[]
  t.deepEqual(first, { id: 'a & b', value: { label: 'Tom & "Jerry" <1>', age: 3.5, member: true } })
  t.deepEqual(read.edges, await people.edges.collect())
})

for (const each of zoo.filter(({ sources }) => sources.length < 1000)) {
  test(`${each.name} goes through GEXF and GraphML`, async t => {
    const ids = Array.from({ length: each.vertexCount }, (_, v) => ({ id: `v${v}` }))
    const edges = each.sources.map((s, k) => ({ source: `v${s}`, target: `v${each.targets[k]}` }))
    const graph = Graph.from({ vertices: ids, edges })
    const expected = await recordsOf(graph)
    const [gexf, graphml] = [await temporary('g.gexf'), await temporary('g.graphml')]
    await writeGexf(graph, gexf)
    await writeGraphml(graph, graphml)
    t.deepEqual(await recordsOf(readGexf(gexf)), expected)
    t.deepEqual(await recordsOf(readGraphml(graphml)), expected)
  })
}

test('files are not replaced unless that is asked for', async t => {
  const path = await temporary('g.graphml', 'x')
  await t.throwsAsync(writeGraphml(people, path), {
    instanceOf: InputOutputError,
    message: /exists/,
  })
  await writeGraphml(people, path, { overwrite: true })
  t.is(await readGraphml(path).vertices.count(), 3)
})

const graphml = '<graphml>\n<graph edgedefault="undirected">\n'
test('undirected edges of GraphML become two', async t => {
  const text = `${graphml}<node id="a"/><node id="b"/>\n<edge source="a" target="b"/></graph></graphml>`
  t.deepEqual(await readGraphml(bytes(text)).edges.collect(), [
    { source: 'a', target: 'b', value: null },
    { source: 'b', target: 'a', value: null },
  ])
})

const wrong: readonly [string, string, RegExp][] = [
  ['that is empty', '', /it is empty/],
  ['of something else', '<html/>', /outermost element is <html>, not <graphml>/],
  ['without a graph', '<graphml></graphml>', /no <graph>/],
  ['with a tag that is not closed', `${graphml}<node id="a">\n</graph></graphml>`, /line \d: /],
  ['with an attribute without quotes', `${graphml}<node id=a/>\n</graph></graphml>`, /line 3: /],
  [
    'with an edge to nowhere',
    `${graphml}<node id="a"/><edge source="a" target="b"/></graph></graphml>`,
    /line 3: the target of an edge, "b", is not among the nodes/,
  ],
  [
    'with a node twice',
    `${graphml}<node id="a"/>\n<node id="a"/></graph></graphml>`,
    /line 4: node "a" is there twice/,
  ],
]
for (const [title, text, message] of wrong) {
  test(`refuses a file ${title}`, async t => {
    await t.throwsAsync(readGraphml(bytes(text)).load(), { instanceOf: InputOutputError, message })
    const gexf = text.replaceAll('graphml', 'gexf')
    const gexfMessage = new RegExp(message.source.replaceAll('graphml', 'gexf'))
    await t.throwsAsync(readGexf(bytes(gexf)).load(), {
      instanceOf: InputOutputError,
      message: gexfMessage,
    })
  })
}
