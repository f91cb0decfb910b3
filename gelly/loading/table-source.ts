import { BATCH_SIZE, type Column, missingColumn } from '../../engine/extend.js'
import { type ReadRequest, RecordBatch, type Source } from '../../engine/index.js'

/** Columns that are made when they are asked for; `null` where all values are missing. */
export interface Table {
  readonly length: number
  readonly columns: Readonly<Record<string, () => Column | null>>
}

/**
 * A source of records that lie in columns, or will when `open` has made them.
 *
 * @param open Called at each reading; gives the same table each time.
 */
export function tableSource(label: string, open: (request: ReadRequest) => Promise<Table>): Source {
  let opened: Table | undefined
  const made = new Map<string, Column | null>()
  const column = (table: Table, name: string) => {
    if (!made.has(name)) made.set(name, table.columns[name]!())
    return made.get(name)!
  }
  return {
    label,
    facts: async () => (opened === undefined ? {} : { rows: opened.length, exact: true }),
    async *read(request) {
      const table = await open(request)
      opened = table
      const { fields = Object.keys(table.columns), signal } = request
      const names = Object.keys(table.columns).filter(name => fields.includes(name))
      const columns = names.map(name => column(table, name))
      for (let start = 0; start < table.length; start += BATCH_SIZE) {
        signal?.throwIfAborted()
        const end = Math.min(start + BATCH_SIZE, table.length)
        const parts = columns.map(each => each?.slice(start, end) ?? missingColumn(end - start))
        yield new RecordBatch('object', names, parts, end - start)
      }
    },
    stable: true,
  }
}
