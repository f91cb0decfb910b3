import type { PlacedLabel } from './placed-labels.js'
import type { VertexColors } from './vertex-colors.js'

/** A graph with everything in its place, in pixels. */
export interface GraphScene {
  readonly width: number
  readonly height: number
  /** x and y in turn, by vertex; NaN for those that are not drawn. */
  readonly positions: Float32Array
  readonly radii: Float32Array
  readonly colors: VertexColors
  /** By line: its ends. */
  readonly sources: Int32Array
  readonly targets: Int32Array
  /** Whether lines have heads at their targets. */
  readonly arrows: boolean
  readonly labels: readonly PlacedLabel[]
  /** For the tooltip of a vertex. */
  readonly tip: (vertex: number) => string
}

/** How pale lines are, by how many there are. */
export function paleness(lines: number): number {
  return Math.round(100 * Math.min(0.4, Math.max(0.03, 5 / Math.sqrt(lines || 1)))) / 100
}
