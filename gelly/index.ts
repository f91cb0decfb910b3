/** Graphs: what they are, and what can be computed of them. */

// Graphs.
export type { Edge, Vertex, VertexId } from './elements.js'
export { Graph, graphOf, type IdsIn, type IdType } from './graph.js'
// Paths.
export {
  type AllPairsDistancesOptions,
  type AllPairsDistancesResult,
  allPairsDistances,
} from './library/all-pairs-distances.js'
export {
  type BetweennessOptions,
  type BetweennessResult,
  betweenness,
  type EdgeBetweennessResult,
  edgeBetweenness,
} from './library/betweenness.js'
export {
  type ClosenessOptions,
  type ClosenessResult,
  type CloseVertex,
  closeness,
} from './library/closeness.js'
export type { SearchProgress } from './library/distance-totals.js'
export {
  type EccentricityOptions,
  type EccentricityResult,
  type EccentricVertex,
  eccentricity,
} from './library/eccentricity.js'
export {
  type MinimumSpanningForestOptions,
  type MinimumSpanningForestResult,
  minimumSpanningForest,
} from './library/minimum-spanning-forest.js'
export type { SampleOptions } from './library/pivots.js'
export {
  type Path,
  type ReachedVertex,
  type ShortestPathOptions,
  type ShortestPathsOptions,
  type ShortestPathsResult,
  shortestPath,
  shortestPaths,
} from './library/shortest-paths.js'
export {
  type StronglyConnectedComponentsOptions,
  type StronglyConnectedComponentsResult,
  stronglyConnectedComponents,
} from './library/strongly-connected-components.js'
export {
  findCycle,
  type TopologicalOrderOptions,
  type TopologicalOrderResult,
  topologicalOrder,
} from './library/topological-order.js'
// For authors of algorithms.
export type { EdgeWeight, WeightOptions } from './loading/edge-weights.js'
export type { LoadedGraph } from './loading/loaded-graph.js'
export type { VertexIds } from './loading/vertex-ids.js'
export type { Records } from './operations/create.js'
export type { Adjacency, EdgeRows } from './topology/adjacency.js'
export type { Direction } from './topology/along.js'
export { type Topology, topologyOf } from './topology/topology.js'
