/** Small data sets that every docstring may use by name; what happens to them is up to each. */
import { from } from '../../engine/index.js'
import { Graph } from '../../gelly/index.js'

/** A day's flights; one goes to an airport that is not in `airports`. */
export const flights = from([
  flight('2001-01-14', 25, 2475, 5.5, 'JFK', 'LAX'),
  flight('2001-01-14', -4, 337, 1.25, 'LAX', 'SFO'),
  flight('2001-01-15', 62, 2586, 6, 'JFK', 'SFO'),
  flight('2001-01-16', 0, 337, 1.5, 'SFO', 'LAX'),
  flight('2001-01-16', 16, 700, 2, 'SFO', 'XXX'),
])

function flight(
  day: string,
  delay: number,
  distance: number,
  hours: number,
  origin: string,
  destination: string,
) {
  return { date: new Date(day), delay, distance, hours, origin, destination }
}

export const airports = from([
  { iata: 'JFK', city: 'New York', state: 'NY' },
  { iata: 'LAX', city: 'Los Angeles', state: 'CA' },
  { iata: 'SFO', city: 'San Francisco', state: 'CA' },
])

export const hubs = from([{ iata: 'JFK' }])

/** Airports by their number of flights. */
export const busiest = flights.groupBy('origin').count().orderBy('count', 'descending')

/** What users think of films, from 1 to 5. */
export const ratings = from([
  { user: 'ann', item: 'Alien', rating: 5 },
  { user: 'ann', item: 'Up', rating: 1 },
  { user: 'bob', item: 'Alien', rating: 5 },
  { user: 'bob', item: 'Heat', rating: 5 },
  { user: 'bob', item: 'Up', rating: 2 },
  { user: 'cy', item: 'Heat', rating: 2 },
  { user: 'cy', item: 'Up', rating: 5 },
])

export const words = from([
  { word: 'be', count: 2 },
  { word: 'question', count: 1 },
  { word: 'to', count: 2 },
])

export const numbers = from([3, 1, 2])

export const people = from([
  { name: 'Ada', age: 36 },
  { name: 'Grace', age: 85 },
  { name: 'Ada', age: 50 },
])

export const customers = from([
  { customer: 1, name: 'Ada' },
  { customer: 2, name: 'Grace' },
])

export const orders = from([
  { order: 10, customer: 1, total: 30, time: 1 },
  { order: 11, customer: 1, total: 12, time: 2 },
])

export const payments = from([{ order: 10, paid: 30, time: 3 }])

/** The same things at two times. */
export const before = from([
  { id: 1, v: 'a' },
  { id: 2, v: 'b' },
])
export const after = from([
  { id: 2, v: 'B' },
  { id: 3, v: 'c' },
])

/** Two sides of a join. */
export const a = from([
  { id: 1, time: 1, v: 5 },
  { id: 2, time: 4, v: 6 },
])
export const b = from([
  { id: 1, time: 2, v: 8 },
  { id: 2, time: 3, v: 6 },
])

export const pairs = from([
  { key: 'x', value: 1 },
  { key: 'y', value: 2 },
  { key: 'x', value: 3 },
])

export const points = from([
  { id: 1, x: 0.5 },
  { id: 2, x: 4 },
])
export const centers = from([
  { id: 'left', x: 0 },
  { id: 'right', x: 5 },
])

export const days = from([{ day: 'Monday' }, { day: 'Tuesday' }])
export const hours = from([{ hour: 9 }, { hour: 10 }])

/** A signal that nobody aborts. */
export const { signal } = new AbortController()

/** Most of its records have the same key. */
export const skewed = pairs

export const network = Graph.from({
  vertices: [
    { id: 'a', value: 10 },
    { id: 'b', value: 20 },
    { id: 'c', value: 30 },
    { id: 'd', value: 40 },
  ],
  edges: [
    { source: 'a', target: 'b', value: 1 },
    { source: 'a', target: 'c', value: 4 },
    { source: 'b', target: 'c', value: 2 },
    { source: 'c', target: 'a', value: 3 },
    { source: 'd', target: 'c', value: 5 },
  ],
})
