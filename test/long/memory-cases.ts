/** Jobs over more records than their memory holds, and digests of their results. */
import { count, type DataSet, type ExecutionEnvironment, sum } from '../../engine/index.js'
import type { JobResult } from '../../engine/runtime/job/job-result.js'
import type { RecordBatch } from '../../engine/types/batch.js'

/** What a result is compared by; the records themselves are not kept. */
export interface Digest {
  readonly rows: number
  /** The sum of all fields over all records. */
  readonly total: number
  /** A hash over all records, the same in any order. */
  readonly hash: number
  /** Records at regular distances, for results that have an order. */
  readonly samples: readonly (readonly number[])[]
}

interface Row {
  readonly key: number
  readonly value: number
}

/** A case makes a data set of `rows` records; `ordered` results come by ascending `key`. */
export interface MemoryCase {
  readonly ordered: boolean
  readonly make: (env: ExecutionEnvironment, rows: number) => Pick<DataSet<unknown>, 'to'>
}

const rowsOf = (env: ExecutionEnvironment, rows: number, keys: number): DataSet<Row> =>
  env
    .generateSequence(1, rows)
    .map((x, { keys }) => ({ key: (x * 7_919) % keys, value: x % 97 }), { with: { keys } })

/** Grouping with few and with many keys, a join and a sort. */
export const MEMORY_CASES: Readonly<Record<string, MemoryCase>> = {
  'group by few keys': {
    ordered: false,
    make: (env, rows) =>
      rowsOf(env, rows, 1000)
        .groupBy('key')
        .aggregate({ n: count(), sum: sum('value') }),
  },
  'group by many keys': {
    ordered: false,
    make: (env, rows) =>
      rowsOf(env, rows, rows)
        .groupBy('key')
        .aggregate({ n: count(), sum: sum('value') }),
  },
  join: {
    ordered: false,
    make: (env, rows) =>
      rowsOf(env, rows, rows)
        .join(rowsOf(env, Math.floor(rows / 2), rows))
        .where('key')
        .equalTo('key')
        .with((a, b) => ({ key: a.key, left: a.value, right: b.value })),
  },
  sort: {
    ordered: true,
    make: (env, rows) => rowsOf(env, rows, rows).orderBy('key'),
  },
}

/** Runs a case, consuming its records as they come. */
export async function runMemoryCase(
  name: string,
  rows: number,
  env: ExecutionEnvironment,
  options: { readonly signal?: AbortSignal } = {},
): Promise<{ digest: Digest; job: JobResult }> {
  const chosen = MEMORY_CASES[name]
  if (chosen === undefined) {
    throw new Error(`no case "${name}"; there are ${Object.keys(MEMORY_CASES).join(', ')}`)
  }
  const { ordered, make } = chosen
  const digester = new Digester(ordered ? Math.ceil(rows / 1000) : 0)
  const job = await make(env, rows)
    .to({
      label: 'digest',
      open: async () => ({
        write: batch => digester.add(batch),
        commit: async () => {},
        abort: async () => {},
      }),
    })
    .run(options)
  return { digest: digester.digest(), job }
}

class Digester {
  /** A record in so many is a sample, and records must come by ascending key; 0 for neither. */
  readonly #every: number
  readonly #samples: number[][] = []
  #rows = 0
  #total = 0
  #hash = 0
  #last = Number.NEGATIVE_INFINITY

  constructor(every: number) {
    this.#every = every
  }

  add(batch: RecordBatch): void {
    const columns = batch.names.map(name => {
      const column = batch.find(name)!
      if (column.layout !== 'int32' && column.layout !== 'float64') {
        throw new TypeError(`field ${name} should hold numbers; it is a column of ${column.layout}`)
      }
      return column.values
    })
    for (let row = 0; row < batch.length; row++) {
      let mixed = 0
      for (const values of columns) {
        const value = values[row]!
        this.#total += value
        mixed = Math.imul(mixed ^ value, 0x9e3779b1)
        mixed ^= mixed >>> 15
      }
      this.#hash = (this.#hash + mixed) | 0
    }
    if (this.#every > 0) this.#checkOrder(columns, batch.length)
    this.#rows += batch.length
  }

  digest(): Digest {
    return { rows: this.#rows, total: this.#total, hash: this.#hash, samples: this.#samples }
  }

  #checkOrder(columns: readonly (Int32Array | Float64Array)[], length: number): void {
    const keys = columns[0]!
    for (let row = 0; row < length; row++) {
      const key = keys[row]!
      if (!(key >= this.#last)) {
        throw new Error(`record ${this.#rows + row}: key ${key} comes after ${this.#last}`)
      }
      this.#last = key
      if ((this.#rows + row) % this.#every === 0) {
        this.#samples.push(columns.map(values => values[row]!))
      }
    }
  }
}
