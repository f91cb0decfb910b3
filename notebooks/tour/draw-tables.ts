/** Pictures of part one of the tour. */
import { mean } from '../../engine/index.js'
import { bars, heatmap, lines, planDag, table } from '../index.js'
import { clean } from './data.js'
import { show } from './page.js'
import { busiest, byDistance, byHour, routes } from './tables.js'

/** Draws the answers of part one. */
export async function drawTables(): Promise<void> {
  const airports = await busiest.first(20).collect()
  show(
    'The busiest airports',
    bars(airports, {
      name: 'airport',
      value: 'flights',
      title: 'Flights from the busiest airports',
    }),
    table(airports, { caption: 'With their delays', rows: 8 }),
  )
  const hours = await clean
    .map(flight => ({
      day: flight.date.getUTCDay(),
      hour: flight.date.getUTCHours(),
      delay: flight.delay,
    }))
    .groupBy('day', 'hour')
    .aggregate({ delay: mean('delay') })
    .collect()
  show(
    'When flights are late',
    lines(await byHour.collect(), {
      x: 'hour',
      y: 'late',
      title: 'Share of flights more than 15 minutes late, by hour of departure',
    }),
    heatmap(
      hours.map(row => ({ ...row, day: DAYS[row.day]! })),
      { x: 'hour', y: 'day', value: 'delay', title: 'Mean delay in minutes, by weekday and hour' },
    ),
    bars(await byDistance.collect(), {
      name: 'miles',
      value: 'delay',
      title: 'Mean delay in minutes, by distance in miles',
      horizontal: true,
    }),
  )
  show(
    'How it was computed',
    'The plan of the busiest airports, as it ran: shades are shares of time.',
    planDag(await busiest.explain({ format: 'json' }), { title: 'Plan of the busiest airports' }),
    table(await routes.first(8).collect(), { caption: 'The busiest routes' }),
  )
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
