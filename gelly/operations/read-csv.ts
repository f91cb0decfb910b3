import { deriveField, selectFields } from '../../engine/extend.js'
import {
  type CsvReadOptions,
  type DataSet,
  defaultEnvironment,
  type ExecutionEnvironment,
  type Input,
  InputOutputError,
  SchemaError,
} from '../../engine/index.js'
import type { Edge, Vertex, VertexId } from '../elements.js'
import { isOfMixedKinds } from '../loading/id-kind.js'
import { type GraphParts, partsOf } from './create.js'

/** How a graph is read of CSV files: the options of `readCsv`, and where its parts stand. */
export interface GraphCsvOptions extends Omit<CsvReadOptions, 'columns'> {
  /** The column with the source. Default `'source'`; without a header `'0'`. */
  readonly source?: string
  /** The column with the target. Default `'target'`; without a header `'1'`. */
  readonly target?: string
  /** The column with the value. Default: edges have none. */
  readonly value?: string
  /** A file of vertices, read with the same options. Default: the ends of edges are the vertices. */
  readonly vertices?: Input
  /** The column with the id in the file of vertices. Default `'id'`; without a header `'0'`. */
  readonly id?: string
  /** The column with the value in the file of vertices. Default: vertices have none. */
  readonly vertexValue?: string
  /** Where jobs run. Default: the environment behind `readCsv`. */
  readonly environment?: ExecutionEnvironment
}

/** See `Graph.readCsv`. */
export function readGraphCsv<K extends VertexId, VV, EV>(
  input: Input,
  options: GraphCsvOptions,
): GraphParts<K, VV, EV> {
  const {
    environment = defaultEnvironment(),
    source = options.header === false ? '0' : 'source',
    target = options.header === false ? '1' : 'target',
    value,
    vertices,
    vertexValue,
    id,
    ...csv
  } = options
  const operation = 'Graph.readCsv'
  const read = (file: Input, how: CsvReadOptions) =>
    environment.readCsv<Readonly<Record<string, unknown>>>(file, how)
  const ends = { source, target }
  const edges = withValue<Edge<K, EV>>(read(input, csv), ends, value, operation)
  const asNumbers = { ...csv.types, [source]: 'number', [target]: 'number' } as const
  const explained = (error: unknown) =>
    mixedIdsInLine(error, operation, read(input, { ...csv, types: asNumbers }))
  if (vertices === undefined) {
    return partsOf<K, VV, EV>(null, edges, operation, undefined, explained)
  }
  // The names in a list are those of the file of edges.
  const header = typeof csv.header === 'object' ? false : (csv.header ?? true)
  const ids = { id: id ?? (header ? 'id' : '0') }
  const data = read(vertices, { ...csv, header })
  const named = withValue<Vertex<K, VV>>(data, ids, vertexValue, operation)
  return partsOf(named, edges, operation, undefined, explained)
}

/**
 * The error that says which line has no number, where some ids are numbers and others are not: its
 * digits are text only because of others in its column.
 *
 * @param numbers The file, read with all ends as numbers.
 */
async function mixedIdsInLine(
  error: unknown,
  operation: string,
  numbers: { count(): Promise<number> },
): Promise<unknown> {
  if (!isOfMixedKinds(error)) return error
  try {
    await numbers.count()
  } catch (inLine) {
    if (inLine instanceof InputOutputError) {
      const why = inLine.message.replace(/^readCsv: /, '')
      return new SchemaError(
        `${operation}: all ids must have one type, and others are numbers; ${why}`,
        { cause: error },
      )
    }
  }
  return error
}

function withValue<T>(
  data: DataSet<Readonly<Record<string, unknown>>>,
  fields: Readonly<Record<string, string>>,
  value: string | undefined,
  operation: string,
): DataSet<T> {
  if (value !== undefined) return selectFields<T>(data, { ...fields, value }, operation)
  const named = selectFields<Readonly<Record<string, unknown>>>(data, fields, operation)
  return deriveField<T>(named, 'value', () => null, operation)
}
