import { knownOptions, shown } from '../../engine/extend.js'
import {
  ArgumentError,
  type DataSet,
  InputOutputError,
  readCsv,
  readText,
} from '../../engine/index.js'
import { Graph } from '../graph.js'
import { turned } from '../operations/map.js'

/** How a graph of LDBC Graphalytics is read. */
export interface GraphalyticsReadOptions {
  /**
   * Whether each line of the edge file is one edge, or stands for an edge each way. Default: what the
   * file `.properties` beside it says; `true` where there is none.
   */
  readonly directed?: boolean
}

const OPERATION = 'readGraphalytics'

/**
 * A graph of the LDBC Graphalytics benchmark: `NAME.v` has the id of a vertex in each line, `NAME.e` an
 * edge as two ids and, if it is weighted, a number, between spaces. Edges without a number have no
 * value. Ids above 2^53 are refused.
 *
 * @param path The path of both files without the ending, or of the edge file. Without a vertex file
 * the ends of edges are the vertices.
 * @throws {InputOutputError} When the file of edges is not there; when loaded, if a line is
 * malformed, with its number.
 * @throws {SchemaError} When loaded, if an edge ends at no vertex.
 *
 * Cost: O(vertices + edges), read piece by piece.
 * @example
 * const graph = await readGraphalytics('example-directed') // not run
 */
export async function readGraphalytics(
  path: string,
  options: GraphalyticsReadOptions = {},
): Promise<Graph<number, null, number | null>> {
  knownOptions(options, ['directed'], OPERATION)
  if (typeof path !== 'string' || path === '') {
    throw new ArgumentError(`${OPERATION}: the path must be a text; got ${shown(path)}.`)
  }
  const name = path.replace(/\.[ev]$/, '')
  const { stat } = await import('node:fs/promises')
  const isThere = (file: string) =>
    stat(file).then(
      () => true,
      () => false,
    )
  if (!(await isThere(`${name}.e`))) {
    throw new InputOutputError(`${OPERATION}: file "${name}.e" does not exist. Check the path.`)
  }
  const directed = options.directed ?? (await directedBy(`${name}.properties`, isThere))
  const edges = edgesOf(`${name}.e`, await fieldCount(`${name}.e`))
  const all = directed ? edges : edges.union(turned(edges))
  if (!(await isThere(`${name}.v`))) return Graph.from({ edges: all })
  const vertices = readCsv<{ id: number }>(`${name}.v`, {
    delimiter: ' ',
    header: ['id'],
    types: { id: 'number' },
  })
  return Graph.from({ vertices, edges: all })
}

type EdgeRecord = { source: number; target: number; value: number | null }

function edgesOf(path: string, fields: number): DataSet<EdgeRecord> {
  const options = { delimiter: ' ', trim: true } as const
  const ends = { source: 'number', target: 'number' } as const
  if (fields <= 2) {
    return readCsv<{ source: number; target: number }>(path, {
      ...options,
      header: ['source', 'target'],
      types: ends,
    }).map(({ source, target }): EdgeRecord => ({ source, target, value: null }))
  }
  return readCsv<EdgeRecord>(path, {
    ...options,
    header: ['source', 'target', 'value'],
    types: { ...ends, value: 'float64' },
  })
}

async function fieldCount(path: string): Promise<number> {
  const [line = ''] = await readText(path).first(1).collect()
  return line.trim().split(/ +/).length
}

/** What the properties say: `graph.NAME.directed = false`. */
async function directedBy(
  path: string,
  isThere: (file: string) => Promise<boolean>,
): Promise<boolean> {
  if (!(await isThere(path))) return true
  const lines = await readText(path).collect()
  return !lines.some(line => /^\s*graph\.[^=]*\.directed\s*[=:]\s*false\s*$/i.test(line))
}
