import { openOutput } from './atomic-file.js'

/** How a whole file is written. */
export interface WholeFileOptions {
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
  /** Stops writing when aborted; nothing is left behind. */
  readonly signal?: AbortSignal
}

/**
 * Writes a file that appears whole or not at all.
 *
 * @param operation Named in errors.
 * @throws {InputOutputError} If the file exists and may not be replaced, or the disk refuses.
 */
export async function writeWhole(
  path: string | URL,
  pieces: Iterable<string>,
  operation: string,
  { overwrite, signal }: WholeFileOptions,
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
