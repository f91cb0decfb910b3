/** The loops by hand against naive ones: a benchmark is worth nothing when its rival is wrong. */
import test from 'ava'
import { randomFrom } from '../../support/random.js'
import { edgesOnce, rowsOf, sourcesOf } from '../graphs/csr.js'
import { rmat } from '../graphs/rmat.js'
import { componentsByHand } from './components.js'
import { hubsByHand } from './hubs.js'
import { kMeansByHand } from './k-means.js'
import { labelsByHand } from './label-propagation.js'
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

test('labels are the smallest of the most frequent ones around, on 2^8 vertices', t => {
  const graph = rmat(8)
  const sources = sourcesOf(graph)
  let labels = Array.from({ length: 256 }, (_, v) => v)
  for (let iteration = 0; iteration < 4; iteration++) {
    labels = labels.map((own, v) => {
      const around = [...graph.neighbours].filter((_, k) => sources[k] === v).map(u => labels[u]!)
      const times = (label: number) => around.filter(other => other === label).length
      return around.sort((a, b) => times(b) - times(a) || a - b)[0] ?? own
    })
  }
  t.deepEqual([...labelsByHand(graph, 4)], labels)
})

test('hubs do not change by another step, and have length one, on 2^8 vertices', t => {
  const graph = rmat(8)
  const { sources, targets } = edgesOnce(graph)
  t.is(sources.length * 2, graph.neighbours.length)
  const hubs = hubsByHand(rowsOf(256, sources, targets), rowsOf(256, targets, sources), 1e-13)
  const [authorities, next] = [Array<number>(256).fill(0), Array<number>(256).fill(0)]
  for (const [k, target] of targets.entries()) authorities[target]! += hubs[sources[k]!]!
  for (const [k, target] of targets.entries()) next[sources[k]!]! += authorities[target]!
  const length = Math.hypot(...next)
  for (const [v, hub] of hubs.entries()) t.true(Math.abs(next[v]! / length - hub) < 1e-12)
  t.true(Math.abs(Math.hypot(...hubs) - 1) < 1e-12)
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
