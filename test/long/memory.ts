/** Jobs over many more records than their memory holds, each in a process of its own. */
import { deepStrictEqual, ok } from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Digest, MEMORY_CASES } from './memory-cases.js'

/** What the process of a case reports. */
export interface MemoryReport {
  readonly digest: Digest
  readonly milliseconds: number
  readonly spilledBytes: number
  readonly peakMemory: number
  /** The most memory that the process ever had, in bytes. */
  readonly maxRss: number
  /** The longest time that a timer had to wait for the job, in milliseconds. */
  readonly longestBlock: number
}

const MIB = 2 ** 20
const MOST_RSS = 700 * MIB

/**
 * Runs all cases with 64 MiB and without a limit.
 *
 * @throws {AssertionError} If the answers differ, the process needs more than 700 MiB, or files
 * stay behind.
 */
export async function checkMemory(millions: number): Promise<void> {
  for (const name of Object.keys(MEMORY_CASES)) {
    const limited = await memoryReport(name, millions * 1e6, '64 MiB')
    console.log(`${name}, 64 MiB: ${summary(limited)}`)
    ok(limited.maxRss < MOST_RSS, `${name} needs more than ${MOST_RSS / MIB} MiB`)
    const free = await memoryReport(name, millions * 1e6, '64 GiB')
    console.log(`${name}, no limit: ${summary(free)}`)
    deepStrictEqual(limited.digest, free.digest)
  }
}

/** Runs one case in a process and checks that it leaves no files. */
export async function memoryReport(
  name: string,
  rows: number,
  budget: string,
): Promise<MemoryReport> {
  const directory = await mkdtemp(path.join(tmpdir(), 'wiesel-memory-'))
  const child = fileURLToPath(new URL('./memory-child.js', import.meta.url))
  try {
    const parameters = [child, name, String(rows), budget, directory]
    const options = { maxBuffer: 64 * MIB }
    const { stdout } = await promisify(execFile)(process.execPath, parameters, options)
    deepStrictEqual(await readdir(directory), [])
    return JSON.parse(stdout)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function summary({ milliseconds, spilledBytes, maxRss, longestBlock }: MemoryReport): string {
  const mib = (bytes: number) => `${Math.round(bytes / MIB)} MiB`
  return [
    `${(milliseconds / 1000).toFixed(1)} s`,
    `${mib(spilledBytes)} spilled`,
    `${mib(maxRss)} of the process`,
    `blocked for ${Math.round(longestBlock)} ms at most`,
  ].join(', ')
}
