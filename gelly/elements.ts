/** What graphs consist of, as records. */

/** What identifies a vertex. All ids of a graph are of one of these types. */
export type VertexId = number | string | bigint

/** A vertex; its value is `null` in graphs without values. */
export interface Vertex<K extends VertexId, VV> {
  readonly id: K
  readonly value: VV
}

/** A directed edge; its value is `null` in graphs without values. */
export interface Edge<K extends VertexId, EV> {
  readonly source: K
  readonly target: K
  readonly value: EV
}
