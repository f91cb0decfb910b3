/** Graphs of the zoo as models read them, and what naive programs need of them. */
import type { ModelData } from '../../../gelly/models/model-rows.js'
import { topologyOf } from '../../../gelly/topology/topology.js'
import type { ZooGraph } from '../zoo.js'

/** A graph as the models' cores read it: ids 'v0', 'v1', ..., no values of vertices, weights. */
export async function modelData(graph: ZooGraph, values?: readonly unknown[]): Promise<ModelData> {
  const { vertexCount, sources, targets, weights } = graph
  return {
    topology: await topologyOf(vertexCount, sources, targets),
    idOf: position => `v${position}`,
    positionOf(id) {
      const position = Number(String(id).slice(1))
      return String(id).startsWith('v') && position < vertexCount ? position : -1
    },
    vertexValueOf: position => values?.[position] ?? null,
    edgeValueOf: edge => weights[edge]!,
    edgeNumbers: weights,
  }
}

/** One way along an edge. */
export interface Arc {
  readonly from: number
  readonly to: number
  readonly weight: number
}

/** The ways that values travel. */
export function arcs(graph: ZooGraph, direction: 'out' | 'in' | 'all'): readonly Arc[] {
  const { sources, targets, weights } = graph
  const out = sources.map((from, k): Arc => ({ from, to: targets[k]!, weight: weights[k]! }))
  const back = out.map(({ from, to, weight }): Arc => ({ from: to, to: from, weight }))
  if (direction === 'out') return out
  return direction === 'in' ? back : [...out, ...back]
}

/** Distances from vertex 0 by repeated relaxation. */
export function naiveDistances(graph: ZooGraph, direction: 'out' | 'in' | 'all'): number[] {
  const distances = Array.from({ length: graph.vertexCount }, (_, v) => (v === 0 ? 0 : Infinity))
  const all = arcs(graph, direction)
  for (let changed = true; changed; ) {
    changed = false
    for (const { from, to, weight } of all) {
      if (distances[from]! + weight >= distances[to]!) continue
      distances[to] = distances[from]! + weight
      changed = true
    }
  }
  return distances
}

/** The least value that reaches each vertex, its own among them. */
export function naiveLeast(
  graph: ZooGraph,
  direction: 'out' | 'in' | 'all',
  values: readonly number[],
): number[] {
  const least = [...values]
  const all = arcs(graph, direction)
  for (let changed = true; changed; ) {
    changed = false
    for (const { from, to } of all) {
      if (least[from]! >= least[to]!) continue
      least[to] = least[from]!
      changed = true
    }
  }
  return least
}

/** PageRank without redistribution of what dangling vertices have. */
export function naivePageRank(graph: ZooGraph, supersteps: number): number[] {
  const { vertexCount: n } = graph
  const all = arcs(graph, 'out')
  const degrees = new Array<number>(n).fill(0)
  for (const { from } of all) degrees[from]!++
  let ranks = new Array<number>(n).fill(1 / n)
  for (let superstep = 0; superstep < supersteps; superstep++) {
    const next = new Array<number>(n).fill(0.15 / n)
    for (const { from, to } of all) next[to]! += (0.85 * ranks[from]!) / degrees[from]!
    ranks = next
  }
  return ranks
}

/** Label propagation: each vertex takes the commonest label of its neighbours, the least of several. */
export function naiveLabels(graph: ZooGraph, supersteps: number): number[] {
  let labels = Array.from({ length: graph.vertexCount }, (_, v) => v)
  for (let superstep = 0; superstep < supersteps; superstep++) {
    const seen = labels.map(() => [] as number[])
    for (const { from, to } of arcs(graph, 'out')) seen[to]!.push(labels[from]!)
    labels = labels.map((label, v) => (seen[v]!.length === 0 ? label : commonest(seen[v]!)))
  }
  return labels
}

/** The most frequent number, the least of several. */
export function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return Math.min(...[...counts].flatMap(([number, count]) => (count === most ? [number] : [])))
}
