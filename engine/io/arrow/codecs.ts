/** Decompression of Arrow IPC buffers: LZ4 frames and Zstandard. */
import { InputOutputError } from '../../errors.js'

let registered = false

/** Makes the codecs known to the library, which has none of its own. */
export async function registerArrowCodecs(arrow: typeof import('apache-arrow')): Promise<void> {
  if (registered) return
  const { decompressZstd } = await import('hyparquet-compressors')
  const { compressionRegistry, CompressionType } = arrow
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: decompressLz4Frame })
  compressionRegistry.set(CompressionType.ZSTD, { decode: bytes => decompressZstd(bytes) })
  registered = true
}

/**
 * Decompresses an LZ4 frame. Checksums are not checked.
 *
 * Source: "LZ4 Frame Format Description" and "LZ4 Block Format Description" of the lz4 project.
 *
 * @throws {InputOutputError} If the frame is damaged.
 */
export function decompressLz4Frame(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 7 || view.getUint32(0, true) !== 0x184d2204) {
    throw new InputOutputError('a compressed buffer is not an LZ4 frame')
  }
  const flags = bytes[4]!
  const blockChecksums = (flags & 16) !== 0
  const contentSize = (flags & 8) !== 0
  let at = 7 + (contentSize ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0)
  // Linked blocks refer to what earlier blocks gave, so all of them write to one array.
  let output = new Uint8Array(contentSize ? Number(view.getBigUint64(6, true)) : bytes.length * 4)
  let length = 0
  while (true) {
    if (at + 4 > bytes.length) throw new InputOutputError('an LZ4 frame ends too early')
    const header = view.getUint32(at, true)
    at += 4
    if (header === 0) return output.subarray(0, length)
    const size = header & 0x7fffffff
    if (at + size > bytes.length) throw new InputOutputError('an LZ4 frame ends too early')
    const block = bytes.subarray(at, at + size)
    const room = header >>> 31 ? size : MOST_IN_BLOCK
    if (!contentSize && length + room > output.length) {
      const larger = new Uint8Array(Math.max(output.length * 2, length + room))
      larger.set(output.subarray(0, length))
      output = larger
    }
    if (header >>> 31) {
      output.set(block, length)
      length += size
    } else length = decompressBlock(block, output, length)
    at += size + (blockChecksums ? 4 : 0)
  }
}

/** Bytes that a block of the largest kind gives. */
const MOST_IN_BLOCK = 4 << 20

/** Appends the content of a block to `output` from `end` on, and gives the new end. */
function decompressBlock(block: Uint8Array, output: Uint8Array, end: number): number {
  let at = 0
  while (at < block.length) {
    const token = block[at++]!
    let literals = token >> 4
    if (literals === 15) {
      let more: number
      do {
        more = block[at++] ?? 0
        literals += more
      } while (more === 255)
    }
    if (at + literals > block.length || end + literals > output.length) throw damaged()
    output.set(block.subarray(at, at + literals), end)
    at += literals
    end += literals
    if (at >= block.length) return end
    const distance = block[at]! | (block[at + 1]! << 8)
    at += 2
    let length = (token & 15) + 4
    if (length === 19) {
      let more: number
      do {
        more = block[at++] ?? 0
        length += more
      } while (more === 255)
    }
    if (distance === 0 || distance > end || end + length > output.length) throw damaged()
    // Byte by byte, because a match may overlap what it writes.
    for (const stop = end + length; end < stop; end++) output[end] = output[end - distance]!
  }
  return end
}

function damaged(): InputOutputError {
  return new InputOutputError('an LZ4 block is damaged')
}
