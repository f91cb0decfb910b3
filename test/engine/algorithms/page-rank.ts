import { count, type DataSet, type IteratedDataSet, sum } from '../../../engine/index.js'
import type { Edge, Vertex } from './graph-zoo.js'

/**
 * PageRank as a bulk iteration: all ranks are computed anew in each superstep, from what the
 * vertices before a vertex send along their edges. A vertex without out-edges sends its rank to all.
 *
 * Ends when the ranks of a superstep differ from those before by less than `tolerance` in total.
 */
export function pageRank(
  vertices: DataSet<Vertex>,
  edges: DataSet<Edge>,
  { damping = 0.85, tolerance = 1e-9, maxIterations = 100 } = {},
): IteratedDataSet<{ id: number; rank: number }> {
  const all = vertices.aggregate({ n: count() })
  const links = edges
    .join(edges.groupBy('source').aggregate({ degree: count() }))
    .where('source')
    .equalTo('source')
    .with(({ source, target }, { degree }) => ({ source, target, degree }))
  const start = vertices.map(({ id }, { all }) => ({ id, rank: 1 / all[0]!.n }), { with: { all } })
  return start.iterate(
    {
      maxIterations,
      // Declared, so that there is a sum also when no vertex adds to it.
      aggregators: { change: 'sum' },
      until: ({ aggregate }) => aggregate('change') < tolerance,
    },
    ranks => {
      const lost = ranks
        .antiJoin(edges)
        .where('id')
        .equalTo('source')
        .aggregate({ rank: sum('rank') })
      const received = ranks
        .join(links)
        .where('id')
        .equalTo('source')
        .with(({ rank }, { target, degree }) => ({ id: target, rank: rank / degree }))
        .groupBy('id')
        .sum('rank')
      return ranks
        .leftJoin(received)
        .where('id')
        .equalTo('id')
        .with(
          ({ id, rank: before }, sent, { add, all, lost, damping }) => {
            const { n } = all[0]!
            const followed = (sent?.rank ?? 0) + (lost[0]?.rank ?? 0) / n
            const rank = (1 - damping) / n + damping * followed
            add('change', Math.abs(rank - before))
            return { id, rank }
          },
          { with: { all, lost, damping } },
        )
    },
  )
}
