/**
 * Graphs that every algorithm is tested on, small and seeded, and random multigraphs for properties.
 *
 * A graph here is only positions: `sources` and `targets` by edge, all below `vertexCount`, and a
 * positive weight for each edge. Read as directed, each edge goes one way; graphs whose name begins
 * with "symmetric" have each edge both ways.
 */
import fc from 'fast-check'
import { type Random, randomFrom } from '../support/random.js'

/** A graph by positions. */
export interface ZooGraph {
  /** What it is, for the title of a test. */
  readonly name: string
  readonly vertexCount: number
  /** By edge. */
  readonly sources: readonly number[]
  /** By edge. */
  readonly targets: readonly number[]
  /** By edge: more than 0, with fractions that binary numbers hold exactly. */
  readonly weights: readonly number[]
}

/** Recursive-matrix graphs with 2^`scale` vertices, as the Graph 500 and GAP make them. */
export function rmat(scale: number, edgeFactor = 16, seed = 1): ZooGraph {
  const vertexCount = 2 ** scale
  const random = randomFrom(seed)
  const edges = random.array(vertexCount * edgeFactor, () => {
    let [source, target] = [0, 0]
    for (let bit = 0; bit < scale; bit++) {
      const chance = random.next()
      source = 2 * source + (chance >= 0.57 + 0.19 ? 1 : 0)
      target = 2 * target + ((chance >= 0.57 && chance < 0.76) || chance >= 0.95 ? 1 : 0)
    }
    return [source, target] as const
  })
  return graphOf(`RMAT scale ${scale}`, vertexCount, edges, random)
}

/** Edges between random ends: some are loops, some parallel. */
export function randomGraph(vertexCount: number, edgeCount: number, seed = 1): ZooGraph {
  const random = randomFrom(seed)
  const end = () => random.int(vertexCount)
  const edges = random.array(edgeCount, () => [end(), end()] as const)
  return graphOf(`random, ${vertexCount} vertices, ${edgeCount} edges`, vertexCount, edges, random)
}

/** The graph with each edge both ways, at the same weight. A loop is there twice. */
export function symmetric({ name, vertexCount, sources, targets, weights }: ZooGraph): ZooGraph {
  return {
    name: `symmetric ${name}`,
    vertexCount,
    sources: [...sources, ...targets],
    targets: [...targets, ...sources],
    weights: [...weights, ...weights],
  }
}

/** Without loops, and with one edge, the first, from each vertex to each other. */
export function simpleGraph(graph: ZooGraph): ZooGraph {
  const { vertexCount, sources, targets, weights } = graph
  const seen = new Set<number>()
  const kept = sources.flatMap((source, k) => {
    const pair = source * vertexCount + targets[k]!
    if (source === targets[k] || seen.has(pair)) return []
    seen.add(pair)
    return [k]
  })
  return {
    name: `simple ${graph.name}`,
    vertexCount,
    sources: kept.map(k => sources[k]!),
    targets: kept.map(k => targets[k]!),
    weights: kept.map(k => weights[k]!),
  }
}

/** Ids of all vertices as words: 'v0', 'v1', ... They sort otherwise than their positions. */
export function stringIds({ vertexCount }: { readonly vertexCount: number }): string[] {
  return Array.from({ length: vertexCount }, (_, v) => `v${v}`)
}

/** Ids of all vertices as numbers with gaps, not ascending, some of them negative. */
export function numberIds({ vertexCount }: { readonly vertexCount: number }): number[] {
  return Array.from({ length: vertexCount }, (_, v) => (v % 2 === 0 ? 7 * v + 3 : -v))
}

