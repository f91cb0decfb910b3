/**
 * A sort by a number that takes a second column along.
 *
 * Rivals: `Float64Array.prototype.sort` on a copy of the key alone, DuckDB with one thread (data in
 * a table, result as a table of its own in memory), and arquero.
 * Run: `npm run bench -- sort`.
 */
import { fromColumns } from '../../../engine/index.js'
import { orderedSum } from '../answer.js'
import { type Benchmark, type Setting, single } from '../benchmark.js'
import { fractions, permutation } from '../data.js'
import { arquero as loadArquero } from '../rivals/arquero.js'
import { DuckDb } from '../rivals/duckdb.js'

const KEY_ALONE = 'Float64Array, key alone'

export const sort: Benchmark = {
  name: 'sort',
  question: 'order by a number, with an integer column taken along',
  records: 10_000_000,
  contenders: { wiesel, [KEY_ALONE]: keyAlone, DuckDB: duckDb, arquero },
  goals: { [KEY_ALONE]: 3 },
}

const input = (records: number) => ({
  key: fractions(records, 1),
  row: permutation(records, 2),
})

const digest = ({ key, row }: { key: ArrayLike<number>; row: ArrayLike<number> }) => ({
  keys: orderedSum(key),
  rows: orderedSum(row),
})

function wiesel({ records }: Setting) {
  const sorted = fromColumns(input(records)).orderBy('key')
  return single(() => sorted.toColumns(), digest)
}

function keyAlone({ records }: Setting) {
  const { key } = input(records)
  return single(
    () => key.slice().sort(),
    sorted => ({ keys: orderedSum(sorted) }),
  )
}

async function duckDb({ records }: Setting) {
  const db = await DuckDb.start()
  await db.load('data', input(records))
  return single(
    () => db.run('SELECT key, row FROM data ORDER BY key'),
    async result => {
      const [key, row] = (await result.getColumnsJS()) as [number[], number[]]
      return digest({ key, row })
    },
  )
}

async function arquero({ records }: Setting) {
  const { table } = await loadArquero()
  const data = table(input(records))
  return single(
    () => data.orderby('key').reify(),
    result => digest({ key: result.array('key'), row: result.array('row') }),
  )
}
