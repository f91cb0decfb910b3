import { type Column, ColumnWriter, shown } from '../engine/extend.js'
import {
  ArgumentError,
  type Cell,
  defaultEnvironment,
  type ExecutionEnvironment,
  type FieldOf,
  type FieldValue,
  type Input,
} from '../engine/index.js'
import type { VertexId } from './elements.js'
import { GraphOperations } from './graph-operations.js'
import { LoadedGraph } from './loading/loaded-graph.js'
import { positionIds, VertexIds, vertexIds } from './loading/vertex-ids.js'
import { edgeView, vertexView } from './loading/views.js'
import { type GatherSumApplyOptions, gatherSumApply } from './models/gather-sum-apply.js'
import type { Nothing } from './models/model-options.js'
import { type ModelResult, runModel } from './models/model-result.js'
import { type ScatterGatherOptions, scatterGather } from './models/scatter-gather.js'
import { type VertexCentricOptions, vertexCentric } from './models/vertex-centric.js'
import { needsParts } from './operations/arguments.js'
import { type GraphParts, graphFrom, graphFromEdges, type Records } from './operations/create.js'
import { type GraphCsvOptions, readGraphCsv } from './operations/read-csv.js'
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

/** What an error shows. */
const EDGES = '{ edges: [{ source: 1, target: 2 }] }'

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
export class Graph<K extends VertexId, VV, EV> extends GraphOperations<K, VV, EV> {
  /**
   * A graph of records of edges, and of vertices where they have values or no edges.
   *
   * @param parts.vertices Records `{ id, value }`; the value may be absent. By default the ends of
   *   edges are the vertices: in ascending order if ids are numbers, else in the order in which they
   *   first appear, sources before targets.
   * @param parts.edges Records `{ source, target, value }`; the value may be absent.
   * @throws {ArgumentError} If there are no edges, or a part is not known.
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
    needsParts(parts, ['vertices', 'edges'], EDGES, 'Graph.from')
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

  /** @internal */
  protected override made<NK extends VertexId, NV, NE>(
    parts: GraphParts<NK, NV, NE>,
  ): Graph<NK, NV, NE> {
    return new Graph(parts)
  }

  /**
   * Runs a vertex program in supersteps (Pregel): `compute` is called for each active vertex with the
   * messages that it got, may give it a new value, and sends messages that arrive in the next one.
   *
   * It ends when no vertex is active and no message is on its way, when `until` says so, or after
   * `maxIterations`. See [vertex programs](../docs/vertex-programs.md).
   *
   * @returns The new values and how it went; `history` has `workset` (vertices called), `changed`
   *   (values) and `messages` per superstep.
   * @throws {ArgumentError} If an option is unknown or wrong.
   * @throws {FunctionError} If a function throws, or sends to a vertex that does not exist.
   * Cost: a superstep costs what its active vertices and messages cost. About 4 ns per message where all
   * are numbers and functions can travel, also on several threads; otherwise 8 ns per number with
   * `combine`, 20 ns without.
   *
   * Source: Malewicz et al., "Pregel: a system for large-scale graph processing", 2010.
   * @example
   * const graph = Graph.from({
   *   vertices: [{ id: 'a', value: 3 }, { id: 'b', value: 6 }, { id: 'c', value: 1 }],
   *   edges: [{ source: 'a', target: 'b' }, { source: 'b', target: 'c' }],
   * })
   * const { vertices, iterations } = await graph.vertexCentric<number>({
   *   compute(vertex, messages, context) {
   *     const best = messages.max(vertex.value)
   *     if (context.superstep > 1 && best === vertex.value) return
   *     context.setValue(best)
   *     context.sendToNeighbors(best)
   *   },
   *   combine: Math.max,
   *   maxIterations: 100,
   * })
   * await vertices.collect() // [{ id: 'a', value: 3 }, { id: 'b', value: 6 }, { id: 'c', value: 6 }]
   * iterations // 2
   */
  vertexCentric<V = VV, M = V, H = Nothing>(
    options: VertexCentricOptions<K, VV, EV, V, M, H>,
  ): Promise<ModelResult<K, V, EV>> {
    return runModel(this, vertexCentric, options, graphOf)
  }

