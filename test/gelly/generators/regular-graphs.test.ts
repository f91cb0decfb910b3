import test from 'ava'
import { ArgumentError } from '../../../engine/index.js'
import { circulantGraph } from '../../../gelly/generators/circulant-graph.js'
import { completeGraph } from '../../../gelly/generators/complete-graph.js'
import { cycleGraph } from '../../../gelly/generators/cycle-graph.js'
import { echoGraph } from '../../../gelly/generators/echo-graph.js'
import { emptyGraph } from '../../../gelly/generators/empty-graph.js'
import { gridGraph } from '../../../gelly/generators/grid-graph.js'
import { hypercubeGraph } from '../../../gelly/generators/hypercube-graph.js'
import { pathGraph } from '../../../gelly/generators/path-graph.js'
import { singletonEdgeGraph } from '../../../gelly/generators/singleton-edge-graph.js'
import { starGraph } from '../../../gelly/generators/star-graph.js'
import { degrees, edgesOf, isSimple, isSymmetric } from './shapes.js'

test('an empty graph has vertices and no edges', async t => {
  t.deepEqual(await edgesOf(emptyGraph({ vertexCount: 3 })), [])
  t.is((await emptyGraph({ vertexCount: 3 }).load()).topology.vertexCount, 3)
  t.is((await emptyGraph({ vertexCount: 0 }).load()).topology.vertexCount, 0)
})

test('a complete graph joins each vertex with each other one', async t => {
  t.deepEqual(await edgesOf(completeGraph({ vertexCount: 3 })), [
    '0-1',
    '0-2',
    '1-0',
    '1-2',
    '2-0',
    '2-1',
  ])
  t.deepEqual(await edgesOf(completeGraph({ vertexCount: 1 })), [])
  t.true(await isSimple(completeGraph({ vertexCount: 20 })))
})

test('a star has its hub at 0', async t => {
  t.deepEqual(await edgesOf(starGraph({ vertexCount: 3 })), ['0-1', '0-2', '1-0', '2-0'])
  t.deepEqual(await edgesOf(starGraph({ vertexCount: 1 })), [])
})

test('singleton edges are pairs', async t => {
  t.deepEqual(await edgesOf(singletonEdgeGraph({ pairCount: 2 })), ['0-1', '1-0', '2-3', '3-2'])
})

test('a path and a cycle go both ways', async t => {
  t.deepEqual(await edgesOf(pathGraph({ vertexCount: 3 })), ['0-1', '1-0', '1-2', '2-1'])
  t.deepEqual(await edgesOf(pathGraph({ vertexCount: 1 })), [])
  t.deepEqual(await edgesOf(cycleGraph({ vertexCount: 3 })), [
    '0-1',
    '0-2',
    '1-0',
    '1-2',
    '2-0',
    '2-1',
  ])
  t.deepEqual(await edgesOf(cycleGraph({ vertexCount: 2 })), ['0-1', '1-0'])
})

test('the last dimension of a grid runs fastest', async t => {
  t.deepEqual(await edgesOf(gridGraph({ dimensions: [2, 3] })), [
    '0-1',
    '0-3',
    '1-0',
    '1-2',
    '1-4',
    '2-1',
    '2-5',
    '3-0',
    '3-4',
    '4-1',
    '4-3',
    '4-5',
    '5-2',
    '5-4',
  ])
})

test('a torus gives all vertices the same degree, and a size of 2 does not wrap', async t => {
  const torus = gridGraph({ dimensions: [3, 4, 5].map(size => ({ size, wrap: true })) })
  t.deepEqual(new Set(await degrees(torus)), new Set([6]))
  t.true(await isSimple(torus))
  t.true(await isSymmetric(torus))
  const flat = gridGraph({ dimensions: [{ size: 2, wrap: true }, 2] })
  t.deepEqual(await edgesOf(flat), ['0-1', '0-2', '1-0', '1-3', '2-0', '2-3', '3-1', '3-2'])
})

