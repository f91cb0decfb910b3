/**
 * Output that appears under its real name whole or not at all: bytes go to a hidden file in the
 * same directory, which gets its name on `commit`.
 */
import type { FileHandle } from 'node:fs/promises'
import type { BrotliCompress, Gzip } from 'node:zlib'
import { InputOutputError } from '../errors.js'
import { compressionOf } from './compression.js'
import { localPath } from './files.js'

/** How a file is written. */
export interface OutputOptions {
  /** Named in errors: `writeCsv`. */
  readonly operation: string
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean | undefined
}

/** A file being written. After `write`s comes one of `commit` and `abort`. */
export interface OutputFile {
  readonly path: string
  /** Appends bytes, or text as UTF-8; wait for it before the next call. */
  write(content: Uint8Array | string): Promise<void>
  /** Makes sure that all is on disk and gives the file its name. Cleans up when that fails. */
  commit(): Promise<void>
  /** Leaves nothing behind. May be called twice, and after a failed `commit`. */
  abort(): Promise<void>
}

/**
 * Begins a file; directories above it are made. Compresses when the name ends with `.gz` or `.br`.
 *
 * @throws {InputOutputError} If the file exists and may not be replaced, here or in `commit`; or
 * if the disk refuses.
 */
export async function openOutput(
  target: string | URL,
  { operation, overwrite = false }: OutputOptions,
): Promise<OutputFile> {
  const path = await localPath(target)
  const { open, stat } = await import('node:fs/promises')
  const { basename, dirname, join } = await import('node:path')
  const existing = await stat(path).catch(() => undefined)
  if (existing?.isDirectory())
    throw new InputOutputError(`${operation}: "${path}" is a directory. Name a file in it.`)
  // The file gets its name by a rename, which would put a plain file in the place of a device.
  if (existing !== undefined && !existing.isFile()) {
    throw new InputOutputError(
      `${operation}: "${path}" is a device or a pipe, not a file. Name a file.`,
    )
  }
  if (existing !== undefined && !overwrite) throw exists(operation, path)
  const directory = dirname(path)
  const failed = failure(operation, path)
  const made = await makeDirectories(directory).catch(failed)
  const unique = `${process.pid.toString(36)}${Math.random().toString(36).slice(2, 10)}`
  const temporary = join(directory, `.${basename(path)}.${unique}.tmp`)
  const handle = await open(temporary, 'wx').catch(async error => {
    await removeEmpty(directory, made)
    return failed(error)
  })
  return new AtomicFile(path, temporary, handle, await compressor(path), made, overwrite, operation)
}

type Compressor = Gzip | BrotliCompress | undefined

class AtomicFile implements OutputFile {
  readonly path: string
  readonly #temporary: string
  readonly #handle: FileHandle
  readonly #compressor: Compressor
  /** The write-out of compressed bytes, which ends after the compressor's end. */
  readonly #drained: Promise<unknown>
  readonly #madeDirectory: string | undefined
  readonly #overwrite: boolean
  readonly #operation: string
  #state: 'open' | 'done' = 'open'
  #failure: unknown

