import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import test from 'ava'
import { ArgumentError, InputOutputError, SchemaError } from '../../../engine/index.js'
import { GRAPH_FORMATS } from '../../../gelly/formats/graph-files.js'
import { readGraph } from '../../../gelly/formats/read-graph.js'
import { readGraphalytics } from '../../../gelly/formats/read-graphalytics.js'
import { writeGraph } from '../../../gelly/formats/write-graph.js'
import { Graph } from '../../../gelly/graph.js'
import { numberIds, stringIds, zoo } from '../zoo.js'
import { graphOfZoo, recordsOf, temporary } from './support.js'

for (const format of GRAPH_FORMATS) {
  test(`graphs go through a folder of ${format} files`, async t => {
    for (const each of zoo.filter(({ sources }) => sources.length < 1000)) {
      for (const ids of [numberIds(each), stringIds(each)]) {
        const graph = graphOfZoo<number | string>(each, ids)
        const folder = await temporary('graph')
        await writeGraph(graph, folder, { format })
        t.deepEqual(await recordsOf(await readGraph(folder)), await recordsOf(graph), each.name)
      }
    }
  })

  test(`values that are records have a column for each field in ${format}`, async t => {
    const graph = Graph.from({
      vertices: [
        { id: 1, value: { x: 1.5, label: 'one' } },
        { id: 2, value: { x: 2.5, label: 'two' } },
      ],
      edges: [{ source: 1, target: 2, value: { weight: 0.5 } }],
    })
    const folder = await temporary('graph')
    await writeGraph(graph, folder, { format })
    t.deepEqual(await recordsOf(await readGraph(folder)), await recordsOf(graph))
  })
}

test('edges alone are a graph, and the format is that of the ending', async t => {
  const graph = Graph.from({ edges: [{ source: 'a', target: 'b' }] })
  const path = await temporary('edges.csv.gz')
  await writeGraph(graph, { edges: path })
  t.deepEqual(await recordsOf(await readGraph({ edges: path })), await recordsOf(graph))
})

test('files and folders that are wrong are refused with what to do', async t => {
  const graph = Graph.from({ edges: [{ source: 'a', target: 'b' }] })
  const refuse = (run: Promise<unknown>, type: new () => Error, message: RegExp) =>
    t.throwsAsync(run, { instanceOf: type, message })
  const path = await temporary('edges.csv', 'from,to\n1,2\n')
  await refuse(readGraph({ edges: path }), ArgumentError, /has no column "source"; it has from, to/)
  await refuse(readGraph(`${path}.none`), InputOutputError, /is no folder that can be read/)
  await refuse(
    readGraph({ edges: 'a.txt' }),
    ArgumentError,
    /must end with .arrow, .parquet, .csv, .tsv/,
  )
  await refuse(readGraph(3 as never), ArgumentError, /give a folder or/)
  await refuse(writeGraph(graph, { edges: path }), InputOutputError, /exists/)
  await refuse(writeGraph(graph, 'x', { format: 'xml' as never }), ArgumentError, /format must be/)
  const empty = join(dirname(path), 'empty')
  await mkdir(empty)
  await refuse(readGraph(empty), InputOutputError, /has no edges.arrow/)
  const clash = Graph.from({ edges: [{ source: 1, target: 2, value: { source: 3 } }] })
  await refuse(writeGraph(clash, join(empty, 'x')), SchemaError, /has the name "source"/)
})

test('Graphalytics files are read, with vertices that have no edge', async t => {
  const edges = await temporary('example.e', '2 3 0.5\n10 2 1.25\n')
  const name = edges.slice(0, -2)
  await writeFile(`${name}.v`, '2\n3\n10\n4294967296\n')
  const { vertices, edges: read } = await recordsOf(await readGraphalytics(name))
  t.deepEqual(
    vertices,
    [2, 3, 10, 4294967296].map(id => ({ id, value: null })),
  )
  t.deepEqual(read, [
    { source: 2, target: 3, value: 0.5 },
    { source: 10, target: 2, value: 1.25 },
  ])
  await writeFile(`${name}.properties`, 'graph.example.directed = false\n')
  const both = await (await readGraphalytics(edges)).edges.collect()
  t.is(both.length, 4)
  t.deepEqual(both[2], { source: 3, target: 2, value: 0.5 })
  t.is(await (await readGraphalytics(name, { directed: true })).edges.count(), 2)
})

test('Graphalytics edges without weights have no value', async t => {
  const path = await temporary('example.e', '2 3\n3 2\n')
  const graph = await readGraphalytics(path)
  t.deepEqual(await graph.edges.first(1).collect(), [{ source: 2, target: 3, value: null }])
  t.is((await graph.load()).edgeValues, null)
})

test('Graphalytics lines that are malformed are refused with their number', async t => {
  const path = await temporary('example.e', '2 3\n3 x\n')
  await t.throwsAsync((await readGraphalytics(path)).load(), {
    instanceOf: InputOutputError,
    message: /example\.e.*line 2|line 2.*example\.e/,
  })
  await t.throwsAsync(readGraphalytics('none'), { message: /"none.e" does not exist/ })
})
