import { inProject } from '../support/project.js'

/** Three million flights within the US in 2001. */
export const flightsFile = inProject('node_modules', 'vega-datasets', 'data', 'flights-3m.parquet')

/** Airports with their cities, states and coordinates. */
export const airportsFile = inProject('node_modules', 'vega-datasets', 'data', 'airports.csv')
