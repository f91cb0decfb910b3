import { type Column, ColumnWriter } from '../engine/extend.js'
import {
  type DataSet,
  defaultEnvironment,
  type ExecutionEnvironment,
  type FieldOf,
  type FieldValue,
  type RunOptions,
} from '../engine/index.js'
import type { Edge, Vertex, VertexId } from './elements.js'
import { LoadedGraph } from './loading/loaded-graph.js'
import { positionIds, VertexIds, vertexIds } from './loading/vertex-ids.js'
import { edgeView, type Load, vertexView } from './loading/views.js'
import { type GraphParts, graphFrom, graphFromEdges, type Records } from './operations/create.js'
import type { Topology } from './topology/topology.js'

/** The type of ids, where a type says which ids exactly: `string` for `'a' | 'b'`. */
export type IdType<K> = K extends string
  ? string
  : K extends number
    ? number
    : K extends bigint
      ? bigint
      : never

/** The type of the ids in the fields `P` of records `T`. */
export type IdsIn<T, P extends string> = IdType<FieldValue<T, P>>

/**
 * A directed graph with a value for each vertex and each edge: two data sets that are described, not
 * yet computed. Self-loops and parallel edges are edges like any other; an undirected graph is one
 * with each edge both ways.
 *
 * Graphs are values: methods return new ones. Nothing runs until a graph is loaded, by `load` or by
 * an algorithm, or one of its data sets is run.
 *
 * @typeParam K The ids: numbers, texts or bigint values.
 * @typeParam VV The values of vertices; `null` without.
 * @typeParam EV The values of edges; `null` without.
 */
export class Graph<K extends VertexId, VV, EV> {
  /** The vertices, each id once. */
  readonly vertices: DataSet<Vertex<K, VV>>
  /** The edges. */
  readonly edges: DataSet<Edge<K, EV>>
  readonly #load: Load<K, VV, EV>

  /** @internal Use `Graph.from` and its kin. */
  constructor({ vertices, edges, load }: GraphParts<K, VV, EV>) {
    this.vertices = vertices
    this.edges = edges
    this.#load = load
  }

  /**
   * A graph of records of edges, and of vertices where they have values or no edges.
   *
   * @param parts.vertices Records `{ id, value }`; the value may be absent. By default the ends of
   *   edges are the vertices: in ascending order if ids are numbers, else in the order in which they
   *   first appear, sources before targets.
   * @param parts.edges Records `{ source, target, value }`; the value may be absent.
   * @throws {SchemaError} When loaded, if ids are missing, of mixed types, there twice or no vertices;
   *   names the record.
   * @example
   * const graph = Graph.from({
   *   vertices: [{ id: 'a', value: 1 }, { id: 'b', value: 2 }],
   *   edges: [{ source: 'a', target: 'b', value: 0.5 }],
   * })
   * await graph.vertices.count() // 2
   */
  static from<K extends VertexId, VV = null, EV = null>(parts: {
    readonly vertices?: Records<{ id: K; value?: VV }>
    readonly edges: Records<{ source: K; target: K; value?: EV }>
  }): Graph<IdType<K>, VV, EV> {
    const { vertices, edges } = parts
    return new Graph<IdType<K>, VV, EV>(graphFrom(vertices as never, edges as never))
  }

  /**
   * A graph of records that have the ends of edges in two fields; all ends are vertices.
   *
   * Vertices come in ascending order if ids are numbers, else in the order in which they first
   * appear, sources before targets.
   *
   * @param fields.source The field with the id of the source.
   * @param fields.target The field with the id of the target.
   * @param fields.value A field, or a function of the record. Default: edges have no values.
   * @throws {SchemaError} When loaded, if ids are missing or of mixed types; names the record.
   * @example
   * const routes = Graph.fromEdges(flights, { source: 'origin', target: 'destination', value: 'delay' })
   * await routes.edges.first(1).collect() // [{ source: 'JFK', target: 'LAX', value: 25 }]
   */
  static fromEdges<T, S extends FieldOf<T>, D extends FieldOf<T>>(
    data: Records<T>,
    fields: { readonly source: S; readonly target: D; readonly value?: undefined },
  ): Graph<IdsIn<T, S | D>, null, null>
  static fromEdges<T, S extends FieldOf<T>, D extends FieldOf<T>, V extends FieldOf<T>>(
    data: Records<T>,
    fields: { readonly source: S; readonly target: D; readonly value: V },
  ): Graph<IdsIn<T, S | D>, null, FieldValue<T, V>>
  static fromEdges<T, S extends FieldOf<T>, D extends FieldOf<T>, EV>(
    data: Records<T>,
    fields: {
      readonly source: S
      readonly target: D
      readonly value: (record: T) => EV
    },
  ): Graph<IdsIn<T, S | D>, null, EV>
  static fromEdges(
    data: Records<unknown>,
    fields: {
      readonly source: string
      readonly target: string
      readonly value?: string | ((record: never) => unknown)
    },
  ): never {
    return new Graph(graphFromEdges(data, fields)) as never
  }

  /**
   * The graph in memory, by position; computed once and kept.
   *
   * For those who write algorithms: see [graphs](../docs/graphs.md).
   *
   * @throws {SchemaError} If ids are missing, of mixed types, there twice or no vertices; names the
   *   record.
   * @throws {ArgumentError} If there are more vertices or edges than 32 bits can count.
   * Cost: O(vertices + edges), and the jobs that give them.
   * @example
   * const graph = Graph.fromEdges([{ from: 1, to: 2 }], { source: 'from', target: 'to' })
   * const { topology, ids } = await graph.load()
   * topology.edgeCount // 1
   * ids.positionOf(2) // 1
   */
  load(options?: RunOptions): Promise<LoadedGraph<K, VV, EV>> {
    return this.#load(options)
  }
}

/**
 * A graph of a topology that is there already: for generators, readers of files and algorithms that
 * give a graph.
 *
 * @param ids By position; by default the positions are the ids.
 * @param vertexValues By position.
 * @param edgeValues By number of edge.
 * @throws {SchemaError} If an id is there twice, is missing or no id, or types are mixed.
 * @example
 * const graph = graphOf(await topologyOf(3, [0, 1], [1, 2]), ['a', 'b', 'c'])
 * await graph.edges.collect() // [{ source: 'a', target: 'b', value: null }, { source: 'b', target: 'c', value: null }]
 */
export function graphOf<K extends VertexId = number, VV = null, EV = null>(
  topology: Topology,
  ids: Column | VertexIds<K> | readonly K[] | null = null,
  vertexValues: Column | null = null,
  edgeValues: Column | null = null,
  environment: ExecutionEnvironment = defaultEnvironment(),
): Graph<IdType<K>, VV, EV> {
  const loaded = new LoadedGraph<IdType<K>, VV, EV>(
    environment,
    topology,
    idsFrom(ids, topology.vertexCount) as unknown as VertexIds<IdType<K>>,
    vertexValues,
    edgeValues,
  )
  const load = async () => loaded
  const vertices = vertexView(environment, load)
  return new Graph({ vertices, edges: edgeView(environment, load), load })
}

function idsFrom<K extends VertexId>(
  ids: Column | VertexIds<K> | readonly K[] | null,
  vertexCount: number,
): VertexIds<VertexId> {
  if (ids === null) return positionIds(vertexCount)
  if (ids instanceof VertexIds) return ids
  if ('layout' in ids) return vertexIds(ids, 'graphOf')
  const writer = new ColumnWriter(vertexCount, 'id')
  for (const [position, id] of ids.entries()) writer.set(position, id)
  return vertexIds(writer.finish(ids.length), 'graphOf')
}
