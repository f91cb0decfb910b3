import { knownOptions, shown } from '../../engine/extend.js'
import {
  ArgumentError,
  type CsvReadOptions,
  type DataSet,
  InputOutputError,
  readArrow,
  readCsv,
  readParquet,
} from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import { Graph } from '../graph.js'
import { formatOf, GRAPH_FORMATS, type GraphFiles } from './graph-files.js'

const OPERATION = 'readGraph'

/** A record of a file, whatever its fields are. */
type Fields = Readonly<Record<string, unknown>>

/**
 * A graph from files of vertices and edges, as `writeGraph` writes them, or another program.
 *
 * Vertices need the column `id`, edges `source` and `target`. A further column `value` is the value;
 * several others, or one of another name, become a record. Files of edges alone are enough: then the
 * ends of edges are the vertices.
 *
 * @typeParam K The ids, which the compiler cannot know.
 * @param from A folder with `edges` and perhaps `vertices` files; or paths that end with `.arrow`,
 * `.parquet`, `.csv` or `.tsv`, the last two perhaps followed by `.gz`.
 * @throws {ArgumentError} If an ending is not known, or a column is missing.
 * @throws {InputOutputError} If a file is not there or damaged.
 *
 * Cost: O(vertices + edges) when loaded. Arrow is the fastest.
 * @example
 * await writeGraph(starGraph({ vertexCount: 4 }), 'star')
 * const star = await readGraph('star')
 * await star.edges.first(1) // [{ source: 0, target: 1, value: null }]
 */
export async function readGraph<K extends VertexId = number, VV = null, EV = null>(
  from: string | GraphFiles,
): Promise<Graph<K, VV, EV>> {
  const files = await filesFrom(from)
  const edges = await elements(files.edges, ['source', 'target'])
  const vertices = files.vertices && (await elements(files.vertices, ['id']))
  const parts = vertices ? { vertices, edges } : { edges }
  return Graph.from(parts as never) as unknown as Graph<K, VV, EV>
}

async function filesFrom(from: string | GraphFiles): Promise<GraphFiles> {
  if (typeof from === 'string' && from !== '') return filesIn(from.replace(/[/\\]$/, ''))
  if (typeof from !== 'object' || from === null || typeof from.edges !== 'string') {
    throw new ArgumentError(
      `${OPERATION}: give a folder or { vertices: 'v.csv', edges: 'e.csv' }; got ${shown(from)}.`,
    )
  }
  knownOptions(from, ['vertices', 'edges'], OPERATION)
  return from
}

async function filesIn(folder: string): Promise<GraphFiles> {
  const { readdir } = await import('node:fs/promises')
  const names = await readdir(folder).catch((cause: Error) => {
    throw new InputOutputError(
      `${OPERATION}: "${folder}" is no folder that can be read: ${cause.message}.`,
      { cause },
    )
  })
  const endings = GRAPH_FORMATS.flatMap(format => [format, `${format}.gz`, `${format}.br`])
  const find = (name: string) =>
    endings.map(ending => `${name}.${ending}`).find(file => names.includes(file))
  const [edges, vertices] = [find('edges'), find('vertices')]
  if (edges === undefined) {
    throw new InputOutputError(
      `${OPERATION}: folder "${folder}" has no edges.arrow, edges.parquet, edges.csv or edges.tsv.`,
    )
  }
  const path = (file: string) => `${folder}/${file}`
  return vertices === undefined
    ? { edges: path(edges) }
    : { edges: path(edges), vertices: path(vertices) }
}

/** The records of a file, with other columns than those of ids as `value`. */
async function elements(path: string, ids: readonly string[]): Promise<DataSet<Fields>> {
  const all = await recordsOf(path, ids)
  const [first] = await all.first(1).collect()
  // Without a record nothing says which columns there are, and nothing depends on it.
  const names = first === undefined ? ids : Object.keys(first)
  const missing = ids.find(id => !names.includes(id))
  if (missing !== undefined) {
    throw new ArgumentError(
      `${OPERATION}: ${path} has no column "${missing}"; it has ${names.join(', ')}. Files with other names are read by readCsv and its kin, and Graph.fromEdges.`,
    )
  }
  const others = names.filter(name => !ids.includes(name))
  if (others.length === 0 || (others.length === 1 && others[0] === 'value')) return all
  return all.map(
    (record, { idNames, valueNames }): Fields => {
      const pick = (some: readonly string[]) =>
        Object.fromEntries(some.map(name => [name, record[name]]))
      return { ...pick(idNames), value: pick(valueNames) }
    },
    { with: { idNames: ids, valueNames: others } },
  )
}

async function recordsOf(path: string, ids: readonly string[]): Promise<DataSet<Fields>> {
  switch (formatOf(path, OPERATION)) {
    case 'arrow':
      return readArrow(path)
    case 'parquet':
      return readParquet(path)
    default:
      return readCsv(path, await headerOf(path, ids)) as DataSet<Fields>
  }
}

/** A table without records is an empty file, without names of columns. */
async function headerOf(path: string, ids: readonly string[]): Promise<CsvReadOptions> {
  const { stat } = await import('node:fs/promises')
  const size = await stat(path).then(
    status => status.size,
    () => -1,
  )
  return size === 0 ? { header: ids } : {}
}
