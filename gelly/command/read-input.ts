/** From what the command line names to a graph: a file by its ending, or a generator. */
import { nearestFirst } from '../../engine/extend.js'
import { type DataSet, readArrow, readCsv, readParquet } from '../../engine/index.js'
import { readGexf } from '../formats/read-gexf.js'
import { readGraph } from '../formats/read-graph.js'
import { readGraphalytics } from '../formats/read-graphalytics.js'
import { readGraphml } from '../formats/read-graphml.js'
import { readMatrixMarket } from '../formats/read-matrix-market.js'
import { Graph } from '../graph.js'
import type { AnyGraph } from './any-graph.js'
import type { Flags } from './flags.js'
import { generatorInput } from './generator-input.js'
import { UsageError } from './usage-error.js'

/** How an input is read; the same for all algorithms. */
export const INPUT_FLAGS: Flags = {
  columns: {
    kind: 'texts',
    about: 'columns of source, target and perhaps value of edges; for tables',
    value: 'A,B[,C]',
    default: 'the first two, and a third if it has numbers',
  },
  noHeader: { kind: 'switch', about: 'the first line of a csv or tsv file is an edge' },
  comments: { kind: 'text', about: 'lines of a csv or tsv file that begin so are skipped' },
  undirected: { kind: 'switch', about: 'edges go both ways; the file has each once' },
  graphSeed: { kind: 'number', about: 'seed of a generator', default: '1' },
}

/** Values of `INPUT_FLAGS`. */
export interface InputOptions {
  readonly columns?: readonly string[]
  readonly noHeader?: boolean
  readonly comments?: string
  readonly undirected?: boolean
  readonly graphSeed?: number
}

const READERS: Readonly<
  Record<string, (path: string, options: InputOptions, command: string) => Promise<unknown>>
> = {
  csv: readTable,
  tsv: readTable,
  txt: readTable,
  parquet: readTable,
  arrow: readTable,
  mtx: async path => readMatrixMarket(path),
  e: (path, { undirected }) => readGraphalytics(path, undirected ? { directed: false } : {}),
  gexf: async path => readGexf(path),
  graphml: async path => readGraphml(path),
}

/** The endings of files that can be read. */
export const ENDINGS = Object.keys(READERS)

/**
 * The graph that `input` names.
 *
 * @throws {UsageError} If neither the ending nor the generator is known.
 */
export async function readInput(
  input: string,
  options: InputOptions,
  command: string,
): Promise<AnyGraph> {
  const generated = generatorInput(input, options.graphSeed, command)
  if (generated !== undefined) return generated
  const { stat } = await import('node:fs/promises')
  const isFolder = await stat(input).then(
    status => status.isDirectory(),
    () => false,
  )
  if (isFolder) return bothWays((await readGraph(input)) as unknown as AnyGraph, options)
  const [, ending = ''] = /\.([a-z]+)(?:\.(?:gz|br))?$/i.exec(input) ?? []
  const reader = Object.hasOwn(READERS, ending.toLowerCase())
    ? READERS[ending.toLowerCase()]
    : undefined
  if (reader === undefined) {
    const list = nearestFirst(ending, ENDINGS)
      .map(known => `.${known}`)
      .join(', ')
    throw new UsageError(
      `"${input}" is neither a folder nor a generator such as rmat:16, nor does it end with ${list}`,
      command,
    )
  }
  const graph = (await reader(input, options, command)) as AnyGraph
  return ending.toLowerCase() === 'e' ? graph : bothWays(graph, options)
}

/** Each edge both ways, if asked for. */
function bothWays(graph: AnyGraph, { undirected = false }: InputOptions): AnyGraph {
  return undirected ? graph.undirected() : graph
}

async function readTable(path: string, options: InputOptions, command: string): Promise<AnyGraph> {
  const records = tableOf(path, options)
  const [first] = await records.first(1).collect()
  if (first === undefined) throw new UsageError(`${path} has no edges`, command)
  const names = Object.keys(first)
  const { columns } = options
  const wrong = columns?.find(name => !names.includes(name))
  if (wrong !== undefined) {
    const list = nearestFirst(wrong, names).join(', ')
    throw new UsageError(`${path} has no column "${wrong}"; it has ${list}`, command)
  }
  const third = names[2] !== undefined && typeof first[names[2]] === 'number' ? [names[2]] : []
  const [source, target, value] = columns ?? [...names.slice(0, 2), ...third]
  if (source === undefined || target === undefined || (columns?.length ?? 2) > 3) {
    throw new UsageError(
      `an edge needs the columns of its source and its target, and may have one of its value; got ${(columns ?? names).join(', ')}`,
      command,
    )
  }
  const fields = value === undefined ? { source, target } : { source, target, value }
  // It says in which line something is wrong.
  const csv = csvOptions(path, options)
  if (csv !== undefined)
    return Graph.readCsv(path, { ...csv, ...fields } as never) as unknown as AnyGraph
  return Graph.fromEdges(records as DataSet<never>, fields as never) as unknown as AnyGraph
}

function tableOf(path: string, options: InputOptions): DataSet<Record<string, unknown>> {
  if (/\.arrow$/i.test(path)) return readArrow(path)
  if (/\.parquet$/i.test(path)) return readParquet(path)
  return readCsv(path, csvOptions(path, options)) as DataSet<Record<string, unknown>>
}

/** How a file of text is read; `undefined` for others. */
function csvOptions(path: string, { noHeader = false, comments = '' }: InputOptions) {
  if (/\.(arrow|parquet)$/i.test(path)) return undefined
  const header = noHeader ? { header: false } : {}
  // Other programs' lists of edges are often .txt, with tabs or spaces, and notes behind #.
  const isText = /\.txt(\.gz|\.br)?$/i.test(path)
  return { ...header, comments: comments === '' && isText ? '#' : comments }
}
