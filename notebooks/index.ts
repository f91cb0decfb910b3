/** Figures and tables that show themselves, in notebooks, pages and terminals. */

export type { ChartOptions } from './charts/chart.js'
export type { Rows, Values } from './data/rows.js'
export { type Bundle, Displayable, type SaveOptions } from './display/displayable.js'
export { Figure } from './display/figure.js'
export { type BarsOptions, bars } from './figures/bars.js'
export { type HistogramOptions, histogram } from './figures/histogram.js'
export { type LinesOptions, lines } from './figures/lines.js'
export { type ScatterOptions, scatter } from './figures/scatter.js'
export { type TableOptions, TableView, table } from './figures/table.js'
export { type Outlined, type PlanDagOptions, planDag } from './plans/plan-dag.js'
export type { PlanDirection } from './plans/plan-layout.js'

import { teachObjects } from './teach-objects.js'

// What importing this does beside: objects of the library show themselves.
teachObjects()
