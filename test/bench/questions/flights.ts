/**
 * Eight questions about three million flights and the airports: filter, group by one key and two,
 * by a computed key, joins, the first records of an order, distinct records. Data lies in memory
 * beforehand: in columns (`cache()`), in DuckDB's tables, in arquero's tables.
 *
 * Rivals: DuckDB with one thread, and arquero. Run: `npm run bench -- flights`.
 */
import { count, max, mean, readCsv, readParquet, share } from '../../../engine/index.js'
import { rows } from '../answer.js'
import { type Benchmark, type Setting, type Tasks, task } from '../benchmark.js'
import { airportsFile, flightsFile } from '../flights-data.js'
import { type ArqueroTable, arquero as loadArquero } from '../rivals/arquero.js'
import { DuckDb } from '../rivals/duckdb.js'

const QUESTIONS = [
  'late and far',
  'origins',
  'routes',
  'hours',
  'states',
  'between states',
  'most delayed',
  'destinations',
] as const

/** What each contender has to say, a value per question. */
type Questions<Q> = Readonly<Record<(typeof QUESTIONS)[number], Q>>

export const flights: Benchmark = {
  name: 'flights',
  question: 'eight questions about 3 million flights in memory',
  records: 3_000_000,
  parts: QUESTIONS,
  contenders: { wiesel, DuckDB: duckDb, arquero },
}

interface Flight {
  readonly date: Date
  readonly delay: number
  readonly distance: number
  readonly origin: string
  readonly destination: string
}

interface Airport {
  readonly iata: string
  readonly state: string
}

const types = { iata: 'string', state: 'string' } as const

const read = (records: number) => ({
  flights: readParquet<Flight>(flightsFile).first(records).cache(),
  airports: readCsv<Airport>(airportsFile, { types }).select('iata', 'state').cache(),
})

async function wiesel({ records }: Setting): Promise<Tasks> {
  const { flights, airports } = read(records)
  await flights.count()
  await airports.count()
  const questions: Questions<{ collect(): Promise<object[]> }> = {
    'late and far': flights
      .filter(f => f.delay > 60 && f.distance > 1000)
      .aggregate({ flights: count(), delay: mean('delay') }),
    origins: flights
      .groupBy('origin')
      .aggregate({ flights: count(), delay: mean('delay'), miles: max('distance') })
      .orderBy('origin'),
    routes: flights
      .groupBy('origin', 'destination')
      .aggregate({ flights: count(), delay: mean('delay') })
      .filter(r => r.flights >= 1000)
      .orderBy('delay', 'descending'),
    hours: flights
      .map(f => ({ hour: f.date.getUTCHours(), delay: f.delay }))
      .groupBy('hour')
      .aggregate({ flights: count(), late: share((f: { delay: number }) => f.delay > 15) })
      .orderBy('hour'),
    states: flights
      .join(airports)
      .where('origin')
      .equalTo('iata')
      .with((f, a) => ({ state: a.state, delay: f.delay }))
      .groupBy('state')
      .aggregate({ flights: count(), delay: mean('delay') })
      .orderBy('state'),
    'between states': flights
      .join(airports)
      .where('origin')
      .equalTo('iata')
      .with((f, a) => ({ from: a.state, destination: f.destination, distance: f.distance }))
      .join(airports)
      .where('destination')
      .equalTo('iata')
      .with((f, a) => ({ from: f.from, to: a.state, distance: f.distance }))
      .groupBy('from', 'to')
      .aggregate({ flights: count(), miles: mean('distance') })
      .orderBy('flights', 'descending')
      .thenBy('from')
      .thenBy('to')
      .first(20),
    'most delayed': flights
      .orderBy('delay', 'descending')
      .thenBy('distance')
      .thenBy('origin')
      .thenBy('destination')
      .first(100)
      .select('delay', 'distance', 'origin', 'destination'),
    destinations: flights
      .distinct('origin', 'destination')
      .groupBy('origin')
      .aggregate({ destinations: count() })
      .orderBy('destinations', 'descending')
      .thenBy('origin')
      .first(20),
  }
  return byQuestion(questions, question => question.collect(), rows)
}

