import { PlanError } from '../../errors.js'
import type { Serializer } from '../spill/spill-format.js'

/** What checkpoints need of Node. */
export interface NodeModules {
  readonly files: typeof import('node:fs/promises')
  readonly join: (...parts: string[]) => string
  readonly v8: Serializer
  /** Goes on from `before`, the checksum of the bytes before. */
  readonly crc32: (bytes: Uint8Array, before: number) => number
}

/**
 * Loads the modules.
 *
 * @param operation The loop's name.
 * @throws {PlanError} Where there is no file system.
 */
export async function loadNodeModules(operation: string): Promise<NodeModules> {
  if (typeof process !== 'object' || process.versions?.node === undefined) {
    throw new PlanError(
      `${operation}: checkpoints need a file system, and there is none here. Leave checkpoint out, or run the program in Node.`,
    )
  }
  const [files, { join }, v8, { crc32 }] = await Promise.all([
    import('node:fs/promises'),
    import('node:path'),
    import('node:v8'),
    import('node:zlib'),
  ])
  return { files, join, v8, crc32 }
}
