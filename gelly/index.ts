/** Graphs: what they are, and what can be computed of them. */

// Graphs.
export type { Edge, Vertex, VertexId } from './elements.js'
export { Graph, graphOf, type IdsIn, type IdType } from './graph.js'
// Communities.
export { type CdlpOptions, cdlp } from './library/cdlp.js'
export type { CommunityRecord } from './library/community-column.js'
export {
  type CommunityDetectionOptions,
  type CommunityDetectionResult,
  communityDetection,
  type ScoredCommunityVertex,
} from './library/community-detection.js'
export {
  type CommunityQuality,
  communityQuality,
  modularity,
  type QualityOptions,
  type QualityResult,
} from './library/community-quality.js'
export { type CommunityComparison, compareCommunities } from './library/compare-communities.js'
// Options and results that algorithms share.
export type {
  ConvergingOptions,
  IterationOptions,
  IterationOutcome,
  LongOptions,
} from './library/converging.js'
// Centrality.
export {
  type DegreeCentralityOptions,
  type DegreeVertex,
  degreeCentrality,
} from './library/degree-centrality.js'
export type { Direction } from './library/direction-rows.js'
export {
  type CentralityResult,
  type CentralVertex,
  eigenvectorCentrality,
  type SpectralOptions,
} from './library/eigenvector-centrality.js'
export { type HitsOptions, type HitsResult, type HitsVertex, hits } from './library/hits.js'
export { type KatzOptions, katzCentrality } from './library/katz-centrality.js'
export {
  type CommunityVertex,
  type LabelPropagationOptions,
  type LabelPropagationResult,
  labelPropagation,
} from './library/label-propagation.js'
export {
  type LouvainLevel,
  type LouvainOptions,
  type LouvainResult,
  louvain,
} from './library/louvain.js'
export type { InitialLabel } from './library/ranked-labels.js'
// For authors of algorithms.
export type { EdgeWeight, WeightOptions } from './loading/edge-weights.js'
export type { LoadedGraph } from './loading/loaded-graph.js'
export type { VertexIds } from './loading/vertex-ids.js'
export type { Records } from './operations/create.js'
export type { Adjacency, EdgeRows } from './topology/adjacency.js'
export { type Topology, topologyOf } from './topology/topology.js'
