import type { DataSet, IteratedDataSet } from '../../../engine/index.js'
import type { Edge } from './graph-zoo.js'

/** Two vertices, the second of which can be reached from the first one. */
export interface Reach {
  readonly source: number
  readonly target: number
}

/**
 * All pairs of vertices with a path of at least one edge between them, as a delta iteration whose
 * solution set grows: only paths found in the last superstep are made longer (semi-naive evaluation).
 */
export function transitiveClosure(edges: DataSet<Edge>): IteratedDataSet<Reach> {
  const steps = edges.select('source', 'target').distinct()
  return steps.iterateDelta(
    { workset: steps, key: ['source', 'target'], maxIterations: Infinity },
    ({ solution, workset }) => {
      const found = workset
        .join(steps)
        .where('target')
        .equalTo('source')
        .with((path, step) => ({ source: path.source, target: step.target }))
        .distinct()
        .antiJoin(solution)
        .where('source', 'target')
        .equalTo('source', 'target')
      return { delta: found, workset: found }
    },
  )
}
