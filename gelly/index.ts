/** Graphs: what they are, and what can be computed of them. */

// Graphs.
export { BipartiteGraph } from './bipartite/bipartite-graph.js'
export type { BipartiteEdge } from './bipartite/load-bipartite.js'
export type { Projection } from './bipartite/project.js'
export type { EdgeDirection } from './direction.js'
export type { Edge, Vertex, VertexId } from './elements.js'
// Files.
export { fromGraphology } from './formats/from-graphology.js'
export type { GraphFileOptions } from './formats/graph-file-options.js'
export type { GraphFiles, GraphFormat } from './formats/graph-files.js'
export { readGexf } from './formats/read-gexf.js'
export { readGraph } from './formats/read-graph.js'
export { type GraphalyticsReadOptions, readGraphalytics } from './formats/read-graphalytics.js'
export { readGraphml } from './formats/read-graphml.js'
export { readMatrixMarket } from './formats/read-matrix-market.js'
export { toGraphology } from './formats/to-graphology.js'
export { writeGexf } from './formats/write-gexf.js'
export { type GraphWriteOptions, writeGraph } from './formats/write-graph.js'
export { writeGraphml } from './formats/write-graphml.js'
// Generators.
export {
  type BarabasiAlbertGraphOptions,
  barabasiAlbertGraph,
} from './generators/barabasi-albert-graph.js'
export {
  type CirculantGraphOptions,
  circulantGraph,
  type OffsetRange,
} from './generators/circulant-graph.js'
export { type CompleteGraphOptions, completeGraph } from './generators/complete-graph.js'
export { type CycleGraphOptions, cycleGraph } from './generators/cycle-graph.js'
export { type EchoGraphOptions, echoGraph } from './generators/echo-graph.js'
export { type EmptyGraphOptions, emptyGraph } from './generators/empty-graph.js'
export { type ErdosRenyiGraphOptions, erdosRenyiGraph } from './generators/erdos-renyi-graph.js'
export type { GeneratedGraph } from './generators/generated.js'
export type { GridDimension } from './generators/grid-edges.js'
export { type GridGraphOptions, gridGraph } from './generators/grid-graph.js'
export { type HypercubeGraphOptions, hypercubeGraph } from './generators/hypercube-graph.js'
export { type PathGraphOptions, pathGraph } from './generators/path-graph.js'
export {
  type RandomBipartiteGraphOptions,
  randomBipartiteGraph,
} from './generators/random-bipartite-graph.js'
export {
  type RandomGeometricGraphOptions,
  randomGeometricGraph,
} from './generators/random-geometric-graph.js'
export { type RmatGraphOptions, rmatGraph } from './generators/rmat-graph.js'
export {
  type SingletonEdgeGraphOptions,
  singletonEdgeGraph,
} from './generators/singleton-edge-graph.js'
export { type StarGraphOptions, starGraph } from './generators/star-graph.js'
export {
  type StochasticBlockGraphOptions,
  stochasticBlockGraph,
} from './generators/stochastic-block-graph.js'
export {
  type WattsStrogatzGraphOptions,
  wattsStrogatzGraph,
} from './generators/watts-strogatz-graph.js'
export { Graph, graphOf, type IdsIn, type IdType } from './graph.js'
export { GraphData } from './graph-data.js'
export { GraphOperations } from './graph-operations.js'
// Local structure, degrees, measures.
export type { TriadClass, UndirectedTriadClass } from './kernels/triads.js'
export {
  type BetweennessOptions,
  type BetweennessResult,
  betweenness,
  type EdgeBetweennessResult,
  edgeBetweenness,
} from './library/centrality/betweenness.js'
export {
  type ClosenessOptions,
  type ClosenessResult,
  type CloseVertex,
  closeness,
} from './library/centrality/closeness.js'
// Centrality.
export {
  type DegreeCentralityOptions,
  type DegreeVertex,
  degreeCentrality,
} from './library/centrality/degree-centrality.js'
export {
  type CentralityResult,
  type CentralVertex,
  eigenvectorCentrality,
  type SpectralOptions,
} from './library/centrality/eigenvector-centrality.js'
export {
  type HitsOptions,
  type HitsResult,
  type HitsVertex,
  hits,
} from './library/centrality/hits.js'
export { type KatzOptions, katzCentrality } from './library/centrality/katz-centrality.js'
export {
  type PageRankOptions,
  type PageRankResult,
  type PageRankVertex,
  pageRank,
} from './library/centrality/page-rank.js'
// Communities.
export { type CdlpOptions, cdlp } from './library/communities/cdlp.js'
export type { CommunityRecord } from './library/communities/community-column.js'
export {
  type CommunityDetectionOptions,
  type CommunityDetectionResult,
  communityDetection,
  type ScoredCommunityVertex,
} from './library/communities/community-detection.js'
export {
  type CommunityQuality,
  communityQuality,
  modularity,
  type QualityOptions,
  type QualityResult,
} from './library/communities/community-quality.js'
export {
  type CommunityComparison,
  compareCommunities,
} from './library/communities/compare-communities.js'
export {
  type CommunityVertex,
  type LabelPropagationOptions,
  type LabelPropagationResult,
  labelPropagation,
} from './library/communities/label-propagation.js'
export {
  type LouvainLevel,
  type LouvainOptions,
  type LouvainResult,
  louvain,
} from './library/communities/louvain.js'
export type { InitialLabel } from './library/communities/ranked-labels.js'
export {
  type ComponentVertex,
  type ConnectedComponentsOptions,
  type ConnectedComponentsResult,
  connectedComponents,
} from './library/components/connected-components.js'
export { type CoreNumbersResult, coreNumbers } from './library/components/core-numbers.js'
export { type KCoreOptions, kCore } from './library/components/k-core.js'
export {
  type StronglyConnectedComponentsOptions,
  type StronglyConnectedComponentsResult,
  stronglyConnectedComponents,
} from './library/components/strongly-connected-components.js'
// Options and results that algorithms share.
export type {
  ConvergingOptions,
  IterationOptions,
  IterationOutcome,
  LongOptions,
} from './library/converging.js'
export { type Checksum, type ChecksumResult, checksum } from './library/measures/checksum.js'
export {
  type DegreeAssortativityOptions,
  degreeAssortativity,
} from './library/measures/degree-assortativity.js'
export {
  type DegreeCount,
  type DegreeDistributionOptions,
  type DegreeDistributionResult,
  degreeDistribution,
} from './library/measures/degree-distribution.js'
export { density } from './library/measures/density.js'
export {
  type DirectedVertexMetricsResult,
  directedVertexMetrics,
} from './library/measures/directed-vertex-metrics.js'
export {
  type EdgeDegreesResult,
  type EdgeWithDegrees,
  edgeDegrees,
} from './library/measures/edge-degrees.js'
export { type EdgeMetricsResult, edgeMetrics } from './library/measures/edge-metrics.js'
export { reciprocity } from './library/measures/reciprocity.js'
export {
  type NeighbourCounts,
  type VertexDegreesResult,
  vertexDegrees,
} from './library/measures/vertex-degrees.js'
export { type VertexMetricsResult, vertexMetrics } from './library/measures/vertex-metrics.js'
export type {
  DirectedOptions,
  DirectedWorkOptions,
  SignalOptions,
  WorkOptions,
} from './library/options.js'
// Paths.
export {
  type AllPairsDistancesOptions,
  type AllPairsDistancesResult,
  allPairsDistances,
} from './library/paths/all-pairs-distances.js'
// Ranks, searches, components.
export {
  type BreadthFirstSearchOptions,
  type BreadthFirstSearchResult,
  type BreadthFirstVertex,
  breadthFirstSearch,
} from './library/paths/bfs.js'
export {
  type EccentricityOptions,
  type EccentricityResult,
  type EccentricVertex,
  eccentricity,
} from './library/paths/eccentricity.js'
export {
  type MinimumSpanningForestOptions,
  type MinimumSpanningForestResult,
  minimumSpanningForest,
} from './library/paths/minimum-spanning-forest.js'
export type { SampleOptions } from './library/paths/pivots.js'
export {
  type Path,
  type ReachedVertex,
  type ShortestPathOptions,
  type ShortestPathsOptions,
  type ShortestPathsResult,
  shortestPath,
  shortestPaths,
} from './library/paths/shortest-paths.js'
export {
  findCycle,
  type TopologicalOrderOptions,
  type TopologicalOrderResult,
  topologicalOrder,
} from './library/paths/topological-order.js'
export { type MaximumDegreeOptions, maximumDegree } from './library/reshape/maximum-degree.js'
export { type SimplifyOptions, simplify } from './library/reshape/simplify.js'
export { type Summary, summarize } from './library/reshape/summarize.js'
export type { SearchProgress } from './library/search-progress.js'
export {
  type AdamicAdarOptions,
  type AdamicAdarPair,
  type AdamicAdarResult,
  adamicAdar,
} from './library/similarity/adamic-adar.js'
export {
  type JaccardIndexOptions,
  type JaccardIndexResult,
  type JaccardPair,
  jaccardIndex,
} from './library/similarity/jaccard-index.js'
export {
  type AverageClusteringCoefficientOptions,
  type AverageClusteringCoefficientResult,
  averageClusteringCoefficient,
} from './library/triangles/average-clustering-coefficient.js'
export {
  type DirectedTriadicCensusResult,
  directedTriadicCensus,
} from './library/triangles/directed-triadic-census.js'
export {
  type DirectedTriangle,
  type DirectedTrianglesResult,
  directedTriangles,
} from './library/triangles/directed-triangles.js'
export {
  type GlobalClusteringCoefficientResult,
  globalClusteringCoefficient,
} from './library/triangles/global-clustering-coefficient.js'
export { type LccResult, lcc } from './library/triangles/lcc.js'
export {
  type ClusteredVertex,
  type LocalClusteringCoefficientResult,
  localClusteringCoefficient,
} from './library/triangles/local-clustering-coefficient.js'
export { type TriadicCensusResult, triadicCensus } from './library/triangles/triadic-census.js'
export { type TriangleCountResult, triangleCount } from './library/triangles/triangle-count.js'
export { type Triangle, type TrianglesResult, triangles } from './library/triangles/triangles.js'
// For authors of algorithms.
export type { EdgeWeight, WeightOptions } from './loading/edge-weights.js'
export type { LoadedGraph } from './loading/loaded-graph.js'
export type { VertexIds } from './loading/vertex-ids.js'
export type { GatherSumApplyOptions } from './models/gather-sum-apply.js'
// Models.
export type { Messages } from './models/messages.js'
export type {
  ContextWith,
  ModelContext,
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
export type { RemovedEdge } from './operations/mutate.js'
export type { Neighbour } from './operations/neighbourhoods.js'
export type { Triplet, Validation } from './operations/properties.js'
export type { GraphCsvOptions } from './operations/read-csv.js'
export type { Adjacency, EdgeRows } from './topology/adjacency.js'
export { type Topology, topologyOf } from './topology/topology.js'
