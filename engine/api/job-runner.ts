import { ArgumentError, FunctionError, WieselError } from '../errors.js'
import { canGenerateCode } from '../functions/code/code-builder.js'
import { loadFormulaParser } from '../functions/expression/formula.js'
import { functionsOf } from '../optimizer/functions-of.js'
import { handlesBelow } from '../optimizer/handed-plans.js'
import { type LoopFingerprint, loopFingerprints } from '../optimizer/loop-fingerprints.js'
import { checkOptimizerOptions, type OptimizerOptions } from '../optimizer/options.js'
import { parallelize } from '../optimizer/parallelize.js'
import type { PhysicalPlan } from '../optimizer/physical.js'
import { plan } from '../optimizer/plan.js'
import { whyNoGain } from '../optimizer/work.js'
import { nodesOf } from '../plan/inputs.js'
import type { NodeOf, PlanNode } from '../plan/node.js'
import type { Source, SourceFacts } from '../plan/source.js'
import { HandedValues } from '../runtime/handed-values.js'
import { aborted } from '../runtime/job/aborted.js'
import { type JobOptions, runJob } from '../runtime/job/job.js'
import type { JobResult } from '../runtime/job/job-result.js'
import type { Progress } from '../runtime/job/progress.js'
import { checkRestart, type RestartStrategy, withRestarts } from '../runtime/job/restart.js'
import { MemoryPool, parseBytes } from '../runtime/memory.js'
import { createSpillDirectory } from '../runtime/spill/spill-files.js'
import { runParallelJob } from '../runtime/workers/parallel-job.js'
import { planMessage, type TravelingPlan } from '../runtime/workers/plan-message.js'
import { whyNoWorkers } from '../runtime/workers/worker-handle.js'
import { knownOptions, plainObject, positiveInteger } from '../types/arguments.js'
import type { RecordBatch } from '../types/batch.js'
import { shown } from '../types/column-writer.js'
import type { DataSet } from './data-set.js'
import {
  checkRunOptions,
  type Host,
  type Planned,
  type RunOptions,
  type RunResult,
} from './host.js'
import type { IteratedDataSet } from './iterated.js'
import { progressLine } from './progress-line.js'

/** Options of an `ExecutionEnvironment`. Everything has a default. */
export interface EnvironmentOptions {
  /** Number of worker threads that run a job, and of partitions. Default 1: the calling thread. */
  readonly parallelism?: number
  /**
   * Jobs whose sources have fewer records than this, as far as that is known, run on the calling
   * thread. By default the work is estimated: jobs of less than about 400 milliseconds stay, since
   * they are done before workers are of use.
   */
  readonly parallelFrom?: number
  /**
   * What operators may keep in memory together, in bytes or as text such as `'64 MiB'`; what does
   * not fit goes to disk. Results, caches and the data of users' functions do not count. Default
   * `'1 GiB'`.
   */
  readonly memory?: number | string
  /** Where temporary files go. Default: the system's directory for them. */
  readonly tempDirectory?: string
  /** Whether loops are compiled around users' functions. Default: where the place allows it. */
  readonly codegen?: boolean
  /** Rules of the optimizer to switch off, as in `{ 'filter-push-down': false }`; `false`: all. */
  readonly optimizer?: OptimizerOptions
  /** Job parameters: functions find them in their context as `parameters`. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /**
   * Whether jobs that fail are tried again: `{ attempts: 3, delayMs: 1000 }`, or `{ failures: 3,
   * withinMs: 60_000, delayMs: 1000 }`. Default: they are not.
   */
  readonly restart?: RestartStrategy
  /** Whether a line on the terminal shows the progress of long jobs. Default: on a terminal, if nobody listens. */
  readonly progress?: boolean
}

const OPTIONS = [
  'parallelism',
  'parallelFrom',
  'memory',
  'tempDirectory',
  'codegen',
  'optimizer',
  'parameters',
  'progress',
  'restart',
]

/** Bytes of a file per record, when nothing better is known. */
const RECORD_BYTES = 64

/** Takes the records of roots that are not sinks. */
interface Taker {
  /** Forgets what came so far, as an attempt begins. Without it, what came cannot be forgotten. */
  begin?(): void
  onBatch(root: number, batch: RecordBatch): Promise<void> | void
}

