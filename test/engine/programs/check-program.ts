/** Runs a program on the engine, in some setting, and compares its answer with the oracle's. */

import { loadFormulaParser } from '../../../engine/functions/expression/formula.js'
import {
  type EnvironmentOptions,
  ExecutionEnvironment,
  execute,
  type RecordBatch,
} from '../../../engine/index.js'
import { RULES } from '../../../engine/optimizer/options.js'
import type { JobResult } from '../../../engine/runtime/job/job-result.js'
import { evaluatePlan } from '../../oracle/evaluate-plan.js'
import { recordsOf } from '../../support/sources.js'
import { assertRecords, type Comparison } from '../../support/table-equal.js'
import { dataSetsOf, type Program } from './program.js'

/** A way of running a program that must not change its answer. */
export interface Setting {
  readonly options: EnvironmentOptions
  /** How sources cut and lay out their records; 0 is one batch. */
  readonly layout: number
  /** Whether sources know how many records they have. */
  readonly counted?: boolean
}

/** All settings: plain, without parts of the engine, with little memory, with partitions. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  plain: { options: {}, layout: 0 },
  'odd batches': { options: {}, layout: 1 },
  'other odd batches': { options: {}, layout: 2 },
  'no optimizer': { options: { optimizer: false }, layout: 3 },
  'no generated code': { options: { codegen: false }, layout: 0 },
  'no generated code, odd batches': { options: { codegen: false }, layout: 4 },
  'hardly any memory': { options: { memory: 512 }, layout: 0 },
  'hardly any memory, odd batches': { options: { memory: 512 }, layout: 5 },
  'little memory': { options: { memory: 4096 }, layout: 6 },
  'little memory, no optimizer': { options: { memory: 2048, optimizer: false }, layout: 7 },
  'two partitions': { options: { parallelism: 2 }, layout: 8 },
  'three partitions, little memory': { options: { parallelism: 3, memory: 1024 }, layout: 9 },
  ...Object.fromEntries(
    Object.keys(RULES).map((rule, k) => [
      `without ${rule}`,
      { options: { optimizer: { [rule]: false } }, layout: k % 3 },
    ]),
  ),
}

/** In worker threads. */
export const WORKER_SETTINGS: Readonly<Record<string, Setting>> = {
  'two workers': { options: workers(2), layout: 1, counted: true },
  'two workers, one with all records': { options: workers(2), layout: 2, counted: false },
  'three workers': { options: workers(3), layout: 0, counted: true },
  'three workers, little memory': {
    options: { ...workers(3), memory: 8192 },
    layout: 4,
    counted: true,
  },
  'eight workers, no optimizer': {
    options: { ...workers(8), optimizer: false },
    layout: 3,
    counted: true,
  },
}

function workers(parallelism: number): EnvironmentOptions {
  return { parallelism, parallelFrom: 0 }
}

/** A program's answers: the records of each root. */
export interface Answer {
  readonly roots: readonly (readonly unknown[])[]
  readonly job: JobResult
}

/** The answers that the oracle gives. */
export async function expectedAnswer(program: Program): Promise<unknown[][]> {
  await loadFormulaParser()
  const roots = dataSetsOf(program, new ExecutionEnvironment({ progress: false }), 0)
  return evaluatePlan(
    roots.map(({ node }) => node),
    source => program.data[source.label]!,
  )
}

/** Runs a program twice in one environment, which must give the same both times. */
export async function runProgram(
  program: Program,
  { options, layout, counted }: Setting,
): Promise<Answer> {
  const env = new ExecutionEnvironment({ progress: false, ...options })
  const roots = dataSetsOf(program, env, layout, counted)
  const run = async (): Promise<Answer> => {
    const batches: RecordBatch[][] = roots.map(() => [])
    const job = await execute(
      roots.map((root, k) =>
        root.to({
          label: `root ${k}`,
          open: async () => ({
            write: batch => void batches[k]!.push(batch),
            commit: async () => {},
            abort: async () => {},
          }),
        }),
      ),
    )
    return { roots: batches.map(recordsOf), job }
  }
  const answer = await run()
  const again = await run()
  for (const [k, records] of again.roots.entries()) {
    const ordered = counted === undefined || again.job.spilledBytes === 0
    compare('a second run gives another answer', records, answer.roots[k]!, {
      ordered,
      tolerance: 1e-9,
    })
  }
  return answer
}

/**
 * Runs a program in a setting and compares its answers with `expected`.
 *
 * @returns The number of bytes that were spilled.
 * @throws {Error} If an answer differs, or the program fails.
 */
export async function checkProgram(
  program: Program,
  setting: Setting,
  expected: readonly (readonly unknown[])[],
): Promise<number> {
  const { roots, job } = await runProgram(program, setting)
  for (const [k, records] of roots.entries()) {
    const { order } = program.statements.find(({ name }) => name === program.roots[k])!
    const ordered =
      order === 'exact' ||
      (order === 'memory' && job.spilledBytes === 0 && setting.counted === undefined)
    compare(`${program.roots[k]} differs from the oracle`, records, expected[k]!, {
      ordered,
      tolerance: 1e-9,
    })
  }
  return job.spilledBytes
}

function compare(
  what: string,
  actual: readonly unknown[],
  expected: readonly unknown[],
  comparison?: Comparison,
): void {
  try {
    assertRecords(actual, expected, comparison)
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`)
  }
}
