import { Float64Column, Int32Column, listFiles } from '../../engine/extend.js'
import { type Input, InputOutputError, type RunOptions } from '../../engine/index.js'
import type { Graph } from '../graph.js'
import { lazyGraph } from '../loading/lazy-graph.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'
import { eachLine, type TextLine } from './text-lines.js'

const OPERATION = 'readMatrixMarket'
const [PERCENT] = [37]

/**
 * A graph from a square matrix in the coordinate format of Matrix Market (`.mtx`): an edge from i to
 * j for each entry (i, j). Ids are the row numbers, from 1; all rows are vertices. The value of an
 * edge is that of its entry, a number; `pattern` matrices have none.
 *
 * A `symmetric` matrix stores one triangle: its edges are made both ways, entries on the diagonal
 * once; so are those of a `skew-symmetric` one, with the sign turned. Files may be compressed (`.gz`).
 *
 * @param input A path, URL or bytes.
 * @throws {InputOutputError} When loaded, if the file is not there or malformed, with the number of
 * the line; or the matrix is complex, dense or not square.
 *
 * Cost: O(entries), read piece by piece into flat arrays.
 * @example
 * const file = `%%MatrixMarket matrix coordinate pattern symmetric
 * 3 3 2
 * 2 1
 * 3 2`
 * const graph = readMatrixMarket(new TextEncoder().encode(file))
 * await graph.edges.select('source', 'target').first(2)
 * // [{ source: 2, target: 1 }, { source: 1, target: 2 }]
 */
export function readMatrixMarket(input: Input): Graph<number, null, number | null> {
  return lazyGraph<number, null, number | null>(OPERATION, options => read(input, options))
}

interface Header {
  readonly pattern: boolean
  readonly symmetry: 'general' | 'symmetric' | 'skew-symmetric'
}

/** What the first lines say, and the entries after them. */
interface Reading extends Header {
  readonly rowCount: number
  readonly entryCount: number
  readonly edges: EdgeWriter
  readonly values: Float64Array
}

async function read(input: Input, options: RunOptions | undefined): Promise<Shape> {
  const files = await listFiles(input, { operation: OPERATION })
  if (files.length !== 1) {
    throw new InputOutputError(`${OPERATION}: a matrix is one file; got ${files.length}.`)
  }
  const [file] = files
  let header: Header | undefined
  let reading: Reading | undefined
  let entries = 0
  const last = await eachLine(
    file!,
    OPERATION,
    line => {
      if (header === undefined) header = headerOf(line)
      else if (line.done || line.beginsWith(PERCENT)) return
      else if (reading === undefined) reading = sizeOf(line, header)
      else if (++entries > reading.entryCount) {
        throw line.error(`there are more entries than the ${reading.entryCount} announced`)
      } else addEntry(line, reading)
    },
    options?.signal,
  )
  if (reading === undefined) throw last.error('the file ends before the size of the matrix')
  if (entries < reading.entryCount) {
    throw last.error(`the file ends after ${entries} of ${reading.entryCount} entries`)
  }
  const { edges, values, rowCount, pattern } = reading
  const ids = new Int32Column(Int32Array.from({ length: rowCount }, (_, row) => row + 1))
  const shape = { ...edges.shape(), ids }
  if (pattern) return shape
  return { ...shape, edgeValues: new Float64Column(values.subarray(0, edges.edgeCount)) }
}

function headerOf(line: TextLine): Header {
  const words = line.text.toLowerCase().trim().split(/\s+/)
  const [banner, object, format, field, symmetry] = words
  if (banner !== '%%matrixmarket') {
    throw line.error('the file must begin with "%%MatrixMarket matrix coordinate ..."')
  }
  if (object !== 'matrix' || format !== 'coordinate') {
    throw line.error(`only matrices in coordinate format are graphs; got "${object} ${format}"`)
  }
  if (field !== 'pattern' && field !== 'real' && field !== 'integer' && field !== 'double') {
    throw line.error(`entries must be pattern, integer or real; got "${field}"`)
  }
  if (symmetry !== 'general' && symmetry !== 'symmetric' && symmetry !== 'skew-symmetric') {
    throw line.error(`the matrix must be general, symmetric or skew-symmetric; got "${symmetry}"`)
  }
  return { pattern: field === 'pattern', symmetry }
}

function sizeOf(line: TextLine, header: Header): Reading {
  const rowCount = line.whole('the number of rows')
  const columnCount = line.whole('the number of columns')
  const entryCount = line.whole('the number of entries')
  line.end()
  if (rowCount !== columnCount) {
    throw line.error(`the matrix must be square to be a graph; it is ${rowCount} by ${columnCount}`)
  }
  const most = header.symmetry === 'general' ? entryCount : 2 * entryCount
  const edges = new EdgeWriter(OPERATION, rowCount, most)
  const values = new Float64Array(header.pattern ? 0 : most)
  return { ...header, rowCount, entryCount, edges, values }
}

function addEntry(line: TextLine, { edges, values, pattern, symmetry, rowCount }: Reading): void {
  const row = line.whole('the row')
  const column = line.whole('the column')
  if (row < 1 || column < 1 || row > rowCount || column > rowCount) {
    throw line.error(`rows and columns are 1 to ${rowCount}; got (${row}, ${column})`)
  }
  const value = pattern ? 0 : line.real('the value')
  line.end()
  if (!pattern) values[edges.edgeCount] = value
  edges.add(row - 1, column - 1)
  if (symmetry === 'general' || row === column) return
  if (!pattern) values[edges.edgeCount] = symmetry === 'symmetric' ? value : -value
  edges.add(column - 1, row - 1)
}
