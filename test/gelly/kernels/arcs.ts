/** The arcs of a small graph, for naive programs to ask about. */
import type { ZooGraph } from '../zoo.js'

/** What naive programs ask of a graph read without loops and parallel edges. */
export interface Arcs {
  /** Whether there is an arc from one vertex to another one. */
  has(source: number, target: number): boolean
  /** Whether there is an arc in either direction. */
  linked(one: number, other: number): boolean
  /** By vertex: its neighbours in either direction, ascending. */
  readonly neighbours: readonly (readonly number[])[]
}

/** See `Arcs`. */
export function arcsOf({ vertexCount, sources, targets }: ZooGraph): Arcs {
  const arcs = new Set(sources.map((source, k) => source * vertexCount + targets[k]!))
  const has = (source: number, target: number) =>
    source !== target && arcs.has(source * vertexCount + target)
  const sets = Array.from({ length: vertexCount }, () => new Set<number>())
  sources.forEach((source, k) => {
    const target = targets[k]!
    if (source === target) return
    sets[source]!.add(target)
    sets[target]!.add(source)
  })
  return {
    has,
    linked: (one, other) => has(one, other) || has(other, one),
    neighbours: sets.map(set => [...set].sort((a, b) => a - b)),
  }
}
