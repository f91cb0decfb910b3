import type { Topology } from '../../gelly/index.js'

/** The cells of a matrix, each for one or for several vertices in both directions. */
export interface MatrixCells {
  /** Rows, and columns. */
  readonly side: number
  /** Vertices of a row. */
  readonly each: number
  /** By row and column: edges. */
  readonly edges: Float64Array
  /** By row and column: the group that most of its edges lie within, -1 where that is none. */
  readonly groups: Int32Array
  /** Of the fullest cell. */
  readonly most: number
  /** Cells with an edge. */
  readonly filled: number
}

/**
 * Counts edges by cell.
 *
 * @param order Vertices in the order of rows.
 * @param groups By vertex: its group.
 * @param largest How many rows there may be.
 */
export function matrixCells(
  { vertexCount: count, sources, targets }: Topology,
  order: readonly number[],
  groups: Int32Array,
  largest: number,
): MatrixCells {
  const each = Math.max(1, Math.ceil(count / largest))
  const side = Math.ceil(count / each)
  const rowOf = new Int32Array(count)
  for (const [place, v] of order.entries()) rowOf[v] = Math.floor(place / each)
  const edges = new Float64Array(side * side)
  const within = new Float64Array(side * side)
  const found = new Int32Array(side * side).fill(-1)
  let [most, filled] = [0, 0]
  for (let k = 0; k < sources.length; k++) {
    const [source, target] = [sources[k]!, targets[k]!]
    const cell = rowOf[source]! * side + rowOf[target]!
    const here = ++edges[cell]!
    if (groups[source] === groups[target]) {
      within[cell]!++
      found[cell] = groups[source]!
    }
    if (here === 1) filled++
    if (here > most) most = here
  }
  const own = found.map((group, cell) => (2 * within[cell]! >= edges[cell]! ? group : -1))
  return { side, each, edges, groups: own, most, filled }
}
