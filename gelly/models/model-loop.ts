/** What runs the supersteps of a model: contexts, errors and checkpoints are alike in all of them. */
import {
  type KernelOutcome,
  type NamedBatches,
  overPlaces,
  runLoop,
  valueBatch,
} from '../../engine/extend.js'
import { FunctionError, type IterationReport, WieselError } from '../../engine/index.js'
import { type Cells, columnOf, fillCells } from './cells.js'
import {
  type AnyFunction,
  handedValues,
  type ModelContext,
  type ModelOptions,
} from './model-options.js'
import type { ModelData } from './model-rows.js'
import { placedVertices } from './model-vertices.js'

/** What a model tells about itself. */
export interface ModelProgram {
  readonly operation: string
  readonly options: ModelOptions<unknown>
  /** By name: what a checkpoint's program is known by. */
  readonly functions: Readonly<Record<string, AnyFunction | undefined>>
  /** Other options on which the answer depends. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** A model at work. */
export interface ModelRun {
  readonly data: ModelData
  readonly operation: string
  /** The values handed over. */
  readonly handed: Readonly<Record<string, unknown>>
  /** What all contexts have, up to date in each superstep. */
  readonly context: { -readonly [Name in keyof ModelContext]: ModelContext[Name] }
  /** The vertex under way, for errors. */
  readonly at: Int32Array
  /** The function that is called now, for errors. */
  phase: string
  /** Refuses what a function cannot mean to return. */
  readonly refuse: (value: unknown) => void
  /** Does `work` on ranges up to `length`; the event loop runs in between. */
  blocks(length: number, work: (from: number, to: number) => void): Promise<void>
  /** Runs the loop. */
  run(step: () => Promise<KernelOutcome>, state: ModelState): Promise<IterationReport>
}

/** Where a model ended. */
export interface ModelOutcome {
  /** By position. */
  readonly values: Cells<unknown>
  readonly report: IterationReport
  /** Threads that took part. Default 1. */
  readonly workers?: number
}

/** What a model holds between two supersteps. */
export interface ModelState {
  readonly values: Cells<unknown>
  save(): NamedBatches
  load(saved: NamedBatches): void
}

/** Vertices of one block; few enough that the event loop runs in time. */
const BLOCK = 8192

/** Prepares a model. */
export async function modelRun(data: ModelData, program: ModelProgram): Promise<ModelRun> {
  const { operation: method, options, functions, settings } = program
  const operation = options.name ?? method
  const handed = await handedValues(options.with, operation)
  const { vertexCount, edgeCount, sources, targets } = data.topology
  let breathe = async (): Promise<void> => {}
  const run: ModelRun = {
    data,
    operation,
    handed,
    context: { superstep: 0, vertexCount, edgeCount, add() {}, aggregate: () => null },
    at: new Int32Array(1),
    phase: '',
    refuse: value => refuse(value),
    async blocks(length, work) {
      for (let from = 0; from < length; from += BLOCK) {
        work(from, Math.min(from + BLOCK, length))
        await breathe()
      }
    },
    async run(step, { values, save, load }) {
      const { maxIterations, until, aggregators, checkpoint, signal, onProgress } = options
      const loop = { maxIterations, until, aggregators, checkpoint, signal, onProgress }
      const given = Object.entries(loop).filter(([, value]) => value !== undefined)
      const shape = { ...settings, direction: options.direction ?? 'out', maxIterations, until }
      const state = {
        program: {
          ...functions,
          options: { ...shape, aggregators },
          with: handed,
          edges: [vertexCount, sources, targets],
          ...data.content,
        },
        save: () => ({ ...save(), values: [valueBatch(columnOf(values, vertexCount))] }),
        load(saved: NamedBatches) {
          fillCells(values, saved.values![0]!.columns[0]!)
          load(saved)
        },
      }
      return await runLoop(
        { ...Object.fromEntries(given), name: operation, state },
        async superstep => {
          breathe = superstep.breathe
          run.context.superstep = superstep.superstep
          run.context.add = superstep.add
          run.context.aggregate = superstep.aggregate
          try {
            return await step()
          } catch (error) {
            throw failure(run, error)
          }
        },
      )
    },
  }
  return run
}

/** What a function returned that no value can be. */
class Refusal extends Error {}

function refuse(value: unknown): void {
  if (value === undefined) throw new Refusal('returned nothing. Let it return a value')
  if (
    typeof value === 'object' &&
    typeof (value as { then?: unknown } | null)?.then === 'function'
  ) {
    throw new Refusal(
      'returned a promise. Await what it needs before, and hand it over with { with }',
    )
  }
}

/** The error for what happened while a function ran. */
function failure({ operation, phase, at, data, context }: ModelRun, cause: unknown): unknown {
  if (cause instanceof WieselError) return cause
  const id = data.idOf(at[0]!)
  const when =
    context.superstep === 0 ? 'before the first superstep' : `in superstep ${context.superstep}`
  const where = `at vertex ${typeof id === 'bigint' ? id : JSON.stringify(id)} ${when}`
  if (cause instanceof Refusal) {
    return new FunctionError(`${operation}: ${phase} ${cause.message}; ${where}.`)
  }
  const message = cause instanceof Error ? cause.message : String(cause)
  return new FunctionError(`${operation}: ${phase} threw ${where}: ${message}`, { cause })
}

/**
 * Gives vertices the values that they begin with: those in the graph, or what `initial` makes of them.
 */
export function initialValues(
  run: ModelRun,
  values: Cells<unknown>,
  initial: AnyFunction | undefined,
): void {
  const { data, at } = run
  const { vertexValueOf } = data
  const context = Object.assign(run.context, run.handed)
  const made = initial && overPlaces(initial, [placedVertices(data, vertexValueOf)])
  run.phase = 'initial'
  try {
    for (let v = 0; v < data.topology.vertexCount; v++) {
      at[0] = v
      values.set(v, made === undefined ? vertexValueOf(v) : made(v, undefined, context))
    }
  } catch (error) {
    throw failure(run, error)
  }
}
