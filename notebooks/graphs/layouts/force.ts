import { createPauses, Random } from '../../../engine/extend.js'
import type { DrawnGraph } from '../drawn-graph.js'
import type { LayoutOptions, Positions } from './layout.js'
import { pivotLayout } from './pivots.js'

interface Body {
  x: number
  y: number
}

/** Springs and repelling charges (d3-force), for graphs of up to one or two thousand vertices. */
export async function forceLayout(graph: DrawnGraph, options: LayoutOptions): Promise<Positions> {
  const { count, sources, targets, degrees } = graph
  const { seed, iterations = count <= 400 ? 300 : 150, signal } = options
  const { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } = await import(
    'd3-force'
  )
  const pause = createPauses(signal)
  const random = new Random(seed)
  // Distances in the graph to begin with: what is folded in the beginning rarely unfolds.
  const begin = await pivotLayout(graph, options)
  const extent = 40 * Math.sqrt(count)
  // What has the same distances would begin at one place, and stay a clump.
  const spread = () => (random.next() - 0.5) * 0.2 * extent
  const bodies: Body[] = Array.from({ length: count }, () => ({ x: 0, y: 0 }))
  for (const [v, body] of bodies.entries()) {
    body.x = begin[2 * v]! * extent + spread()
    body.y = begin[2 * v + 1]! * extent + spread()
  }
  const links = Array.from(sources, (source, k) => ({ source, target: targets[k]! }))
  const simulation = forceSimulation(bodies)
    .randomSource(() => random.next())
    .alphaDecay(1 - 0.001 ** (1 / iterations))
    .force('link', forceLink(links).distance(32))
    .force('charge', forceManyBody().strength(-60).theta(0.6).distanceMax(600))
    .force('collide', forceCollide(7))
    // A pull to the middle keeps together what no edge does.
    .force(
      'x',
      forceX(0).strength((_, k) => (degrees[k] === 0 ? 0.12 : 0.05)),
    )
    .force(
      'y',
      forceY(0).strength((_, k) => (degrees[k] === 0 ? 0.12 : 0.05)),
    )
    .stop()
  for (let k = 0; k < iterations; k++) {
    await pause()
    simulation.tick()
  }
  return Float64Array.from(bodies.flatMap(({ x, y }) => [x, y]))
}