/** Random multigraphs, directed, with loops and parallel edges; weights are 1/4 to 16. */
export function multigraphs(
  options: { readonly maxVertices?: number; readonly maxEdges?: number } = {},
): fc.Arbitrary<ZooGraph> {
  const { maxVertices = 12, maxEdges = 40 } = options
  return fc.integer({ min: 0, max: maxVertices }).chain(vertexCount => {
    const end = fc.integer({ min: 0, max: Math.max(0, vertexCount - 1) })
    const edge = fc.tuple(end, end, fc.integer({ min: 1, max: 64 }))
    const maxLength = vertexCount === 0 ? 0 : maxEdges
    return fc.array(edge, { maxLength }).map(edges => ({
      name: 'multigraph',
      vertexCount,
      sources: edges.map(([source]) => source),
      targets: edges.map(([, target]) => target),
      weights: edges.map(([, , quarters]) => quarters / 4),
    }))
  })
}

/** Each vertex of a grid with the ones to its right and below. */
function gridEdges(width: number, height: number): [number, number][] {
  const edges: [number, number][] = []
  for (let v = 0; v < width * height; v++) {
    if ((v + 1) % width !== 0) edges.push([v, v + 1])
    if (v + width < width * height) edges.push([v, v + width])
  }
  return edges
}

/** Each vertex with each higher one. */
function completeEdges(vertexCount: number): [number, number][] {
  const all = Array.from({ length: vertexCount }, (_, v) => v)
  return all.flatMap(u => all.slice(u + 1).map((v): [number, number] => [u, v]))
}

function pathEdges(vertexCount: number): [number, number][] {
  return Array.from({ length: vertexCount - 1 }, (_, v) => [v, v + 1])
}

function graphOf(
  name: string,
  vertexCount: number,
  edges: readonly (readonly [number, number])[],
  random: Random = randomFrom(name.length),
): ZooGraph {
  return {
    name,
    vertexCount,
    sources: edges.map(([source]) => source),
    targets: edges.map(([, target]) => target),
    weights: edges.map(() => (1 + random.int(64)) / 4),
  }
}

/** Directed, each edge one way. */
const DIRECTED: readonly ZooGraph[] = [
  graphOf('empty', 0, []),
  graphOf('one vertex', 1, []),
  graphOf('isolated vertices', 5, []),
  graphOf('one loop', 1, [[0, 0]]),
  // The small asymmetric graph: a triangle each way round, a tail, a vertex that only receives.
  //
  //     0 ──> 1 ──> 3 ──> 4    6
  //     ^     │     ^
  //     └─ 2 <┘     5
  //
  graphOf('asymmetric', 7, [
    [0, 1],
    [1, 2],
    [2, 0],
    [1, 3],
    [3, 4],
    [5, 3],
    [0, 2],
  ]),
  graphOf('self-loops', 4, [
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 1],
    [1, 2],
    [2, 0],
    [3, 3],
  ]),
  graphOf('parallel edges', 4, [
    [0, 1],
    [0, 1],
    [1, 0],
    [1, 2],
    [1, 2],
    [1, 2],
    [2, 0],
    [2, 3],
    [3, 2],
  ]),
  graphOf(
    'star',
    9,
    Array.from({ length: 8 }, (_, leaf) => [0, leaf + 1]),
  ),
  graphOf(
    'star inwards',
    6,
    Array.from({ length: 5 }, (_, leaf) => [leaf + 1, 0]),
  ),
  graphOf('path', 10, pathEdges(10)),
  graphOf('cycle', 7, [...pathEdges(7), [6, 0]]),
  graphOf('complete', 8, completeEdges(8)),
  graphOf('two components', 11, [
    ...completeEdges(5),
    ...pathEdges(6).map(([u, v]): [number, number] => [u + 5, v + 5]),
  ]),
  graphOf('grid', 30, gridEdges(6, 5)),
  randomGraph(40, 100, 11),
  randomGraph(60, 600, 12),
  rmat(8, 16, 1),
]

/** All small graphs, directed and with each edge both ways. RMAT of scale 10 is in `bigZoo`. */
export const zoo: readonly ZooGraph[] = [
  ...DIRECTED,
  ...DIRECTED.filter(({ sources }) => sources.length > 0).map(symmetric),
]

/** RMAT with 1024 vertices and 16384 edges: for algorithms whose oracle can bear it. */
export const bigZoo: readonly ZooGraph[] = [rmat(10, 16, 1), symmetric(rmat(10, 16, 2))]
