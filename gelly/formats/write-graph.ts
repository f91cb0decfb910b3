import {
  type Column,
  ColumnWriter,
  columnsSource,
  knownOptions,
  oneOf,
  shown,
} from '../../engine/extend.js'
import {
  ArgumentError,
  type DataSet,
  type DataSink,
  execute,
  SchemaError,
} from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'
import type { GraphFileOptions } from './graph-file-options.js'
import { formatOf, GRAPH_FORMATS, type GraphFiles, type GraphFormat } from './graph-files.js'
import { attributesOf } from './to-graphology.js'

/** Options of `writeGraph`. */
export interface GraphWriteOptions extends GraphFileOptions {
  /** What a folder gets; names of files say it themselves. Default `arrow`. */
  readonly format?: GraphFormat
}

const OPERATION = 'writeGraph'

/**
 * Writes the vertices and edges of a graph: to a folder, which gets `vertices` and `edges` files of
 * one format, or to files by their names. `readGraph` reads both.
 *
 * Vertices have the column `id`, edges `source` and `target`. Values that are records get a column
 * for each of their fields, others the column `value`; without values there is none.
 *
 * @param to A folder; or paths that end with `.arrow`, `.parquet`, `.csv` or `.tsv`, the last two
 * perhaps followed by `.gz`. Without `vertices` only the edges are written.
 * @throws {ArgumentError} If an ending or option is not known.
 * @throws {InputOutputError} If a file exists and may not be replaced, or the disk refuses.
 * @throws {SchemaError} If a field of a value has the name of a column of ids.
 *
 * Cost: O(vertices + edges), written batch by batch.
 * @example
 * await writeGraph(starGraph({ vertexCount: 4 }), 'star')
 * await writeGraph(starGraph({ vertexCount: 4 }), { edges: 'star.csv' })
 * await readCsv('star.csv').first(1) // [{ source: 0, target: 1 }]
 */
export async function writeGraph<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  to: string | GraphFiles,
  options: GraphWriteOptions = {},
): Promise<void> {
  knownOptions(options, ['format', 'overwrite', 'signal'], OPERATION)
  const { format = 'arrow', overwrite = false, signal } = options
  oneOf(format, GRAPH_FORMATS, OPERATION, 'format')
  const files = filesFrom(to, format)
  const run = signal === undefined ? {} : { signal }
  const loaded = await graph.load(run)
  const sinks = [sink(edgeRecords(loaded), files.edges, overwrite)]
  if (files.vertices !== undefined) {
    sinks.push(sink(vertexRecords(loaded), files.vertices, overwrite))
  }
  await execute(sinks, run)
}

function filesFrom(to: string | GraphFiles, format: GraphFormat): GraphFiles {
  if (typeof to === 'string' && to !== '') {
    const folder = to.replace(/[/\\]$/, '')
    return { vertices: `${folder}/vertices.${format}`, edges: `${folder}/edges.${format}` }
  }
  if (typeof to !== 'object' || to === null || typeof to.edges !== 'string') {
    throw new ArgumentError(
      `${OPERATION}: give a folder or { vertices: 'v.csv', edges: 'e.csv' }; got ${shown(to)}.`,
    )
  }
  knownOptions(to, ['vertices', 'edges'], OPERATION)
  return to
}

/** A data set of whatever records. */
type Records = Pick<DataSet<unknown>, 'writeArrow' | 'writeParquet' | 'writeCsv'>

function sink(records: Records, path: string, overwrite: boolean): DataSink {
  switch (formatOf(path, OPERATION)) {
    case 'arrow':
      return records.writeArrow(path, { overwrite })
    case 'parquet':
      return records.writeParquet(path, { overwrite })
    default:
      return records.writeCsv(path, { overwrite })
  }
}

function vertexRecords<K extends VertexId, VV, EV>(loaded: LoadedGraph<K, VV, EV>): Records {
  const fields = fieldsOf(loaded.vertexValues, ['id'])
  return loaded.vertexData(fields)
}

function edgeRecords<K extends VertexId, VV, EV>(loaded: LoadedGraph<K, VV, EV>): Records {
  const { edges, edgeValues } = loaded
  const fields = fieldsOf(edgeValues, ['source', 'target'])
  if (Object.keys(fields).length === 0) return edges.select('source', 'target')
  if ('value' in fields && fields.value === edgeValues) return edges
  const { sources, targets } = loaded.topology
  const columns = {
    source: loaded.ids.column.take(sources),
    target: loaded.ids.column.take(targets),
    ...fields,
  }
  return loaded.environment.read(columnsSource(columns, OPERATION))
}

/** The columns that hold values: by field where all are records, else one. */
function fieldsOf(values: Column | null, ids: readonly string[]): Record<string, Column> {
  if (values === null) return {}
  if (values.layout !== 'any') return { value: values }
  const writers = new Map<string, ColumnWriter>()
  for (let row = 0; row < values.length; row++) {
    for (const [name, field] of Object.entries(attributesOf(values.get(row)))) {
      let writer = writers.get(name)
      if (writer === undefined) {
        writer = new ColumnWriter(values.length, name)
        for (let earlier = 0; earlier < row; earlier++) writer.set(earlier, null)
        writers.set(name, writer)
      }
      writer.set(row, field ?? null)
    }
    for (const [name, writer] of writers) {
      if (!(name in attributesOf(values.get(row)))) writer.set(row, null)
    }
  }
  const clash = ids.find(name => writers.has(name))
  if (clash !== undefined) {
    throw new SchemaError(
      `${OPERATION}: a field of the values has the name "${clash}", which the column of ids has. Give it another name first, with a map.`,
    )
  }
  return Object.fromEntries(
    Array.from(writers, ([name, writer]) => [name, writer.finish(values.length)]),
  )
}
