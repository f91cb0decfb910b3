/** Graphs: what they are, and what can be computed of them. */

// Graphs.
export type { Edge, Vertex, VertexId } from './elements.js'
export { Graph, graphOf, type IdsIn, type IdType } from './graph.js'
// For authors of algorithms.
export type { EdgeWeight, WeightOptions } from './loading/edge-weights.js'
export type { LoadedGraph } from './loading/loaded-graph.js'
export type { VertexIds } from './loading/vertex-ids.js'
export type { GatherSumApplyOptions } from './models/gather-sum-apply.js'
// Models.
export type { Messages } from './models/mailbox.js'
export type {
  ContextWith,
  ModelContext,
  ModelDirection,
  ModelOptions,
} from './models/model-options.js'
export type { ModelResult, ModelSuperstep } from './models/model-result.js'
export type { ModelEdge, ModelVertex } from './models/model-vertices.js'
export type {
  GatherContext,
  ScatterContext,
  ScatterGatherOptions,
} from './models/scatter-gather.js'
export type { NeighborEdge, Sending } from './models/sender.js'
export type { VertexCentricContext, VertexCentricOptions } from './models/vertex-centric.js'
export type { Records } from './operations/create.js'
export type { Adjacency, EdgeRows } from './topology/adjacency.js'
export { type Topology, topologyOf } from './topology/topology.js'
