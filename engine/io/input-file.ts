/** One file to read: on disk, behind a URL, or in memory. */
import { InputOutputError } from '../errors.js'
import { decompress } from './compression.js'

/** How a stream of bytes is read. */
export interface StreamOptions {
  /** Stops reading; the loop over the stream throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Called with the number of further bytes read, as stored (compressed bytes count as such). */
  readonly advance?: ((bytes: number) => void) | undefined
}

/** A file as the readers see it. */
export interface InputFile {
  /** Path, URL or given name; for errors, and its ending says how it is compressed. */
  readonly name: string
  /** Bytes as stored, or `undefined` when that is not known before reading. */
  readonly size: number | undefined
  /** The content in large pieces, decompressed when the name ends with `.gz` or `.br`. */
  stream(options?: StreamOptions): AsyncGenerator<Uint8Array, void, undefined>
  /** The bytes from `start` up to `end`, as stored. */
  slice(start: number, end: number): Promise<Uint8Array>
}

/** Bytes that one read from disk asks for. */
const CHUNK = 512 * 1024

/**
 * A file on disk.
 *
 * @param operation Named in errors.
 * @param size In bytes, as the directory says.
 */
export function localFile(path: string, size: number, operation: string): InputFile {
  return {
    name: path,
    size,
    stream: options => decompress(path, readLocal(path, operation, options), operation),
    async slice(start, end) {
      const { open } = await import('node:fs/promises')
      const handle = await open(path).catch(error => unreadable(operation, path, error))
      try {
        const bytes = new Uint8Array(Math.max(0, end - start))
        let length = 0
        while (length < bytes.length) {
          const { bytesRead } = await handle.read(
            bytes,
            length,
            bytes.length - length,
            start + length,
          )
          if (bytesRead === 0) break
          length += bytesRead
        }
        return bytes.subarray(0, length)
      } finally {
        await handle.close()
      }
    },
  }
}

/** Bytes in memory, or a `Blob` or `File` of a browser. */
export function memoryFile(content: Uint8Array | Blob, operation: string): InputFile {
  const blob = content instanceof Uint8Array ? undefined : content
  const name = blob !== undefined && 'name' in blob ? String(blob.name) : 'bytes in memory'
  const slice = async (start: number, end: number) =>
    content instanceof Uint8Array
      ? content.subarray(start, end)
      : new Uint8Array(await content.slice(start, end).arrayBuffer())
  const size = content instanceof Uint8Array ? content.length : content.size
  async function* read({ signal, advance }: StreamOptions = {}) {
    for (let start = 0; start < size; start += CHUNK) {
      signal?.throwIfAborted()
      const chunk = await slice(start, Math.min(size, start + CHUNK))
      advance?.(chunk.length)
      yield chunk
    }
  }
  return {
    name,
    size,
    slice,
    stream: options => decompress(name, read(options), operation),
  }
}

/** A file behind an `http:` or `https:` URL. */
export function remoteFile(url: string, operation: string): InputFile {
  const get = async (init: RequestInit) => {
    const response = await fetch(url, init).catch(error => {
      init.signal?.throwIfAborted()
      return unreadable(operation, url, error)
    })
    if (response.ok) return response
    throw new InputOutputError(
      `${operation}: ${url} answered ${response.status} ${response.statusText}. Check the address.`,
    )
  }
  async function* read({ signal, advance }: StreamOptions = {}) {
    const response = await get(signal ? { signal } : {})
    // The server's own compression has been undone by `fetch`.
    const plain = response.headers.has('content-encoding')
    yield* decompress(plain ? '' : new URL(url).pathname, pieces(response, advance), operation)
  }
  async function* pieces(response: Response, advance: StreamOptions['advance']) {
    const reader = response.body?.getReader()
    if (reader === undefined) return
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        advance?.(next.value.length)
        yield next.value
      }
    } finally {
      await reader.cancel().catch(() => undefined)
    }
  }
  return {
    name: url,
    size: undefined,
    stream: read,
    async slice(start, end) {
      const response = await get({ headers: { Range: `bytes=${start}-${end - 1}` } })
      const bytes = new Uint8Array(await response.arrayBuffer())
      return response.status === 206 ? bytes : bytes.subarray(start, end)
    },
  }
}

/** The whole content of a file, decompressed. */
export async function readWhole(file: InputFile, options?: StreamOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of file.stream(options)) {
    chunks.push(chunk)
    length += chunk.length
  }
  if (chunks.length === 1) return chunks[0]!
  const whole = new Uint8Array(length)
  let position = 0
  for (const chunk of chunks) {
    whole.set(chunk, position)
    position += chunk.length
  }
  return whole
}

/** Turns a progress callback that wants sums over all files into an `advance`. */
export function summing(onBytes: ((bytes: number) => void) | undefined): StreamOptions['advance'] {
  if (onBytes === undefined) return undefined
  let sum = 0
  return bytes => {
    sum += bytes
    onBytes(sum)
  }
}

/** Reads one chunk ahead, so that the disk works while the caller does. */
async function* readLocal(
  path: string,
  operation: string,
  { signal, advance }: StreamOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  signal?.throwIfAborted()
  const { open } = await import('node:fs/promises')
  const handle = await open(path).catch(error => unreadable(operation, path, error))
  const read = () => {
    const reading = handle.read(new Uint8Array(CHUNK), 0, CHUNK, null)
    reading.catch(() => undefined) // reported when it is awaited
    return reading
  }
  let next = read()
  try {
    while (true) {
      const { bytesRead, buffer } = await next.catch(error => unreadable(operation, path, error))
      if (bytesRead === 0) return
      signal?.throwIfAborted()
      next = read()
      advance?.(bytesRead)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await next.catch(() => undefined)
    await handle.close()
  }
}

function unreadable(operation: string, name: string, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error)
  throw new InputOutputError(`${operation}: cannot read ${name}: ${reason}.`, { cause: error })
}
