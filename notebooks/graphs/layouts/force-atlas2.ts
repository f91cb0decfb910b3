import { createPauses, Random } from '../../../engine/extend.js'
import type { DrawnGraph } from '../drawn-graph.js'
import type { LayoutOptions, Positions } from './layout.js'
import { pivotLayout } from './pivots.js'

/** Numbers for each vertex and each edge in the matrices of the package. */
const PER_VERTEX = 10
const PER_EDGE = 3

/**
 * ForceAtlas2 (Jacomy et al. 2014) with Barnes and Hut's approximation, of the graphology project, for
 * large graphs. It begins at distances from pivots, so that a few dozen iterations do.
 */
export async function forceAtlas2Layout(
  graph: DrawnGraph,
  options: LayoutOptions,
): Promise<Positions> {
  const { count, sources, targets, degrees } = graph
  const { seed, iterations = count <= 5000 ? 100 : count <= 20_000 ? 40 : 25, signal } = options
  const [{ default: iterate }, { default: defaults }] = await Promise.all([
    import('graphology-layout-forceatlas2/iterate.js'),
    import('graphology-layout-forceatlas2/defaults.js'),
  ])
  const pause = createPauses(signal)
  const random = new Random(seed)
  const begin = await pivotLayout(graph, options)
  const extent = 20 * Math.sqrt(count)
  const vertices = new Float32Array(count * PER_VERTEX)
  for (let v = 0; v < count; v++) {
    const at = v * PER_VERTEX
    vertices[at] = begin[2 * v]! * extent + random.next() * 10
    vertices[at + 1] = begin[2 * v + 1]! * extent + random.next() * 10
    vertices[at + 6] = 1 + degrees[v]! // mass
    vertices[at + 7] = 1 // convergence
    vertices[at + 8] = 1 // size
  }
  const edges = new Float32Array(sources.length * PER_EDGE)
  for (let k = 0; k < sources.length; k++) {
    edges[k * PER_EDGE] = sources[k]! * PER_VERTEX
    edges[k * PER_EDGE + 1] = targets[k]! * PER_VERTEX
    edges[k * PER_EDGE + 2] = 1
  }
  // As the package itself chooses them by the number of vertices.
  const settings = {
    ...defaults,
    barnesHutOptimize: count > 1000,
    strongGravityMode: true,
    gravity: 0.05,
    scalingRatio: 10,
    slowDown: 1 + Math.log(count),
  }
  for (let k = 0; k < iterations; k++) {
    await pause()
    iterate(settings, vertices, edges)
  }
  const positions = new Float64Array(2 * count)
  for (let v = 0; v < count; v++) {
    positions[2 * v] = vertices[v * PER_VERTEX]!
    positions[2 * v + 1] = vertices[v * PER_VERTEX + 1]!
  }
  return positions
}
