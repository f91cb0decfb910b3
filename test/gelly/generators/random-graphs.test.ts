import test from 'ava'
import { ArgumentError } from '../../../engine/index.js'
import { barabasiAlbertGraph } from '../../../gelly/generators/barabasi-albert-graph.js'
import { erdosRenyiGraph } from '../../../gelly/generators/erdos-renyi-graph.js'
import { randomBipartiteGraph } from '../../../gelly/generators/random-bipartite-graph.js'
import { randomGeometricGraph } from '../../../gelly/generators/random-geometric-graph.js'
import { rmatGraph } from '../../../gelly/generators/rmat-graph.js'
import { stochasticBlockGraph } from '../../../gelly/generators/stochastic-block-graph.js'
import { wattsStrogatzGraph } from '../../../gelly/generators/watts-strogatz-graph.js'
import { degrees, edgesInOrder, edgesOf, isSimple, isSymmetric } from './shapes.js'

const makers = {
  rmatGraph: (seed?: number) => rmatGraph({ scale: 7, ...seeded(seed) }),
  'rmatGraph with noise': (seed?: number) => rmatGraph({ scale: 7, noise: 0.1, ...seeded(seed) }),
  'erdosRenyiGraph by probability': (seed?: number) =>
    erdosRenyiGraph({ vertexCount: 200, probability: 0.05, ...seeded(seed) }),
  'erdosRenyiGraph by count': (seed?: number) =>
    erdosRenyiGraph({ vertexCount: 200, pairCount: 900, ...seeded(seed) }),
  barabasiAlbertGraph: (seed?: number) =>
    barabasiAlbertGraph({ vertexCount: 200, degree: 3, ...seeded(seed) }),
  wattsStrogatzGraph: (seed?: number) =>
    wattsStrogatzGraph({ vertexCount: 200, degree: 4, probability: 0.3, ...seeded(seed) }),
  stochasticBlockGraph: (seed?: number) =>
    stochasticBlockGraph({
      sizes: [50, 70],
      probabilities: [
        [0.2, 0.01],
        [0.01, 0.1],
      ],
      ...seeded(seed),
    }),
  randomGeometricGraph: (seed?: number) =>
    randomGeometricGraph({ vertexCount: 200, radius: 0.1, ...seeded(seed) }),
  randomBipartiteGraph: (seed?: number) =>
    randomBipartiteGraph({ topCount: 50, bottomCount: 30, edgeCount: 200, ...seeded(seed) }),
}

function seeded(seed: number | undefined) {
  return seed === undefined ? {} : { seed }
}

for (const [name, make] of Object.entries(makers)) {
  test(`${name} gives one graph for each seed, and for none the one of 1`, async t => {
    const first = await edgesInOrder(make())
    t.deepEqual(await edgesInOrder(make(1)), first)
    t.notDeepEqual(await edgesInOrder(make(2)), first)
  })
}

const {
  rmatGraph: _,
  'rmatGraph with noise': __,
  randomBipartiteGraph: ___,
  ...undirected
} = makers
for (const [name, make] of Object.entries(undirected)) {
  test(`${name} is simple and goes both ways`, async t => {
    for (const seed of [1, 2, 3]) {
      t.true(await isSimple(make(seed)))
      t.true(await isSymmetric(make(seed)))
    }
  })
}

test('quadrants of an RMAT graph have the probabilities asked for, at every level', async t => {
  for (const [scale, noise] of [
    [5, 0],
    [8, 0],
    [11, 0],
    [8, 0.1],
  ] as const) {
    const { sources, targets } = (
      await rmatGraph({
        scale,
        edgeFactor: 65536 >> (scale - 4),
        a: 0.5,
        b: 0.3,
        c: 0.15,
        noise,
      }).load()
    ).topology
    for (let level = 0; level < scale; level++) {
      const counts = [0, 0, 0, 0]
      for (let k = 0; k < sources.length; k++) {
        counts[2 * ((sources[k]! >> level) & 1) + ((targets[k]! >> level) & 1)]!++
      }
      for (const [quadrant, expected] of [0.5, 0.3, 0.15, 0.05].entries()) {
        t.true(Math.abs(counts[quadrant]! / sources.length - expected) < 0.005, `${scale} ${level}`)
      }
    }
  }
})

test('an RMAT graph has 2^scale vertices and edgeFactor edges for each', async t => {
  const { topology } = await rmatGraph({ scale: 10, edgeFactor: 5 }).load()
  t.is(topology.vertexCount, 1024)
  t.is(topology.edgeCount, 5120)
})

test('each pair is joined with the same probability', async t => {
  const counts = new Map<string, number>()
  for (let seed = 0; seed < 2000; seed++) {
    for (const graph of [
      erdosRenyiGraph({ vertexCount: 5, probability: 0.3, seed, directed: true }),
      erdosRenyiGraph({ vertexCount: 5, pairCount: 6, seed, directed: true }),
    ]) {
      for (const edge of await edgesOf(graph)) counts.set(edge, (counts.get(edge) ?? 0) + 1)
    }
  }
  t.is(counts.size, 20)
  for (const count of counts.values()) t.true(Math.abs(count / 4000 - 0.3) < 0.03, `${count}`)
})

test('G(n, m) has exactly as many pairs, few or nearly all', async t => {
  for (const pairCount of [0, 1, 60, 61, 100, 119, 120]) {
    const graph = erdosRenyiGraph({ vertexCount: 16, pairCount })
    t.is((await edgesOf(graph)).length, 2 * pairCount)
    t.true(await isSimple(graph))
    t.true(await isSymmetric(graph))
    const directed = erdosRenyiGraph({ vertexCount: 16, pairCount: 2 * pairCount, directed: true })
    t.is((await edgesOf(directed)).length, 2 * pairCount)
    t.true(await isSimple(directed))
  }
})

