import type { PlacedRecords } from '../../engine/extend.js'
import type { ModelData } from './model-rows.js'

/** A vertex as functions of models see it. */
export interface ModelVertex<K, V> {
  readonly id: K
  /** The value that it has when the function is called. */
  readonly value: V
  /** Edges that leave it. */
  readonly outDegree: number
  /** Edges that reach it. */
  readonly inDegree: number
}

/** An edge as functions of models see it. */
export interface ModelEdge<K, EV> {
  readonly source: K
  readonly target: K
  /** `null` in graphs whose edges have no values. */
  readonly value: EV
}

/** How functions find vertices by position, with their values of that moment. */
export function placedVertices(
  { topology, idOf }: ModelData,
  value: (position: number) => unknown,
): PlacedRecords {
  // Degrees need an index over the edges, so only who asks for them pays for it.
  let outDegrees: Int32Array | undefined
  let inDegrees: Int32Array | undefined
  const fields = {
    id: idOf,
    value,
    outDegree(position: number): number {
      if (outDegrees === undefined) outDegrees = topology.outDegrees
      return outDegrees[position]!
    },
    inDegree(position: number): number {
      if (inDegrees === undefined) inDegrees = topology.inDegrees
      return inDegrees[position]!
    },
  }
  return { fields, whole: position => new VertexView(fields, position) }
}

type Fields = Readonly<
  Record<'id' | 'value' | 'outDegree' | 'inDegree', (position: number) => unknown>
>

/** A vertex that a function uses as a whole. Its id and degrees are looked up when asked for. */
class VertexView {
  readonly value: unknown
  readonly #position: number
  readonly #fields: Fields

  constructor(fields: Fields, position: number) {
    this.#fields = fields
    this.#position = position
    this.value = fields.value(position)
  }

  get id(): unknown {
    return this.#fields.id(this.#position)
  }

  get outDegree(): unknown {
    return this.#fields.outDegree(this.#position)
  }

  get inDegree(): unknown {
    return this.#fields.inDegree(this.#position)
  }
}
