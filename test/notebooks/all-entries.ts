/** Every figure with everything it may be given. */
import { DEGREE_ENTRIES, GRAPH_ENTRIES, MAP_ENTRIES } from './entries/graphs.js'
import { MODEL_ENTRIES } from './entries/models.js'
import { PLAN_ENTRIES } from './entries/plans.js'
import { ENTRIES, type FigureEntry } from './figure-entries.js'

export const ALL_ENTRIES: readonly FigureEntry[] = [
  ...ENTRIES,
  ...PLAN_ENTRIES,
  ...GRAPH_ENTRIES,
  ...DEGREE_ENTRIES,
  ...MAP_ENTRIES,
  ...MODEL_ENTRIES,
]
