import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { VertexId } from '../../gelly/index.js'
import { type ByVertex, byVertex, type Collectable } from './by-vertex.js'
import type { DrawnGraph } from './drawn-graph.js'
import type { Positions } from './layouts/layout.js'

/**
 * Where vertices are: for x and y what `ByVertex` says (`{ x: 'longitude', y: 'latitude' }`), a map from ids
 * to `[x, y]`, or records with `id`, `x` and `y`. y points upwards.
 */
export type GivenPositions =
  | { readonly x: ByVertex; readonly y: ByVertex }
  | ReadonlyMap<VertexId, readonly [number, number]>
  | readonly { readonly id: VertexId; readonly x: number; readonly y: number }[]
  | Collectable

/** Positions that are given; NaN for vertices without one. */
export async function givenPositions(
  given: GivenPositions,
  graph: DrawnGraph,
  figure: string,
  signal: AbortSignal | undefined,
): Promise<Positions> {
  const { count, loaded } = graph
  const positions = new Float64Array(2 * count).fill(Number.NaN)
  const put = (v: number, x: unknown, y: unknown) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return
    positions[2 * v] = x as number
    positions[2 * v + 1] = -(y as number)
  }
  if (given instanceof Map) {
    for (let v = 0; v < count; v++) {
      const place = (given as ReadonlyMap<VertexId, readonly number[]>).get(loaded.ids.at(v))
      put(v, place?.[0], place?.[1])
    }
    return positions
  }
  if (isCollectable(given) || Array.isArray(given)) {
    const records = isCollectable(given)
      ? await given.collect(signal === undefined ? {} : { signal })
      : given
    for (const record of records) {
      const { id, x, y } = record as {
        readonly id: VertexId
        readonly x: unknown
        readonly y: unknown
      }
      if (id === undefined || x === undefined || y === undefined) {
        throw new ArgumentError(
          `${figure}: positions must be records with id, x and y; got ${shown(record)}.`,
        )
      }
      const v = loaded.ids.positionOf(id)
      if (v >= 0) put(v, x, y)
    }
    return positions
  }
  const { x, y } = (given ?? {}) as { readonly x?: ByVertex; readonly y?: ByVertex }
  if (x === undefined || y === undefined) {
    throw new ArgumentError(
      `${figure}: positions must be { x, y }, a map from ids to [x, y], or records with id, x and y; got ${shown(given)}.`,
    )
  }
  const across = await byVertex(x, graph, figure, 'positions.x', signal)
  const up = await byVertex(y, graph, figure, 'positions.y', signal)
  for (let v = 0; v < count; v++) put(v, across.values[v], up.values[v])
  return positions
}

function isCollectable(given: unknown): given is Collectable {
  return typeof (given as Partial<Collectable> | null)?.collect === 'function'
}