  /**
   * Runs a program of two halves in supersteps: vertices whose value has changed `scatter` messages,
   * and those who got some `gather` them, in the same superstep, and may change.
   *
   * It ends when no vertex has changed, when `until` says so, or after `maxIterations`. A vertex
   * without messages keeps its value. See [vertex programs](../docs/vertex-programs.md).
   *
   * @returns The new values and how it went; `history` has `workset` (vertices that scattered),
   *   `changed` (values) and `messages` per superstep.
   * @throws {ArgumentError} If an option is unknown or wrong.
   * @throws {FunctionError} If a function throws, or sends to a vertex that does not exist.
   * Cost: as for `vertexCentric`.
   * @example
   * const roads = Graph.fromEdges([{ from: 'a', to: 'b', km: 5 }, { from: 'b', to: 'c', km: 2 }], { source: 'from', target: 'to', value: 'km' })
   * const { vertices } = await roads.scatterGather<number>({
   *   initial: vertex => (vertex.id === 'a' ? 0 : Infinity),
   *   scatter: (vertex, { sendToNeighbors }) => sendToNeighbors(edge => vertex.value + edge.value),
   *   gather: (vertex, messages, { setValue }) => setValue(messages.min(vertex.value)),
   *   maxIterations: 100,
   * })
   * await vertices.collect() // [{ id: 'a', value: 0 }, { id: 'b', value: 5 }, { id: 'c', value: 7 }]
   */
  scatterGather<V = VV, M = V, H = Nothing>(
    options: ScatterGatherOptions<K, VV, EV, V, M, H>,
  ): Promise<ModelResult<K, V, EV>> {
    return runModel(this, scatterGather, options, graphOf)
  }

  /**
   * Runs a program without messages in supersteps: each vertex `gather`s something from its
   * neighbours, the `sum` of which is `apply`d to its value.
   *
   * The value of a vertex travels along its edges (`direction: 'out'`), so a vertex gathers from those
   * that point to it. It ends when no vertex has changed, when `until` says so, or after
   * `maxIterations`. A vertex without such neighbours keeps its value, unless there is a
   * `sumOfNone`. See [vertex programs](../docs/vertex-programs.md).
   *
   * @returns The new values and how it went; `history` has `workset` (vertices gathered from or, where
   *   all are, all), `changed` (values) and `messages` (edges gathered along) per superstep.
   * @throws {ArgumentError} If an option is unknown or wrong.
   * @throws {FunctionError} If a function throws.
   * Cost: all edges in each superstep, or those of changed vertices with `gatherFrom: 'changed'`. For
   * numbers 4 ns per edge where `gather` ignores the edge, 7 to 10 ns where it does not.
   *
   * Source: Gonzalez et al., "PowerGraph", 2012.
   * @example
   * const links = Graph.fromEdges([{ from: 1, to: 2 }, { from: 2, to: 1 }, { from: 3, to: 1 }], { source: 'from', target: 'to' })
   * const { vertices, converged } = await links.gatherSumApply({
   *   initial: () => 1,
   *   gather: neighbour => neighbour.value / neighbour.outDegree,
   *   sum: (a, b) => a + b,
   *   sumOfNone: 0,
   *   apply: (sum, _, { damping }) => 1 - damping + damping * sum,
   *   with: { damping: 0.85 },
   *   maxIterations: 100,
   * })
   * vertices.map(({ id, value }) => `${id}: ${value.toFixed(2)}`) // '1: 1.46', '2: 1.39', '3: 0.15'
   */
  gatherSumApply<V = VV, M = V, H = Nothing>(
    options: GatherSumApplyOptions<K, VV, EV, V, M, H>,
  ): Promise<ModelResult<K, V, EV>> {
    return runModel(this, gatherSumApply, options, graphOf)
  }
}

/**
 * A graph of a topology that is there already: for generators, readers of files and algorithms that
 * give a graph.
 *
 * @param ids By position; by default the positions are the ids.
 * @param vertexValues By position.
 * @param edgeValues By number of edge.
 * @throws {ArgumentError} If the topology is none, or ids or values are not as many as it has places.
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
  checkLengths(topology, { ids, vertexValues, edgeValues })
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

/** @throws {ArgumentError} If there are more or fewer ids or values than vertices or edges. */
function checkLengths(
  topology: Topology | undefined,
  parts: Readonly<Record<string, { readonly length: number } | null>>,
): void {
  if (typeof topology?.vertexCount !== 'number') {
    throw new ArgumentError(
      `graphOf: needs a topology; got ${shown(topology)}. Make one with topologyOf.`,
    )
  }
  for (const [name, part] of Object.entries(parts)) {
    const count = name === 'edgeValues' ? topology.edgeCount : topology.vertexCount
    if (part === null || part.length === count) continue
    throw new ArgumentError(
      `graphOf: ${name} must be ${count}, one for each ${name === 'edgeValues' ? 'edge' : 'vertex'}; got ${part.length}.`,
    )
  }
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
