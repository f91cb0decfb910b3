/** Every figure of a small data set, to be looked at and kept. */
import { from } from '../../engine/index.js'
import { Graph } from '../../gelly/index.js'
import { linearRegression, pipeline, standardScaler } from '../../ml/index.js'
import {
  bars,
  box,
  compare,
  convergence,
  type Displayable,
  drawAdjacencyMatrix,
  drawCalibration,
  drawCommunities,
  drawConfusionMatrix,
  drawDecisionTree,
  drawDegreeDistribution,
  drawGraph,
  drawPipeline,
  drawPrecisionRecallCurve,
  drawRocCurve,
  featureImportance,
  geo,
  heatmap,
  histogram,
  learningCurve,
  lines,
  planDag,
  residuals,
  scatter,
  summary,
  table,
} from '../../notebooks/index.js'

const MONTHS = [4, 7, 9, 12, 15, 21, 24, 23, 18, 12, 8, 5].map((warmth, k) => ({
  month: k + 1,
  day: new Date(Date.UTC(2026, k, 1)),
  city: ['Oslo', 'Rome', 'Bern'][k % 3]!,
  warmth,
  rain: 90 - 3 * warmth + (k % 3) * 5,
  guess: warmth + (k % 4) - 1.5,
  note: k === 3 ? null : `<${k}>`,
}))

/** Two triangles and a bridge. */
const EDGES = [
  ['a', 'b'],
  ['b', 'c'],
  ['c', 'a'],
  ['c', 'd'],
  ['d', 'e'],
  ['e', 'f'],
  ['f', 'd'],
] as const

const graph = Graph.from({
  vertices: ['a', 'b', 'c', 'd', 'e', 'f'].map((id, k) => ({
    id,
    value: { side: k < 3 ? 'left' : 'right', weight: k + 1 },
  })),
  edges: EDGES.map(([source, target]) => ({ source, target, value: 1 })),
})

const CITIES = [
  { id: 'SFO', latitude: 37.6, longitude: -122.4, flights: 90 },
  { id: 'JFK', latitude: 40.6, longitude: -73.8, flights: 120 },
  { id: 'DFW', latitude: 32.9, longitude: -97, flights: 150 },
]

const ROUTES = [
  { source: 'SFO', target: 'JFK', flights: 30 },
  { source: 'DFW', target: 'SFO', flights: 10 },
]

const LOOP = from([{ id: 1, rank: 1 }]).iterate({ maxIterations: 3 }, current =>
  current.filter('rank > 0').groupBy('id').sum('rank'),
)

const TREE = {
  iteration: 1,
  output: 'delay',
  root: {
    feature: 'hour',
    threshold: 12.5,
    missingAtMost: true,
    atMost: { value: -1.5 },
    above: {
      feature: 'miles',
      threshold: 700,
      missingAtMost: false,
      atMost: { value: 2 },
      above: { value: 0.25 },
    },
  },
}

/** By the name of the file: what is drawn. */
export const GOLDEN: Readonly<Record<string, () => Displayable | Promise<Displayable>>> = {
  table: () => table(MONTHS, { rows: 4, caption: 'Months' }),
  summary: () => summary(MONTHS),
  histogram: () => histogram(MONTHS.map(m => m.warmth)),
  scatter: () => scatter(MONTHS, { x: 'warmth', y: 'rain', color: 'city', size: 'month' }),
  lines: () => lines(MONTHS, { x: 'day', y: ['warmth', 'rain'] }),
  bars: () => bars(MONTHS, { name: 'city', value: 'rain' }),
  box: () => box(MONTHS, { value: 'rain', by: 'city' }),
  heatmap: () => heatmap(MONTHS, { x: 'month', y: 'city', value: 'warmth' }),
  geo: () =>
    geo({ points: CITIES, arcs: ROUTES }, { size: 'flights', weight: 'flights', map: 'us' }),
  'draw-graph': () => drawGraph(graph, { color: 'side', layout: 'circle' }),
  'draw-graph-tree': () => drawGraph(graph, { layout: 'tree', size: 'weight' }),
  'draw-degree-distribution': () => drawDegreeDistribution([1, 1, 1, 2, 2, 3, 5, 9]),
  'draw-adjacency-matrix': () => drawAdjacencyMatrix(graph, { group: 'side' }),
  'draw-communities': () => drawCommunities(graph, 'side', { show: 'communities' }),
  'plan-dag': () => planDag(LOOP),
  convergence: () => convergence({ history: [1, 0.3, 0.05, 0.001], converged: true }),
  compare: () => compare({ slow: { history: [5, 4, 3, 2] }, fast: { history: [5, 1] } }),
  'learning-curve': () =>
    learningCurve({ training: [3, 2, 1, 0.5], validation: [3, 2.5, 2.25, 2.75] }),
  'draw-confusion-matrix': () =>
    drawConfusionMatrix({ classes: ['cat', 'dog', 'fox'], counts: [5, 1, 0, 2, 8, 1, 0, 3, 6] }),
  'draw-roc-curve': () =>
    drawRocCurve({
      falsePositiveRates: [0, 0.1, 0.3, 1],
      truePositiveRates: [0, 0.6, 0.9, 1],
      area: 0.86,
    }),
  'draw-precision-recall-curve': () =>
    drawPrecisionRecallCurve({
      precision: [1, 0.9, 0.7, 0.5],
      recall: [0, 0.4, 0.8, 1],
      averagePrecision: 0.8,
    }),
  'draw-calibration': () =>
    drawCalibration({ predicted: [0.1, 0.5, 0.9], observed: [0.2, 0.45, 0.8], counts: [9, 4, 20] }),
  residuals: () => residuals(MONTHS, { label: 'warmth', prediction: 'guess' }),
  'feature-importance': () => featureImportance({ hour: 0.6, miles: 0.3, weekday: 0.1 }),
  'draw-decision-tree': () => drawDecisionTree(TREE),
  'draw-pipeline': () =>
    drawPipeline(
      pipeline(
        standardScaler({ features: ['hour', 'miles'] }),
        linearRegression({ label: 'delay' }),
      ),
    ),
}
