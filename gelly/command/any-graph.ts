import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'

/** A graph of whatever ids and values, as a command reads it. */
export type AnyGraph = Graph<VertexId, unknown, unknown>
