/** The rows along which values and messages travel, with the edges as functions see them. */

import type { PlacedRecords } from '../../engine/extend.js'
import type { EdgeDirection } from '../direction.js'
import type { Adjacency, EdgeRows } from '../topology/adjacency.js'
import type { Topology } from '../topology/topology.js'

/** What is read of a graph while a model runs. */
export interface ModelData {
  readonly topology: Topology
  readonly idOf: (position: number) => unknown
  /** -1 for ids of no vertex. */
  readonly positionOf: (id: unknown) => number
  readonly vertexValueOf: (position: number) => unknown
  readonly edgeValueOf: (edge: number) => unknown
  /** By edge, where all values of edges are numbers. */
  readonly edgeNumbers?: ArrayLike<number>
  /** The threads that may work; without it the calling one alone, by loops of its own. */
  readonly threads?: {
    readonly workers: number
    /** The least work of a part, in edges and vertices. */
    readonly grain?: number
  }
  /** What tells this graph from others, for checkpoints: ids and values. */
  readonly content?: Readonly<Record<string, unknown>>
}

/** The neighbours of each vertex in one direction. */
export type RowSide = 'out' | 'in'

/** The sides by which values leave a vertex that has changed. */
export function sidesFrom(direction: EdgeDirection): readonly RowSide[] {
  return direction === 'all' ? ['out', 'in'] : [direction]
}

/** The sides by which a vertex reaches those that it gathers from. */
export function sidesTo(direction: EdgeDirection): readonly RowSide[] {
  return sidesFrom(direction).map(side => (side === 'out' ? 'in' : 'out'))
}

/** Rows of neighbours only. */
export function plainRows(topology: Topology, side: RowSide): Adjacency {
  return side === 'out' ? topology.out : topology.in
}

/** Rows of neighbours and edges. */
export function edgeRows(topology: Topology, side: RowSide): EdgeRows {
  return side === 'out' ? topology.outEdges : topology.inEdges
}

/**
 * How functions find edges by their place in rows. Numbers are put in the order of the rows once:
 * a loop over rows then reads them one after the other.
 */
export function edgesInRows(data: ModelData, rows: EdgeRows): PlacedRecords {
  const { topology, idOf, edgeValueOf, edgeNumbers } = data
  const { edges } = rows
  const { sources, targets } = topology
  let value = (place: number): unknown => edgeValueOf(edges[place]!)
  if (edgeNumbers !== undefined) {
    const ordered = edgeNumbersInRows(edgeNumbers, rows, new Float64Array(edges.length))
    value = place => ordered[place]
  }
  const fields = {
    source: (place: number) => idOf(sources[edges[place]!]!),
    target: (place: number) => idOf(targets[edges[place]!]!),
    value,
  }
  return { fields, whole: place => new EdgeView(fields, place) }
}

/** Numbers of edges in the order of rows, put into `ordered`. */
export function edgeNumbersInRows(
  numbers: ArrayLike<number>,
  { edges }: EdgeRows,
  ordered: Float64Array,
): Float64Array {
  for (let place = 0; place < edges.length; place++) ordered[place] = numbers[edges[place]!]!
  return ordered
}

/** An edge that a function uses as a whole. */
class EdgeView {
  readonly #place: number
  readonly #fields: Readonly<Record<'source' | 'target' | 'value', (place: number) => unknown>>

  constructor(
    fields: Readonly<Record<'source' | 'target' | 'value', (place: number) => unknown>>,
    place: number,
  ) {
    this.#fields = fields
    this.#place = place
  }

  get source(): unknown {
    return this.#fields.source(this.#place)
  }

  get target(): unknown {
    return this.#fields.target(this.#place)
  }

  get value(): unknown {
    return this.#fields.value(this.#place)
  }
}
