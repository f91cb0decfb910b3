/**
 * Checkpoints of a loop on a disk.
 *
 * Each worker writes a file of its own; when all have, the first one writes a manifest with the
 * checksums of all files. Files get their names in one step, the manifest last, so that a process
 * may be killed at any moment: what has a manifest is whole. What a disk damages later is noticed by
 * its checksums, and the checkpoint before is taken.
 */
import type { FileHandle } from 'node:fs/promises'
import { InputOutputError, SchemaError, WieselError } from '../../errors.js'
import type { Fingerprint } from '../../optimizer/fingerprint.js'
import type { NamedBatches, Saved } from '../iteration/driver.js'
import { survivesCopy } from '../spill/survives-copy.js'
import { CheckpointNames, type NamedFile } from './checkpoint-names.js'
import { Damage } from './damage.js'
import { type Manifest, manifestText, parseManifest } from './manifest.js'
import { loadNodeModules, type NodeModules } from './node-modules.js'
import { readPart, type Section, writePart } from './part-file.js'
import { checkSameProgram } from './same-program.js'

/** Where checkpoints go, and whose they are. */
export interface StoreOptions {
  /** Made when it is not there. */
  readonly directory: string
  /** How many checkpoints are kept. Default 2. */
  readonly keep?: number
  /** The loop's name; several loops may share a directory. */
  readonly loop: string
  /** What the loop computes; see `fingerprint.ts`. */
  readonly fingerprint: Fingerprint
  /** Default: the only worker. */
  readonly team?: { readonly worker: number; readonly workers: number }
}

/** What a worker tells the first one about the file that it wrote. Plain data. */
export type PartNote = Section

/** What there was to go on from. */
export interface Found {
  readonly checkpoint: Saved | undefined
  /** Newer checkpoints that cannot be used, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly why: string }[]
}

/**
 * Opens the checkpoints of a loop. What a killed process left half-written is removed.
 *
 * @throws {PlanError} Where there is no file system.
 * @throws {InputOutputError} If the directory cannot be made or read.
 */
export async function openCheckpoints(options: StoreOptions): Promise<CheckpointStore> {
  const modules = await loadNodeModules(options.loop)
  const store = new CheckpointStore(options, modules)
  await store.open()
  return store
}

/** See the module's documentation. */
export class CheckpointStore {
  readonly #options: StoreOptions
  readonly #modules: NodeModules
  readonly #names: CheckpointNames
  readonly #team: { readonly worker: number; readonly workers: number }

  /** @internal Use `openCheckpoints`. */
  constructor(options: StoreOptions, modules: NodeModules) {
    this.#options = options
    this.#modules = modules
    this.#names = new CheckpointNames(options.loop)
    this.#team = options.team ?? { worker: 0, workers: 1 }
  }

