import { type Cell, cell } from '../answer.js'
import { loadRival } from './rival.js'

/** The part of `@duckdb/node-api` that is used here. */
interface DuckDbModule {
  readonly DuckDBInstance: {
    create(
      path: string,
      options: Record<string, string>,
    ): Promise<{ connect(): Promise<Connection> }>
  }
  readonly DuckDBDataChunk: {
    create(
      types: readonly unknown[],
      rows: number,
    ): {
      setColumns(columns: readonly (readonly unknown[])[]): void
    }
  }
  readonly INTEGER: unknown
  readonly DOUBLE: unknown
}

interface Connection {
  run(sql: string): Promise<DuckDbResult>
  createAppender(
    table: string,
  ): Promise<{ appendDataChunk(chunk: unknown): void; closeSync(): void }>
}

/** A result that lies in DuckDB's memory. */
export interface DuckDbResult {
  getRowsJS(): Promise<unknown[][]>
  getColumnsJS(): Promise<unknown[][]>
}

/** Rows that fit into one chunk. */
const CHUNK = 2048

/** An empty DuckDB in memory that works with one thread. */
export class DuckDb {
  readonly #module: DuckDbModule
  readonly #connection: Connection

  private constructor(module: DuckDbModule, connection: Connection) {
    this.#module = module
    this.#connection = connection
  }

  static async start(): Promise<DuckDb> {
    const module = await loadRival<DuckDbModule>('@duckdb/node-api')
    const instance = await module.DuckDBInstance.create(':memory:', { threads: '1' })
    return new DuckDb(module, await instance.connect())
  }

  /** Runs a statement; its result stays on DuckDB's side, whole. */
  run(sql: string): Promise<DuckDbResult> {
    return this.#connection.run(sql)
  }

  /** The rows of a query. */
  async rows(sql: string): Promise<Cell[][]> {
    return cells(await this.run(sql))
  }

  /** Makes a table of numbers. */
  async load(table: string, columns: Record<string, Int32Array | Float64Array>): Promise<void> {
    const arrays = Object.values(columns)
    const integral = arrays.map(array => array instanceof Int32Array)
    const fields = Object.keys(columns).map(
      (name, k) => `${name} ${integral[k] ? 'INTEGER' : 'DOUBLE'}`,
    )
    await this.run(`CREATE TABLE ${table} (${fields.join(', ')})`)
    const { INTEGER, DOUBLE, DuckDBDataChunk } = this.#module
    const types = integral.map(whole => (whole ? INTEGER : DOUBLE))
    const appender = await this.#connection.createAppender(table)
    const rows = arrays[0]?.length ?? 0
    for (let from = 0; from < rows; from += CHUNK) {
      const to = Math.min(rows, from + CHUNK)
      const chunk = DuckDBDataChunk.create(types, to - from)
      chunk.setColumns(arrays.map(array => Array.from(array.subarray(from, to))))
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
  }
}

/** The rows of a result. */
export async function cells(result: DuckDbResult): Promise<Cell[][]> {
  return (await result.getRowsJS()).map(row => row.map(cell))
}
