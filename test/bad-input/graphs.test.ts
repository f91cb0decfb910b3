/** Records that are no graph: the record, the id, what to do. */
import test, { type ExecutionContext } from 'ava'
import {
  ArgumentError,
  from,
  fromColumns,
  InputOutputError,
  SchemaError,
} from '../../engine/index.js'
import {
  breadthFirstSearch,
  Graph,
  graphOf,
  shortestPath,
  shortestPaths,
  topologyOf,
} from '../../gelly/index.js'
import { checkCount } from '../../gelly/loading/id-kind.js'
import { type Anything, fails } from './support.js'

const edges = [
  { source: 'a', target: 'b', value: 1 },
  { source: 'b', target: 'c', value: 2 },
]
const vertices = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]

/** Loading the graph, and running any of its data sets that loads it, fails alike. */
async function fail(t: ExecutionContext, message: RegExp, parts: Anything) {
  const graph = Graph.from(parts)
  await fails(t, SchemaError, message, () => graph.load())
  await fails(t, SchemaError, message, () => graph.triplets())
  const { valid, problems } = await graph.validate()
  t.false(valid)
  t.regex(problems[0]!, message)
}

test('an edge whose end is no vertex is named, with the nearest ids', async t => {
  await fail(
    t,
    /Graph\.from: the target of edge 1, "c", is not among the vertices; the nearest ids are "a", "b"\. Add/,
    {
      vertices: vertices.slice(0, 2),
      edges,
    },
  )
  await fail(t, /the source of edge 0, 7, .* nearest ids are 9, 0\. So it is with 2 edges\. Add/, {
    vertices: [{ id: 0 }, { id: 9 }],
    edges: [
      { source: 7, target: 0 },
      { source: -1, target: 0 },
    ],
  })
  await fail(t, /the source of edge 0, "a", is not among the vertices; there are no vertices\./, {
    vertices: [],
    edges,
  })
})

test('an id that is there twice is named with both records', async t => {
  await fail(t, /vertex "b" is there twice, as record 1 and 3; ids must be different\. Drop/, {
    vertices: [...vertices, { id: 'b' }],
    edges,
  })
})

test('ids of two types are refused', async t => {
  const mixed =
    /all ids must have one type; the target of edge 1 is 3, others are of type string\. Convert/
  await fail(t, mixed, { edges: [edges[0], { source: 'a', target: 3 }] })
  await fail(t, /the source of edge 0 is "1", others are of type number/, {
    vertices: [{ id: 1 }],
    edges: [{ source: '1', target: '1' }],
  })
  await fail(t, /the id of vertex 1 is "b", others are of type number/, {
    vertices: [{ id: 1 }, { id: 'b' }],
    edges: [],
  })
  await fail(t, /the id of vertex 1 is 2, others are of type bigint/, {
    vertices: [{ id: 1n }, { id: 2 }],
    edges: [],
  })
})

test('what cannot be an id is refused', async t => {
  await fail(
    t,
    /the target of edge 1 is missing; ids are numbers, texts or bigint values\. Filter/,
    {
      edges: [edges[0], { source: 'a' }],
    },
  )
  await fail(t, /the source of edge 0 is missing/, { edges: [{ from: 1, to: 2 }] })
  await fail(t, /the id of vertex 0 is true; ids are numbers/, {
    vertices: [{ id: true }],
    edges: [],
  })
  await fail(t, /the id of vertex 0 is NaN; ids are numbers/, {
    vertices: [{ id: Number.NaN }],
    edges: [],
  })
  await fail(t, /the source of edge 0 is \{"x":1\}; ids are numbers/, {
    edges: [{ source: { x: 1 }, target: 1 }],
  })
})

test('graphs too large for positions of 32 bits say so', async t => {
  const message =
    /Graph: 3000000000 edges are too many; there may be 2147483647, since positions have 32 bits/
  await fails(t, ArgumentError, message, () => checkCount(3e9, 'edges', 'Graph'))
  checkCount(2 ** 31 - 1, 'vertices', 'Graph')
  t.pass()
})

test('an unknown vertex is refused, with the nearest ids', async t => {
  const cities = await Graph.from({
    edges: ['Bern', 'Basel', 'Genf', 'Bonn'].map(source => ({ source, target: 'Chur' })),
  }).load()
  await fails(
    t,
    ArgumentError,
    'paths: vertex "Bärn" is not in the graph; the nearest ids are "Bern", "Bonn", "Basel", "Genf", "Chur".',
    () => cities.ids.require('Bärn', 'paths'),
  )
  const numbers = await graphOf(await topologyOf(9, [], [])).load()
  await fails(
    t,
    ArgumentError,
    'paths: vertex 12 is not in the graph; the nearest ids are 8, 7, 6, 5, 4.',
    () => numbers.ids.require(12, 'paths'),
  )
})

