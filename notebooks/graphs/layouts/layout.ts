import type { DrawnGraph } from '../drawn-graph.js'

/** Where vertices are, in no unit: x and y in turn, by position. */
export type Positions = Float64Array

/** How a layout is computed. */
export interface LayoutOptions {
  readonly seed: number
  readonly iterations: number | undefined
  readonly signal: AbortSignal | undefined
}

/** Places the vertices of a graph. Lets other tasks of the thread run in between. */
export type Layout = (graph: DrawnGraph, options: LayoutOptions) => Promise<Positions>
