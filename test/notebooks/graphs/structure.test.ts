/** Communities, matrices and degrees: what they say for graphs that are known. */
import test from 'ava'
import { ArgumentError } from '../../../engine/index.js'
import {
  degreeDistribution,
  Graph,
  louvain,
  starGraph,
  stochasticBlockGraph,
} from '../../../gelly/index.js'
import { matrixCells } from '../../../notebooks/graphs/adjacency-cells.js'
import { hullOf, type Point } from '../../../notebooks/graphs/hulls.js'
import { bubbleLayout } from '../../../notebooks/graphs/layouts/bubbles.js'
import {
  drawAdjacencyMatrix,
  drawCommunities,
  drawDegreeDistribution,
} from '../../../notebooks/index.js'
import { randomFrom } from '../../support/random.js'

const triangles = Graph.fromEdges(
  [
    [1, 2],
    [2, 3],
    [3, 1],
    [3, 4],
    [4, 5],
    [5, 6],
    [6, 4],
  ].map(([from, to]) => ({ from, to })) as {
    from: number
    to: number
  }[],
  { source: 'from', target: 'to' },
)

test('degrees are the same from a graph, from its distribution and as numbers', async t => {
  const star = starGraph({ vertexCount: 5 })
  const given = [
    star,
    await degreeDistribution(star),
    (await degreeDistribution(star)).degrees,
    [4, 1, 1, 1, 1],
  ]
  const svgs = await Promise.all(
    given.map(async data => (await drawDegreeDistribution(data)).toSVG()),
  )
  for (const svg of svgs) t.is(svg, svgs[0]!)
  const drawn = await drawDegreeDistribution(star)
  t.is(drawn.description, '5 vertices with 1 to 4 neighbours; median 1, mean 1.6.')
  t.regex(svgs[0]!, /<title>4 neighbours\n1 vertices\n20 % have so many or more</)
})

test('vertices without neighbours have no place on a logarithmic axis, and it is said', async t => {
  t.regex(
    (await drawDegreeDistribution([0, 0, 1])).description,
    /2 of 3 vertices have no neighbours/,
  )
  t.notRegex((await drawDegreeDistribution([0, 0, 1], { log: false })).description, /no place/)
  t.regex((await drawDegreeDistribution([1, Number.NaN, -1])).description, /2 degrees left out/)
  const error = await t.throwsAsync(drawDegreeDistribution(7 as never), {
    instanceOf: ArgumentError,
  })
  t.regex(error!.message, /give a graph, what degreeDistribution/)
})

test('a matrix has a cell for each edge, in the colour of the group that it lies within', async t => {
  const group = new Map([1, 2, 3, 4, 5, 6].map(id => [id, id < 4 ? 'low' : 'high']))
  const drawn = await drawAdjacencyMatrix(triangles, { group })
  t.regex(
    drawn.description,
    /^6 vertices, 7 edges; 7 of 36 cells have an edge. 2 groups by group, the largest with 3/,
  )
  const svg = drawn.toSVG()
  t.is(svg.match(/<title>\d → \d</g)?.length, 7)
  const fill = (edge: string) => new RegExp(`fill="([^"]+)"[^>]*><title>${edge}<`).exec(svg)![1]
  t.is(fill('1 → 2'), fill('3 → 1'))
  t.not(fill('1 → 2'), fill('4 → 5'))
  t.is(fill('3 → 4'), 'currentColor')
})

test('vertices stand in the order that is asked for', async t => {
  const names = async (order: 'degree' | 'given') => {
    const svg = (await drawAdjacencyMatrix(starOf(), { order })).toSVG()
    return [...svg.matchAll(/text-anchor="end">([^<]+)</g)].map(([, name]) => name)
  }
  t.deepEqual(await names('given'), ['a', 'hub', 'b'])
  t.deepEqual(await names('degree'), ['hub', 'a', 'b'])
})