/** Plans and runs jobs; `ExecutionEnvironment` adds the sources. */
export abstract class JobRunner implements Host {
  /** Default number of partitions. */
  readonly parallelism: number
  /** Whether loops are compiled around users' functions. */
  readonly codegen: boolean
  /** Bytes that operators may keep in memory together. */
  readonly memory: number
  /** The job parameters. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly #parallelFrom: number | undefined
  readonly #optimizer: OptimizerOptions
  readonly #tempDirectory: string | undefined
  readonly #progress: boolean | undefined
  readonly #restart: RestartStrategy
  readonly #facts = new WeakMap<Source, Promise<SourceFacts>>()
  readonly #lastRuns = new WeakMap<PlanNode, Planned>()

  /** @throws {ArgumentError} If an option is unknown or out of range. */
  constructor(options: EnvironmentOptions = {}) {
    const operation = 'ExecutionEnvironment'
    knownOptions(options, OPTIONS, operation)
    const {
      parallelism = 1,
      parallelFrom,
      memory = '1 GiB',
      optimizer = {},
      parameters = {},
    } = options
    positiveInteger(parallelism, operation, 'parallelism')
    checkType(options.codegen, 'boolean', operation, 'codegen')
    checkType(options.progress, 'boolean', operation, 'progress')
    checkType(options.tempDirectory, 'string', operation, 'tempDirectory')
    plainObject(parameters, operation, 'parameters', "{ until: '2001-01-01' }")
    checkOptimizerOptions(operation, optimizer)
    checkRestart(options.restart, operation)
    if (parallelFrom !== undefined && !(parallelFrom >= 0)) {
      throw new ArgumentError(
        `${operation}: parallelFrom must be a number of records; got ${shown(parallelFrom)}.`,
      )
    }
    this.parallelism = parallelism
    this.#parallelFrom = parallelFrom
    this.memory = parseBytes(memory, operation)
    this.codegen = (options.codegen ?? true) && canGenerateCode()
    this.parameters = Object.freeze({ ...parameters })
    this.#optimizer = optimizer
    this.#tempDirectory = options.tempDirectory
    this.#progress = options.progress
    this.#restart = options.restart ?? false
  }

  /** @internal The data set that a plan describes. */
  abstract dataSet<T>(node: PlanNode): DataSet<T>

  /** @internal What a loop computes. */
  abstract iterated<T>(node: NodeOf<'iterate' | 'iterateDelta'>): IteratedDataSet<T>