test('weights that are none are refused with their edge', async t => {
  const weighed = async (values: readonly unknown[], weight?: Anything, options?: object) => {
    const records = values.map((value, k) => ({ source: k, target: k + 1, value }))
    const loaded = await Graph.from({ edges: records as Anything }).load()
    return loaded.weights(weight, 'paths', options)
  }
  const is = (what: string) => new RegExp(`^paths: the weight of edge 1, from 1 to 2, must ${what}`)
  await fails(t, SchemaError, is('be a finite number; got NaN\\.'), () => weighed([1, Number.NaN]))
  await fails(t, SchemaError, is('be a finite number; got Infinity\\.'), () =>
    weighed([1, Number.POSITIVE_INFINITY]),
  )
  await fails(t, SchemaError, is('be a finite number; got null\\.'), () => weighed([1, null]))
  await fails(t, SchemaError, is('be a finite number; got "x"\\.'), () => weighed([1, 'x']))
  await fails(t, SchemaError, is('not be negative; got -2\\. Filter'), () => weighed([1, -2]))
  t.deepEqual([...(await weighed([1, -2], undefined, { negative: true }))], [1, -2])
  const records = [{ km: 1 }, { km: -2 }]
  await fails(t, SchemaError, is('not be negative'), () => weighed(records, 'km'))
  await fails(t, SchemaError, is('not be negative'), () =>
    weighed(records, (edge: Anything) => edge.value.km),
  )
  await fails(t, SchemaError, is('be a finite number; got null'), () =>
    weighed([{ km: 1 }, {}], 'km'),
  )
  await fails(t, SchemaError, 'paths: the values of edges have no field "kn"; they have km.', () =>
    weighed(records, 'kn'),
  )
  await fails(t, SchemaError, /the edges' values have no fields; the first is 1\./, () =>
    weighed([1, 2], 'km'),
  )
  await fails(t, ArgumentError, /option "negativ" is not known/, () =>
    weighed([1], undefined, { negativ: true }),
  )
  t.deepEqual([...(await weighed(records, (edge: Anything) => edge.source + 1))], [1, 2])
  t.deepEqual([...(await weighed([null, null]))], [1, 1])
})

test('translated ids must stay different', async t => {
  const graph = Graph.from({ edges }).translateIds(id => (id === 'a' ? 'b' : id))
  await fails(t, SchemaError, /translateIds: vertex "b" is there twice/, () => graph.load())
})

test('edges are not added to vertices that are not there', async t => {
  const graph = Graph.from({ vertices, edges: [] as { source: string; target: string }[] })
  const more = graph.addEdges([{ source: 'a', target: 'z', value: null }])
  await fails(t, SchemaError, /addEdges: the target of edge 0, "z", is not among/, () =>
    more.load(),
  )
})

test('malformed lines of edge lists are named', async t => {
  const text = new TextEncoder().encode('source,target\n1,2\n3\n')
  await fails(t, InputOutputError, /line 3: the line has 1 field/, () => Graph.readCsv(text).load())
  const graph = Graph.readCsv(text, { invalid: 'skip' })
  t.is(await graph.countEdges(), 1)
  await fails(t, SchemaError, /field "from" is not in the data; it has source, target/, () =>
    Graph.readCsv(text, { source: 'from', invalid: 'skip' }).load(),
  )
})

test('a data set that is no data set is refused', async t => {
  await fails(t, ArgumentError, /records must be an array, an iterable/, () =>
    Graph.from({ edges: 5 as Anything }),
  )
  const columns = fromColumns({ source: [1], target: [2] })
  t.is(await Graph.from({ edges: columns, vertices: from([{ id: 1 }, { id: 2 }]) }).countEdges(), 1)
})

test('a field that is not in the data is named by the operation that wants it', async t => {
  const records = from([{ a: 1, b: 2 }])
  const fields = { source: 'a', target: 'c' } as Anything
  await fails(
    t,
    SchemaError,
    /^Graph\.fromEdges: field "c" is not in the data; it has a, b\./,
    () => Graph.fromEdges(records, fields).load(),
  )
})

test('what a newcomer forgets is said, with what to write', async t => {
  const graph = Graph.from({ edges })
  const plain = graph as Anything
  await fails(t, ArgumentError, /^Graph\.fromEdges: the second argument must name the fields/, () =>
    Graph.fromEdges([['a', 'b']], undefined as Anything),
  )
  for (const run of [breadthFirstSearch, shortestPaths, shortestPath] as Anything[]) {
    await fails(t, ArgumentError, new RegExp(`${run.name}: source is missing.`), () => run(graph))
    await fails(t, ArgumentError, new RegExp(`${run.name}: source is missing.`), () =>
      run(graph, {}),
    )
  }
  for (const name of ['union', 'difference', 'differenceEdges', 'intersect']) {
    await fails(t, ArgumentError, `${name}: the other graph must be a Graph; got undefined.`, () =>
      plain[name](),
    )
  }
  const text = new TextEncoder().encode('source,target,km\n1,2,3\n2,3,far\n')
  await fails(
    t,
    SchemaError,
    /^Graph\.readCsv: field "src" is not in the data; it has source/,
    () => Graph.readCsv(text, { source: 'src' }).load(),
  )
  await fails(t, SchemaError, /got "3"\. It is a text: one value that is no number makes/, () =>
    shortestPaths(Graph.readCsv(text, { value: 'km' }) as Anything, { source: 1 }),
  )
})
