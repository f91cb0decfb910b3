/**
 * The sum of a number by 100,000 integer keys.
 *
 * Rivals: DuckDB with one thread (data in a table, result as a table of its own in memory),
 * arquero, and a loop that knows the range of keys. Run: `npm run bench -- group-by`.
 */
import { fromColumns } from '../../../engine/index.js'
import { dot, total } from '../answer.js'
import { type Benchmark, type Setting, single } from '../benchmark.js'
import { fractions, integers } from '../data.js'
import { arquero as loadArquero } from '../rivals/arquero.js'
import { DuckDb } from '../rivals/duckdb.js'

const KEYS = 100_000

export const groupBy: Benchmark = {
  name: 'group-by',
  question: 'sum of a number by 100,000 integer keys',
  records: 10_000_000,
  contenders: { wiesel, DuckDB: duckDb, arquero, 'by hand': byHand },
  goals: { DuckDB: 1, arquero: 1 / 15 },
}

const input = (records: number) => ({
  key: integers(records, KEYS, 1),
  value: fractions(records, 2),
})

/** Keys may come in any order. */
const digest = ({ key, value }: { key: ArrayLike<number>; value: ArrayLike<number> }) => ({
  groups: key.length,
  keys: total(key),
  sum: total(value),
  byKey: dot(key, value),
})

function wiesel({ records }: Setting) {
  const sums = fromColumns(input(records)).groupBy('key').sum('value')
  return single(() => sums.toColumns(), digest)
}

async function duckDb({ records }: Setting) {
  const db = await DuckDb.start()
  await db.load('data', input(records))
  return single(
    () => db.run('SELECT key, sum(value) FROM data GROUP BY key'),
    async result => {
      const [key, value] = (await result.getColumnsJS()) as [number[], number[]]
      return digest({ key, value })
    },
  )
}

async function arquero({ records }: Setting) {
  const { table } = await loadArquero()
  const data = table(input(records))
  return single(
    () => data.groupby('key').rollup({ value: 'd => op.sum(d.value)' }),
    result => digest({ key: result.array('key'), value: result.array('value') }),
  )
}

function byHand({ records }: Setting) {
  const { key, value } = input(records)
  return single(() => {
    const sums = new Float64Array(KEYS)
    const seen = new Uint8Array(KEYS)
    for (let k = 0; k < records; k++) {
      sums[key[k]!]! += value[k]!
      seen[key[k]!] = 1
    }
    const keys = Int32Array.from({ length: KEYS }, (_, k) => k).filter(k => seen[k] === 1)
    return { key: keys, value: Float64Array.from(keys, k => sums[k]!) }
  }, digest)
}
