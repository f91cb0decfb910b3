/** Who points to whom. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** A graph from its edges. */
export function graphOf(edges: Iterable<readonly [string, string]>): Graph {
  const graph = new Map<string, Set<string>>()
  for (const [from, to] of edges) graph.set(from, (graph.get(from) ?? new Set()).add(to))
  return graph
}

/**
 * Cycles of a graph, so that a graph without cycles gives none: for each node, in order of name,
 * that lies on a cycle and on none reported so far, the shortest cycle through it.
 *
 * @returns Each as the path that ends where it began: ['a', 'b', 'a'].
 */
export function cyclesOf(graph: Graph): string[][] {
  const cycles: string[][] = []
  const reported = new Set<string>()
  for (const node of [...graph.keys()].sort()) {
    if (reported.has(node)) continue
    const cycle = shortestWayBack(graph, node)
    if (cycle === undefined) continue
    cycles.push(cycle)
    for (const member of cycle) reported.add(member)
  }
  return cycles
}

/** Breadth first from `start` until an edge leads back to it. */
function shortestWayBack(graph: Graph, start: string): string[] | undefined {
  const paths = [[start]]
  const seen = new Set<string>()
  for (const path of paths) {
    for (const next of graph.get(path.at(-1)!) ?? []) {
      if (next === start) return [...path, start]
      if (seen.has(next)) continue
      seen.add(next)
      paths.push([...path, next])
    }
  }
  return undefined
}