test('G(n, p) knows the ends: nothing and everything', async t => {
  t.deepEqual(await edgesOf(erdosRenyiGraph({ vertexCount: 9, probability: 0 })), [])
  t.is((await edgesOf(erdosRenyiGraph({ vertexCount: 9, probability: 1 }))).length, 72)
  t.deepEqual(await edgesOf(erdosRenyiGraph({ vertexCount: 1, probability: 1 })), [])
})

test('G(n, p) over several blocks of rows has the expected number of edges', async t => {
  const { topology } = await erdosRenyiGraph({ vertexCount: 200_000, probability: 1e-5 }).load()
  t.true(Math.abs(topology.edgeCount / 2 - 200_000) < 2500, `${topology.edgeCount}`)
})

test('a graph grown by preferential attachment has hubs, and few neighbours for most', async t => {
  const all = await degrees(barabasiAlbertGraph({ vertexCount: 2000, degree: 3 }))
  t.is(
    all.reduce((sum, degree) => sum + degree, 0),
    2 * 3 * (2000 - 3),
  )
  t.true(Math.min(...all) >= 1)
  t.true(Math.max(...all) > 60)
  t.true(all.filter(degree => degree === 3).length > 600)
})

test('a small world without rewiring is a ring, and keeps its number of edges with it', async t => {
  const ring = wattsStrogatzGraph({ vertexCount: 10, degree: 4, probability: 0 })
  t.deepEqual((await edgesOf(ring)).slice(0, 4), ['0-1', '0-2', '0-8', '0-9'])
  const all = wattsStrogatzGraph({ vertexCount: 10, degree: 4, probability: 1 })
  t.is((await edgesOf(all)).length, 40)
  const full = wattsStrogatzGraph({ vertexCount: 5, degree: 4, probability: 1 })
  t.is((await edgesOf(full)).length, 20)
})

test('blocks have the probabilities asked for, and directed ones need not be symmetric', async t => {
  const sizes = [100, 200]
  const probabilities = [
    [0.3, 0.05],
    [0, 0.1],
  ]
  const graph = stochasticBlockGraph({ sizes, probabilities, directed: true })
  t.true(await isSimple(graph))
  const counts = [0, 0, 0, 0]
  const { sources, targets } = (await graph.load()).topology
  for (let k = 0; k < sources.length; k++) {
    counts[2 * (sources[k]! < 100 ? 0 : 1) + (targets[k]! < 100 ? 0 : 1)]!++
  }
  t.true(Math.abs(counts[0]! / 9900 - 0.3) < 0.02)
  t.true(Math.abs(counts[1]! / 20000 - 0.05) < 0.01)
  t.is(counts[2], 0)
  t.true(Math.abs(counts[3]! / 39800 - 0.1) < 0.01)
})

test('edges of a bipartite graph lead from the top to the bottom', async t => {
  for (const size of [{ edgeCount: 500 }, { edgeCount: 60 }, { probability: 0.5 }]) {
    const graph = randomBipartiteGraph({ topCount: 30, bottomCount: 20, ...size })
    const { sources, targets, edgeCount } = (await graph.load()).topology
    t.is(edgeCount, size.edgeCount ?? edgeCount)
    t.true(sources.every(source => source < 30))
    t.true(targets.every(target => target >= 30 && target < 50))
    t.true(await isSimple(graph))
  }
})

const refused: readonly [string, () => unknown, RegExp][] = [
  ['a scale of 31', () => rmatGraph({ scale: 31 }), /scale must be at most 30/],
  ['too much probability', () => rmatGraph({ scale: 3, a: 0.9 }), /a \+ b \+ c must be at most 1/],
  ['loud noise', () => rmatGraph({ scale: 3, noise: 3 }), /noise must be from 0 to 2; got 3/],
  ['half a seed', () => rmatGraph({ scale: 3, seed: 0.5 }), /seed must be an integer; got 0.5/],
  [
    'neither size',
    () => erdosRenyiGraph({ vertexCount: 3 } as never),
    /either probability or pairCount/,
  ],
  [
    'too many pairs',
    () => erdosRenyiGraph({ vertexCount: 3, pairCount: 4 }),
    /at most 3, all pairs/,
  ],
  [
    'a percentage',
    () => erdosRenyiGraph({ vertexCount: 3, probability: 50 }),
    /from 0 to 1; got 50/,
  ],
  [
    'more old vertices than there are',
    () => barabasiAlbertGraph({ vertexCount: 3, degree: 3 }),
    /less than vertexCount, 3/,
  ],
  [
    'an odd ring',
    () => wattsStrogatzGraph({ vertexCount: 9, degree: 3, probability: 0 }),
    /must be even/,
  ],
  [
    'a matrix that is not square',
    () => stochasticBlockGraph({ sizes: [1, 2], probabilities: [[1]] }),
    /2 lists of 2 numbers/,
  ],
  [
    'a matrix that is not symmetric',
    () =>
      stochasticBlockGraph({
        sizes: [1, 2],
        probabilities: [
          [1, 0],
          [1, 1],
        ],
      }),
    /symmetric, but \[0\]\[1\] is 0/,
  ],
  [
    'no radius',
    () => randomGeometricGraph({ vertexCount: 3, radius: 0 }),
    /radius must be more than 0/,
  ],
  [
    'too many edges between sides',
    () => randomBipartiteGraph({ topCount: 2, bottomCount: 2, edgeCount: 5 }),
    /at most 4/,
  ],
]
for (const [title, make, message] of refused) {
  test(`refuses ${title}`, t => {
    t.throws(make, { instanceOf: ArgumentError, message })
  })
}
