/**
 * Three million flights from Parquet into columns in memory: all five columns, or two of them.
 *
 * Rivals: DuckDB with one thread (into a table) and hyparquet's own reading into objects, on which
 * wiesel's reader is built. Run: `npm run bench -- parquet parquet-two`.
 */
import { readParquet } from '../../../engine/index.js'
import { type Benchmark, type Contender, single } from '../benchmark.js'
import { flightsFile } from '../flights-data.js'
import { DuckDb } from '../rivals/duckdb.js'

export const parquet = reading('parquet', 'all five columns', [
  'date',
  'delay',
  'distance',
  'origin',
  'destination',
])

export const parquetTwo = reading('parquet-two', 'two of five columns', ['delay', 'distance'])

interface Flight {
  readonly date: Date
  readonly delay: number
  readonly distance: number
  readonly origin: string
  readonly destination: string
}

function reading(name: string, what: string, columns: (keyof Flight & string)[]): Benchmark {
  return {
    name,
    question: `3 million flights from Parquet into memory, ${what}`,
    records: 3_000_000,
    contenders: {
      wiesel: wiesel(columns),
      DuckDB: duckDb(columns),
      hyparquet: hyparquet(columns),
    },
  }
}

function wiesel(columns: (keyof Flight & string)[]): Contender {
  return ({ records }) =>
    single(
      async () => {
        const all = readParquet<Flight>(flightsFile).select(...columns)
        const data = (records < 3_000_000 ? all.first(records) : all).cache()
        await data.count()
        return data
      },
      async data => {
        const sums = await data.sum('delay', 'distance').collect()
        return { records: await data.count(), ...sums[0]! }
      },
    )
}

function duckDb(columns: string[]): Contender {
  return async ({ records }) => {
    const db = await DuckDb.start()
    const limit = records < 3_000_000 ? `LIMIT ${records}` : ''
    const query = `SELECT ${columns.join(', ')} FROM '${flightsFile}' ${limit}`
    return single(
      () => db.run(`CREATE OR REPLACE TABLE flights AS ${query}`),
      async () => {
        const [row] = await db.rows('SELECT count(*), sum(delay), sum(distance) FROM flights')
        return { records: row![0]!, delay: row![1]!, distance: row![2]! }
      },
    )
  }
}

function hyparquet(columns: string[]): Contender {
  return async ({ records }) => {
    const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet')
    const { compressors } = await import('hyparquet-compressors')
    const file = await asyncBufferFromFile(flightsFile)
    const options = { file, compressors, columns, rowEnd: records }
    return single(
      () => parquetReadObjects(options),
      objects => ({
        records: objects.length,
        delay: objects.reduce((sum, flight) => sum + Number(flight.delay), 0),
        distance: objects.reduce((sum, flight) => sum + Number(flight.distance), 0),
      }),
    )
  }
}