  constructor(
    path: string,
    temporary: string,
    handle: FileHandle,
    compressor: Compressor,
    madeDirectory: string | undefined,
    overwrite: boolean,
    operation: string,
  ) {
    this.path = path
    this.#temporary = temporary
    this.#handle = handle
    this.#compressor = compressor
    this.#madeDirectory = madeDirectory
    this.#overwrite = overwrite
    this.#operation = operation
    this.#drained = this.#drain().catch(error => {
      this.#failure = error
    })
  }

  async write(content: Uint8Array | string): Promise<void> {
    const compressor = this.#compressor
    const failed = failure(this.#operation, this.path)
    if (compressor === undefined) await this.#handle.writeFile(content).catch(failed)
    else if (!compressor.write(content)) {
      await Promise.race([new Promise(resolve => compressor.once('drain', resolve)), this.#drained])
    }
    if (this.#failure !== undefined) failed(this.#failure)
  }

  async commit(): Promise<void> {
    const { link, rename, unlink } = await import('node:fs/promises')
    try {
      this.#compressor?.end()
      await this.#drained
      if (this.#failure !== undefined) throw this.#failure
      await this.#handle.sync()
      await this.#handle.close()
      if (this.#overwrite) await rename(this.#temporary, this.path)
      else {
        // Unlike a rename, a link never replaces what came into being in the meantime.
        await link(this.#temporary, this.path).catch(async (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') throw exists(this.#operation, this.path)
          await renameIfFree(this.#temporary, this.path, this.#operation)
        })
        await unlink(this.#temporary).catch(() => undefined)
      }
      this.#state = 'done'
    } catch (error) {
      await this.abort()
      if (error instanceof InputOutputError) throw error
      failure(this.#operation, this.path)(error)
    }
  }

  async abort(): Promise<void> {
    if (this.#state === 'done') return
    this.#state = 'done'
    this.#compressor?.destroy()
    await this.#drained
    const { rm } = await import('node:fs/promises')
    const { dirname } = await import('node:path')
    await this.#handle.close().catch(() => undefined)
    await rm(this.#temporary, { force: true }).catch(() => undefined)
    await removeEmpty(dirname(this.path), this.#madeDirectory)
  }

  async #drain(): Promise<void> {
    if (this.#compressor === undefined) return
    for await (const chunk of this.#compressor) await this.#handle.writeFile(chunk as Uint8Array)
  }
}

async function compressor(path: string): Promise<Compressor> {
  const compression = compressionOf(path)
  if (compression === 'none') return undefined
  const { constants, createBrotliCompress, createGzip } = await import('node:zlib')
  if (compression === 'gzip') return createGzip({ chunkSize: 64 * 1024 })
  // Brotli's own default, 11, is made for files compressed once and served forever.
  return createBrotliCompress({
    chunkSize: 64 * 1024,
    params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
  })
}

/** For file systems without hard links. */
async function renameIfFree(from: string, to: string, operation: string): Promise<void> {
  const { rename, stat } = await import('node:fs/promises')
  if ((await stat(to).catch(() => undefined)) !== undefined) throw exists(operation, to)
  await rename(from, to)
}

/**
 * Makes a directory and those above it. (Node's own `recursive` never ends where the system says
 * that a new directory's parent is missing although it is there, as below `/proc`.)
 *
 * @returns The topmost directory made; `undefined` when all were there.
 */
async function makeDirectories(directory: string): Promise<string | undefined> {
  const { mkdir, stat } = await import('node:fs/promises')
  const { dirname } = await import('node:path')
  const existing = await stat(directory).catch(() => undefined)
  if (existing?.isDirectory()) return undefined
  const parent = dirname(directory)
  const made = parent === directory ? undefined : await makeDirectories(parent)
  try {
    await mkdir(directory)
  } catch (error) {
    // Another writer may have been faster.
    if ((await stat(directory).catch(() => undefined))?.isDirectory()) return made
    await removeEmpty(parent, made)
    throw error
  }
  return made ?? directory
}

/** Removes the directories from `directory` up to `first`, which this file brought into being. */
async function removeEmpty(directory: string, first: string | undefined): Promise<void> {
  if (first === undefined) return
  const { rmdir } = await import('node:fs/promises')
  const { dirname, resolve } = await import('node:path')
  const top = resolve(first)
  for (let path = resolve(directory); path.startsWith(top); path = dirname(path)) {
    const removed = await rmdir(path).then(
      () => true,
      () => false,
    )
    if (!removed) return
  }
}

function exists(operation: string, path: string): InputOutputError {
  return new InputOutputError(
    `${operation}: "${path}" exists already. Choose another name, or give { overwrite: true } to replace it.`,
  )
}

function failure(operation: string, path: string): (error: unknown) => never {
  return error => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new InputOutputError(`${operation}: cannot write ${path}: ${reason}.`, { cause: error })
  }
}
