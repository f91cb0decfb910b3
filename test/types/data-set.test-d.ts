/** Type tests: this file is compiled with the others and never run. */
import {
  count,
  counter,
  type DataSet,
  formula,
  from,
  fromColumns,
  max,
  mean,
  min,
  readCsv,
  readParquet,
  share,
  sum,
} from '../../engine/index.js'
import { expectType } from './expect-type.js'

interface Flight {
  date: Date
  delay: number
  origin: string
  destination: string
  plane: { tail: string; year: number | null } | null
}
declare const flights: DataSet<Flight>
declare const pairs: DataSet<[string, number]>

// Functions: what they return is what comes out, tuples included.
expectType<DataSet<number>>().of(from([1, 2]).map(x => x + 1))
expectType<DataSet<{ word: string; count: number }>>().of(
  from(['a']).map(word => ({ word, count: 1 })),
)
expectType<DataSet<[string, number]>>().of(from(['a']).map(word => [word, 1]))
expectType<DataSet<string>>().of(from(['a b']).flatMap(line => line.split(' ')))
expectType<DataSet<string>>().of(
  from(['a', 1]).filter((value): value is string => typeof value === 'string'),
)

// Fields: known names only, nested ones by path, those of tuples by position.
flights.groupBy('origin', 'plane.tail')
pairs.groupBy('1')
// @ts-expect-error there is no such field
flights.groupBy('orgin')
// @ts-expect-error there is no such nested field
flights.groupBy('plane.tial')
// @ts-expect-error a pair has two fields
pairs.groupBy('2')
// @ts-expect-error plain values have no fields
from([1]).groupBy('value')
// @ts-expect-error there is no such field
flights.orderBy('delya')
// @ts-expect-error there is no such field
flights.select('origin', 'dest')
// @ts-expect-error there is no such direction
flights.orderBy('delay', 'down')

// Aggregates: the key fields and the names chosen; only of fields that can be aggregated.
expectType<DataSet<{ origin: string; n: number; delay: number; late: number; first: Date }>>().of(
  flights.groupBy('origin').aggregate({
    n: count(),
    delay: mean('delay'),
    late: share(f => f.delay > 15),
    first: min('date'),
  }),
)
expectType<DataSet<{ tail: string | null; sum: number }>>().of(
  flights.groupBy('plane.tail').aggregate({ sum: sum(f => f.delay * 2) }),
)
expectType<DataSet<{ hour: number; most: number }>>().of(
  flights.groupBy(f => ({ hour: f.date.getUTCHours() })).aggregate({ most: max('delay') }),
)
expectType<DataSet<{ key: number; count: number }>>().of(
  flights.groupBy(f => f.date.getUTCHours()).count(),
)
flights.aggregate({ half: mean(formula('delay / 2')), year: mean('plane.year') })
// @ts-expect-error text has no mean
flights.aggregate({ origin: mean('origin') })
// @ts-expect-error there is no such field
flights.groupBy('origin').aggregate({ delay: mean('delya') })
// @ts-expect-error text has no sum
flights.groupBy('origin').sum('destination')

// Joins: both sides typed, the missing side of an outer join is null.
const airports = readCsv('airports.csv', { types: { iata: 'string', latitude: 'number' } })
expectType<DataSet<{ delay: number; latitude: number }>>().of(
  flights
    .join(airports)
    .where('origin')
    .equalTo('iata')
    .with((f, a) => ({ delay: f.delay, latitude: a.latitude })),
)
flights
  .leftJoin(airports)
  .where('origin')
  .equalTo('iata')
  // @ts-expect-error there may be no airport
  .with((f, a) => ({ ...f, latitude: a.latitude }))
// @ts-expect-error there is no such field on the left
flights.join(airports).where('iata')
expectType<DataSet<[Flight, string]>>().of(
  flights
    .join(from(['JFK']))
    .where('origin')
    .equalTo(name => name)
    .pairs(),
)
expectType<DataSet<Flight>>().of(flights.semiJoin(airports).where('origin').equalTo('iata'))

// Values handed over: data sets arrive as arrays, accumulators as they are, the rest as given.
const bad = counter()
flights.filter(
  (f, { limit, hubs, bad }) => {
    expectType<number>().of(limit)
    expectType<readonly string[]>().of(hubs)
    bad.add(1)
    return f.delay < limit && hubs.includes(f.origin)
  },
  { with: { limit: 15, hubs: from(['JFK', 'ATL']), bad } },
)
// @ts-expect-error nothing is handed over under this name
flights.filter((f, { limit }) => f.delay < limit, { with: { limits: 15 } })

// Files: rows whose fields are not known, or the type that the program gives.
readCsv('a.csv').groupBy('whatever')
expectType<DataSet<Flight>>().of(readParquet<Flight>('flights.parquet'))
expectType<DataSet<{ x: number; label: string }>>().of(
  fromColumns({ x: new Float64Array(1), label: ['a'] }),
)

// Further fields, and numbered records.
expectType<DataSet<{ delay: number; origin: string; late: boolean; hours: number }>>().of(
  flights.select('delay', 'origin').derive({ late: f => f.delay > 15, hours: 'delay / 60' }),
)
const formulas = flights.derive({
  on: 'delay <= 0 or distance > 2000',
  from: 'origin',
  lower: 'lower(origin)',
  hours: 'round(delay / 60, 1)',
  known: 'not isMissing(delay)',
  some: 'delay > 0 ? "late" : "early"',
})
expectType<
  DataSet<{ on: boolean; from: string; lower: string; hours: number; known: boolean }>
>().of(formulas.select('on', 'from', 'lower', 'hours', 'known'))
expectType<DataSet<{ some: string | number | boolean | Date | null }>>().of(formulas.select('some'))
expectType<DataSet<{ index: number; value: string }>>().of(from(['a']).zipWithIndex())
expectType<DataSet<{ origin: string; row: number }>>().of(
  flights.select('origin').zipWithIndex('row'),
)
