import test from 'ava'
import fc from 'fast-check'
import { bigZoo, multigraphs, numberIds, rmat, simpleGraph, stringIds, zoo } from './zoo.js'

test('ends lie within the vertices, weights are positive and exact', t => {
  for (const { name, vertexCount, sources, targets, weights } of [...zoo, ...bigZoo]) {
    t.is(targets.length, sources.length, name)
    t.is(weights.length, sources.length, name)
    t.true(
      [...sources, ...targets].every(end => end >= 0 && end < vertexCount),
      name,
    )
    t.true(
      weights.every(weight => weight > 0 && Number.isInteger(4 * weight)),
      name,
    )
  }
  t.is(new Set([...zoo, ...bigZoo].map(({ name }) => name)).size, zoo.length + bigZoo.length)
})

test('a graph is the same each time, and another one for another seed', t => {
  t.deepEqual(rmat(6, 8, 5), rmat(6, 8, 5))
  t.notDeepEqual(rmat(6, 8, 5).sources, rmat(6, 8, 6).sources)
})

test('ids are distinct, and do not sort as their positions do', t => {
  const ids = numberIds({ vertexCount: 40 })
  t.is(new Set(ids).size, 40)
  t.notDeepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  )
  const words = stringIds({ vertexCount: 40 })
  t.is(new Set(words).size, 40)
  t.notDeepEqual(words, words.toSorted())
})

test('simple graphs have neither loops nor parallel edges', t => {
  fc.assert(
    fc.property(multigraphs(), graph => {
      const { vertexCount, sources, targets } = simpleGraph(graph)
      const pairs = sources.map((source, k) => source * vertexCount + targets[k]!)
      return new Set(pairs).size === pairs.length && sources.every((s, k) => s !== targets[k])
    }),
  )
  t.pass()
})
