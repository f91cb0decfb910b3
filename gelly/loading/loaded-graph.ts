import { type Column, columnsSource, knownOptions } from '../../engine/extend.js'
import type { ColumnValues, DataSet, ExecutionEnvironment } from '../../engine/index.js'
import type { Edge, Vertex, VertexId } from '../elements.js'
import type { Topology } from '../topology/topology.js'
import { type EdgeWeight, edgeWeights, refuseNegative, type WeightOptions } from './edge-weights.js'
import type { VertexIds } from './vertex-ids.js'
import { edgeView, vertexView } from './views.js'

/**
 * A graph in memory: its shape, by position of vertex and number of edge, the ids and the values.
 * For those who write algorithms; immutable, and shared by all that work on the same graph.
 */
export class LoadedGraph<K extends VertexId, VV, EV> {
  /** Where jobs over its data sets run. */
  readonly environment: ExecutionEnvironment
  /** The shape. */
  readonly topology: Topology
  /** From positions to ids and back. */
  readonly ids: VertexIds<K>
  /** By position; `null` where no vertex has a value. */
  readonly vertexValues: Column | null
  /** By number of edge; `null` where no edge has a value. */
  readonly edgeValues: Column | null
  #vertices: DataSet<Vertex<K, VV>> | undefined
  #edges: DataSet<Edge<K, EV>> | undefined
  readonly #fieldWeights = new Map<string | undefined, Float64Array>()
  // Functions are often written anew for each call: what nobody uses any more is collected.
  readonly #functionWeights = new WeakMap<object, Float64Array>()

  /** @internal Use `Graph.load`, or `graphOf` to make a graph of positions. */
  constructor(
    environment: ExecutionEnvironment,
    topology: Topology,
    ids: VertexIds<K>,
    vertexValues: Column | null,
    edgeValues: Column | null,
  ) {
    this.environment = environment
    this.topology = topology
    this.ids = ids
    this.vertexValues = vertexValues
    this.edgeValues = edgeValues
  }

  /** The vertices by position. */
  get vertices(): DataSet<Vertex<K, VV>> {
    this.#vertices ??= vertexView(this.environment, async () => this)
    return this.#vertices
  }

  /** The edges by number. */
  get edges(): DataSet<Edge<K, EV>> {
    this.#edges ??= edgeView(this.environment, async () => this)
    return this.#edges
  }

  /**
   * The data set that an algorithm answers with: a record for each vertex, by position, with its id.
   *
   * @param fields By name: an array or column with one value for each vertex. Not copied.
   * @throws {ArgumentError} If a length is another.
   * @example
   * const loaded = await Graph.fromEdges([{ from: 'a', to: 'b' }], { source: 'from', target: 'to' }).load()
   * loaded.vertexData({ degree: loaded.topology.outDegrees }) // { id: 'a', degree: 1 }, { id: 'b', degree: 0 }
   */
  vertexData<R extends object = object>(
    fields: Readonly<Record<string, ColumnValues | Column>>,
  ): DataSet<{ id: K } & R> {
    return this.environment.read(columnsSource({ id: this.ids.column, ...fields }, 'vertexData'))
  }

  /**
   * A number for each edge, checked.
   *
   * @param weight A field of the edges' values, a function of the edge, or nothing: then it is the
   *   edge's value itself, and 1 for all where edges have none.
   * @param operation The name of the algorithm, for errors.
   * @throws {SchemaError} If a weight is missing, no finite number or, unless allowed, negative;
   *   names the edge.
   * @returns The same array for the same weight: do not write into it. For fields and values it lies in
   *   the topology's region and stays there with the graph; for a function it is an array of its own, kept
   *   as long as the function is: kernels need a copy.
   * Cost: O(edges); the numbers of a weight are computed once. 8 bytes per edge and weight.
   */
  async weights(
    weight: EdgeWeight<K, EV>,
    operation: string,
    options: WeightOptions = {},
  ): Promise<Float64Array> {
    knownOptions(options, ['negative'], operation)
    const weights = this.#known(weight) ?? (await edgeWeights(this, weight, operation))
    if (typeof weight === 'function') this.#functionWeights.set(weight, weights)
    else this.#fieldWeights.set(weight, weights)
    if (options.negative !== true) refuseNegative(this, weights, operation)
    return weights
  }

  #known(weight: EdgeWeight<K, EV>): Float64Array | undefined {
    if (typeof weight === 'function') return this.#functionWeights.get(weight)
    return this.#fieldWeights.get(weight)
  }

  /** The same graph in other parts; what depends on them is up to the caller. */
  with<NV = VV, NE = EV>(
    parts: Partial<
      Pick<LoadedGraph<K, VV, EV>, 'topology' | 'ids' | 'vertexValues' | 'edgeValues'>
    >,
  ): LoadedGraph<K, NV, NE> {
    const { topology, ids, vertexValues, edgeValues } = { ...this, ...parts }
    return new LoadedGraph(this.environment, topology, ids, vertexValues, edgeValues)
  }

  /** The same graph with other ids. */
  withIds<NK extends VertexId>(ids: VertexIds<NK>): LoadedGraph<NK, VV, EV> {
    const { environment, topology, vertexValues, edgeValues } = this
    return new LoadedGraph(environment, topology, ids, vertexValues, edgeValues)
  }

  /** The edge of a number. */
  edgeAt(edge: number): Edge<K, EV> {
    const { sources, targets } = this.topology
    const value = (this.edgeValues?.get(edge) ?? null) as EV
    return { source: this.ids.at(sources[edge]!), target: this.ids.at(targets[edge]!), value }
  }
}
