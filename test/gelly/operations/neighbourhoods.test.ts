/** Degrees, triplets and what is reduced around vertices, against naive programs. */
import test from 'ava'
import { ArgumentError, type DataSet } from '../../../engine/index.js'
import type { EdgeDirection } from '../../../gelly/index.js'
import { equalRecords } from '../../support/table-equal.js'
import { environments } from '../environments.js'
import { graphFrom, type PlainEdge, plainGraph } from './plain-graph.js'

const directions = ['in', 'out', 'all'] as const

/** Each edge of a vertex in a direction, with the other end. */
function around(id: string, edges: readonly PlainEdge[], direction: EdgeDirection) {
  const out = edges.filter(e => e.source === id).map(edge => ({ edge, other: edge.target }))
  const into = edges.filter(e => e.target === id).map(edge => ({ edge, other: edge.source }))
  return direction === 'out' ? out : direction === 'in' ? into : [...out, ...into]
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

for (const { name, env } of environments) {
  for (const direction of directions) {
    test(`reduces edges and neighbours, ${direction}, ${name}`, async t => {
      const plain = plainGraph(3)
      const { vertices, edges } = plain
      const graph = graphFrom(env, plain)
      const valueAt = (id: string) => vertices.find(v => v.id === id)!.value
      const same = async <T>(found: DataSet<T>, expected: readonly unknown[]) =>
        equalRecords(t, await found.collect(), expected, { ordered: false })

      const touched = vertices.filter(({ id }) => around(id, edges, direction).length > 0)
      await same(
        graph.reduceOnEdges((a, b) => a + b, direction),
        touched.map(({ id }) => ({
          id,
          value: sum(around(id, edges, direction).map(({ edge }) => edge.value)),
        })),
      )
      await same(
        graph.reduceOnNeighbors((a, b) => Math.max(a, b), direction),
        touched.map(({ id }) => ({
          id,
          value: Math.max(...around(id, edges, direction).map(({ other }) => valueAt(other))),
        })),
      )
      await same(
        graph.groupReduceOnEdges(
          (vertex, own, { scale }) => ({
            id: vertex.id,
            own: vertex.value * scale,
            edges: own.map(({ source, target, value }) => `${source}${target}${value}`),
          }),
          direction,
          { with: { scale: 10 } },
        ),
        vertices.map(({ id, value }) => ({
          id,
          own: value * 10,
          edges: around(id, edges, direction).map(
            ({ edge }) => `${edge.source}${edge.target}${edge.value}`,
          ),
        })),
      )
      await same(
        graph.groupReduceOnNeighbors(
          ({ id }, near) => near.map(({ vertex, edge }) => ({ id, vertex, edge })),
          direction,
        ),
        vertices.flatMap(({ id }) =>
          around(id, edges, direction).map(({ edge, other }) => ({
            id,
            vertex: { id: other, value: valueAt(other) },
            edge,
          })),
        ),
      )
    })

    test(`counts degrees, ${direction}, ${name}`, async t => {
      const plain = plainGraph(4)
      const graph = graphFrom(env, plain)
      const found = { in: graph.inDegrees(), out: graph.outDegrees(), all: graph.degrees() }
      const expected = plain.vertices.map(({ id }) => ({
        id,
        degree: around(id, plain.edges, direction).length,
      }))
      t.deepEqual(await found[direction].collect(), expected)
    })
  }

  test(`gives each edge the values of its ends, ${name}`, async t => {
    const plain = plainGraph(5)
    const valueAt = (id: string) => plain.vertices.find(v => v.id === id)!.value
    const expected = plain.edges.map(edge => ({
      ...edge,
      sourceValue: valueAt(edge.source),
      targetValue: valueAt(edge.target),
    }))
    t.deepEqual(await graphFrom(env, plain).triplets().collect(), expected)
  })
}

test('counts vertices and edges', async t => {
  const graph = graphFrom(environments[0].env, plainGraph(6, 17, 33))
  t.is(await graph.countVertices(), 17)
  t.is(await graph.countEdges(), 33)
})

test('a direction that is none is refused', t => {
  const graph = graphFrom(environments[0].env, plainGraph(6))
  t.throws(() => graph.reduceOnEdges(a => a, 'both' as never), { instanceOf: ArgumentError })
})
