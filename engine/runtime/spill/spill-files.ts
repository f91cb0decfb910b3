/** Spill files on a disk, for Node; see `spill-format.ts` for what they contain. */
import type { FileHandle } from 'node:fs/promises'
import { InputOutputError, MemoryError } from '../../errors.js'
import type { RecordBatch } from '../../types/batch.js'
import type { SpillDirectory, SpillFile } from './spill.js'
import {
  type BatchHeader,
  decodeBatch,
  encodeBatch,
  firstDictionaries,
  type Serializer,
} from './spill-format.js'
import { writeAll } from './write-all.js'

/**
 * A place for spilled data: a fresh folder `wiesel-...`, made when the first file is.
 *
 * Where the system allows it, files have no name from the moment they are open, so that nothing
 * is left behind even when the process is killed. In browsers, `create` throws `MemoryError`.
 *
 * @param directory The folder to make it in. Default: the system's folder for temporary files.
 */
export function createSpillDirectory(directory?: string): SpillDirectory {
  const inNode = typeof process === 'object' && process.versions?.node !== undefined
  return inNode ? new DiskDirectory(directory) : noSpill
}

/** For environments without a file system. */
export const noSpill: SpillDirectory = {
  async create() {
    throw new MemoryError(
      'memory: the data do not fit into the memory budget, and there is no disk here to spill to. Give the environment more memory.',
    )
  },
  async close() {},
}

interface Place {
  readonly path: string
  readonly open: (path: string, flags: string) => Promise<FileHandle>
  readonly unlink: (path: string) => Promise<void>
  readonly remove: () => Promise<void>
  readonly serializer: Serializer
}

class DiskDirectory implements SpillDirectory {
  readonly #parent: string | undefined
  #place: Promise<Place> | undefined
  readonly #files = new Set<DiskFile>()
  #number = 0

  constructor(parent: string | undefined) {
    this.#parent = parent
  }

  async create(): Promise<SpillFile> {
    this.#place ??= makePlace(this.#parent)
    const place = await this.#place
    const file = new DiskFile(place, `${place.path}/${this.#number++}`, this.#files)
    this.#files.add(file)
    return file
  }

  async close(): Promise<void> {
    const place = await this.#place?.catch(() => undefined)
    this.#place = undefined
    await Promise.all([...this.#files].map(file => file.delete()))
    await place?.remove()
  }
}

async function makePlace(parent: string | undefined): Promise<Place> {
  const [files, { rmSync }, { tmpdir }, { join }, v8] = await Promise.all([
    import('node:fs/promises'),
    import('node:fs'),
    import('node:os'),
    import('node:path'),
    import('node:v8'),
  ])
  const folder = parent ?? tmpdir()
  let path: string
  try {
    await files.mkdir(folder, { recursive: true })
    path = await files.mkdtemp(join(folder, 'wiesel-'))
  } catch (cause) {
    throw new InputOutputError(
      `spill: cannot make a folder for temporary files in ${folder}: ${reason(cause)}. Set the environment's tempDirectory to a folder that can be written.`,
      { cause },
    )
  }
  const options = { recursive: true, force: true }
  const onExit = () => rmSync(path, options)
  process.once('exit', onExit)
  return {
    path,
    open: files.open,
    unlink: files.unlink,
    remove: async () => {
      process.off('exit', onExit)
      await files.rm(path, options)
    },
    serializer: v8,
  }
}

class DiskFile implements SpillFile {
  bytes = 0
  rows = 0
  readonly #place: Place
  readonly #path: string
  readonly #siblings: Set<DiskFile>
  readonly #batches: { readonly header: BatchHeader; readonly position: number }[] = []
  #keepsDictionary = firstDictionaries()
  #handle: Promise<FileHandle> | undefined

  constructor(place: Place, path: string, siblings: Set<DiskFile>) {
    this.#place = place
    this.#path = path
    this.#siblings = siblings
  }

  async write(batch: RecordBatch): Promise<void> {
    const { header, parts } = encodeBatch(batch, this.#keepsDictionary, this.#place.serializer)
    const position = this.bytes
    this.bytes += header.bytes
    this.rows += batch.length
    this.#batches.push({ header, position })
    try {
      this.#handle ??= this.#open()
      const handle = await this.#handle
      const filled = parts.filter(part => part.byteLength > 0)
      if (filled.length > 0) await writeAll(handle, filled, position)
    } catch (cause) {
      throw this.#writeError(cause)
    }
  }

  async *read(): AsyncGenerator<RecordBatch, void, undefined> {
    for (const { header, position } of this.#batches) {
      const bytes = new Uint8Array(header.bytes)
      if (header.bytes > 0) {
        const handle = await this.#handle!
        let read = 0
        while (read < header.bytes) {
          const { bytesRead } = await handle.read(bytes, read, header.bytes - read, position + read)
          if (bytesRead === 0) {
            throw new InputOutputError(
              `spill: ${this.#path} ends at byte ${position + read} of ${this.bytes}; something else changed it.`,
            )
          }
          read += bytesRead
        }
      }
      yield decodeBatch(header, bytes, this.#place.serializer)
    }
  }

  async delete(): Promise<void> {
    if (!this.#siblings.delete(this)) return
    this.#batches.length = 0
    this.#keepsDictionary = firstDictionaries()
    const handle = await this.#handle?.catch(() => undefined)
    await handle?.close()
    await this.#place.unlink(this.#path).catch(() => {})
  }

  async #open(): Promise<FileHandle> {
    const handle = await this.#place.open(this.#path, 'wx+')
    // An open file needs no name; where that is not so, `delete` removes it.
    await this.#place.unlink(this.#path).catch(() => {})
    return handle
  }

  #writeError(cause: unknown): InputOutputError {
    let bytes = 0
    for (const file of this.#siblings) bytes += file.bytes
    return writeError(cause, bytes, this.#place.path)
  }
}

/**
 * The error for a spill file that could not be written.
 *
 * @param bytes Spilled so far, in all files of the folder `path`.
 */
export function writeError(cause: unknown, bytes: number, path: string): InputOutputError {
  const { code } = cause as NodeJS.ErrnoException
  const full = code === 'ENOSPC' || code === 'EDQUOT'
  return new InputOutputError(
    full
      ? `spill: the disk is full after about ${Math.ceil(bytes / 2 ** 20)} MiB of temporary files in ${path}. Free some space, set the environment's tempDirectory to a larger disk, or give it more memory.`
      : `spill: cannot write temporary files in ${path}: ${reason(cause)}. Set the environment's tempDirectory to a folder that can be written.`,
    { cause },
  )
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
