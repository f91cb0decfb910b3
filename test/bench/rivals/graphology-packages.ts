/** graphology and its packages, as they are installed for the benchmark. */
import type { Csr } from '../graphs/csr.js'
import { loadRival } from './rival.js'

/** The part of graphology that is used here. */
export interface UndirectedGraph {
  addNode(node: number): void
  addUndirectedEdge(source: number, target: number): void
}

/** A module of graphology, as Node gives those of CommonJS. */
interface CommonJs<M> {
  readonly default: M
}

/** A function of one of graphology's packages, by the path of its module and its name there. */
export async function graphologyFunction<F>(path: string, name?: string): Promise<F> {
  const module = (await loadRival<CommonJs<F | Record<string, F>>>(path)).default
  return name === undefined ? (module as F) : (module as Record<string, F>)[name]!
}

/** Makes graphs of graphology from rows. */
export async function graphologyLoader(csr: Csr): Promise<() => UndirectedGraph> {
  const { UndirectedGraph } = (
    await loadRival<CommonJs<{ UndirectedGraph: new () => UndirectedGraph }>>('graphology')
  ).default
  return () => {
    const graph = new UndirectedGraph()
    const n = csr.offsets.length - 1
    for (let v = 0; v < n; v++) graph.addNode(v)
    for (let v = 0; v < n; v++) {
      for (let k = csr.offsets[v]!; k < csr.offsets[v + 1]!; k++) {
        const w = csr.neighbours[k]!
        if (v < w) graph.addUndirectedEdge(v, w)
      }
    }
    return graph
  }
}