function starOf() {
  const edges = [
    { source: 'a', target: 'hub' },
    { source: 'hub', target: 'b' },
  ]
  return Graph.fromEdges(edges, { source: 'source', target: 'target' })
}

test('rows of large graphs stand for several vertices, and no edge is lost', async t => {
  const graph = stochasticBlockGraph({
    sizes: [200, 100],
    probabilities: [
      [0.1, 0.01],
      [0.01, 0.1],
    ],
    seed: 1,
  })
  const { topology } = await graph.load()
  const order = Array.from({ length: 300 }, (_, v) => v)
  const cells = matrixCells(
    topology,
    order,
    Int32Array.from(order, v => (v < 200 ? 0 : 1)),
    70,
  )
  t.is(cells.each, 5)
  t.is(cells.side, 60)
  t.is(
    cells.edges.reduce((sum, count) => sum + count, 0),
    topology.edgeCount,
  )
  t.is(cells.most, Math.max(...cells.edges))
  for (let row = 0; row < 60; row++) {
    for (let column = 0; column < 60; column++) {
      const group = row < 40 !== column < 40 ? -1 : row < 40 ? 0 : 1
      const cell = row * 60 + column
      t.is(cells.groups[cell], cells.edges[cell] === 0 ? -1 : group)
    }
  }
  const drawn = await drawAdjacencyMatrix(graph)
  t.regex(drawn.description, /Each row and column is 2 vertices; the darkest cell has \d+ edges/)
})

test('communities are drawn as vertices in hulls, or as circles with lines between them', async t => {
  const { vertices } = await louvain(triangles)
  const small = await drawCommunities(triangles, vertices)
  t.regex(
    small.description,
    /^2 communities of 6 vertices; the largest, community 0, has 3; 6 of 7 pairs of neighbours are within one/,
  )
  t.is(small.toSVG().match(/<circle /g)?.length, 6)
  t.is(small.toSVG().match(/stroke-linejoin="round"/g)?.length, 2)
  const circles = (await drawCommunities(triangles, vertices, { show: 'communities' })).toSVG()
  t.is(circles.match(/<circle /g)?.length, 2)
  t.is(circles.match(/<path d="M[^"]*" stroke-width/g)?.length, 1)
  t.regex(circles, /<title>community 0\n3 vertices\n3 pairs of neighbours within</)
})

test('the smallest of many communities are left out, and it is said how many vertices they have', async t => {
  const drawn = await drawCommunities(starGraph({ vertexCount: 100 }), 'id', {
    show: 'communities',
    most: 10,
  })
  t.regex(drawn.description, /The 10 largest of 100 communities; the others have 90 vertices/)
})

test('a hull has all points on one side of each of its edges', t => {
  const random = randomFrom(9)
  for (let round = 0; round < 50; round++) {
    const points = Array.from(
      { length: 1 + random.int(30) },
      (): Point => [random.int(12), random.int(12)],
    )
    const hull = hullOf(points)
    for (const [k, a] of hull.entries()) {
      const b = hull[(k + 1) % hull.length]!
      for (const [x, y] of points) {
        if (hull.length > 2) t.true((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) >= 0)
      }
    }
  }
})

test('circles never cover each other', async t => {
  const random = randomFrom(2)
  const radii = Array.from({ length: 40 }, () => random.between(3, 40)).toSorted((a, b) => b - a)
  const ties = Array.from({ length: 60 }, () => ({
    source: random.int(40),
    target: random.int(40),
    weight: 1 + random.int(9),
  }))
  const apart = ties.filter(({ source, target }) => source !== target)
  const at = await bubbleLayout(
    { radii, ties: apart },
    { seed: 0, iterations: undefined, signal: undefined },
  )
  for (let a = 0; a < 40; a++) {
    for (let b = 0; b < a; b++) {
      const far = Math.hypot(at[2 * a]! - at[2 * b]!, at[2 * a + 1]! - at[2 * b + 1]!)
      t.true(far > radii[a]! + radii[b]!, `${a} and ${b}`)
    }
  }
})
