/**
 * A join of many records with 100,000, and a sum over the pairs.
 *
 * Rivals: DuckDB with one thread (data in tables), arquero, and a loop that knows that keys are
 * small and unique. Run: `npm run bench -- join`.
 */
import { fromColumns } from '../../../engine/index.js'
import { type Benchmark, type Setting, single } from '../benchmark.js'
import { fractions, integers, permutation } from '../data.js'
import { arquero as loadArquero } from '../rivals/arquero.js'
import { DuckDb } from '../rivals/duckdb.js'

const KEYS = 100_000

export const join: Benchmark = {
  name: 'join',
  question: 'join with 100,000 records by an integer key, then the sum of a product',
  records: 10_000_000,
  contenders: { wiesel, DuckDB: duckDb, arquero, 'by hand': byHand },
  goals: { DuckDB: 1.5 },
}

const input = (records: number) => ({
  left: { key: integers(records, KEYS, 1), value: fractions(records, 2) },
  right: { id: permutation(KEYS, 3), weight: fractions(KEYS, 4) },
})

const digest = (total: number) => ({ total })

function wiesel({ records }: Setting) {
  const { left, right } = input(records)
  const sum = fromColumns(left)
    .join(fromColumns(right))
    .where('key')
    .equalTo('id')
    .with((l, r) => ({ product: l.value * r.weight }))
    .sum('product')
  return single(
    () => sum.collect(),
    ([record]) => digest(record!.product),
  )
}

async function duckDb({ records }: Setting) {
  const db = await DuckDb.start()
  const { left, right } = input(records)
  await db.load('a', left)
  await db.load('b', right)
  const query = 'SELECT sum(value * weight) FROM a JOIN b ON key = id'
  return single(
    () => db.rows(query),
    ([row]) => digest(Number(row![0])),
  )
}

async function arquero({ records }: Setting) {
  const { table } = await loadArquero()
  const { left, right } = input(records)
  const [a, b] = [table(left), table(right)]
  return single(
    () => a.join(b, ['key', 'id']).rollup({ product: 'd => op.sum(d.value * d.weight)' }),
    result => digest(result.array('product')[0]!),
  )
}

function byHand({ records }: Setting) {
  const { left, right } = input(records)
  const { key, value } = left
  return single(() => {
    const rows = new Int32Array(KEYS)
    for (let k = 0; k < KEYS; k++) rows[right.id[k]!] = k
    let sum = 0
    for (let k = 0; k < records; k++) sum += value[k]! * right.weight[rows[key[k]!]!]!
    return sum
  }, digest)
}
