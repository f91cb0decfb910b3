/** Graphs on which every algorithm is tried. */
import type { DataSet, ExecutionEnvironment } from '../../../engine/index.js'
import { randomFrom } from '../../support/random.js'

/** A vertex. */
export interface Vertex {
  readonly id: number
}

/** A directed edge. Weights of the zoo are whole numbers, so that sums of them are exact. */
export interface Edge {
  readonly source: number
  readonly target: number
  readonly weight: number
}

/** A graph as plain arrays. */
export interface Graph {
  readonly vertices: readonly Vertex[]
  readonly edges: readonly Edge[]
}

/** Graphs by name. */
export const GRAPHS: Readonly<Record<string, Graph>> = {
  'the empty graph': graph(0, []),
  'one vertex': graph(1, []),
  'one vertex with a loop': graph(1, [[0, 0]]),
  'three lonely vertices': graph(3, []),
  'a star': graph(
    9,
    pairs(8, k => [0, k + 1]),
  ),
  'a path': graph(
    12,
    pairs(11, k => [k, k + 1]),
  ),
  'a path backwards': graph(
    12,
    pairs(11, k => [k + 1, k]),
  ),
  'a cycle with self-loops': graph(7, [
    ...pairs(7, k => [k, (k + 1) % 7]),
    ...pairs(7, k => [k, k]),
  ]),
  'edges that come several times': graph(5, [
    ...pairs(4, k => [k, k + 1]),
    ...pairs(4, k => [k, k + 1]),
    ...pairs(4, () => [4, 1]),
  ]),
  'two parts': graph(8, [
    [0, 1],
    [1, 2],
    [2, 0],
    [5, 7],
  ]),
  'a sparse random graph': random(60, 70, 1),
  'a dense random graph': random(25, 200, 2),
}

/** The vertices and edges of a graph as data sets. */
export function dataSetsOf(
  env: ExecutionEnvironment,
  { vertices, edges }: Graph,
): { vertices: DataSet<Vertex>; edges: DataSet<Edge> } {
  return { vertices: env.from(vertices), edges: env.from(edges) }
}

function graph(vertices: number, edges: readonly (readonly [number, number])[]): Graph {
  const { int } = randomFrom(vertices + edges.length)
  return {
    vertices: Array.from({ length: vertices }, (_, id) => ({ id })),
    edges: edges.map(([source, target]) => ({ source, target, weight: 1 + int(9) })),
  }
}

function random(vertices: number, edges: number, seed: number): Graph {
  const { int } = randomFrom(seed)
  return graph(
    vertices,
    pairs(edges, () => [int(vertices), int(vertices)]),
  )
}

function pairs(count: number, make: (k: number) => readonly [number, number]) {
  return Array.from({ length: count }, (_, k) => make(k))
}
