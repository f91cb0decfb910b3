import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from './answer.js'
import { type Benchmark, mustAgree } from './benchmark.js'
import { Child } from './child.js'

/** Knobs of a measurement. */
export interface MeasureOptions {
  /** Share of the full size. Default 1. */
  readonly scale?: number
  /** Runs that count. Default: what the benchmark says. */
  readonly runs?: number
  /** Contenders to leave out. */
  readonly without?: readonly string[]
}

/** What a benchmark gave. */
export interface Measured {
  readonly benchmark: Benchmark
  readonly records: number
  /** The size of the input files; 0 when the data came from memory. */
  readonly bytes: number
  readonly contenders: readonly MeasuredContender[]
}

/** What a contender took. */
export interface MeasuredContender {
  readonly name: string
  /** Milliseconds by part, a value per round. */
  readonly times: Readonly<Record<string, readonly number[]>>
  readonly peakMiB: number
  readonly notes: readonly string[]
  /** What a run did in the benchmark's `unit`, by part, where tasks say it. */
  readonly work?: Readonly<Record<string, number>>
}

/** Warm-up of a contender ends early after this many milliseconds. */
const WARM_MS = 3000
/** No further round begins after this many milliseconds, once there have been three. */
const ROUNDS_MS = 25_000

/**
 * Runs a benchmark: all contenders load their data, each in its own process; then, part by part,
 * they are warmed up and run in turn (A B C, A B C, ...), so that a slow moment of the machine
 * hits all of them. At the end their answers are compared.
 *
 * @throws {Error} If a contender fails, or two disagree.
 */
export async function measure(
  benchmark: Benchmark,
  { scale = 1, runs = benchmark.runs ?? 5, without = [] }: MeasureOptions = {},
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'wiesel-bench-'))
  const children = new Map<string, Child>()
  try {
    const setting = { records: Math.max(1, Math.round(benchmark.records * scale)), folder }
    const bytes = benchmark.input?.(setting) ?? 0
    for (const name of Object.keys(benchmark.contenders)) {
      if (without.includes(name)) continue
      const child = await Child.start(benchmark, name, setting)
      if (child !== undefined) children.set(name, child)
    }
    const times = new Map([...children.keys()].map(name => [name, {} as Record<string, number[]>]))
    for (const part of benchmark.parts ?? ['']) {
      await warmUp(children.values(), part, benchmark.warmUps ?? 2)
      for (const [name, taken] of await inTurn(children, part, runs)) times.get(name)![part] = taken
    }
    const contenders: MeasuredContender[] = []
    const answers = new Map<string, Readonly<Record<string, Answer>>>()
    for (const [name, child] of children) {
      const { answers: own, peakMiB, notes, work } = await child.finish()
      answers.set(name, own)
      contenders.push({ name, times: times.get(name)!, peakMiB, notes, work })
    }
    for (const part of benchmark.parts ?? ['']) {
      const ofPart = new Map([...answers].map(([name, own]) => [name, own[part]!]))
      mustAgree(ofPart, `${benchmark.name} ${part}`.trim(), benchmark)
    }
    return { benchmark, records: setting.records, bytes, contenders }
  } finally {
    for (const child of children.values()) child.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function warmUp(children: Iterable<Child>, part: string, times: number): Promise<void> {
  for (const child of children) {
    let spent = 0
    for (let k = 0; k < times && spent < WARM_MS; k++) spent += await child.run(part)
  }
}

async function inTurn(
  children: ReadonlyMap<string, Child>,
  part: string,
  runs: number,
): Promise<Map<string, number[]>> {
  const taken = new Map([...children.keys()].map(name => [name, [] as number[]]))
  const began = performance.now()
  for (let round = 0; round < runs; round++) {
    if (round >= 3 && performance.now() - began > ROUNDS_MS) break
    for (const [name, child] of children) taken.get(name)!.push(await child.run(part))
  }
  return taken
}