  /** @internal Runs plans as one job and gathers the batches of those that do not end in a sink. */
  async run(roots: readonly PlanNode[], options?: RunOptions): Promise<RunResult> {
    let batches: RecordBatch[][] = []
    const result = await this.#run(roots, options, {
      begin: () => {
        batches = roots.map(() => [])
      },
      onBatch: (root, batch) => void batches[root]!.push(batch),
    })
    return { batches, result }
  }

  /** @internal Runs one plan and hands each batch over as it comes. */
  stream(
    root: PlanNode,
    onBatch: (batch: RecordBatch) => Promise<void> | void,
    options?: RunOptions,
    begin?: () => void,
  ): Promise<JobResult> {
    return this.#run([root], options, {
      ...(begin && { begin }),
      onBatch: (_, batch) => onBatch(batch),
    })
  }

  /** @internal How a plan would run; how it did run, when it was the whole of an earlier job. */
  async planned(root: PlanNode): Promise<Planned> {
    return this.#lastRuns.get(root) ?? { plan: (await this.#plan([root])).plan }
  }

  async #plan(
    roots: readonly PlanNode[],
  ): Promise<{ plan: PhysicalPlan; traveling?: TravelingPlan }> {
    const nodes = nodesOf([...roots, ...handlesBelow(roots).map(({ node }) => node)])
    const formulas = nodes.some(node =>
      functionsOf(node).some(({ fn }) => fn.formula !== undefined),
    )
    if (formulas) await loadFormulaParser()
    const facts = new Map<Source, SourceFacts>()
    for (const node of nodes) {
      if (node.kind === 'source') facts.set(node.source, await this.#factsOf(node.source))
    }
    const physical = plan(roots, this.#optimizer, facts)
    return this.parallelism === 1 ? { plan: physical } : this.#spread(physical, facts)
  }

  /** The plan in workers, or the reason why it stays on the calling thread. */
  #spread(
    physical: PhysicalPlan,
    facts: ReadonlyMap<Source, SourceFacts>,
  ): { plan: PhysicalPlan; traveling?: TravelingPlan } {
    const stay = (reason: string) => ({ plan: { ...physical, threads: { workers: 1, reason } } })
    if (!this.codegen) return stay('functions may not be compiled here')
    const none = whyNoWorkers()
    if (none !== undefined) return stay(none)
    const spread = parallelize(physical, this.parallelism)
    const traveling = planMessage(spread, this.parameters)
    if (typeof traveling === 'string') return stay(traveling)
    const rows = rowsOf(physical, facts)
    if (this.#parallelFrom === undefined) {
      const noGain = whyNoGain(physical, spread, this.parallelism, rows)
      if (noGain !== undefined) return stay(noGain)
    } else if (rows < this.#parallelFrom) return stay(`only about ${rows} records`)
    return { plan: spread, traveling }
  }

  /** Runs a job, again where it fails and may. */
  async #run(
    roots: readonly PlanNode[],
    options: RunOptions = {},
    taker: Taker,
  ): Promise<JobResult> {
    checkRunOptions(options)
    const { signal, restart = this.#restart } = options
    if (signal?.aborted) throw aborted(signal)
    // Who listens shows it, and two lines would write over each other.
    const listens = options.onProgress !== undefined && this.#progress !== true
    const line = listens ? undefined : progressLine(this.#progress)
    let last: Progress | undefined
    const report = (progress: Progress) => {
      last = progress
      try {
        options.onProgress?.(progress)
      } catch (error) {
        throw new FunctionError(`onProgress: the function threw: ${reasonOf(error)}.`, {
          cause: error,
        })
      }
      line?.(progress)
    }
    // What was handed on or became visible cannot be taken back.
    let final = false
    const mayRepeat = () => restart !== false && !final
    const attempt = (number: number) => {
      taker.begin?.()
      return this.#attempt(roots, {
        attempt: number,
        mayRepeat,
        onCommit: () => {
          final = true
        },
        onBatch: (root, batch) => {
          final ||= taker.begin === undefined
          return taker.onBatch(root, batch)
        },
        ...(signal === undefined ? {} : { signal }),
        ...(options.onProgress === undefined && line === undefined ? {} : { onProgress: report }),
      })
    }
    try {
      return await withRestarts(attempt, restart, { signal, mayRepeat })
    } catch (error) {
      // An attempt that might have been followed by another one has not said that it is the end.
      if (last?.done === false) quietly(report, { ...last, done: true })
      throw error
    }
  }

  async #attempt(
    roots: readonly PlanNode[],
    options: Pick<
      JobOptions,
      'attempt' | 'mayRepeat' | 'onCommit' | 'onBatch' | 'signal' | 'onProgress'
    >,
  ): Promise<JobResult> {
    const unfilled = nodesOf(roots).filter(isUnfilled)
    const { plan: physical, traveling } = await this.#plan(roots)
    const job: JobOptions = {
      ...options,
      fingerprints: await this.#fingerprints(roots),
      memory: new MemoryPool(this.memory),
      codegen: this.codegen,
      parallelism: this.parallelism,
      spill: createSpillDirectory(this.#tempDirectory),
      parameters: this.parameters,
      handed: new HandedValues(),
    }
    const workers = this.parallelism
    const tempDirectory = this.#tempDirectory
    const result =
      traveling === undefined
        ? await runJob(physical, job)
        : await runParallelJob(physical, traveling, { ...job, workers, tempDirectory })
    const run = { plan: physical, metrics: result.metrics }
    for (const node of [...roots, ...unfilled]) {
      // What filled a cache says more about it than what reads it.
      if (node.kind === 'cache' && !unfilled.includes(node) && this.#lastRuns.has(node)) continue
      this.#lastRuns.set(node, run)
    }
    return result
  }

  /** What the loops with checkpoints compute. */
  #fingerprints(roots: readonly PlanNode[]): Promise<ReadonlyMap<number, LoopFingerprint>> {
    const { parameters, parallelism } = this
    return loopFingerprints(roots, { parameters, parallelism })
  }

  #factsOf(source: Source): Promise<SourceFacts> {
    let facts = this.#facts.get(source)
    if (facts === undefined) {
      facts = factsOf(source)
      this.#facts.set(source, facts)
      facts.catch(() => this.#facts.delete(source))
    }
    return facts
  }
}

/** Records of all sources together, as far as they are known. */
function rowsOf({ nodes }: PhysicalPlan, facts: ReadonlyMap<Source, SourceFacts>): number {
  let rows = 0
  for (const { operation, rows: estimate } of nodes) {
    if (operation.kind !== 'source') continue
    const bytes = facts.get(operation.source)?.bytes ?? 0
    rows += estimate ?? Math.floor(bytes / RECORD_BYTES)
  }
  return rows
}

/** The facts of a source; what a source of the user's throws is told with its name. */
async function factsOf(source: Source): Promise<SourceFacts> {
  try {
    return await source.facts()
  } catch (error) {
    if (error instanceof WieselError) throw error
    throw new WieselError(`${source.label}: ${reasonOf(error)}`, { cause: error })
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : shown(error)
}

function quietly<T>(call: (value: T) => void, value: T): void {
  try {
    call(value)
  } catch {
    // The job has failed already, and says why.
  }
}

function isUnfilled(node: PlanNode): boolean {
  return node.kind === 'cache' && node.store.batches === undefined
}

function checkType(value: unknown, type: string, operation: string, name: string): void {
  if (value === undefined || typeof value === type) return
  const wanted = type === 'boolean' ? 'true or false' : 'a text'
  throw new ArgumentError(`${operation}: ${name} must be ${wanted}; got ${shown(value)}.`)
}
