import { type Column, ColumnWriter } from '../engine/extend.js'
import {
  type Cell,
  type Context,
  defaultEnvironment,
  type ExecutionEnvironment,
  type FieldOf,
  type FieldValue,
  type Formula,
  type FunctionOptions,
  type Input,
} from '../engine/index.js'
import type { Edge, Vertex, VertexId } from './elements.js'
import { GraphData } from './graph-data.js'
import { LoadedGraph } from './loading/loaded-graph.js'
import { positionIds, VertexIds, vertexIds } from './loading/vertex-ids.js'
import { edgeView, vertexView } from './loading/views.js'
import { difference, differenceEdges, intersect, undirected, union } from './operations/combine.js'
import { graphFrom, graphFromEdges, type Records } from './operations/create.js'
import { subgraph } from './operations/filter.js'
import { joinWithEdges, joinWithEnds, joinWithVertices } from './operations/join-values.js'
import { mapEdges, mapVertices, reverse, translateIds } from './operations/map.js'
import {
  addEdges,
  addVertices,
  type RemovedEdge,
  removeEdges,
  removeVertices,
} from './operations/mutate.js'
import { type GraphCsvOptions, readGraphCsv } from './operations/read-csv.js'
import type { Topology } from './topology/topology.js'

/** Nothing handed over to a function. */
type Nothing = Readonly<Record<never, never>>

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
export class Graph<K extends VertexId, VV, EV> extends GraphData<K, VV, EV> {
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
   * A graph of a CSV or TSV file with an edge in each line, and perhaps one of vertices.
   *
   * Files are read as `readCsv` does it, with its options; read them by `readCsv` where the two differ
   * in more than their columns, and use `Graph.from`.
   *
   * @typeParam K The ids, where you know that all are numbers or texts.
   * @throws {InputOutputError} When run, if a line is invalid; names file, line and reason.
   * @throws {SchemaError} When loaded, if ids are missing, of mixed types, there twice or no vertices.
   * @example
   * const lines = new TextEncoder().encode('from,to,km\na,b,12\nb,c,30\n')
   * const roads = Graph.readCsv<string>(lines, { source: 'from', target: 'to', value: 'km' })
   * await roads.edges.first(1).collect() // [{ source: 'a', target: 'b', value: 12 }]
   */
  static readCsv<K extends VertexId = number | string, EV = Cell, VV = Cell>(
    edges: Input,
    options: GraphCsvOptions & { readonly value: string },
  ): Graph<K, VV, EV>
  static readCsv<K extends VertexId = number | string, VV = Cell>(
    edges: Input,
    options?: GraphCsvOptions & { readonly value?: undefined },
  ): Graph<K, VV, null>
  static readCsv(edges: Input, options: GraphCsvOptions = {}): never {
    return new Graph(readGraphCsv(edges, options)) as never
  }

  /**
   * The graph with new values of vertices; it shares the topology.
   *
   * @param fn A function of the vertex, or a formula.
   * @throws {FunctionError} When run, if `fn` throws; names the vertex.
   * @example network.mapVertices(v => v.value / 10).vertices.first(1) // { id: 'a', value: 1 }
   */
  mapVertices<NV, H extends object = Nothing>(
    fn: (vertex: Vertex<K, VV>, context: Context<H>) => NV,
    options?: FunctionOptions<H>,
  ): Graph<K, NV, EV>
  mapVertices(formula: string | Formula): Graph<K, number, EV>
  mapVertices(fn: unknown, options?: FunctionOptions<object>): never {
    return new Graph(mapVertices(this, fn, options)) as never
  }

  /**
   * The graph with new values of edges; it shares the topology.
   *
   * @param fn A function of the edge, or a formula.
   * @throws {FunctionError} When run, if `fn` throws; names the edge.
   * @example network.mapEdges('value * 2').edges.first(1) // { source: 'a', target: 'b', value: 2 }
   */
  mapEdges<NE, H extends object = Nothing>(
    fn: (edge: Edge<K, EV>, context: Context<H>) => NE,
    options?: FunctionOptions<H>,
  ): Graph<K, VV, NE>
  mapEdges(formula: string | Formula): Graph<K, VV, number>
  mapEdges(fn: unknown, options?: FunctionOptions<object>): never {
    return new Graph(mapEdges(this, fn, options)) as never
  }

