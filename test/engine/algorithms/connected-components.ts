import type { DataSet, IteratedDataSet } from '../../../engine/index.js'
import type { Edge, Vertex } from './graph-zoo.js'

/**
 * Connected components as a delta iteration: each vertex has the smallest id that has reached it so
 * far, and only vertices that got a smaller one in the last superstep tell their neighbours.
 *
 * Directions of edges do not count. `component` is the smallest id of the component.
 */
export function connectedComponents(
  vertices: DataSet<Vertex>,
  edges: DataSet<Edge>,
): IteratedDataSet<{ id: number; component: number }> {
  const both = edges.flatMap(({ source, target }) => [
    { source, target },
    { source: target, target: source },
  ])
  const own = vertices.map(({ id }) => ({ id, component: id }))
  return own.iterateDelta(
    { workset: own, key: 'id', maxIterations: Infinity },
    ({ solution, workset }) => {
      const smaller = workset
        .join(both)
        .where('id')
        .equalTo('source')
        .with(({ component }, { target }) => ({ id: target, component }))
        .groupBy('id')
        .min('component')
        .join(solution)
        .where('id')
        .equalTo('id')
        .filter((found, known) => found.component < known.component)
        .with(found => found)
      return { delta: smaller, workset: smaller }
    },
  )
}
