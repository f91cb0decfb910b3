/** A little job for the projects that use the package; in a browser it is the proof that it runs. */
import { count, from, mean } from 'wiesel'

const flights = from([
  { origin: 'JFK', delay: 25 },
  { origin: 'SFO', delay: 0 },
  { origin: 'LAX', delay: 4 },
  { origin: 'SFO', delay: 16 },
  { origin: 'JFK', delay: 900 },
  { origin: 'XXX', delay: 1 },
])

const airports = from([
  { iata: 'SFO', city: 'San Francisco' },
  { iata: 'LAX', city: 'Los Angeles' },
  { iata: 'JFK', city: 'New York' },
])

export function job() {
  return flights
    .filter('delay < 600')
    .groupBy('origin')
    .aggregate({ flights: count(), delay: mean('delay') })
    .join(airports)
    .where('origin')
    .equalTo('iata')
    .with((f, a) => ({ city: a.city, flights: f.flights, delay: f.delay }))
    .orderBy('flights', 'descending')
    .thenBy('city')
    .collect()
}
