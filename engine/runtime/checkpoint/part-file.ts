/**
 * What one worker writes of a checkpoint: sections one after the other, each with a checksum. First
 * the batches, then the dictionaries of their strings, last the contents, which say where the other
 * sections lie. The checksum of the contents is the file's own: it vouches for all others.
 *
 * The checksums are CRC-32, which notices every error of up to 32 neighbouring bits and misses one
 * in four billion of others. Measured, in ms per MiB: CRC-32 0.25, SHA-256 0.71, BLAKE2b 1.2.
 */
import type { FileHandle } from 'node:fs/promises'
import { SchemaError } from '../../errors.js'
import type { RecordBatch } from '../../types/batch.js'
import { shown } from '../../types/column-writer.js'
import { Dictionary } from '../../types/dictionary.js'
import type { NamedBatches } from '../iteration/driver.js'
import {
  type BatchHeader,
  type ColumnHeader,
  decodeBatch,
  decodeTexts,
  encodeBatch,
  encodeTexts,
} from '../spill/spill-format.js'
import { writeAll } from '../spill/write-all.js'
import { Damage } from './damage.js'
import type { NodeModules } from './node-modules.js'

/** A piece of a file. */
export interface Section {
  readonly position: number
  readonly bytes: number
  readonly checksum: number
}

/** Dictionaries are stored once, however many batches share them. */
interface StoredColumn extends Omit<ColumnHeader, 'dictionary'> {
  readonly dictionary?: number
}

interface StoredBatch extends Section {
  readonly header: Omit<BatchHeader, 'columns'> & { readonly columns: readonly StoredColumn[] }
}

interface StoredDictionary extends Section {
  readonly length: number
  readonly latin1: boolean
}

interface Contents {
  readonly batches: Readonly<Record<string, readonly StoredBatch[]>>
  readonly dictionaries: readonly StoredDictionary[]
}

/**
 * Writes `batches` to a new file; typed arrays go there without a copy.
 *
 * @param operation The loop's name, for errors.
 * @returns Where the contents lie; needed to read the file.
 * @throws {SchemaError} If a value cannot be written exactly.
 */
export async function writePart(
  handle: FileHandle,
  batches: NamedBatches,
  operation: string,
  { v8, crc32 }: NodeModules,
): Promise<Section> {
  const writer = new SectionWriter(handle, crc32)
  const dictionaries = new Map<Dictionary, number>()
  const stored: Record<string, StoredBatch[]> = {}
  for (const [name, group] of Object.entries(batches)) {
    stored[name] = []
    for (const batch of group) {
      const { header, parts } = encodeBatch(batch, () => true, v8)
      checkHeld(header, operation)
      const columns = header.columns.map(column => storedColumn(column, dictionaries))
      stored[name].push({ ...(await writer.add(parts)), header: { ...header, columns } })
    }
  }
  const texts: StoredDictionary[] = []
  for (const { values } of dictionaries.keys()) {
    const parts: Uint8Array[] = []
    const latin1 = encodeTexts(values, parts)
    texts.push({ ...(await writer.add(parts)), length: values.length, latin1 })
  }
  const contents: Contents = { batches: stored, dictionaries: texts }
  const section = await writer.add([v8.serialize(contents)])
  await writer.flush()
  return section
}

/**
 * Reads a whole file.
 *
 * @param section What `writePart` returned.
 * @throws {Damage} If a byte of it differs from what was written.
 */
export async function readPart(
  handle: FileHandle,
  section: Section,
  modules: NodeModules,
): Promise<NamedBatches> {
  const { v8, crc32 } = modules
  const { size } = await handle.stat()
  if (size !== section.position + section.bytes) {
    throw new Damage(`it has ${size} bytes instead of ${section.position + section.bytes}`)
  }
  const contents = v8.deserialize(await readSection(handle, section, crc32)) as Contents
  const dictionaries: Dictionary[] = []
  for (const stored of contents.dictionaries) {
    const bytes = await readSection(handle, stored, crc32)
    const lengths = new Int32Array(bytes.buffer, 0, stored.length)
    const characters = bytes.subarray(lengths.byteLength)
    dictionaries.push(new Dictionary(decodeTexts(lengths, characters, stored.latin1)))
  }
  const batches: Record<string, RecordBatch[]> = {}
  for (const [name, group] of Object.entries(contents.batches)) {
    batches[name] = []
    for (const { header, ...place } of group) {
      const columns = header.columns.map(column => knownColumn(column, dictionaries))
      const bytes = await readSection(handle, place, crc32)
      batches[name].push(decodeBatch({ ...header, columns }, bytes, v8))
    }
  }
  return batches
}

/** Bytes that are gathered before they are written. */
const PENDING_BYTES = 8 * 2 ** 20

/** Writes sections one after the other, few at a time when they are large. */
class SectionWriter {
  readonly #handle: FileHandle
  readonly #crc32: NodeModules['crc32']
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  #written = 0

  constructor(handle: FileHandle, crc32: NodeModules['crc32']) {
    this.#handle = handle
    this.#crc32 = crc32
  }

  async add(parts: readonly Uint8Array[]): Promise<Section> {
    const position = this.#written + this.#pendingBytes
    let checksum = 0
    let bytes = 0
    for (const part of parts) {
      if (part.byteLength === 0) continue
      checksum = this.#crc32(part, checksum)
      bytes += part.byteLength
      this.#pending.push(part)
    }
    this.#pendingBytes += bytes
    if (this.#pendingBytes >= PENDING_BYTES) await this.flush()
    return { position, bytes, checksum }
  }

  async flush(): Promise<void> {
    await writeAll(this.#handle, this.#pending, this.#written)
    this.#written += this.#pendingBytes
    this.#pending = []
    this.#pendingBytes = 0
  }
}

async function readSection(
  handle: FileHandle,
  { position, bytes: length, checksum }: Section,
  crc32: NodeModules['crc32'],
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, position + read)
    if (bytesRead === 0) throw new Damage(`it ends at byte ${position + read}`)
    read += bytesRead
  }
  if (crc32(bytes, 0) !== checksum) {
    throw new Damage(`bytes ${position} to ${position + length} are not those that were written`)
  }
  return bytes
}

function storedColumn(column: ColumnHeader, dictionaries: Map<Dictionary, number>): StoredColumn {
  const { dictionary, ...rest } = column
  if (dictionary === undefined) return rest
  const index = dictionaries.get(dictionary) ?? dictionaries.size
  dictionaries.set(dictionary, index)
  return { ...rest, dictionary: index }
}

function knownColumn(column: StoredColumn, dictionaries: readonly Dictionary[]): ColumnHeader {
  const { dictionary, ...rest } = column
  return dictionary === undefined ? rest : { ...rest, dictionary: dictionaries[dictionary]! }
}

/** Refuses what a spill file would keep in memory. */
function checkHeld({ names, columns }: BatchHeader, operation: string): void {
  for (const [k, { kept }] of columns.entries()) {
    if (kept === undefined) continue
    const [value] = kept.values()
    throw new SchemaError(
      `${operation}: field "${names[k]}" has the value ${shown(value)}, which a checkpoint cannot hold exactly. Keep plain data in the loop (no functions, symbols or instances of classes), or leave checkpoint out.`,
    )
  }
}