  /**
   * The graph with other ids.
   *
   * @throws {SchemaError} When run, if two vertices get the same id, or types are mixed.
   * @example network.translateIds(id => id.toUpperCase()).vertices.first(1) // { id: 'A', value: 10 }
   */
  translateIds<NK extends VertexId>(fn: (id: K) => NK): Graph<IdType<NK>, VV, EV> {
    return new Graph(translateIds<K, VV, EV, IdType<NK>>(this, fn as never))
  }

  /**
   * The vertices for which a condition holds, and the edges between them for which another one does.
   *
   * @param vertex A function of the vertex, or a formula.
   * @param edge A function of the edge, or a formula.
   * @example await network.subgraph(v => v.value < 40, e => e.value > 1).countEdges() // 3
   */
  subgraph(
    vertex: string | Formula | ((vertex: Vertex<K, VV>) => unknown),
    edge: string | Formula | ((edge: Edge<K, EV>) => unknown),
  ): Graph<K, VV, EV> {
    return new Graph(subgraph(this, { fn: vertex }, { fn: edge }, 'subgraph'))
  }

  /**
   * The vertices for which a condition holds, and the edges between them.
   *
   * @example await network.filterVertices('value < 40').countEdges() // 4
   */
  filterVertices<H extends object = Nothing>(
    condition: string | Formula | ((vertex: Vertex<K, VV>, context: Context<H>) => unknown),
    options?: FunctionOptions<H>,
  ): Graph<K, VV, EV> {
    return new Graph(subgraph(this, { fn: condition, options }, undefined, 'filterVertices'))
  }

  /**
   * All vertices, and the edges for which a condition holds.
   *
   * @example await network.filterEdges(e => e.value > 2).countEdges() // 3
   */
  filterEdges<H extends object = Nothing>(
    condition: string | Formula | ((edge: Edge<K, EV>, context: Context<H>) => unknown),
    options?: FunctionOptions<H>,
  ): Graph<K, VV, EV> {
    return new Graph(subgraph(this, undefined, { fn: condition, options }, 'filterEdges'))
  }

  /**
   * The graph with new values of those vertices that other records have something to say about. Only
   * the first record of each id counts; vertices without one keep their value.
   *
   * @param fn Gets the vertex and the record; returns the value.
   * @param options.id The field with the id in the records. Default `'id'`.
   * @example network.joinWithVertices([{ id: 'b', bonus: 5 }], (v, r) => v.value + r.bonus).vertices.first(2) // { id: 'a', value: 10 }, { id: 'b', value: 25 }
   */
  joinWithVertices<D, NV = VV>(
    records: Records<D>,
    fn: (vertex: Vertex<K, VV>, record: D) => NV,
    options?: { readonly id?: FieldOf<D> },
  ): Graph<K, VV | NV, EV> {
    return new Graph(joinWithVertices(this, records, fn, options))
  }

  /**
   * The graph with new values of those edges that other records have something to say about: all
   * edges from the record's source to its target. Only the first record of each pair counts.
   *
   * @param options.source The field with the source in the records. Default `'source'`.
   * @param options.target The field with the target. Default `'target'`.
   * @example network.joinWithEdges([{ source: 'a', target: 'b', toll: 7 }], (e, r) => e.value + r.toll).edges.first(1) // { source: 'a', target: 'b', value: 8 }
   */
  joinWithEdges<D, NE = EV>(
    records: Records<D>,
    fn: (edge: Edge<K, EV>, record: D) => NE,
    options?: { readonly source?: FieldOf<D>; readonly target?: FieldOf<D> },
  ): Graph<K, VV, EV | NE> {
    return new Graph(joinWithEdges(this, records, fn, options))
  }

  /**
   * As `joinWithEdges`, for all edges that leave the record's vertex.
   *
   * @param options.id The field with the id in the records. Default `'id'`.
   * @example network.joinWithEdgesOnSource(network.outDegrees(), (e, r) => e.value / r.degree).edges.first(1) // { source: 'a', target: 'b', value: 0.5 }
   */
  joinWithEdgesOnSource<D, NE = EV>(
    records: Records<D>,
    fn: (edge: Edge<K, EV>, record: D) => NE,
    options?: { readonly id?: FieldOf<D> },
  ): Graph<K, VV, EV | NE> {
    return new Graph(joinWithEnds(this, records, fn, 'source', options))
  }

