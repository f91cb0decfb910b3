/** When are airports busy? Clusters of their days, hour by hour. */
import { count } from '../../engine/index.js'
import { kMeans } from '../../ml/index.js'
import { clean } from './data.js'
import { drawProfiles } from './draw-learning.js'
import { printTable } from './printing.js'

/** Airports with fewer flights have no regular day. */
const ENOUGH = 5000

/** The share of each hour in the departures of an airport. */
const profiles = clean
  .map(flight => ({ airport: flight.origin, hour: flight.date.getUTCHours() }))
  .groupBy('airport', 'hour')
  .aggregate({ flights: count() })
  .groupBy('airport')
  .reduceGroup(
    (hours, { enough }) => {
      const profile = new Float64Array(24)
      let flights = 0
      let airport = ''
      for (const row of hours) {
        airport = row.airport
        flights += row.flights
        profile[row.hour] = row.flights
      }
      return {
        airport,
        flights,
        features: profile.map(n => n / flights),
        enough: flights >= enough,
      }
    },
    { with: { enough: ENOUGH } },
  )
  .filter('enough')
  .cache()

/** Prints clusters of airports by the hours at which they are busy. */
export async function dailyProfiles(): Promise<void> {
  const model = await kMeans({ k: 4, restarts: 5, seed: 1 }).fit(profiles)
  drawProfiles(model.centres)
  const clusters = model
    .transform(profiles)
    .groupBy('cluster')
    .sortGroup('flights', 'descending')
    .reduceGroup(
      (members, { centres }) => {
        const all = [...members]
        const centre = centres[all[0]!.cluster]!
        const share = (from: number, to: number) =>
          Math.round(100 * centre.slice(from, to).reduce((sum, value) => sum + value, 0))
        return {
          airports: all.length,
          'before 8': share(0, 8),
          '8 to 12': share(8, 12),
          '12 to 17': share(12, 17),
          '17 to 21': share(17, 21),
          later: share(21, 24),
          such: all
            .slice(0, 6)
            .map(({ airport }) => airport)
            .join(' '),
        }
      },
      { with: { centres: model.centres } },
    )
    .orderBy('airports', 'descending')
  await printTable(`Days of airports in four clusters: departures by hour, in percent`, clusters)
}
