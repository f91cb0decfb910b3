/** Figures and tables that show themselves, in notebooks, pages and terminals. */

export type { ChartOptions } from './charts/chart.js'
export type { ArrowRows, Rows, Values } from './data/rows.js'
export { type Bundle, Displayable, type SaveOptions } from './display/displayable.js'
export { Figure } from './display/figure.js'
export { type BarsOptions, bars } from './figures/bars.js'
export { type BoxOptions, box } from './figures/box.js'
export {
  type ConvergenceOptions,
  compare,
  convergence,
  type Iterated,
} from './figures/convergence.js'
export { type CalibrationPoints, drawCalibration } from './figures/draw-calibration.js'
export {
  type CountsByClass,
  type DrawConfusionMatrixOptions,
  drawConfusionMatrix,
} from './figures/draw-confusion-matrix.js'
export { type FeatureImportanceOptions, featureImportance } from './figures/feature-importance.js'
export { type HeatmapOptions, heatmap } from './figures/heatmap.js'
export { type HistogramOptions, histogram } from './figures/histogram.js'
export { type LearningCurveOptions, learningCurve } from './figures/learning-curve.js'
export { type LinesOptions, lines } from './figures/lines.js'
export { type ResidualsOptions, residuals } from './figures/residuals.js'
export { type ScatterOptions, scatter } from './figures/scatter.js'
export {
  drawPrecisionRecallCurve,
  drawRocCurve,
  type PrecisionRecallPoints,
  type RocPoints,
} from './figures/score-curves.js'
export { type SummaryOptions, SummaryView, summary } from './figures/summary.js'
export { type TableOptions, TableView, table } from './figures/table.js'
export type { ByVertex, Collectable } from './graphs/by-vertex.js'
export {
  type DrawAdjacencyMatrixOptions,
  drawAdjacencyMatrix,
} from './graphs/draw-adjacency-matrix.js'
export { type DrawCommunitiesOptions, drawCommunities } from './graphs/draw-communities.js'
export {
  type DegreeData,
  type DrawDegreeDistributionOptions,
  drawDegreeDistribution,
} from './graphs/draw-degree-distribution.js'
export { type DrawGraphOptions, drawGraph, type GraphLayout } from './graphs/draw-graph.js'
export type { GivenPositions } from './graphs/given-positions.js'
export { type DisplayOptions, display, LiveDisplay, type Shown } from './live/display.js'
export { environment, type Surroundings } from './live/environment.js'
export { onInterrupt } from './live/interrupts.js'
export type { AnyProgress, PartsProgress } from './live/progress-state.js'
export { type WatchedRun, type WithProgressOptions, withProgress } from './live/with-progress.js'
export { type GeoData, type GeoOptions, geo } from './maps/geo.js'
export type { MapName } from './maps/map-picture.js'
export { type DrawDecisionTreeOptions, drawDecisionTree } from './models/draw-decision-tree.js'
export { type DrawPipelineOptions, drawPipeline } from './models/draw-pipeline.js'
export { type Outlined, type PlanDagOptions, planDag } from './plans/plan-dag.js'
export type { PlanDirection } from './plans/plan-layout.js'
export {
  Report,
  type ReportContent,
  type ReportOptions,
  type ReportSection,
  report,
} from './report.js'

import { teachObjects } from './teach-objects.js'

// What importing this does beside: objects of the library show themselves.
teachObjects()
