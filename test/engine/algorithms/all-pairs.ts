import type { DataSet, IteratedDataSet } from '../../../engine/index.js'
import type { Edge } from './graph-zoo.js'

/** How far it is from one vertex to another. */
export interface Distance {
  readonly source: number
  readonly target: number
  readonly distance: number
}

/**
 * The shortest distances between all pairs of vertices, as the fixed point of `D = min(D, D + D)`:
 * each superstep doubles the number of edges that a path may have, so that few are needed.
 *
 * Pairs without a path are not in the result. Ends when no distance gets smaller.
 */
export function allPairs(edges: DataSet<Edge>): IteratedDataSet<Distance> {
  const steps = edges.map(({ source, target, weight }) => ({ source, target, distance: weight }))
  const shortest = steps.groupBy('source', 'target').min('distance')
  return shortest.iterate({}, known => {
    const joined = known
      .join(known)
      .where('target')
      .equalTo('source')
      .with((a, b) => ({
        source: a.source,
        target: b.target,
        distance: a.distance + b.distance,
      }))
    const next = known.union(joined).groupBy('source', 'target').min('distance')
    const untilEmpty = next
      .antiJoin(known)
      .where('source', 'target', 'distance')
      .equalTo('source', 'target', 'distance')
    return { next, untilEmpty }
  })
}
