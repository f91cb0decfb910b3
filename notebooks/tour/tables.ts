/** Part one of the tour: three million records, from Parquet to answers in tables. */
import { count, type DataSet, max, mean, share } from '../../engine/index.js'
import { airports, clean } from './data.js'

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const late = share((flight: { delay: number }) => flight.delay > 15)
const punctuality = { flights: count(), delay: mean('delay'), late }

/** Airports by their flights. */
export const busiest = clean
  .groupBy('origin')
  .aggregate(punctuality)
  .join(airports)
  .where('origin')
  .equalTo('iata')
  .with((o, a) => ({ airport: o.origin, city: a.city, state: a.state, ...o }))
  .select('airport', 'city', 'state', 'flights', 'delay', 'late')
  .orderBy('flights', 'descending')

/** Pairs of airports by their flights. */
export const routes = clean
  .groupBy('origin', 'destination')
  .aggregate({ ...punctuality, miles: max('distance') })
  .orderBy('flights', 'descending')

/** By hour of departure. */
export const byHour = clean
  .map(flight => ({ hour: flight.date.getUTCHours(), delay: flight.delay }))
  .groupBy('hour')
  .aggregate(punctuality)
  .orderBy('hour')

/** By day of the week. */
export const byWeekday = clean
  .map(flight => ({ day: flight.date.getUTCDay(), delay: flight.delay }))
  .groupBy('day')
  .aggregate(punctuality)
  .orderBy('day')
  .map((row, { names }) => ({ weekday: names[row.day], ...row }), { with: { names: WEEKDAYS } })
  .select('weekday', 'flights', 'delay', 'late')

/** By steps of 500 miles. */
export const byDistance = clean
  .derive({ from: 'floor(distance / 500) * 500' })
  .groupBy('from')
  .aggregate(punctuality)
  .orderBy('from')
  .map(row => ({ miles: `${row.from} to ${row.from + 499}`, ...row }))
  .select('miles', 'flights', 'delay', 'late')

/** Connections with the longest delays. */
export const worst = routes
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

/** Exact quantiles of delay: a global order of all flights, and the records at certain ranks. */
export async function quantiles(
  total: number,
): Promise<DataSet<{ quantile: number; delay: number }>> {
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
