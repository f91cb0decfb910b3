import type { Context, FieldOf, Formula, FunctionOptions } from '../engine/index.js'
import type { Edge, Vertex, VertexId } from './elements.js'
import type { Graph, IdType } from './graph.js'
import { GraphData } from './graph-data.js'
import type { Nothing } from './models/model-options.js'
import { difference, differenceEdges, intersect, undirected, union } from './operations/combine.js'
import type { GraphParts, Records } from './operations/create.js'
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

/**
 * What makes graphs out of graphs; `Graph` adds how they begin, and the iterative models.
 *
 * @typeParam K The ids: numbers, texts or bigint values.
 * @typeParam VV The values of vertices; `null` without.
 * @typeParam EV The values of edges; `null` without.
 */
export abstract class GraphOperations<K extends VertexId, VV, EV> extends GraphData<K, VV, EV> {
  /** @internal A graph of its parts; a class cannot make its own subclass. */
  protected abstract made<NK extends VertexId, NV, NE>(
    parts: GraphParts<NK, NV, NE>,
  ): Graph<NK, NV, NE>

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
    return this.made(mapVertices(this, fn, options)) as never
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
    return this.made(mapEdges(this, fn, options)) as never
  }

  /**
   * The graph with other ids.
   *
   * @throws {SchemaError} When run, if two vertices get the same id, or types are mixed.
   * @example network.translateIds(id => id.toUpperCase()).vertices.first(1) // { id: 'A', value: 10 }
   */
  translateIds<NK extends VertexId>(fn: (id: K) => NK): Graph<IdType<NK>, VV, EV> {
    return this.made(translateIds<K, VV, EV, IdType<NK>>(this, fn as never))
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
    return this.made(subgraph(this, { fn: vertex }, { fn: edge }, 'subgraph'))
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
    return this.made(subgraph(this, { fn: condition, options }, undefined, 'filterVertices'))
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
    return this.made(subgraph(this, undefined, { fn: condition, options }, 'filterEdges'))
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
    return this.made(joinWithVertices(this, records, fn, options))
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
    return this.made(joinWithEdges(this, records, fn, options))
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
    return this.made(joinWithEnds(this, records, fn, 'source', options))
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
    return this.made(joinWithEnds(this, records, fn, 'target', options))
  }

  /**
   * All edges turned round; shares the topology's indexes.
   *
   * @example network.reverse().edges.first(1) // { source: 'b', target: 'a', value: 1 }
   */
  reverse(): Graph<K, VV, EV> {
    return this.made(reverse(this))
  }

  /**
   * Each edge both ways: first all edges as they are, then all turned round. Nothing is left out, so
   * a self-loop is there twice.
   *
   * @example await network.undirected().countEdges() // 10
   */
  undirected(): Graph<K, VV, EV> {
    return this.made(undirected(this))
  }

  /**
   * The vertices of both graphs, each id once, and all edges of both, equal ones as often as they
   * are there.
   *
   * @param merge The value of a vertex that is in both. Default: this graph's.
   * @example await network.union(network, (mine, other) => mine + other).vertices.first(1).collect() // [{ id: 'a', value: 20 }]
   */
  union(other: Graph<K, VV, EV>, merge?: (value: VV, other: VV) => VV): Graph<K, VV, EV> {
    return this.made(union(this, other, merge))
  }

  /**
   * The vertices that are not in the other graph, and the edges between them. What edges the other
   * graph has does not matter; see `differenceEdges`.
   *
   * @example network.difference(Graph.from({ edges: [{ source: 'a', target: 'b' }] })).edges // { source: 'd', target: 'c', value: 5 }
   */
  difference<OV, OE>(other: Graph<K, OV, OE>): Graph<K, VV, EV> {
    return this.made(difference(this, other))
  }

  /**
   * All vertices, and the edges for which the other graph has none from the same source to the same
   * target, whatever its value.
   *
   * @example await network.differenceEdges(Graph.from({ edges: [{ source: 'a', target: 'b' }] })).countEdges() // 4
   */
  differenceEdges<OV, OE>(other: Graph<K, OV, OE>): Graph<K, VV, EV> {
    return this.made(differenceEdges(this, other))
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
    return this.made(intersect(this, other, options))
  }

  /**
   * The graph with further vertices. A vertex that is there already keeps its value.
   *
   * @example await network.addVertices([{ id: 'e', value: 50 }]).countVertices() // 5
   */
  addVertices(vertices: Records<Vertex<K, VV>>): Graph<K, VV, EV> {
    return this.made(addVertices(this, vertices))
  }

  /**
   * The graph with further edges; equal ones stay beside each other.
   *
   * @throws {SchemaError} When run, if an end is no vertex: add it before.
   * @example await network.addEdges([{ source: 'd', target: 'd', value: 1 }]).countEdges() // 6
   */
  addEdges(edges: Records<Edge<K, EV>>): Graph<K, VV, EV> {
    return this.made(addEdges(this, edges))
  }

  /**
   * The graph without some vertices and their edges. Ids that are not there do not matter.
   *
   * @example await network.removeVertices(['a']).countEdges() // 2
   */
  removeVertices(ids: Iterable<K>): Graph<K, VV, EV> {
    return this.made(removeVertices(this, ids))
  }

  /**
   * The graph without some edges: all from a source to a target, or of these only those with a
   * value, where one is given. Edges that are not there do not matter.
   *
   * @example await network.removeEdges([{ source: 'a', target: 'b' }, { source: 'a', target: 'c', value: 9 }]).countEdges() // 4
   */
  removeEdges(edges: Iterable<RemovedEdge<K, EV>>): Graph<K, VV, EV> {
    return this.made(removeEdges(this, edges))
  }
}
