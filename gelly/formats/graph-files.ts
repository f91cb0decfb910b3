import { ArgumentError } from '../../engine/index.js'

/** Where vertices and edges lie; the ending of each path says its format. */
export interface GraphFiles {
  /** Without it the ends of edges are the vertices. */
  readonly vertices?: string
  readonly edges: string
}

/** The formats of files of vertices and edges. */
export type GraphFormat = 'arrow' | 'parquet' | 'csv' | 'tsv'

/** All of them, in the order in which a folder is searched. */
export const GRAPH_FORMATS: readonly GraphFormat[] = ['arrow', 'parquet', 'csv', 'tsv']

/** @throws {ArgumentError} If the ending of the path is of no format. */
export function formatOf(path: string, operation: string): GraphFormat {
  const [, ending = ''] = /\.([a-z]+)(?:\.(?:gz|br))?$/i.exec(path) ?? []
  const format = GRAPH_FORMATS.find(known => known === ending.toLowerCase())
  if (format !== undefined) return format
  throw new ArgumentError(
    `${operation}: the name "${path}" must end with .${GRAPH_FORMATS.join(', .')}.`,
  )
}
