/** What graphs refuse, and how they say it: each message is read as a whole. */
import test from 'ava'
import { ArgumentError, from, SchemaError } from '../../engine/index.js'
import {
  allPairsDistances,
  BipartiteGraph,
  betweenness,
  breadthFirstSearch,
  closeness,
  communityDetection,
  communityQuality,
  completeGraph,
  degreeCentrality,
  eccentricity,
  edgeBetweenness,
  eigenvectorCentrality,
  Graph,
  graphOf,
  hits,
  katzCentrality,
  louvain,
  minimumSpanningForest,
  modularity,
  pageRank,
  rmatGraph,
  shortestPath,
  shortestPaths,
  topologyOf,
} from '../../gelly/index.js'
import { checkCount } from '../../gelly/loading/id-kind.js'

type AnyGraph = Graph<string, null, number>

/** Edges a → b, b → c and so on, with these values. */
function path(...values: readonly unknown[]): AnyGraph {
  const names = 'abcdefgh'
  return Graph.from({
    edges: values.map((value, k) => ({ source: names[k]!, target: names[k + 1]!, value })),
  }) as unknown as AnyGraph
}

/** As plain JavaScript may call it. */
const loose = {
  Graph: Graph as unknown as {
    new (...parts: unknown[]): unknown
    from(parts?: unknown): AnyGraph
    fromEdges(data?: unknown, fields?: unknown): AnyGraph
  },
  BipartiteGraph: BipartiteGraph as unknown as {
    new (...parts: unknown[]): unknown
    from(parts?: unknown): unknown
    fromEdges(data?: unknown, fields?: unknown): unknown
  },
  graphOf: graphOf as unknown as (...parts: unknown[]) => unknown,
}
type Loose = Readonly<Record<string, (...parts: unknown[]) => AnyGraph>>

const edge = [{ source: 1, target: 2 }]

type Refused = readonly [title: string, run: () => unknown, kind: 'argument' | 'data', RegExp]

