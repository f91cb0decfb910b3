import test from 'ava'
import { AbortError, ArgumentError, from, SchemaError } from '../../../engine/index.js'
import { connectedComponents, Graph, pageRank } from '../../../gelly/index.js'
import { drawGraph } from '../../../notebooks/index.js'
import { randomFrom } from '../../support/random.js'

const star = Graph.from({
  vertices: ['hub', 'a', 'b', 'c'].map((id, k) => ({
    id,
    value: { x: k, y: k * k, kind: id[0]! },
  })),
  edges: ['a', 'b', 'c'].map(target => ({ source: 'hub', target, value: 1 })),
})

/** Centres of the circles of a picture, by the first line of their tooltips. */
function circlesOf(svg: string | null): Map<string, readonly [x: number, y: number, r: number]> {
  const found = svg!.matchAll(
    /<circle cx="([^"]+)" cy="([^"]+)" r="([^"]+)"[^>]*><title>([^<\n]+)/g,
  )
  return new Map([...found].map(([, x, y, r, name]) => [name!, [+x!, +y!, +r!]]))
}

function randomGraph(count: number, edges: number) {
  const random = randomFrom(5)
  return Graph.fromEdges(
    Array.from({ length: edges }, () => ({ source: random.int(count), target: random.int(count) })),
    { source: 'source', target: 'target' },
  )
}

test('says how large the graph is and which vertices are largest', async t => {
  const drawn = await drawGraph(star)
  t.is(drawn.title, 'Graph of 4 vertices and 3 edges')
  t.is(
    drawn.toString(),
    'Graph of 4 vertices and 3 edges\n4 vertices, 3 edges; the largest by number of neighbours are hub, a, b. Area: number of neighbours.',
  )
  const circles = circlesOf(drawn.toSVG())
  t.true(circles.get('hub')![2] > circles.get('a')![2])
})

test('takes the vertices of an algorithm as they are', async t => {
  const ranks = await pageRank(star)
  const { vertices } = await connectedComponents(star)
  const drawn = await drawGraph(star, { size: ranks.vertices, color: vertices })
  t.regex(drawn.toSVG()!, /<title>hub\nscore: 0\.\d+\ncomponent: /)
})

test('places vertices as given, y upwards, and says how many have no place', async t => {
  const at = new Map([
    ['hub', [0, 0]],
    ['a', [10, 0]],
    ['b', [0, 10]],
  ] as const)
  const drawn = await drawGraph(star, { positions: at })
  const circles = circlesOf(drawn.toSVG())
  t.deepEqual([...circles.keys()].toSorted(), ['a', 'b', 'hub'])
  const [hub, a, b] = ['hub', 'a', 'b'].map(id => circles.get(id)!)
  t.true(a![0] > hub![0] && a![1] === hub![1])
  t.true(b![1] < hub![1] && b![0] === hub![0])
  t.regex(drawn.toString(), /1 vertex has no position/)
  const byField = await drawGraph(star, { positions: { x: 'x', y: 'y' }, layout: 'given' })
  t.is(circlesOf(byField.toSVG()).size, 4)
})

test('a tree has the vertex that no edge reaches above the others', async t => {
  const circles = circlesOf((await drawGraph(star, { layout: 'tree' })).toSVG())
  const [hub, ...others] = ['hub', 'a', 'b', 'c'].map(id => circles.get(id)![1])
  t.true(others.every(y => y === others[0] && y > hub!))
})

test('neighbours are closer than vertices of other groups', async t => {
  const cliques = [0, 1].flatMap(group =>
    Array.from({ length: 64 }, (_, k) => ({
      source: `${group}:${k % 8}`,
      target: `${group}:${Math.floor(k / 8)}`,
    })),
  )
  const graph = Graph.fromEdges([...cliques, { source: '0:0', target: '1:0' }], {
    source: 'source',
    target: 'target',
  })
  for (const layout of ['force', 'forceAtlas2'] as const) {
    const circles = [...circlesOf((await drawGraph(graph, { layout, labels: 0 })).toSVG())]
    const mean = (same: boolean) => {
      const all = circles.flatMap(([a, [x, y]]) =>
        circles
          .filter(([b]) => a < b && (a[0] === b[0]) === same)
          .map(([, [otherX, otherY]]) => Math.hypot(x - otherX, y - otherY)),
      )
      return all.reduce((sum, d) => sum + d, 0) / all.length
    }
    t.true(mean(true) < 0.7 * mean(false), layout)
  }
})

test('edges both ways are one line, and loops are none', async t => {
  const graph = Graph.fromEdges(
    [
      { source: 1, target: 2 },
      { source: 2, target: 1 },
      { source: 2, target: 2 },
    ],
    { source: 'source', target: 'target' },
  )
  const drawn = await drawGraph(graph, { arrows: false })
  t.is(drawn.toSVG()!.match(/<path d="(M[^"L]+L[^"M]+)"/g)?.length, 1)
  t.regex(drawn.toString(), /3 edges between 1 pairs; each pair is drawn as one line/)
})

test('many vertices are a canvas on pages and a picture in files', async t => {
  const drawn = await drawGraph(randomGraph(2000, 3000), { iterations: 2 })
  t.regex(drawn.toHTML(), /<canvas [^>]*aria-label="[\d,]+ vertices/)
  t.notRegex(drawn.toSVG()!, /<canvas|<script/)
  t.regex(drawn.toSVG()!, /^<svg /)
})

test('ends when its signal is aborted', async t => {
  const controller = new AbortController()
  const drawing = drawGraph(randomGraph(5000, 15_000), {
    signal: controller.signal,
    iterations: 10_000,
  })
  setTimeout(() => controller.abort(), 50)
  await t.throwsAsync(drawing, { instanceOf: AbortError })
})

test('refuses what it cannot draw, with a remedy', async t => {
  const wrong = async (options: object, name: typeof ArgumentError, message: RegExp) => {
    const error = await t.throwsAsync(drawGraph(star, options), { instanceOf: name })
    t.regex(error!.message, message)
  }
  await wrong({ layout: 'star' }, ArgumentError, /^drawGraph: .*layout/)
  await wrong({ layout: 'given' }, ArgumentError, /needs positions, such as/)
  await wrong({ positions: [{ id: 'a' }] }, ArgumentError, /records with id, x and y; got/)
  await wrong({ positions: { x: 'x' } }, ArgumentError, /must be \{ x, y \}/)
  await wrong(
    { size: [1, 2] },
    ArgumentError,
    /size must be .* each of the 4 vertices.*got 2 values/,
  )
  await wrong(
    { color: 'kinds' },
    SchemaError as never,
    /color "kinds" is no field.*there are kind,/,
  )
  const two = from([{ id: 'a', x: 1, y: 2 }])
  await wrong({ color: two }, ArgumentError, /they have x, y\. Choose one: \.select\('id', 'x'\)/)
  await wrong({ iterations: 0 }, ArgumentError, /iterations/)
  const error = await t.throwsAsync(drawGraph([{ id: 1 }] as never), { instanceOf: ArgumentError })
  t.regex(error!.message, /must be a Graph; got .*Graph\.fromEdges/)
})
