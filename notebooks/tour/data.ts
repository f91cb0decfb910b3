/** What the tour reads: three million US flights, and where the airports are. */
import { createRequire } from 'node:module'
import path from 'node:path'
import { readCsv, readParquet } from '../../engine/index.js'

/** One flight. */
export interface Flight {
  readonly date: Date
  readonly delay: number
  readonly distance: number
  readonly origin: string
  readonly destination: string
}

const vega = createRequire(import.meta.url).resolve('vega-datasets')
const data = path.join(path.dirname(vega), '../data')

const flights = readParquet<Flight>(path.join(data, 'flights-3m.parquet'))

/** By IATA code: name, city and state of each airport. */
export const airports = readCsv(path.join(data, 'airports.csv'), {
  types: { iata: 'string', name: 'string', city: 'string', state: 'string' },
})

/** What makes sense: no delay beyond ten hours, no flight that arrives before it left. */
export const clean = flights.filter('delay >= -90 and delay <= 600 and distance > 0').cache()