  /** @internal Makes the directory, and removes half-written files of this worker. */
  async open(): Promise<void> {
    const { directory, loop } = this.#options
    const { files } = this.#modules
    await files.mkdir(directory, { recursive: true }).catch(cause => {
      throw new InputOutputError(
        `${loop}: cannot make the directory for checkpoints "${directory}": ${reason(cause)}. Set checkpoint.directory to one that can be written.`,
        { cause },
      )
    })
    if (this.#team.worker > 0) return
    for (const { file, kind } of await this.#own()) {
      if (kind === 'temporary') await this.#remove(file)
    }
  }

  /**
   * Writes a checkpoint and removes those that are no longer kept. For the only worker; several
   * prepare, and the first one commits what all others noted.
   *
   * @returns Bytes written.
   * @throws {SchemaError} If a value cannot be written exactly.
   * @throws {InputOutputError} If the disk refuses; what was written before stays.
   * Cost: 0.25 ms per MiB for checksums, and what the disk takes.
   */
  async write(checkpoint: Saved): Promise<number> {
    const note = await this.prepare(checkpoint)
    await this.commit(checkpoint, [note])
    return note.position + note.bytes
  }

  /**
   * Writes this worker's file, which counts for nothing before `commit`. The batches, this worker's
   * own, must not change before the promise is fulfilled.
   */
  async prepare({ superstep, batches }: Saved): Promise<PartNote> {
    const { loop } = this.#options
    const file = this.#names.part(superstep, this.#team.worker)
    return await this.#writeFile(file, handle => writePart(handle, batches, loop, this.#modules))
  }

  /**
   * Makes a checkpoint of what all workers have prepared. For the first worker; the others wait for
   * it, because it removes what is older and what is newer.
   *
   * @param notes What `prepare` returned, by worker.
   */
  async commit(
    { superstep, aggregates }: Pick<Saved, 'superstep' | 'aggregates'>,
    notes: readonly PartNote[],
  ): Promise<void> {
    const { loop, fingerprint } = this.#options
    for (const [name, value] of Object.entries(aggregates)) {
      if (survivesCopy(value)) continue
      throw new SchemaError(
        `${loop}: the aggregate "${name}" has a value that a checkpoint cannot hold exactly. Let it be plain data, or leave checkpoint out.`,
      )
    }
    const { workers } = this.#team
    const manifest = { loop, fingerprint, superstep, workers, aggregates, parts: notes }
    const text = manifestText(manifest, this.#modules)
    await this.#writeFile(this.#names.manifest(superstep), handle => handle.writeFile(text))
    await this.#syncDirectory()
    await this.#prune(superstep)
  }

  /**
   * The newest checkpoint of which the manifest and this worker's file are whole.
   *
   * Several workers must go on from the same one: each says what it found, and as long as they
   * differ, all ask again with the smallest superstep as `atMost`; without one all begin anew.
   *
   * @param atMost The last superstep that counts. Default: any.
   * @throws {PlanError} If it is of another program, or of another number of workers.
   */
  async newest(atMost = Infinity): Promise<Found> {
    const skipped: { file: string; why: string }[] = []
    for (const { file, superstep, kind } of await this.#own()) {
      if (kind !== 'manifest' || superstep > atMost) continue
      try {
        return { checkpoint: await this.#read(file), skipped }
      } catch (error) {
        if (error instanceof WieselError) throw error
        skipped.push({ file, why: reason(error) })
      }
    }
    return { checkpoint: undefined, skipped }
  }

  /** Removes all checkpoints of the loop: its job is done. For the first worker; others do nothing. */
  async clear(): Promise<void> {
    if (this.#team.worker > 0) return
    // Manifests first, so that no moment shows a checkpoint without its files.
    const own = [...(await this.#own())].sort((a, b) => Number(isPart(a)) - Number(isPart(b)))
    for (const { file } of own) await this.#remove(file)
  }

  async #read(file: string): Promise<Saved> {
    const { files } = this.#modules
    const { loop, fingerprint, directory } = this.#options
    const { worker, workers } = this.#team
    const text = await files.readFile(this.#path(file), 'utf8')
    const manifest = parseManifest(text, this.#modules)
    checkSameProgram(manifest, { loop, fingerprint, workers }, directory)
    const { superstep, aggregates } = manifest
    const batches = await this.#readPart(manifest, worker)
    return { superstep, aggregates, batches }
  }

  async #readPart({ superstep, parts }: Manifest, worker: number): Promise<NamedBatches> {
    const name = this.#names.part(superstep, worker)
    let handle: FileHandle | undefined
    try {
      handle = await this.#modules.files.open(this.#path(name), 'r')
      return await readPart(handle, parts[worker]!, this.#modules)
    } catch (error) {
      throw new Damage(`${name}: ${reason(error)}`)
    } finally {
      await handle?.close()
    }
  }

  /** Writes a file that has its name only when all of it is on the disk. */
  async #writeFile<T>(file: string, write: (handle: FileHandle) => Promise<T>): Promise<T> {
    const { files } = this.#modules
    const temporary = this.#path(this.#names.temporary(file))
    let handle: FileHandle | undefined
    try {
      handle = await files.open(temporary, 'w')
      const result = await write(handle)
      await handle.datasync()
      await handle.close()
      handle = undefined
      await files.rename(temporary, this.#path(file))
      return result
    } catch (cause) {
      await handle?.close().catch(() => {})
      await files.rm(temporary, { force: true }).catch(() => {})
      if (cause instanceof WieselError) throw cause
      throw new InputOutputError(
        `${this.#options.loop}: cannot write a checkpoint to "${this.#options.directory}": ${reason(cause)}. Set checkpoint.directory to one that can be written and has room.`,
        { cause },
      )
    }
  }

  /** Renames are on the disk only when the directory is. Not every system can be asked to. */
  async #syncDirectory(): Promise<void> {
    const handle = await this.#modules.files
      .open(this.#options.directory, 'r')
      .catch(() => undefined)
    await handle?.sync().catch(() => {})
    await handle?.close()
  }

  /**
   * Removes what is older than the checkpoints that are kept, and what is newer than `superstep`:
   * checkpoints that could not be used.
   */
  async #prune(superstep: number): Promise<void> {
    const own = await this.#own()
    const manifests = own.filter(file => file.kind === 'manifest' && file.superstep <= superstep)
    const oldest = manifests[(this.#options.keep ?? 2) - 1]?.superstep ?? 0
    const unused = own.filter(file => file.superstep < oldest || file.superstep > superstep)
    unused.sort((a, b) => Number(isPart(a)) - Number(isPart(b)))
    for (const { file, kind } of unused) if (kind !== 'temporary') await this.#remove(file)
  }

  async #own(): Promise<readonly NamedFile[]> {
    const { directory, loop } = this.#options
    const all = await this.#modules.files.readdir(directory).catch(cause => {
      throw new InputOutputError(
        `${loop}: cannot read the directory of checkpoints "${directory}": ${reason(cause)}. Check its permissions.`,
        { cause },
      )
    })
    return this.#names.own(all)
  }

  #remove(file: string): Promise<void> {
    return this.#modules.files.rm(this.#path(file), { force: true })
  }

  #path(file: string): string {
    return this.#modules.join(this.#options.directory, file)
  }
}

function isPart({ kind }: NamedFile): boolean {
  return kind === 'part'
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
