/** The loops by hand against naive ones: a benchmark is worth nothing when its rival is wrong. */
import test from 'ava'
import { randomFrom } from '../../support/random.js'
import { sourcesOf } from '../graphs/csr.js'
import { rmat } from '../graphs/rmat.js'
import { componentsByHand } from './components.js'
import { kMeansByHand } from './k-means.js'
import { pageRankByHand } from './page-rank.js'

test('ranks are those of pushing along each edge, on 2^8 vertices', t => {
  const graph = rmat(8)
  const sources = sourcesOf(graph)
  let ranks = Array<number>(256).fill(1 / 256)
  for (let superstep = 0; superstep < 10; superstep++) {
    const next = Array<number>(256).fill(0.15 / 256)
    for (const [k, target] of graph.neighbours.entries()) {
      const degree = sources.filter(source => source === sources[k]).length
      next[target]! += (0.85 * ranks[sources[k]!]!) / degree
    }
    ranks = next
  }
  for (const [v, rank] of pageRankByHand(graph, 10).entries()) {
    t.true(Math.abs(rank - ranks[v]!) < 1e-12)
  }
})

test('components are the least labels, and take as many supersteps as all labels at once', t => {
  const graph = rmat(9)
  const sources = sourcesOf(graph)
  let labels = Array.from({ length: 512 }, (_, v) => v)
  let supersteps = 0
  for (let changed = true; changed; supersteps++) {
    const next = [...labels]
    for (const [k, target] of graph.neighbours.entries()) {
      next[target] = Math.min(next[target]!, labels[sources[k]!]!)
    }
    changed = next.some((label, v) => label !== labels[v])
    labels = next
  }
  const found = componentsByHand(graph)
  t.deepEqual([...found.components], labels)
  t.is(found.supersteps, supersteps)
  t.true(found.looked >= graph.neighbours.length)
})

test('centroids are the means of the nearest points, with 500 points and 4 centroids', t => {
  const random = randomFrom(5)
  const points = random.array(500, () => random.array(8, random.next))
  let centroids = points.slice(0, 4)
  for (let superstep = 0; superstep < 5; superstep++) {
    const nearest = points.map(point => {
      const distances = centroids.map(c => c.reduce((sum, x, d) => sum + (x - point[d]!) ** 2, 0))
      return distances.indexOf(Math.min(...distances))
    })
    centroids = centroids.map((_, c) => {
      const own = points.filter((_, k) => nearest[k] === c)
      return own[0]!.map((_, d) => own.reduce((sum, point) => sum + point[d]!, 0) / own.length)
    })
  }
  const flat = (rows: number[][]) => Float64Array.from(rows.flat())
  const found = kMeansByHand(flat(points), flat(points.slice(0, 4)), 5)
  for (const [k, x] of flat(centroids).entries()) t.true(Math.abs(found[k]! - x) < 1e-12)
})
