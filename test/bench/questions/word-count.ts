/**
 * The most frequent words of about 100 MB of text: lines, words, counts, an order.
 *
 * Rivals: DuckDB with one thread (`string_split` and `unnest` over the same file) and a loop by
 * hand with `split` and a `Map` over the whole text. Run: `npm run bench -- word-count`.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readText } from '../../../engine/index.js'
import { Random } from '../../../engine/types/random.js'
import { rows } from '../answer.js'
import { type Benchmark, type Setting, single } from '../benchmark.js'
import { vocabulary, writeLines, zipf } from '../data.js'
import { DuckDb } from '../rivals/duckdb.js'

export const wordCount: Benchmark = {
  name: 'word-count',
  question: 'the 20 most frequent words of a text file',
  records: 23_000_000,
  contenders: { wiesel, DuckDB: duckDb, 'by hand': byHand },
  input: write,
}

const fileIn = (folder: string) => path.join(folder, 'words.txt')

function write({ records, folder }: Setting): number {
  return writeLines(fileIn(folder), lines(records))
}

/** Lines of twelve words each. */
function* lines(records: number): Generator<string> {
  const random = new Random(1)
  const words = vocabulary(100_000, 2).sort((a, b) => a.length - b.length)
  const word = zipf(words.length, random)
  for (let k = 0; k < records; k += 12) {
    let line = words[word()]!
    for (let more = Math.min(12, records - k); more > 1; more--) line += ` ${words[word()]}`
    yield line
  }
}

function wiesel({ folder }: Setting) {
  const top = readText(fileIn(folder))
    .flatMap(line => line.split(' '))
    .filter(word => word !== '')
    .map(word => ({ word }))
    .groupBy('word')
    .count()
    .orderBy('count', 'descending')
    .thenBy('word')
    .first(20)
  return single(
    () => top.collect(),
    records => ({ top: rows(records) }),
  )
}

async function duckDb({ folder }: Setting) {
  const db = await DuckDb.start()
  const lines = `read_csv('${fileIn(folder)}', columns = {line: 'VARCHAR'}, header = false,
    delim = '\\x01', quote = '', escape = '')`
  const query = `SELECT word, count(*) AS n FROM (SELECT unnest(string_split(line, ' ')) AS word
    FROM ${lines}) WHERE word <> '' GROUP BY word ORDER BY n DESC, word LIMIT 20`
  return single(
    () => db.rows(query),
    top => ({ top }),
  )
}

function byHand({ folder }: Setting) {
  return single(
    () => {
      const counts = new Map<string, number>()
      for (const line of readFileSync(fileIn(folder), 'utf8').split('\n')) {
        for (const word of line.split(' ')) {
          if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1)
        }
      }
      return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 20)
    },
    top => ({ top }),
  )
}