async function duckDb({ records }: Setting): Promise<Tasks> {
  const db = await DuckDb.start()
  await db.run(`CREATE TABLE flights AS SELECT * REPLACE (delay::INTEGER AS delay,
    distance::INTEGER AS distance) FROM '${flightsFile}' LIMIT ${records}`)
  await db.run(`CREATE TABLE airports AS SELECT iata, state FROM read_csv('${airportsFile}',
    types = {iata: 'VARCHAR', state: 'VARCHAR'})`)
  const questions: Questions<string> = {
    'late and far': `SELECT count(*), avg(delay) FROM flights WHERE delay > 60 AND distance > 1000`,
    origins: `SELECT origin, count(*), avg(delay), max(distance) FROM flights
      GROUP BY origin ORDER BY origin`,
    routes: `SELECT origin, destination, count(*), avg(delay) AS delay FROM flights
      GROUP BY ALL HAVING count(*) >= 1000 ORDER BY delay DESC`,
    hours: `SELECT hour(date) AS hour, count(*), avg((delay > 15)::INTEGER) FROM flights
      GROUP BY hour ORDER BY hour`,
    states: `SELECT state, count(*), avg(delay) FROM flights JOIN airports ON origin = iata
      GROUP BY state ORDER BY state`,
    'between states': `SELECT a.state AS here, b.state AS there, count(*) AS n, avg(distance)
      FROM flights JOIN airports a ON origin = a.iata JOIN airports b ON destination = b.iata
      GROUP BY ALL ORDER BY n DESC, here, there LIMIT 20`,
    'most delayed': `SELECT delay, distance, origin, destination FROM flights
      ORDER BY delay DESC, distance, origin, destination LIMIT 100`,
    destinations: `SELECT origin, count(*) AS n FROM (SELECT DISTINCT origin, destination
      FROM flights) GROUP BY origin ORDER BY n DESC, origin LIMIT 20`,
  }
  return byQuestion(
    questions,
    question => db.rows(question),
    answer => answer,
  )
}

async function arquero({ records }: Setting): Promise<Tasks> {
  const { table, desc } = await loadArquero()
  const { flights, airports } = read(records)
  const data = table(await flights.toColumns())
  const places = table(await airports.toColumns())
  const questions: Questions<() => ArqueroTable> = {
    'late and far': () =>
      data
        .filter('d => d.delay > 60 && d.distance > 1000')
        .rollup({ flights: 'd => op.count()', delay: 'd => op.mean(d.delay)' }),
    origins: () =>
      data
        .groupby('origin')
        .rollup({
          flights: 'd => op.count()',
          delay: 'd => op.mean(d.delay)',
          miles: 'd => op.max(d.distance)',
        })
        .orderby('origin'),
    routes: () =>
      data
        .groupby('origin', 'destination')
        .rollup({ flights: 'd => op.count()', delay: 'd => op.mean(d.delay)' })
        .filter('d => d.flights >= 1000')
        .orderby(desc('delay')),
    hours: () =>
      data
        .groupby({ hour: 'd => op.utchours(d.date)' })
        .rollup({ flights: 'd => op.count()', late: 'd => op.mean(d.delay > 15 ? 1 : 0)' })
        .orderby('hour'),
    states: () =>
      data
        .join(places, ['origin', 'iata'])
        .groupby('state')
        .rollup({ flights: 'd => op.count()', delay: 'd => op.mean(d.delay)' })
        .orderby('state'),
    'between states': () =>
      data
        .join(places.rename({ state: 'from' }), ['origin', 'iata'])
        .select('from', 'destination', 'distance')
        .join(places.rename({ state: 'to' }), ['destination', 'iata'])
        .groupby('from', 'to')
        .rollup({ flights: 'd => op.count()', miles: 'd => op.mean(d.distance)' })
        .orderby(desc('flights'), 'from', 'to')
        .slice(0, 20),
    'most delayed': () =>
      data
        .orderby(desc('delay'), 'distance', 'origin', 'destination')
        .slice(0, 100)
        .select('delay', 'distance', 'origin', 'destination'),
    destinations: () =>
      data
        .dedupe('origin', 'destination')
        .groupby('origin')
        .rollup({ destinations: 'd => op.count()' })
        .orderby(desc('destinations'), 'origin')
        .slice(0, 20),
  }
  return byQuestion(questions, question => question().objects(), rows)
}

function byQuestion<Q, R>(
  questions: Questions<Q>,
  ask: (question: Q) => R | Promise<R>,
  rowsOf: (result: R) => ReturnType<typeof rows>,
): Tasks {
  const tasks = QUESTIONS.map(name => {
    const question = questions[name]
    return [
      name,
      task(
        () => ask(question),
        result => ({ rows: rowsOf(result) }),
      ),
    ] as const
  })
  return Object.fromEntries(tasks)
}
