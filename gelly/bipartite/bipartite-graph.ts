import { environmentOf } from '../../engine/extend.js'
import {
  ArgumentError,
  type DataSet,
  type FieldOf,
  type FieldValue,
  type RunOptions,
} from '../../engine/index.js'
import type { Vertex, VertexId } from '../elements.js'
import { Graph, type IdsIn, type IdType } from '../graph.js'
import { memoised } from '../loading/memoised.js'
import { edgeView } from '../loading/views.js'
import type { Records } from '../operations/create.js'
import { type BipartiteData, bipartiteFrom, bipartiteFromEdges } from './create-bipartite.js'
import type { BipartiteEdge, LoadedBipartite } from './load-bipartite.js'
import { type Projection, project } from './project.js'

/**
 * A graph with two kinds of vertices, the top and the bottom, and edges only between them. Ids of
 * the two sides are apart: both may have a vertex 1. Nothing runs until a data set or a projection
 * of it does.
 *
 * @typeParam KT The ids of the top.
 * @typeParam KB The ids of the bottom.
 * @typeParam VT The values of the top's vertices; `null` without.
 * @typeParam VB The values of the bottom's vertices; `null` without.
 * @typeParam EV The values of edges; `null` without.
 */
export class BipartiteGraph<KT extends VertexId, KB extends VertexId, VT, VB, EV> {
  /** The vertices of the top. */
  readonly top: DataSet<Vertex<KT, VT>>
  /** The vertices of the bottom. */
  readonly bottom: DataSet<Vertex<KB, VB>>
  /** The edges. */
  readonly edges: DataSet<BipartiteEdge<KT, KB, EV>>
  readonly #load: (options?: RunOptions) => Promise<LoadedBipartite<KT, KB>>

  /** @internal Use `BipartiteGraph.from` or `BipartiteGraph.fromEdges`. */
  constructor(data: BipartiteData<KT, KB, VT, VB, EV>) {
    if (typeof (data as Partial<typeof data> | undefined)?.load !== 'function') {
      throw new ArgumentError(
        'BipartiteGraph: a graph is not made with new. Use BipartiteGraph.from or BipartiteGraph.fromEdges.',
      )
    }
    const { top, bottom, edges, load } = data
    this.top = top
    this.bottom = bottom
    this.edges = edges
    this.#load = load
  }

  /**
   * A bipartite graph of records.
   *
   * @param parts.top Records `{ id, value }`; the value may be absent. Default: the ends of edges.
   * @param parts.bottom As `top`.
   * @param parts.edges Records `{ top, bottom, value }`; the value may be absent.
   * @throws {ArgumentError} If there are no edges, or a part is not known.
   * @throws {SchemaError} When run, if ids are missing, of mixed types on one side, there twice or no
   *   vertices; names the record.
   * @example
   * const played = BipartiteGraph.from({ edges: [{ top: 'ann', bottom: 'chess' }, { top: 'bob', bottom: 'chess' }] })
   * await played.projectTop().edges.count() // 2
   */
  static from<KT extends VertexId, KB extends VertexId, VT = null, VB = null, EV = null>(parts: {
    readonly top?: Records<{ id: KT; value?: VT }>
    readonly bottom?: Records<{ id: KB; value?: VB }>
    readonly edges: Records<{ top: KT; bottom: KB; value?: EV }>
  }): BipartiteGraph<IdType<KT>, IdType<KB>, VT, VB, EV> {
    return new BipartiteGraph(bipartiteFrom<IdType<KT>, IdType<KB>, VT, VB, EV>(parts as never))
  }

  /**
   * A bipartite graph of records that have the ends of edges in two fields; all ends are vertices.
   *
   * @param fields.top The field with the id of the top's vertex.
   * @param fields.bottom The field with the id of the bottom's vertex.
   * @param fields.value The field with the value. Default: edges have none.
   * @throws {ArgumentError} If the fields are not named, or one is not known.
   * @throws {SchemaError} When run, if ids are missing or of mixed types; names the record.
   * @example BipartiteGraph.fromEdges(orders, { top: 'customer', bottom: 'order', value: 'total' }).edges.first(1) // { top: 1, bottom: 10, value: 30 }
   */
  static fromEdges<T, A extends FieldOf<T>, B extends FieldOf<T>>(
    data: Records<T>,
    fields: { readonly top: A; readonly bottom: B; readonly value?: undefined },
  ): BipartiteGraph<IdsIn<T, A>, IdsIn<T, B>, null, null, null>
  static fromEdges<T, A extends FieldOf<T>, B extends FieldOf<T>, V extends FieldOf<T>>(
    data: Records<T>,
    fields: { readonly top: A; readonly bottom: B; readonly value: V },
  ): BipartiteGraph<IdsIn<T, A>, IdsIn<T, B>, null, null, FieldValue<T, V>>
  static fromEdges(
    data: Records<unknown>,
    fields: { readonly top: string; readonly bottom: string; readonly value?: string | undefined },
  ): never {
    return new BipartiteGraph(bipartiteFromEdges(data, fields)) as never
  }

  /**
   * The vertices of the top, with an edge from each to each other one for every vertex of the bottom
   * that both have an edge with; its value is the pair of both edges' values.
   *
   * Both directions are there, and no self-loops. Parallel edges count one by one.
   *
   * Cost: O(sum over the bottom of degree squared).
   * @example
   * const visits = BipartiteGraph.from({
   *   edges: [{ top: 'ann', bottom: 1, value: 5 }, { top: 'bob', bottom: 1, value: 7 }],
   * })
   * visits.projectTop().edges.first(1) // { source: 'ann', target: 'bob', value: [5, 7] }
   */
  projectTop(): Graph<KT, VT, readonly [EV, EV]> {
    return this.#projected<KT, VT, readonly [EV, EV]>(this.top, 'top', false)
  }

  /** As `projectTop`, for the bottom. */
  projectBottom(): Graph<KB, VB, readonly [EV, EV]> {
    return this.#projected<KB, VB, readonly [EV, EV]>(this.bottom, 'bottom', false)
  }

  /**
   * As `projectTop`, and the value of an edge tells all about what lies between its ends: the vertex
   * of the bottom with its value, the values of both ends and those of both edges.
   */
  projectTopFull(): Graph<KT, VT, Projection<KB, VB, VT, EV>> {
    return this.#projected<KT, VT, Projection<KB, VB, VT, EV>>(this.top, 'top', true)
  }

  /** As `projectTopFull`, for the bottom. */
  projectBottomFull(): Graph<KB, VB, Projection<KT, VT, VB, EV>> {
    return this.#projected<KB, VB, Projection<KT, VT, VB, EV>>(this.bottom, 'bottom', true)
  }

  #projected<K extends VertexId, VV, NE>(
    vertices: DataSet<Vertex<K, VV>>,
    side: 'top' | 'bottom',
    full: boolean,
  ): Graph<K, VV, NE> {
    const environment = environmentOf(this.edges)
    const load = memoised(async run =>
      project<K, VV, NE>(environment, await this.#load(run), side, full),
    )
    return new Graph({ vertices, edges: edgeView(environment, load), load })
  }
}
