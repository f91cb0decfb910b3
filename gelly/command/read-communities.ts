import { type DataSet, readArrow, readCsv, readParquet } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { IdKind } from '../loading/id-kind.js'
import { UsageError } from './usage-error.js'

/** Vertices with their communities. */
export type Communities = DataSet<{ id: VertexId; community: unknown }>

const READERS: Readonly<Record<string, (path: string, options: object) => DataSet<unknown>>> = {
  csv: readCsv,
  tsv: readCsv,
  parquet: readParquet,
  arrow: readArrow,
}

/**
 * The communities in a file: its columns `id` and `community`, or the first two.
 *
 * @param kind The type of the graph's ids, where there is a graph: digits may be text.
 * @throws {UsageError} If the ending is not known, or there are fewer columns.
 */
export async function readCommunities(
  path: string,
  kind: IdKind | undefined,
  command: string,
): Promise<Communities> {
  const [, ending = ''] = /\.([a-z]+)(?:\.(?:gz|br))?$/i.exec(path) ?? []
  const known = ending.toLowerCase()
  const read = Object.hasOwn(READERS, known) ? READERS[known] : undefined
  if (read === undefined) {
    const list = Object.keys(READERS).map(each => `.${each}`)
    throw new UsageError(`"${path}" does not end with ${list.join(', ')}`, command)
  }
  const records = read(path, {}) as DataSet<Record<string, unknown>>
  const [first] = await records.first(1).collect()
  if (first === undefined) throw new UsageError(`${path} has no communities`, command)
  const names = Object.keys(first)
  const named = ['id', 'community'].every(name => names.includes(name))
  const [id, community] = named ? ['id', 'community'] : names
  if (id === undefined || community === undefined) {
    throw new UsageError(
      `${path} needs a column of vertices and one of communities; got ${names.join(', ')}`,
      command,
    )
  }
  const isText = known === 'csv' || known === 'tsv'
  const typed = kind === 'string' && isText ? read(path, { types: { [id]: 'string' } }) : records
  const chosen = (typed as DataSet<Record<string, unknown>>).selectAs({ id, community })
  return chosen as unknown as Communities
}
