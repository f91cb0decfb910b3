/**
 * The GAP benchmark suite, https://github.com/sbeamer/gapbs, on one thread. It is no package: compile
 * it with `make SERIAL=1`, and give its folder as `GAP_SUITE` in the environment.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Csr } from '../graphs/csr.js'
import { MissingRival } from './rival.js'

/** A program of the suite, on a graph in a file of its own format. */
export interface GapKernel {
  /** Its name in the suite, such as `sssp`. */
  readonly kernel: string
  /** What `writeGapGraph` wrote. */
  readonly graph: string
  /** Further options. */
  readonly options: readonly string[]
}

/** The path of a program of the suite. @throws {MissingRival} If it is not there. */
export function gapProgram(kernel: string): string {
  const folder = process.env.GAP_SUITE
  if (folder === undefined) {
    throw new MissingRival('The GAP suite is not known. Set GAP_SUITE to its folder.')
  }
  const program = join(folder, kernel)
  if (existsSync(program)) return program
  throw new MissingRival(`There is no ${program}. Run "make SERIAL=1 ${kernel}" there.`)
}

/** Runs a program for one trial; returns its own time, in milliseconds, and what it printed. */
export function runGap(kernel: GapKernel): { ms: number; output: string } {
  return timedGap(kernel, ['-n', '1', '-a'], /Trial Time:\s*([\d.]+)/)
}

/** Lets a program read its graph, without a trial; returns its own time for that, in milliseconds. */
export function readByGap(kernel: GapKernel): number {
  return timedGap(kernel, ['-n', '0'], /Read Time:\s*([\d.]+)/).ms
}

function timedGap({ kernel, graph, options }: GapKernel, trials: readonly string[], time: RegExp) {
  const args = ['-f', graph, ...trials, ...options]
  const { stdout, stderr, status } = spawnSync(gapProgram(kernel), args, { encoding: 'utf8' })
  const found = time.exec(stdout)
  if (status !== 0 || found === null) throw new Error(`${kernel}: ${stdout}${stderr}`)
  return { ms: Number(found[1]) * 1000, output: stdout }
}

/**
 * Writes a graph as the suite reads it: `.sg`, or `.wsg` with weights by place.
 *
 * @returns The path.
 */
export function writeGapGraph(folder: string, { offsets, neighbours }: Csr, weights?: Int32Array) {
  const path = join(folder, weights === undefined ? 'graph.sg' : 'graph.wsg')
  const file = openSync(path, 'w')
  writeSync(file, Uint8Array.of(0))
  writeSync(file, BigInt64Array.of(BigInt(neighbours.length), BigInt(offsets.length - 1)))
  writeSync(file, BigInt64Array.from(offsets, BigInt))
  writeSync(file, weights === undefined ? neighbours : interleaved(neighbours, weights))
  closeSync(file)
  return path
}

function interleaved(left: Int32Array, right: Int32Array): Int32Array {
  const both = new Int32Array(2 * left.length)
  for (let k = 0; k < left.length; k++) {
    both[2 * k] = left[k]!
    both[2 * k + 1] = right[k]!
  }
  return both
}
