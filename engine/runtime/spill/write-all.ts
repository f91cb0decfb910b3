import type { FileHandle } from 'node:fs/promises'

/**
 * Writes all parts one after the other from `position` on; `writev` may stop short, and the system
 * takes at most 1024 at a time.
 */
export async function writeAll(
  handle: FileHandle,
  parts: readonly Uint8Array[],
  position: number,
): Promise<void> {
  for (let k = 0; k < parts.length; k += 1024) {
    const some = parts.slice(k, k + 1024)
    const wanted = some.reduce((sum, part) => sum + part.byteLength, 0)
    const { bytesWritten } = await handle.writev(some, position)
    if (bytesWritten < wanted) {
      const rest = Buffer.concat(some).subarray(bytesWritten)
      let written = 0
      while (written < rest.byteLength) {
        const more = await handle.write(
          rest,
          written,
          rest.byteLength - written,
          position + bytesWritten + written,
        )
        written += more.bytesWritten
      }
    }
    position += wanted
  }
}
