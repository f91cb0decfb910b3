/**
 * The tour: three million US flights, from Parquet to answers. Run it with `npm start`.
 *
 * Prints each step's table with the time it took, and writes the results as CSV files, each with an
 * explanation of how it was computed, into a folder (`out/tour`, or the first argument).
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import {
  count,
  type DataSet,
  execute,
  max,
  mean,
  readCsv,
  readParquet,
  share,
} from '../engine/index.js'

interface Flight {
  readonly date: Date
  readonly delay: number
  readonly distance: number
  readonly origin: string
  readonly destination: string
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const folder = path.resolve(process.argv[2] ?? 'out/tour')
const vega = createRequire(import.meta.url).resolve('vega-datasets')
const data = path.join(path.dirname(vega), '../data')

const flights = readParquet<Flight>(path.join(data, 'flights-3m.parquet'))
const airports = readCsv(path.join(data, 'airports.csv'), {
  types: { iata: 'string', name: 'string', city: 'string', state: 'string' },
})

// What makes sense: no delay beyond ten hours, no flight that arrives before it left.
const clean = flights.filter('delay >= -90 and delay <= 600 and distance > 0').cache()

const late = share((flight: { delay: number }) => flight.delay > 15)
const punctuality = { flights: count(), delay: mean('delay'), late }

const busiest = clean
  .groupBy('origin')
  .aggregate(punctuality)
  .join(airports)
  .where('origin')
  .equalTo('iata')
  .with((o, a) => ({ airport: o.origin, city: a.city, state: a.state, ...o }))
  .select('airport', 'city', 'state', 'flights', 'delay', 'late')
  .orderBy('flights', 'descending')

const routes = clean
  .groupBy('origin', 'destination')
  .aggregate({ ...punctuality, miles: max('distance') })
  .orderBy('flights', 'descending')

const byHour = clean
  .map(flight => ({ hour: flight.date.getUTCHours(), delay: flight.delay }))
  .groupBy('hour')
  .aggregate(punctuality)
  .orderBy('hour')

const byWeekday = clean
  .map(flight => ({ day: flight.date.getUTCDay(), delay: flight.delay }))
  .groupBy('day')
  .aggregate(punctuality)
  .orderBy('day')
  .map((row, { names }) => ({ weekday: names[row.day], ...row }), { with: { names: WEEKDAYS } })
  .select('weekday', 'flights', 'delay', 'late')

const byDistance = clean
  .derive({ from: 'floor(distance / 500) * 500' })
  .groupBy('from')
  .aggregate(punctuality)
  .orderBy('from')
  .map(row => ({ miles: `${row.from} to ${row.from + 499}`, ...row }))
  .select('miles', 'flights', 'delay', 'late')

const worst = routes
  .filter('flights >= 500')
  .join(airports)
  .where('origin')
  .equalTo('iata')
  .with((route, a) => ({ from: a.city, ...route }))
  .join(airports)
  .where('destination')
  .equalTo('iata')
  .with((route, a) => ({ ...route, to: a.city }))
  .select('from', 'to', 'flights', 'delay', 'late')
  .orderBy('delay', 'descending')

// A global order of all flights gives exact quantiles: the records at certain ranks.
async function quantiles(total: number): Promise<DataSet<{ quantile: number; delay: number }>> {
  const shares = [0, 0.25, 0.5, 0.75, 0.9, 0.99, 1]
  const ranks = new Map(shares.map(share => [Math.round(share * (total - 1)), share]))
  return clean
    .orderBy('delay')
    .select('delay')
    .zipWithIndex()
    .filter((row, { ranks }) => ranks.has(row.index), { with: { ranks } })
    .map((row, { ranks }) => ({ quantile: ranks.get(row.index) ?? 0, delay: row.delay }), {
      with: { ranks },
    })
}

/** Runs one step of the tour and prints its table with what it took. */
async function step<T>(title: string, answer: DataSet<T>, rows: number): Promise<void> {
  const began = performance.now()
  const table = await answer.toTable({ rows: 8 })
  const seconds = (performance.now() - began) / 1000
  const speed = Math.round(rows / seconds / 1e5) / 10
  console.log(`\n${title}\n\n${table.replace(/^/gm, '  ')}`)
  console.log(`\n  ${seconds.toFixed(2)} s, ${speed} million flights per second`)
}

const began = performance.now()
const total = await clean.count()
const seconds = (performance.now() - began) / 1000
console.log(
  `Read and cleaned ${total.toLocaleString('en-US')} flights from Parquet in ${seconds.toFixed(2)} s.`,
)
const delays = await quantiles(total)

await step('The busiest airports', busiest, total)
await step('The busiest routes', routes, total)
await step('Delay by hour of departure (minutes; share more than 15 late)', byHour, total)
await step('Delay by weekday', byWeekday, total)
await step('Delay by distance', byDistance, total)
await step('The worst connections with at least 500 flights', worst, total)
await step('Quantiles of delay, from a global order of all flights', delays, total)

const answers = { busiest, routes, byHour, byWeekday, byDistance, worst, delays }
await mkdir(folder, { recursive: true })
const { milliseconds } = await execute(
  Object.entries(answers).map(([name, answer]) =>
    (answer as DataSet<unknown>).writeCsv(path.join(folder, `${name}.csv`), { overwrite: true }),
  ),
)
for (const [name, answer] of Object.entries(answers)) {
  await writeFile(path.join(folder, `${name}.explain.txt`), `${await answer.explain()}\n`)
}
console.log(
  `\nWrote ${Object.keys(answers).length} CSV files in ${(milliseconds / 1000).toFixed(2)} s, ` +
    `each with an explanation of how it was computed, to ${path.relative('.', folder)}.`,
)
console.log(`The whole tour took ${((performance.now() - began) / 1000).toFixed(1)} s.`)
