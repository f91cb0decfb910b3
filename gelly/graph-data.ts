import { countText, Showing, type ShownKind } from '../engine/extend.js'
import {
  ArgumentError,
  type Context,
  type DataSet,
  type FunctionOptions,
  type RunOptions,
} from '../engine/index.js'
import type { EdgeDirection } from './direction.js'
import type { Edge, Vertex, VertexId } from './elements.js'
import type { LoadedGraph } from './loading/loaded-graph.js'
import type { Load } from './loading/views.js'
import type { Nothing } from './models/model-options.js'
import type { GraphParts } from './operations/create.js'
import {
  groupReduceOnEdges,
  groupReduceOnNeighbors,
  type Neighbour,
  reduceOnEdges,
  reduceOnNeighbors,
} from './operations/neighbourhoods.js'
import {
  degrees,
  type Triplet,
  triplets,
  type Validation,
  validate,
} from './operations/properties.js'

/**
 * What a graph holds, and what can be asked of it; `GraphOperations` and `Graph` add what makes graphs.
 *
 * @typeParam K The ids: numbers, texts or bigint values.
 * @typeParam VV The values of vertices; `null` without.
 * @typeParam EV The values of edges; `null` without.
 */
export class GraphData<K extends VertexId, VV, EV>
  extends Showing
  implements GraphParts<K, VV, EV>
{
  /** The vertices, each id once. */
  readonly vertices: DataSet<Vertex<K, VV>>
  /** The edges. */
  readonly edges: DataSet<Edge<K, EV>>
  readonly #load: Load<K, VV, EV>
  #loaded: LoadedGraph<K, VV, EV> | undefined

  /** @internal Use `Graph.from` and its kin. */
  constructor(parts: GraphParts<K, VV, EV>) {
    super()
    if (typeof (parts as Partial<typeof parts> | undefined)?.load !== 'function') {
      throw new ArgumentError(
        'Graph: a graph is not made with new. Use Graph.from, Graph.fromEdges, Graph.readCsv, readGraph or a generator.',
      )
    }
    const { vertices, edges, load } = parts
    this.vertices = vertices
    this.edges = edges
    this.#load = load
  }

  /**
   * The graph in memory, by position; computed once and kept.
   *
   * For those who write algorithms: see docs/graphs.md.
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
  async load(options?: RunOptions): Promise<LoadedGraph<K, VV, EV>> {
    this.#loaded = await this.#load(options)
    return this.#loaded
  }

  /** The graph in memory, where something has loaded it; `undefined` before. */
  get loaded(): LoadedGraph<K, VV, EV> | undefined {
    return this.#loaded
  }

  /** What it is, for who draws it. */
  protected override get shownKind(): ShownKind {
    return 'graph'
  }

  /**
   * How large it is, where it is loaded; how its edges are made, where not. Runs nothing.
   *
   * @example
   * await network.load()
   * String(network) // 'Graph of 4 vertices and 5 edges'
   */
  override toString(): string {
    const topology = this.#loaded?.topology
    if (topology === undefined) return `Graph, not loaded yet; its edges are\n${this.edges}`
    const count = (number: number, one: string, many: string) =>
      `${countText(number)} ${number === 1 ? one : many}`
    return `Graph of ${count(topology.vertexCount, 'vertex', 'vertices')} and ${count(topology.edgeCount, 'edge', 'edges')}`
  }

  /**
   * The number of vertices; loads the graph.
   *
   * @example await network.countVertices() // 4
   */
  async countVertices(options?: RunOptions): Promise<number> {
    return (await this.load(options)).topology.vertexCount
  }

  /**
   * The number of edges; loads the graph.
   *
   * @example await network.countEdges() // 5
   */
  async countEdges(options?: RunOptions): Promise<number> {
    return (await this.load(options)).topology.edgeCount
  }

  /**
   * How many edges reach each vertex, 0 included.
   *
   * @example network.inDegrees().first(2) // { id: 'a', degree: 1 }, { id: 'b', degree: 1 }
   */
  inDegrees(): DataSet<{ id: K; degree: number }> {
    return degrees(this, 'in')
  }

  /**
   * How many edges leave each vertex, 0 included.
   *
   * @example network.outDegrees().first(2) // { id: 'a', degree: 2 }, { id: 'b', degree: 1 }
   */
  outDegrees(): DataSet<{ id: K; degree: number }> {
    return degrees(this, 'out')
  }

  /**
   * How many edges each vertex has in both directions together; a self-loop counts twice.
   *
   * @example network.degrees().first(2) // { id: 'a', degree: 3 }, { id: 'b', degree: 2 }
   */
  degrees(): DataSet<{ id: K; degree: number }> {
    return degrees(this, 'all')
  }

  /**
   * Each edge with the values of both ends.
   *
   * @example network.triplets().first(1) // { source: 'a', target: 'b', value: 1, sourceValue: 10, targetValue: 20 }
   */
  triplets(): DataSet<Triplet<K, VV, EV>> {
    return triplets(this)
  }

  /**
   * Whether ids are there, of one type and different, and each end of an edge is a vertex. Loading
   * asks the same, and throws.
   *
   * @example
   * const broken = Graph.from({ vertices: [{ id: 1 }], edges: [{ source: 1, target: 2 }] })
   * const { valid, problems } = await broken.validate()
   * valid // false
   */
  validate(options?: RunOptions): Promise<Validation> {
    return validate(this, options)
  }

  /**
   * The values of each vertex's edges combined pairwise into one; vertices without such edges are
   * not in the answer.
   *
   * @param fn Associative and commutative.
   * @param direction Which edges.
   * @throws {ArgumentError} If `direction` is none.
   * @example network.reduceOnEdges((a, b) => Math.min(a, b), 'out').first(1) // { id: 'a', value: 1 }
   */
  reduceOnEdges(fn: (a: EV, b: EV) => EV, direction: EdgeDirection): DataSet<{ id: K; value: EV }> {
    return reduceOnEdges(this, fn, direction)
  }

  /**
   * The values of each vertex's neighbours combined pairwise into one; vertices without neighbours
   * in that direction are not in the answer. A neighbour counts once for each edge.
   *
   * @param fn Associative and commutative.
   * @param direction Along which edges: `'in'` means sources of edges that reach the vertex.
   * @throws {ArgumentError} If `direction` is none.
   * @example network.reduceOnNeighbors((a, b) => a + b, 'out').first(1) // { id: 'a', value: 50 }
   */
  reduceOnNeighbors(
    fn: (a: VV, b: VV) => VV,
    direction: EdgeDirection,
  ): DataSet<{ id: K; value: VV }> {
    return reduceOnNeighbors(this, fn, direction)
  }

  /**
   * Calls a function once for every vertex with its edges in a direction, also where there are none.
   *
   * @param fn Returns one record, or an iterable of any number.
   * @throws {ArgumentError} If `direction` is none.
   * @example network.groupReduceOnEdges(({ id }, edges) => ({ id, edges: edges.length }), 'all').first(1) // { id: 'a', edges: 3 }
   */
  groupReduceOnEdges<R extends object, H extends object = Nothing>(
    fn: (
      vertex: Vertex<K, VV>,
      edges: readonly Edge<K, EV>[],
      context: Context<H>,
    ) => Iterable<R> | R,
    direction: EdgeDirection,
    options?: FunctionOptions<H>,
  ): DataSet<R> {
    return groupReduceOnEdges(this, fn, direction, options)
  }

  /**
   * Calls a function once for every vertex with its neighbours in a direction, each with the edge
   * that leads to it, also where there are none.
   *
   * @param fn Returns one record, or an iterable of any number.
   * @throws {ArgumentError} If `direction` is none.
   * @example
   * network
   *   .groupReduceOnNeighbors(
   *     ({ id }, near) => near.map(({ vertex, edge }) => ({ id, to: vertex.id, cost: edge.value })),
   *     'out',
   *   )
   *   .first(2) // { id: 'a', to: 'b', cost: 1 }, { id: 'a', to: 'c', cost: 4 }
   */
  groupReduceOnNeighbors<R extends object, H extends object = Nothing>(
    fn: (
      vertex: Vertex<K, VV>,
      neighbours: readonly Neighbour<K, VV, EV>[],
      context: Context<H>,
    ) => Iterable<R> | R,
    direction: EdgeDirection,
    options?: FunctionOptions<H>,
  ): DataSet<R> {
    return groupReduceOnNeighbors(this, fn, direction, options)
  }
}
