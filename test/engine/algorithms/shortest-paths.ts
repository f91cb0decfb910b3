import type { DataSet, IteratedDataSet } from '../../../engine/index.js'
import type { Edge, Vertex } from './graph-zoo.js'

/**
 * Shortest paths from one vertex as a delta iteration (Bellman and Ford): vertices that have become
 * nearer offer their neighbours a way through them. Weights must not be negative.
 *
 * `distance` is Infinity for vertices that cannot be reached.
 */
export function shortestPaths(
  vertices: DataSet<Vertex>,
  edges: DataSet<Edge>,
  source: number,
): IteratedDataSet<{ id: number; distance: number }> {
  const start = vertices.map(
    ({ id }, { source }) => ({ id, distance: id === source ? 0 : Infinity }),
    { with: { source } },
  )
  return start.iterateDelta(
    {
      workset: start.filter(({ distance }) => distance === 0),
      key: 'id',
      maxIterations: Infinity,
    },
    ({ solution, workset }) => {
      const nearer = workset
        .join(edges)
        .where('id')
        .equalTo('source')
        .with(({ distance }, { target, weight }) => ({ id: target, distance: distance + weight }))
        .groupBy('id')
        .min('distance')
        .join(solution)
        .where('id')
        .equalTo('id')
        .filter((offer, known) => offer.distance < known.distance)
        .with(offer => offer)
      return { delta: nearer, workset: nearer }
    },
  )
}
