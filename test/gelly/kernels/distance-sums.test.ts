import test from 'ava'
import {
  addDistances,
  distanceSumsOf,
  manySearchesOf,
  SEARCHES,
} from '../../../gelly/kernels/distance-sums.js'
import { floydWarshall, walkedZoo } from './on-zoo.js'

test('sums over distances are those of Floyd and Warshall', async t => {
  for await (const each of walkedZoo()) {
    const { vertexCount, in: against } = each.topology
    const pivots = Int32Array.from({ length: vertexCount }, (_, v) => v)
    const sums = distanceSumsOf(vertexCount)
    const searches = manySearchesOf(vertexCount)
    for (let from = 0; from < vertexCount; from += SEARCHES) {
      const to = Math.min(vertexCount, from + SEARCHES)
      addDistances(against, pivots, from, to, searches, sums)
    }
    for (const [v, row] of floydWarshall(each, false).entries()) {
      const finite = row.filter(distance => distance > 0 && distance < Number.POSITIVE_INFINITY)
      t.is(sums.reached[v], finite.length, each.name)
      t.is(
        sums.totals[v],
        finite.reduce((a, b) => a + b, 0),
        each.name,
      )
      t.is(sums.farthest[v], Math.max(0, ...finite), each.name)
      const reciprocals = finite.reduce((a, b) => a + 1 / b, 0)
      t.true(Math.abs(sums.reciprocals[v]! - reciprocals) < 1e-9, each.name)
    }
  }
})
