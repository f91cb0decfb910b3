/** Graphs on disk, so that contenders get them without the memory that making them takes. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Setting } from '../benchmark.js'
import type { Csr } from './csr.js'
import { rmat } from './rmat.js'

/** Writes the random graph with about `records` vertices; returns its size in bytes. */
export function writeGraph({ records, folder }: Setting): number {
  const { offsets, neighbours } = rmat(Math.round(Math.log2(records)))
  writeFileSync(join(folder, 'offsets'), offsets)
  writeFileSync(join(folder, 'neighbours'), neighbours)
  return offsets.byteLength + neighbours.byteLength
}

/** The graph that `writeGraph` wrote. */
export function readGraph({ folder }: Setting): Csr {
  return { offsets: integersOf(folder, 'offsets'), neighbours: integersOf(folder, 'neighbours') }
}

function integersOf(folder: string, name: string): Int32Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, name))
  return new Int32Array(buffer, byteOffset, byteLength / Int32Array.BYTES_PER_ELEMENT)
}
