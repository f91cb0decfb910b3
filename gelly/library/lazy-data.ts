import { type Column, RecordBatch } from '../../engine/extend.js'
import type { DataSet, DataType, Field, Source } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'

/** By field: its type, for values that may be missing with `nullable`, or `'id'` for ids of vertices. */
export type LazyFields = Readonly<
  Record<string, 'id' | DataType | { readonly type: DataType; readonly nullable: true }>
>

/** The columns of some records, in the order of the fields; ids as positions. */
export type LazyColumns = readonly (Column | Int32Array)[]

/**
 * A data set whose records are made while they are read, piece by piece, anew by each job.
 *
 * @param label As `explain()` shows it.
 * @param pieces The records; stops early when the signal is aborted.
 */
export function lazyData<T>(
  { environment, ids }: Pick<LoadedGraph<VertexId, unknown, unknown>, 'environment' | 'ids'>,
  label: string,
  given: LazyFields,
  pieces: (signal: AbortSignal | undefined) => AsyncIterable<LazyColumns>,
): DataSet<T> {
  const { column } = ids
  const names = Object.keys(given)
  const fields = Object.entries(given).map(([name, field]): Field => {
    if (field === 'id') return { name, type: column.type, nullable: false }
    return 'type' in field ? { name, ...field } : { name, type: field, nullable: false }
  })
  const source: Source = {
    label,
    facts: async () => ({ shape: 'object', fields }),
    async *read({ signal }) {
      for await (const piece of pieces(signal)) {
        const columns = piece.map(each => (each instanceof Int32Array ? column.take(each) : each))
        yield new RecordBatch('object', names, columns, columns[0]!.length)
      }
    },
  }
  return environment.read<T>(source)
}