const refused: readonly Refused[] = [
  // What a graph is made of.
  [
    'new',
    () => new loose.Graph(),
    'argument',
    /^Graph: a graph is not made with new\. Use Graph\.from,/,
  ],
  [
    'new with records',
    () => new loose.Graph({ edges: edge }),
    'argument',
    /^Graph: a graph is not/,
  ],
  [
    'new, bipartite',
    () => new loose.BipartiteGraph(),
    'argument',
    /^BipartiteGraph: a graph is not/,
  ],
  [
    'no parts',
    () => loose.Graph.from(),
    'argument',
    /^Graph\.from: needs edges, such as .*; got undefined\.$/,
  ],
  [
    'edges for parts',
    () => loose.Graph.from(edge),
    'argument',
    /^Graph\.from: needs edges, .*; got \[/,
  ],
  [
    'no edges',
    () => loose.Graph.from({ vertices: [] }),
    'argument',
    /^Graph\.from: needs edges, .*there are none\.$/,
  ],
  [
    'an unknown part',
    () => loose.Graph.from({ edges: edge, vertexs: [] }),
    'argument',
    /^Graph\.from: option "vertexs" is not known; there are vertices, edges\.$/,
  ],
  [
    'no parts, bipartite',
    () => loose.BipartiteGraph.from(),
    'argument',
    /^BipartiteGraph\.from: needs edges/,
  ],
  [
    'no fields',
    () => loose.Graph.fromEdges(edge),
    'argument',
    /^Graph\.fromEdges: the second argument must name/,
  ],
  [
    'no fields, bipartite',
    () => loose.BipartiteGraph.fromEdges(edge),
    'argument',
    /^BipartiteGraph\.fromEdges: the second argument must name/,
  ],
  [
    'an unknown role of a field',
    () => loose.Graph.fromEdges(edge, { source: 'source', target: 'target', valu: 'x' }),
    'argument',
    /^Graph\.fromEdges: option "valu" is not known; there are value,/,
  ],
  [
    'a field that is not there',
    () => loose.Graph.fromEdges(edge, { source: 'source', target: 'to' }).load(),
    'data',
    /^Graph\.fromEdges: field "to" is not in the data; it has source, target\.$/,
  ],
  ['no topology', () => loose.graphOf(), 'argument', /^graphOf: needs a topology; got undefined\./],
  [
    'too few ids',
    async () => loose.graphOf(await topologyOf(3, [0], [1]), ['a', 'b']),
    'argument',
    /^graphOf: ids must be 3, one for each vertex; got 2\.$/,
  ],
  [
    'a position that is none',
    () => topologyOf(3, [0, 1], [1, 3]),
    'argument',
    /^topologyOf: the target of edge 1 must be a position below 3; got 3\.$/,
  ],
  [
    'half a position',
    () => topologyOf(3, [0.5], [1]),
    'argument',
    /the source of edge 0 .*; got 0\.5\.$/,
  ],
  [
    'ends without others',
    () => topologyOf(3, [0], []),
    'argument',
    /as many sources as targets; got 1 and 0\.$/,
  ],

  // Ids.
  [
    'a dangling target',
    () =>
      Graph.from({
        vertices: [{ id: 'Bonn' }, { id: 'Rome' }, { id: 'Kiel' }],
        edges: [
          { source: 'Bonn', target: 'Rome' },
          { source: 'Rome', target: 'Boon' },
          { source: 'Rome', target: 'Home' },
        ],
      }).load(),
    'data',
    /^Graph\.from: the target of edge 1, "Boon", is not among the vertices; the nearest ids are "Bonn", .* So it is with 2 edges\. Add the vertices, leave such edges out,/,
  ],
  [
    'a dangling source',
    () =>
      Graph.from({ vertices: [{ id: 1 }, { id: 2 }], edges: [{ source: 4, target: 1 }] }).load(),
    'data',
    /^Graph\.from: the source of edge 0, 4, is not among the vertices; the nearest ids are 2, 1\./,
  ],
  [
    'an added edge without its vertex',
    () =>
      path(1)
        .addEdges([{ source: 'a', target: 'z', value: 1 }])
        .load(),
    'data',
    /^addEdges: the target of edge 1, "z", is not among the vertices;/,
  ],
  [
    'an id twice',
    () => Graph.from({ vertices: [{ id: 'a' }, { id: 'b' }, { id: 'a' }], edges: [] }).load(),
    'data',
    /^Graph\.from: vertex "a" is there twice, as record 0 and 2; ids must be different\. Drop duplicates with distinct\('id'\)\.$/,
  ],
  [
    'new ids that meet',
    () =>
      path(1, 1)
        .translateIds(() => 'x')
        .load(),
    'data',
    /^translateIds: vertex "x" is there twice, as record 0 and 1;/,
  ],
  [
    'ids of two types in a column',
    () => Graph.from({ edges: [...edge, { source: 'x' as never, target: 2 }] }).load(),
    'data',
    /^Graph\.from: all ids must have one type; the source of edge 1 is "x", others are of type number\. Convert them with map first\.$/,
  ],
  [
    'ids of two types at the ends',
    () => Graph.from({ edges: [{ source: 1, target: 'x' as never }] }).load(),
    'data',
    /all ids must have one type; the target of edge 0 is "x", others are of type number/,
  ],
  [
    'edges with ids of another type than vertices',
    () => Graph.from({ vertices: [{ id: '1' }, { id: '2' }], edges: edge as never }).load(),
    'data',
    /all ids must have one type; the source of edge 0 is 1, others are of type string/,
  ],
  [
    'an id that is missing',
    () => Graph.from({ edges: [{ source: 1, target: null as never }] }).load(),
    'data',
    /the target of edge 0 is missing; ids are numbers, texts or bigint/,
  ],
  [
    'an id that is NaN',
    () => Graph.from({ edges: [{ source: Number.NaN, target: 1 }] }).load(),
    'data',
    /the source of edge 0 is NaN; ids are numbers/,
  ],
  [
    'an id that is an object',
    () => Graph.from({ edges: [{ source: {} as never, target: 1 }] }).load(),
    'data',
    /the source of edge 0 is \{\}; ids are numbers/,
  ],

  // Vertices that are asked for.
  ...(
    [
      ['shortestPaths', (g: AnyGraph) => shortestPaths(g, { source: 'aa' })],
      ['shortestPath', (g: AnyGraph) => shortestPath(g, { source: 'aa', target: 'b' })],
      ['shortestPath', (g: AnyGraph) => shortestPath(g, { source: 'a', target: 'aa' })],
      ['breadthFirstSearch', (g: AnyGraph) => breadthFirstSearch(g, { source: 'aa' })],
      ['pageRank', (g: AnyGraph) => pageRank(g, { personalized: ['a', 'aa'] } as never)],
    ] as const
  ).map(
    ([name, run], k) =>
      [
        `an unknown vertex, ${name}, argument ${k}`,
        () => run(path(1, 1)),
        'argument',
        new RegExp(`^${name}: vertex "aa" is not in the graph; the nearest ids are "a", `),
      ] as const,
  ),
  [
    'an unknown vertex of an empty graph',
    () =>
      breadthFirstSearch(Graph.from({ vertices: [], edges: [] }) as never, { source: 1 as never }),
    'argument',
    /^breadthFirstSearch: vertex 1 is not in the graph; it has no vertices\.$/,
  ],

  // Too large.
  [
    'too many vertices',
    () => checkCount(2 ** 31, 'vertices', 'Graph.from'),
    'argument',
    /^Graph\.from: 2147483648 vertices are too many; there may be 2147483647, since positions have 32 bits\./,
  ],
  [
    'too many edges',
    () => checkCount(2 ** 31, 'edges', 'Graph.from'),
    'argument',
    /^Graph\.from: 2147483648 edges are too many/,
  ],
  [
    'too many positions',
    () => topologyOf(2 ** 31, [], []),
    'argument',
    /^topologyOf: vertexCount must be .* 32 bits; got 2147483648\.$/,
  ],
  [
    'too many edges of a generator',
    () => rmatGraph({ scale: 28 }).load(),
    'argument',
    /^rmatGraph: a graph may have \d+ edges; this one would have \d+ or more\. Ask for fewer\.$/,
  ],
  [
    'too many edges of a complete graph',
    () => completeGraph({ vertexCount: 100_000 }).load(),
    'argument',
    /^completeGraph: a graph may have \d+ edges;/,
  ],
  [
    'an unknown option of a generator',
    () => rmatGraph({ scale: 3, sede: 1 } as never),
    'argument',
    /^rmatGraph: option "sede" is not known; there are seed,/,
  ],

  // Methods without what they need.
  ...(
    ['joinWithVertices', 'joinWithEdges', 'joinWithEdgesOnSource', 'joinWithEdgesOnTarget'] as const
  ).map(
    name =>
      [
        `${name} without a function`,
        () => (path(1) as unknown as Loose)[name]!([{ id: 'a', source: 'a', target: 'b' }]),
        'argument',
        new RegExp(`^${name}: needs a function; got undefined\\.$`),
      ] as const,
  ),
  ...(
    [
      'reduceOnEdges',
      'reduceOnNeighbors',
      'groupReduceOnEdges',
      'groupReduceOnNeighbors',
      'translateIds',
    ] as const
  ).map(
    name =>
      [
        `${name} without a function`,
        () => (path(1) as unknown as Loose)[name]!(undefined, 'in'),
        'argument',
        new RegExp(`^${name}: needs a function; got undefined\\.$`),
      ] as const,
  ),
  ...(['removeVertices', 'removeEdges'] as const).map(
    name =>
      [
        `${name} of one, not a list`,
        () => (path(1) as unknown as Loose)[name]!('a'),
        'argument',
        new RegExp(`^${name}: the (ids|edges) must be an array or another iterable; got "a"\\.`),
      ] as const,
  ),
  ...(['union', 'difference', 'differenceEdges', 'intersect'] as const).map(
    name =>
      [
        `${name} with what is no graph`,
        () => (path(1) as unknown as Loose)[name]!([]),
        'argument',
        new RegExp(`^${name}: the other graph must be a Graph; got \\[\\]\\.$`),
      ] as const,
  ),
]

for (const [title, run, kind, message] of refused) {
  test(`refuses ${title}`, async t => {
    await t.throwsAsync(async () => await run(), {
      instanceOf: kind === 'argument' ? ArgumentError : SchemaError,
      message,
    })
  })
}

type Weighed = (graph: AnyGraph) => unknown
const weight = 'value' as never

/** A community for each vertex. */
async function alone(graph: AnyGraph) {
  const ids = await graph.vertices.select('id').collect()
  return from(ids.map(({ id }) => ({ id, community: id })))
}

/** Each algorithm that takes weights, and whether they may be negative. */
const WEIGHED: readonly [name: string, run: Weighed, negative?: boolean][] = [
  ['allPairsDistances', graph => allPairsDistances(graph)],
  ['betweenness', graph => betweenness(graph, { weight })],
  ['closeness', graph => closeness(graph, { weight })],
  ['communityDetection', graph => communityDetection(graph, { weight } as never)],
  ['communityQuality', async graph => communityQuality(graph, await alone(graph), { weight })],
  ['degreeCentrality', graph => degreeCentrality(graph, { weight })],
  ['edgeBetweenness', graph => edgeBetweenness(graph, { weight })],
  ['eccentricity', graph => eccentricity(graph, { weight })],
  ['eigenvectorCentrality', graph => eigenvectorCentrality(graph, { weight })],
  ['hits', graph => hits(graph, { weight })],
  ['katzCentrality', graph => katzCentrality(graph, { weight })],
  ['louvain', graph => louvain(graph, { weight })],
  ['minimumSpanningForest', graph => minimumSpanningForest(graph), true],
  ['modularity', async graph => modularity(graph, await alone(graph), { weight })],
  ['pageRank', graph => pageRank(graph, { weight })],
  ['shortestPath', graph => shortestPath(graph, { source: 'a', target: 'b' })],
  ['shortestPaths', graph => shortestPaths(graph, { source: 'a' })],
]

for (const [name, run, negative = false] of WEIGHED) {
  test(`${name} refuses weights that are no finite numbers, and names the edge`, async t => {
    for (const [value, shownAs] of [
      [Number.NaN, 'NaN'],
      [Number.POSITIVE_INFINITY, 'Infinity'],
      ['3', '"3"'],
      [true, 'true'],
      [null, 'null'],
      [3n, '3n'],
    ] as const) {
      const { message } = await t.throwsAsync(async () => await run(path(1, value, 2)), {
        instanceOf: SchemaError,
      })
      const start = `${name}: the weight of edge 1, from "b" to "c", must be a finite number; got ${shownAs}.`
      t.true(message.startsWith(start), message)
    }
    if (negative) {
      await t.notThrowsAsync(async () => await run(path(1, -2)))
      return
    }
    const { message } = await t.throwsAsync(async () => await run(path(1, -2)), {
      instanceOf: SchemaError,
    })
    t.is(
      message,
      `${name}: the weight of edge 1, from "b" to "c", must not be negative; got -2. Filter or map the edges first.`,
    )
  })
}
