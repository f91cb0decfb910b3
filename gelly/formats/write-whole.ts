import { openOutput } from '../../engine/extend.js'
import type { RunOptions } from '../../engine/index.js'

/** How a file of a graph is written. */
export interface GraphFileOptions extends Pick<RunOptions, 'signal'> {
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
}

/** The names of `GraphFileOptions`. */
export const GRAPH_FILE_OPTIONS = ['overwrite', 'signal']

/** Writes a file that appears whole or not at all. */
export async function writeWhole(
  path: string | URL,
  pieces: Iterable<string>,
  operation: string,
  { overwrite, signal }: GraphFileOptions,
): Promise<void> {
  const output = await openOutput(path, { operation, overwrite })
  try {
    for (const piece of pieces) {
      signal?.throwIfAborted()
      await output.write(piece)
    }
  } catch (error) {
    await output.abort()
    throw error
  }
  await output.commit()
}
