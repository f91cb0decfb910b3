import { checkFileSystem } from '../../optimizer/loop-fingerprints.js'
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
  checkFileSystem(operation)
  const [files, { join }, v8, { crc32 }] = await Promise.all([
    import('node:fs/promises'),
    import('node:path'),
    import('node:v8'),
    import('node:zlib'),
  ])
  return { files, join, v8, crc32 }
}
