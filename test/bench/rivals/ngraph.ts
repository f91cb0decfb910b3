import type { Csr } from '../graphs/csr.js'
import { loadRival } from './rival.js'

/** The part of ngraph.graph that is used here. */
export interface LinkedGraph {
  addNode(node: number): void
  addLink(source: number, target: number): void
}

/** ngraph.pagerank: scores by vertex, until all together change by less than `epsilon`. */
export type NgraphPageRank = (
  graph: LinkedGraph,
  damping: number,
  epsilon: number,
) => Readonly<Record<string, number>>

/** ngraph.pagerank itself. */
export async function ngraphPageRank(): Promise<NgraphPageRank> {
  return (await loadRival<{ readonly default: NgraphPageRank }>('ngraph.pagerank')).default
}

/** Makes graphs of ngraph.graph from rows; links have a direction, so that there are two per edge. */
export async function ngraphLoader({ offsets, neighbours }: Csr): Promise<() => LinkedGraph> {
  const createGraph = (await loadRival<{ readonly default: () => LinkedGraph }>('ngraph.graph'))
    .default
  return () => {
    const graph = createGraph()
    const n = offsets.length - 1
    for (let v = 0; v < n; v++) graph.addNode(v)
    for (let v = 0; v < n; v++) {
      for (let k = offsets[v]!; k < offsets[v + 1]!; k++) graph.addLink(v, neighbours[k]!)
    }
    return graph
  }
}
