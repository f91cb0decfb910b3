/** Graphs: what they are, and what can be computed of them. */

// Graphs.
export type { EdgeDirection } from './direction.js'
export type { Edge, Vertex, VertexId } from './elements.js'
export { Graph, graphOf, type IdsIn, type IdType } from './graph.js'
export { GraphData } from './graph-data.js'
// For authors of algorithms.
export type { EdgeWeight, WeightOptions } from './loading/edge-weights.js'
export type { LoadedGraph } from './loading/loaded-graph.js'
export type { VertexIds } from './loading/vertex-ids.js'
export type { Records } from './operations/create.js'
export type { RemovedEdge } from './operations/mutate.js'
export type { Neighbour } from './operations/neighbourhoods.js'
export type { Triplet, Validation } from './operations/properties.js'
export type { Adjacency, EdgeRows } from './topology/adjacency.js'
export { type Topology, topologyOf } from './topology/topology.js'
