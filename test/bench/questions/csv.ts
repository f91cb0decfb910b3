/**
 * A CSV file of about 110 MB, types found out from the data, read into columns in memory: whole
 * numbers, decimals, missing values, dates, short repeating and long quoted texts.
 *
 * Rivals: papaparse (its `dynamicTyping`, the whole text at once, records as objects) and DuckDB
 * with one thread (`read_csv` into a table). Run: `npm run bench -- csv`.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { count, max, readCsv, sum } from '../../../engine/index.js'
import { Random } from '../../../engine/types/random.js'
import { type Benchmark, type Setting, single } from '../benchmark.js'
import { vocabulary, writeLines, zipf } from '../data.js'
import { DuckDb } from '../rivals/duckdb.js'
import { papaparse as loadPapaParse } from '../rivals/papaparse.js'

export const csv: Benchmark = {
  name: 'csv',
  question: 'a CSV file into columns in memory, types found out',
  records: 1_500_000,
  contenders: { wiesel, DuckDB: duckDb, papaparse },
  input: write,
}

const fileIn = (folder: string) => path.join(folder, 'orders.csv')

function write({ records, folder }: Setting): number {
  return writeLines(fileIn(folder), lines(records))
}

function* lines(records: number): Generator<string> {
  const random = new Random(1)
  const words = vocabulary(5000, 2)
  const word = zipf(words.length, random)
  yield 'id,day,amount,items,city,note'
  for (let id = 1; id <= records; id++) {
    const day = new Date(Date.UTC(2020, 0, 1 + random.int(2000))).toISOString().slice(0, 10)
    const amount = (random.int(1_000_000) / 100).toFixed(2)
    const items = random.next() < 0.05 ? '' : random.int(50)
    const [city, a, b, c, d] = [word() % 300, word(), word(), word(), word()].map(k => words[k]!)
    const plain = `${a} ${b} ${c} ${d}`
    const note = id % 10 === 0 ? `"${a}, ""${b}"" ${c}"` : id % 3 === 0 ? `"${plain}, ${a}"` : plain
    yield `${id},${day},${amount},${items},${city},${note}`
  }
}

interface Order {
  readonly id: number
  readonly day: Date
  readonly amount: number
  readonly items: number | null
  readonly note: string
}

function wiesel({ folder }: Setting) {
  return single(
    async () => {
      const data = readCsv<Order>(fileIn(folder)).cache()
      await data.count()
      return data
    },
    async data => {
      const [answer] = await data
        .aggregate({
          records: count(),
          ids: sum('id'),
          amount: sum('amount'),
          items: sum('items'),
          missing: count('items'),
          letters: sum((o: Order) => o.note.length),
          last: max('note'),
          day: max((o: Order) => o.day.getTime()),
        })
        .collect()
      return answer!
    },
  )
}

async function duckDb({ folder }: Setting) {
  const db = await DuckDb.start()
  return single(
    () => db.run(`CREATE OR REPLACE TABLE orders AS FROM read_csv('${fileIn(folder)}')`),
    async () => {
      const [row] = await db.rows(
        `SELECT count(*), sum(id), sum(amount), sum(items), count(items), sum(length(note)),
           max(note), epoch_ms(max(day)::TIMESTAMP) FROM orders`,
      )
      const names = ['records', 'ids', 'amount', 'items', 'missing', 'letters', 'last', 'day']
      return Object.fromEntries(names.map((name, k) => [name, row![k]!]))
    },
  )
}

async function papaparse({ folder }: Setting) {
  const { parse } = await loadPapaParse()
  const options = { header: true, dynamicTyping: true, skipEmptyLines: true }
  return single(
    () => parse<Order>(readFileSync(fileIn(folder), 'utf8'), options).data,
    orders => ({
      records: orders.length,
      ids: orders.reduce((sum, o) => sum + o.id, 0),
      amount: orders.reduce((sum, o) => sum + o.amount, 0),
      items: orders.reduce((sum, o) => sum + (o.items ?? 0), 0),
      missing: orders.filter(o => o.items !== null).length,
      letters: orders.reduce((sum, o) => sum + o.note.length, 0),
    }),
  )
}
