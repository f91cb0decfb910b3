import type { RunOptions } from '../../engine/index.js'

/** How a file of a graph is written. */
export interface GraphFileOptions extends Pick<RunOptions, 'signal'> {
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
}

/** The names of `GraphFileOptions`. */
export const GRAPH_FILE_OPTIONS = ['overwrite', 'signal']
