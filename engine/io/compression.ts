/** gzip and Brotli, chosen by the ending of a file's name. */
import { InputOutputError } from '../errors.js'

/** How a file is compressed. */
export type Compression = 'gzip' | 'brotli' | 'none'

/** `.gz` is gzip, `.br` is Brotli, anything else is not compressed. */
export function compressionOf(name: string): Compression {
  if (/\.gz$/i.test(name)) return 'gzip'
  if (/\.br$/i.test(name)) return 'brotli'
  return 'none'
}

/** The name without `.gz` or `.br`; what is left says the format. */
export function withoutCompression(name: string): string {
  return name.replace(/\.(gz|br)$/i, '')
}

/** Bytes that a decompressor gives at once. */
const CHUNK = 512 * 1024

/**
 * Undoes the compression that the ending of `name` says.
 *
 * Uses Node's zlib, and `DecompressionStream` elsewhere; that one has no Brotli.
 *
 * @throws {InputOutputError} If the bytes are damaged or end too early.
 */
export async function* decompress(
  name: string,
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  operation: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const compression = compressionOf(name)
  if (compression === 'none') {
    yield* chunks
    return
  }
  // What the source of the bytes itself threw is passed on as it is.
  let failure: unknown
  const watched = watch(chunks, error => {
    failure = error
  })
  const output = isNode() ? unzipInNode(watched, compression) : unzipOnWeb(watched, compression)
  try {
    yield* output
  } catch (error) {
    if (failure !== undefined) throw failure
    const reason = error instanceof Error ? error.message : String(error)
    throw new InputOutputError(
      `${operation}: ${name} cannot be decompressed: ${reason}. The file is damaged, cut off, or not ${compression}.`,
      { cause: error },
    )
  }
}

async function* watch(
  chunks: AsyncIterable<Uint8Array>,
  failed: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunks
  } catch (error) {
    failed(error)
    throw error
  }
}

function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined
}

async function* unzipInNode(
  chunks: AsyncIterable<Uint8Array>,
  compression: Compression,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { createBrotliDecompress, createGunzip } = await import('node:zlib')
  const { pipeline, Readable } = await import('node:stream')
  const unzip =
    compression === 'gzip'
      ? createGunzip({ chunkSize: CHUNK })
      : createBrotliDecompress({ chunkSize: CHUNK })
  // An error of either side destroys `unzip` with it, and so comes out of the loop below.
  pipeline(Readable.from(chunks, { objectMode: true, highWaterMark: 1 }), unzip, () => undefined)
  for await (const chunk of unzip) yield chunk as Uint8Array
}

async function* unzipOnWeb(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  compression: Compression,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (compression === 'brotli') throw new Error('Brotli is not available in browsers')
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const next = await chunks.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>)
    },
    async cancel() {
      await chunks.return()
    },
  })
  const reader = source.pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
