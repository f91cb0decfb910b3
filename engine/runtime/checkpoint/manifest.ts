/**
 * The manifest of a checkpoint: one line of JSON and one with its checksum. It is written when the
 * files of all workers are on the disk, and gets its name in one step; so where there is a manifest,
 * there was a whole checkpoint.
 */
import type { Fingerprint } from '../../optimizer/fingerprint.js'
import { Damage } from './damage.js'
import type { NodeModules } from './node-modules.js'
import type { Section } from './part-file.js'

/** What a manifest says. */
export interface Manifest {
  readonly loop: string
  readonly fingerprint: Fingerprint
  readonly superstep: number
  readonly workers: number
  readonly aggregates: Readonly<Record<string, unknown>>
  /** For each worker where the contents of its file lie. */
  readonly parts: readonly Section[]
}

/** Counts changes of the format. */
export const FORMAT = 1

/** The manifest as it is written. Aggregates may be any values that `node:v8` can copy. */
export function manifestText(manifest: Manifest, { v8, crc32 }: NodeModules): string {
  const aggregates = Buffer.from(v8.serialize(manifest.aggregates)).toString('base64')
  const line = JSON.stringify({ format: FORMAT, ...manifest, aggregates })
  return `${line}\n${crc32(Buffer.from(line), 0).toString(16)}\n`
}

/**
 * The inverse of `manifestText`.
 *
 * @returns Also the number of the format; with another one than `FORMAT`, nothing else is known.
 * @throws {Damage} If the text is not as it was written.
 */
export function parseManifest(
  text: string,
  { v8, crc32 }: NodeModules,
): Manifest & { readonly format: number } {
  const [line = '', checksum, ...rest] = text.split('\n')
  const whole = rest.length === 1 && rest[0] === ''
  if (!whole || crc32(Buffer.from(line), 0).toString(16) !== checksum) {
    throw new Damage('it is not as it was written')
  }
  const stored = JSON.parse(line) as Manifest & { format: number; aggregates: string }
  if (stored.format !== FORMAT) return stored
  const aggregates = v8.deserialize(Buffer.from(stored.aggregates, 'base64'))
  return { ...stored, aggregates: aggregates as Manifest['aggregates'] }
}
