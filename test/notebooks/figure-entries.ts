/** Every figure with what it may be given: who adds one adds its entries here. */
import {
  bars,
  box,
  compare,
  convergence,
  type Displayable,
  drawCalibration,
  drawConfusionMatrix,
  drawPrecisionRecallCurve,
  drawRocCurve,
  featureImportance,
  heatmap,
  histogram,
  learningCurve,
  lines,
  residuals,
  scatter,
  summary,
  table,
} from '../../notebooks/index.js'
import { randomFrom } from '../support/random.js'

/** A figure, and data to draw. */
export interface FigureEntry {
  /** What users call. */
  readonly figure: string
  /** Drawn with these options added. */
  readonly draw: (options?: object) => Displayable | Promise<Displayable>
  /** What is special about the data. */
  readonly data: string
  /** Whether it takes options. Default `true`. */
  readonly options?: boolean
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"quoted" & \'that\'',
  '😀 日本 \u0000\ud800',
  'a\\nb]]>',
]

const random = randomFrom(7)
const ROWS = Array.from({ length: 90 }, (_, k) => ({
  x: k,
  y: Math.sin(k / 9) * 10 + random.next(),
  kind: ['red', 'green', 'blue'][k % 3]!,
  amount: random.between(1, 90),
  day: new Date(Date.UTC(2026, 0, 1 + k)),
  name: `name ${k}`,
}))

/** The same in all the ways in which data come. */
const DATA: Readonly<Record<string, readonly (typeof ROWS)[number][]>> = {
  usual: ROWS,
  empty: [],
  single: ROWS.slice(0, 1),
  'NaN and infinite': ROWS.map((row, k) => ({
    ...row,
    y: [Number.NaN, Infinity, -Infinity, 1][k % 4]!,
  })),
  'all NaN': ROWS.map(row => ({ ...row, y: Number.NaN })),
  constant: ROWS.map(row => ({ ...row, x: 3, y: 3, amount: 3 })),
  hostile: ROWS.map((row, k) => ({ ...row, kind: HOSTILE[k % 4]!, name: HOSTILE[k % 4]! })),
  'tiny and large': ROWS.map((row, k) => ({ ...row, y: k % 2 === 0 ? 1e-300 : 1e300 })),
  huge: Array.from({ length: 30_000 }, (_, k) => ({ ...ROWS[k % 90]!, x: k, name: `name ${k}` })),
}

export const ENTRIES: readonly FigureEntry[] = Object.entries(DATA).flatMap(([data, rows]) => [
  {
    figure: 'histogram',
    data,
    draw: (o?: object) =>
      histogram(
        rows.map(r => r.y),
        { label: rows[0]?.kind ?? 'y', ...o },
      ),
  },
  {
    figure: 'scatter',
    data,
    draw: (o?: object) => scatter(rows, { x: 'x', y: 'y', color: 'kind', size: 'amount', ...o }),
  },
  {
    figure: 'scatter',
    data: `${data}, dates and amounts`,
    draw: (o?: object) =>
      scatter(rows, { x: 'day', y: 'y', color: 'amount', label: 'name', log: 'y', ...o }),
  },
  {
    figure: 'lines',
    data,
    draw: (o?: object) => lines(rows, { x: 'day', y: 'y', series: 'kind', ...o }),
  },
  {
    figure: 'lines',
    data: `${data}, several`,
    draw: (o?: object) => lines(rows, { x: 'x', y: ['y', 'amount'], log: 'y', ...o }),
  },
  { figure: 'bars', data, draw: (o?: object) => bars(rows, { name: 'kind', value: 'y', ...o }) },
  {
    figure: 'bars',
    data: `${data}, stacked`,
    draw: (o?: object) =>
      bars(rows, { name: 'name', value: 'amount', color: 'kind', order: 'value', ...o }),
  },
  { figure: 'summary', data, draw: (o?: object) => summary(rows, { ...o }) },
  { figure: 'table', data, draw: (o?: object) => table(rows, { ...o }) },
  { figure: 'box', data, draw: (o?: object) => box(rows, { value: 'y', ...o }) },
  {
    figure: 'box',
    data: `${data}, by kind`,
    draw: (o?: object) => box(rows, { value: 'amount', by: 'name', ...o }),
  },
  {
    figure: 'heatmap',
    data,
    draw: (o?: object) => heatmap(rows, { x: 'kind', y: 'name', value: 'y', ...o }),
  },
  {
    figure: 'heatmap',
    data: `${data}, counted`,
    draw: (o?: object) => heatmap(rows, { x: 'day', y: 'kind', ...o }),
  },
  {
    figure: 'residuals',
    data,
    draw: (o?: object) => residuals(rows, { label: 'y', prediction: 'amount', ...o }),
  },
  {
    figure: 'convergence',
    data,
    draw: (o?: object) => convergence({ history: rows.map(r => r.y) }, o),
  },
  {
    figure: 'compare',
    data,
    draw: (o?: object) =>
      compare(
        {
          [rows[0]?.name ?? 'a']: { history: rows.map(r => r.amount) },
          b: { history: rows.map(r => ({ superstep: 1, ms: 1, change: r.y })).slice(0, 30) },
        },
        { value: 'change', ...o },
      ),
  },
  {
    figure: 'drawConfusionMatrix',
    data,
    draw: (o?: object) => drawConfusionMatrix(matrixOf(rows), o),
  },
  {
    figure: 'drawRocCurve',
    data,
    draw: (o?: object) =>
      drawRocCurve(
        {
          falsePositiveRates: shares(rows),
          truePositiveRates: shares(rows).map(Math.sqrt),
          area: 0.7,
        },
        o,
      ),
  },
  {
    figure: 'drawPrecisionRecallCurve',
    data,
    draw: (o?: object) =>
      drawPrecisionRecallCurve(
        {
          [rows[0]?.name ?? 'a']: {
            recall: shares(rows),
            precision: shares(rows).toReversed(),
            averagePrecision: 0.5,
          },
          b: { recall: [0, 1], precision: [1, 0], averagePrecision: 0.5 },
        },
        o,
      ),
  },
  {
    figure: 'drawCalibration',
    data,
    draw: (o?: object) =>
      drawCalibration(
        {
          predicted: shares(rows.slice(0, 10)),
          observed: rows.slice(0, 10).map(r => Math.abs(r.y) / 12),
          counts: rows.slice(0, 10).map(r => r.amount),
        },
        o,
      ),
  },
  {
    figure: 'learningCurve',
    data,
    draw: (o?: object) =>
      learningCurve(
        { training: rows.map(r => r.amount), [rows[0]?.name ?? 'v']: rows.map(r => r.y) },
        { log: true, ...o },
      ),
  },
  {
    figure: 'featureImportance',
    data,
    draw: (o?: object) => featureImportance(Object.fromEntries(rows.map(r => [r.name, r.y])), o),
  },
])

function shares(rows: readonly object[]): number[] {
  return rows.map((_, k) => (k + 1) / rows.length)
}

/** Counts of as many classes as there are kinds, at most ten thousand. */
function matrixOf(rows: readonly { readonly name: string; readonly amount: number }[]) {
  const classes = [...new Set(rows.slice(0, 100).map(r => r.name))]
  return {
    classes,
    counts: Array.from({ length: classes.length ** 2 }, (_, k) =>
      Math.round(rows[k % rows.length]!.amount),
    ),
  }
}
