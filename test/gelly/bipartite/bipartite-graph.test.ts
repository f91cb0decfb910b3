import test from 'ava'
import { type ExecutionEnvironment, SchemaError } from '../../../engine/index.js'
import { BipartiteGraph } from '../../../gelly/index.js'
import { randomFrom } from '../../support/random.js'
import { equalRecords } from '../../support/table-equal.js'
import { environments } from '../environments.js'

/** Tops are numbers, bottoms texts; some have no edges, some edges are parallel. */
function plain(seed: number, edgeCount = 40) {
  const random = randomFrom(seed)
  const top = Array.from({ length: 12 }, (_, k) => ({ id: 7 * k, value: random.int(100) }))
  const bottom = Array.from({ length: 9 }, (_, k) => ({ id: `b${k}`, value: random.word() }))
  const edges = random.array(edgeCount, () => ({
    top: random.pick(top).id,
    bottom: random.pick(bottom).id,
    value: random.int(1000),
  }))
  return { top, bottom, edges }
}

function graphFrom(env: ExecutionEnvironment, { top, bottom, edges }: ReturnType<typeof plain>) {
  return BipartiteGraph.from({
    top: env.from(top),
    bottom: env.from(bottom),
    edges: env.from(edges),
  })
}

for (const { name, env } of environments) {
  test(`projects both sides, simple and full, ${name}`, async t => {
    for (const edgeCount of [0, 40]) {
      const whole = plain(1, edgeCount)
      const graph = graphFrom(env, whole)
      const pairs = whole.edges.flatMap(a => whole.edges.map(b => [a, b] as const))
      const value = (side: 'top' | 'bottom', id: unknown) =>
        whole[side].find(vertex => vertex.id === id)!.value
      for (const side of ['top', 'bottom'] as const) {
        const other = side === 'top' ? 'bottom' : 'top'
        const met = pairs.filter(([a, b]) => a[other] === b[other] && a[side] !== b[side])
        const simple = side === 'top' ? graph.projectTop() : graph.projectBottom()
        const full = side === 'top' ? graph.projectTopFull() : graph.projectBottomFull()
        t.deepEqual((await simple.vertices.collect()) as unknown[], whole[side])
        t.is(await full.countVertices(), whole[side].length)
        equalRecords(
          t,
          await simple.edges.collect(),
          met.map(([a, b]) => ({ source: a[side], target: b[side], value: [a.value, b.value] })),
          { ordered: false },
        )
        equalRecords(
          t,
          await full.edges.collect(),
          met.map(([a, b]) => ({
            source: a[side],
            target: b[side],
            value: {
              intermediate: a[other],
              intermediateValue: value(other, a[other]),
              sourceValue: value(side, a[side]),
              targetValue: value(side, b[side]),
              sourceEdge: a.value,
              targetEdge: b.value,
            },
          })),
          { ordered: false },
        )
      }
    }
  })
}

test('vertices of both sides are derived from edges, and may have the same ids', async t => {
  const records = [
    { person: 3, film: 1 },
    { person: 1, film: 3 },
    { person: 3, film: 3 },
  ]
  const graph = BipartiteGraph.fromEdges(records, { top: 'person', bottom: 'film' })
  t.deepEqual(
    (await graph.top.collect()).map(({ id }) => id),
    [1, 3],
  )
  t.deepEqual(
    (await graph.bottom.collect()).map(({ id }) => id),
    [1, 3],
  )
  t.deepEqual(
    (await graph.projectTop().edges.collect()).map(({ source, target }) => [source, target]),
    [
      [1, 3],
      [3, 1],
    ],
  )
})

test('an edge to a vertex that is not there is refused by projections of either side', async t => {
  const graph = BipartiteGraph.from({
    bottom: [{ id: 'x' }],
    edges: [
      { top: 1, bottom: 'x' },
      { top: 2, bottom: 'y' },
    ],
  })
  const error = { instanceOf: SchemaError, message: /the bottom of edge 1, "y", is not among/ }
  await t.throwsAsync(() => graph.projectTop().load(), error)
  await t.throwsAsync(() => graph.projectBottom().edges.collect(), error)
})
