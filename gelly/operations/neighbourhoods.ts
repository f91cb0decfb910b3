/**
 * What vertices have around them, reduced to one value or to any records.
 *
 * All four read one table, an edge and its other end for each vertex that the edge belongs to in the
 * direction that is asked for; out-edges come before in-edges, each by number.
 */
import { concatColumns, environmentOf } from '../../engine/extend.js'
import type { Context, DataSet, FunctionOptions } from '../../engine/index.js'
import { checkDirection, type EdgeDirection } from '../direction.js'
import type { Edge, Vertex, VertexId } from '../elements.js'
import { tableSource } from '../loading/table-source.js'
import { idsAt, signalOf } from '../loading/views.js'
import { endToEnd } from '../topology/end-to-end.js'
import { needsFunction } from './arguments.js'
import type { GraphParts } from './create.js'

/** A neighbour, and the edge to or from it. */
export interface Neighbour<K extends VertexId, VV, EV> {
  readonly edge: Edge<K, EV>
  readonly vertex: Vertex<K, VV>
}

/** One row of the table. */
interface Incidence<K extends VertexId, VV, EV> extends Edge<K, EV> {
  /** The vertex that the edge belongs to. */
  readonly id: K
  /** The other end. */
  readonly neighbour: K
  readonly neighbourValue: VV
}

/** See `Graph.reduceOnEdges`. */
export function reduceOnEdges<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  fn: (a: EV, b: EV) => EV,
  direction: EdgeDirection,
): DataSet<{ id: K; value: EV }> {
  needsFunction(fn, 'reduceOnEdges')
  const values = incidences(graph, direction, 'reduceOnEdges').map(({ id, value }) => {
    return { id, value }
  }) as DataSet<{ id: K; value: EV }>
  return values.groupBy('id' as never).reduce((a, b) => ({ id: a.id, value: fn(a.value, b.value) }))
}

/** See `Graph.reduceOnNeighbors`. */
export function reduceOnNeighbors<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  fn: (a: VV, b: VV) => VV,
  direction: EdgeDirection,
): DataSet<{ id: K; value: VV }> {
  needsFunction(fn, 'reduceOnNeighbors')
  const values = incidences(graph, direction, 'reduceOnNeighbors').map(
    ({ id, neighbourValue }) => ({ id, value: neighbourValue }),
  ) as DataSet<{ id: K; value: VV }>
  return values.groupBy('id' as never).reduce((a, b) => ({ id: a.id, value: fn(a.value, b.value) }))
}

/** See `Graph.groupReduceOnEdges`. */
export function groupReduceOnEdges<K extends VertexId, VV, EV, R extends object, H extends object>(
  graph: GraphParts<K, VV, EV>,
  fn: (
    vertex: Vertex<K, VV>,
    edges: readonly Edge<K, EV>[],
    context: Context<H>,
  ) => Iterable<R> | R,
  direction: EdgeDirection,
  options: FunctionOptions<H> | undefined,
): DataSet<R> {
  needsFunction(fn, 'groupReduceOnEdges')
  const edges = incidences(graph, direction, 'groupReduceOnEdges')
  return around(graph, edges).with((vertices, group, context) => {
    const own = group.map(({ source, target, value }) => ({ source, target, value }))
    return fn(vertices[0]!, own, context as Context<H>) as R
  }, options) as unknown as DataSet<R>
}

/** See `Graph.groupReduceOnNeighbors`. */
export function groupReduceOnNeighbors<
  K extends VertexId,
  VV,
  EV,
  R extends object,
  H extends object,
>(
  graph: GraphParts<K, VV, EV>,
  fn: (
    vertex: Vertex<K, VV>,
    neighbours: readonly Neighbour<K, VV, EV>[],
    context: Context<H>,
  ) => Iterable<R> | R,
  direction: EdgeDirection,
  options: FunctionOptions<H> | undefined,
): DataSet<R> {
  needsFunction(fn, 'groupReduceOnNeighbors')
  const edges = incidences(graph, direction, 'groupReduceOnNeighbors')
  return around(graph, edges).with((vertices, group, context) => {
    const neighbours = group.map(({ source, target, value, neighbour, neighbourValue }) => ({
      edge: { source, target, value },
      vertex: { id: neighbour, value: neighbourValue },
    }))
    return fn(vertices[0]!, neighbours, context as Context<H>) as R
  }, options) as unknown as DataSet<R>
}

/** Each vertex with its rows of the table. */
function around<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  edges: DataSet<Incidence<K, VV, EV>>,
) {
  return graph.vertices
    .coGroup(edges)
    .where('id' as never)
    .equalTo('id' as never)
}

function incidences<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  direction: EdgeDirection,
  operation: string,
): DataSet<Incidence<K, VV, EV>> {
  checkDirection(direction, operation)
  const source = tableSource(`${operation}, ${direction}`, async request => {
    const { topology, ids, vertexValues, edgeValues } = await graph.load(signalOf(request))
    const { sources, targets } = topology
    /** A column for out-edges, for in-edges, or one behind the other. */
    const sides = <C>(out: () => C, into: () => C, both: (all: readonly C[]) => C) => {
      if (direction === 'out') return out()
      return direction === 'in' ? into() : both([out(), into()])
    }
    const positions = (out: Int32Array, into: Int32Array) =>
      sides(
        () => out,
        () => into,
        ([first, second]) => endToEnd(first!, second!),
      )
    const own = positions(sources, targets)
    const others = positions(targets, sources)
    const repeated = edgeValues
    const columns = {
      id: () => idsAt(ids, own),
      neighbour: () => idsAt(ids, others),
      neighbourValue: () => vertexValues?.take(others) ?? null,
      source: () => idsAt(ids, positions(sources, sources)),
      target: () => idsAt(ids, positions(targets, targets)),
      value: () =>
        repeated === null
          ? null
          : sides(
              () => repeated,
              () => repeated,
              concatColumns,
            ),
    }
    return { length: own.length, columns }
  })
  return environmentOf(graph.vertices).read(source)
}