  /**
   * As `joinWithEdges`, for all edges that reach the record's vertex.
   *
   * @param options.id The field with the id in the records. Default `'id'`.
   * @example network.joinWithEdgesOnTarget(network.inDegrees(), (e, r) => e.value / r.degree).edges.first(1) // { source: 'a', target: 'b', value: 1 }
   */
  joinWithEdgesOnTarget<D, NE = EV>(
    records: Records<D>,
    fn: (edge: Edge<K, EV>, record: D) => NE,
    options?: { readonly id?: FieldOf<D> },
  ): Graph<K, VV, EV | NE> {
    return new Graph(joinWithEnds(this, records, fn, 'target', options))
  }

  /**
   * All edges turned round; shares the topology's indexes.
   *
   * @example network.reverse().edges.first(1) // { source: 'b', target: 'a', value: 1 }
   */
  reverse(): Graph<K, VV, EV> {
    return new Graph(reverse(this))
  }

  /**
   * Each edge both ways: first all edges as they are, then all turned round. Nothing is left out, so
   * a self-loop is there twice.
   *
   * @example await network.undirected().countEdges() // 10
   */
  undirected(): Graph<K, VV, EV> {
    return new Graph(undirected(this))
  }

  /**
   * The vertices of both graphs, each id once, and all edges of both, equal ones as often as they
   * are there.
   *
   * @param merge The value of a vertex that is in both. Default: this graph's.
   * @example await network.union(network, (mine, other) => mine + other).vertices.first(1).collect() // [{ id: 'a', value: 20 }]
   */
  union(other: Graph<K, VV, EV>, merge?: (value: VV, other: VV) => VV): Graph<K, VV, EV> {
    return new Graph(union(this, other, merge))
  }

  /**
   * The vertices that are not in the other graph, and the edges between them. What edges the other
   * graph has does not matter; see `differenceEdges`.
   *
   * @example network.difference(Graph.from({ edges: [{ source: 'a', target: 'b' }] })).edges // { source: 'd', target: 'c', value: 5 }
   */
  difference<OV, OE>(other: Graph<K, OV, OE>): Graph<K, VV, EV> {
    return new Graph(difference(this, other))
  }

  /**
   * All vertices, and the edges for which the other graph has none from the same source to the same
   * target, whatever its value.
   *
   * @example await network.differenceEdges(Graph.from({ edges: [{ source: 'a', target: 'b' }] })).countEdges() // 4
   */
  differenceEdges<OV, OE>(other: Graph<K, OV, OE>): Graph<K, VV, EV> {
    return new Graph(differenceEdges(this, other))
  }

  /**
   * The vertices that are in both graphs, with this graph's values, and the edges that are in both:
   * equal in source, target and value. An edge is kept as often as both graphs have it.
   *
   * @param options.distinct Whether equal edges are kept once. Default `false`.
   * @example await network.intersect(network.filterEdges('value < 3')).countEdges() // 2
   */
  intersect<OV>(
    other: Graph<K, OV, EV>,
    options?: { readonly distinct?: boolean },
  ): Graph<K, VV, EV> {
    return new Graph(intersect(this, other, options))
  }

  /**
   * The graph with further vertices. A vertex that is there already keeps its value.
   *
   * @example await network.addVertices([{ id: 'e', value: 50 }]).countVertices() // 5
   */
  addVertices(vertices: Records<Vertex<K, VV>>): Graph<K, VV, EV> {
    return new Graph(addVertices(this, vertices))
  }

  /**
   * The graph with further edges; equal ones stay beside each other.
   *
   * @throws {SchemaError} When run, if an end is no vertex: add it before.
   * @example await network.addEdges([{ source: 'd', target: 'd', value: 1 }]).countEdges() // 6
   */
  addEdges(edges: Records<Edge<K, EV>>): Graph<K, VV, EV> {
    return new Graph(addEdges(this, edges))
  }

  /**
   * The graph without some vertices and their edges. Ids that are not there do not matter.
   *
   * @example await network.removeVertices(['a']).countEdges() // 2
   */
  removeVertices(ids: Iterable<K>): Graph<K, VV, EV> {
    return new Graph(removeVertices(this, ids))
  }

  /**
   * The graph without some edges: all from a source to a target, or of these only those with a
   * value, where one is given. Edges that are not there do not matter.
   *
   * @example await network.removeEdges([{ source: 'a', target: 'b' }, { source: 'a', target: 'c', value: 9 }]).countEdges() // 4
   */
  removeEdges(edges: Iterable<RemovedEdge<K, EV>>): Graph<K, VV, EV> {
    return new Graph(removeEdges(this, edges))
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
