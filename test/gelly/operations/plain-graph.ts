/** Graphs as plain lists, and naive programs on them, to compare with. */
import type { ExecutionEnvironment } from '../../../engine/index.js'
import { Graph } from '../../../gelly/index.js'
import { randomFrom } from '../../support/random.js'

export interface PlainVertex {
  readonly id: string
  readonly value: number
}

export interface PlainEdge {
  readonly source: string
  readonly target: string
  readonly value: number
}

export interface PlainGraph {
  readonly vertices: readonly PlainVertex[]
  readonly edges: readonly PlainEdge[]
}

/** A random multigraph with loops, parallel and equal edges, and isolated vertices. */
export function plainGraph(seed: number, vertexCount = 30, edgeCount = 80): PlainGraph {
  const random = randomFrom(seed)
  const ids = random.shuffle(Array.from({ length: vertexCount }, (_, v) => `v${v}`))
  const vertices = ids.map(id => ({ id, value: random.int(100) }))
  const edges = random.array(vertexCount === 0 ? 0 : edgeCount, () => ({
    source: random.pick(ids),
    target: random.pick(ids.slice(0, Math.ceil(vertexCount / 2))),
    value: random.int(3),
  }))
  return { vertices, edges }
}

/** The graph for the engine. */
export function graphFrom(env: ExecutionEnvironment, { vertices, edges }: PlainGraph) {
  return Graph.from({ vertices: env.from([...vertices]), edges: env.from([...edges]) })
}

/** What is left with some vertices and edges only. */
export function induced(
  { vertices, edges }: PlainGraph,
  vertex: (vertex: PlainVertex) => boolean,
  edge: (edge: PlainEdge) => boolean,
): PlainGraph {
  const kept = vertices.filter(vertex)
  const ids = new Set(kept.map(({ id }) => id))
  const left = edges.filter(e => ids.has(e.source) && ids.has(e.target) && edge(e))
  return { vertices: kept, edges: left }
}