test('neighbours in a hypercube differ in one bit', async t => {
  const edges = await edgesOf(hypercubeGraph({ dimensions: 5 }))
  t.is(edges.length, 5 * 32)
  t.is(new Set(edges).size, 5 * 32)
  for (const edge of edges) {
    const [u, v] = edge.split('-').map(Number) as [number, number]
    const bits = u ^ v
    t.true(bits > 0 && (bits & (bits - 1)) === 0, edge)
  }
})

test('a circulant graph leads from each vertex to those at the offsets', async t => {
  const ranges = [{ offset: 4 }, { offset: 1, length: 2 }]
  const edges = await edgesOf(circulantGraph({ vertexCount: 5, ranges }))
  const expected = [0, 1, 2, 3, 4].flatMap(v => [1, 2, 4].map(o => `${v}-${(v + o) % 5}`))
  t.deepEqual(edges, expected.sort())
})

test('an echo graph is regular and symmetric, around the far side of the ring', async t => {
  for (const [vertexCount, degree] of [
    [10, 3],
    [11, 4],
    [2, 1],
    [9, 8],
  ] as const) {
    const graph = echoGraph({ vertexCount, degree })
    t.deepEqual(new Set(await degrees(graph)), new Set([degree]))
    t.true(await isSymmetric(graph))
    t.true(await isSimple(graph))
  }
  const edges = await edgesOf(echoGraph({ vertexCount: 10, degree: 3 }))
  t.deepEqual(edges.slice(0, 3), ['0-4', '0-5', '0-6'])
})

const refused: readonly [string, () => unknown, RegExp][] = [
  [
    'a number of vertices below 0',
    () => emptyGraph({ vertexCount: -1 }),
    /^emptyGraph: vertexCount must be a non-negative integer; got -1/,
  ],
  [
    'half a vertex',
    () => completeGraph({ vertexCount: 1.5 }),
    /^completeGraph: vertexCount must be a positive integer; got 1.5/,
  ],
  ['a ring of one', () => cycleGraph({ vertexCount: 1 }), /at least 2; got 1/],
  [
    'an unknown option',
    () => starGraph({ vertexCount: 2, vertices: 3 } as never),
    /option "vertices" is not known; there are vertexCount/,
  ],
  [
    'no option',
    () => pathGraph(undefined as never),
    /^pathGraph: the options must be an object such as/,
  ],
  ['no dimension', () => gridGraph({ dimensions: [] }), /dimensions must be a list of sizes/],
  [
    'a dimension of one',
    () => gridGraph({ dimensions: [3, 1] }),
    /dimensions\[1\].size must be at least 2; got 1/,
  ],
  ['a huge cube', () => hypercubeGraph({ dimensions: 24 }), /at most 23/],
  [
    'a range that is too long',
    () => circulantGraph({ vertexCount: 5, ranges: [{ offset: 3, length: 3 }] }),
    /reaches beyond 4/,
  ],
  [
    'ranges that overlap',
    () =>
      circulantGraph({
        vertexCount: 9,
        ranges: [
          { offset: 3, length: 2 },
          { offset: 1, length: 3 },
        ],
      }),
    /overlap/,
  ],
  ['no range', () => circulantGraph({ vertexCount: 9, ranges: [] }), /ranges must be a list/],
  ['two even numbers', () => echoGraph({ vertexCount: 10, degree: 2 }), /both even/],
  ['too high a degree', () => echoGraph({ vertexCount: 10, degree: 11 }), /less than vertexCount/],
]
for (const [title, make, message] of refused) {
  test(`refuses ${title}`, t => {
    t.throws(make, { instanceOf: ArgumentError, message })
  })
}

test('refuses more edges than fit when the graph is made', async t => {
  await t.throwsAsync(completeGraph({ vertexCount: 100_000 }).load(), {
    instanceOf: ArgumentError,
    message: /^completeGraph: a graph may have 268435456 edges; this one would have 9999900000/,
  })
})
