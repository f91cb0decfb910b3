/** Options that all iterative models share, and their checks. */
import { checkCallable, checkHanded, knownOptions } from '../../engine/extend.js'
import {
  type Aggregator,
  ArgumentError,
  type CheckpointOptions,
  DataSet,
  type HandedValues,
  type LoopProgress,
  type SuperstepState,
} from '../../engine/index.js'
import { checkDirection, type EdgeDirection } from '../direction.js'

/** Nothing handed over. */
export type Nothing = Readonly<Record<never, never>>

/** Options that all iterative models share. */
export interface ModelOptions<H = Nothing> {
  /** The most supersteps; `Infinity` where the model surely ends by itself. */
  readonly maxIterations?: number
  /** Called after each superstep; the loop ends when it returns true. */
  readonly until?: (state: SuperstepState) => boolean
  /** What functions add up with `context.add(name, value)`; see `iterate`. Others are sums. */
  readonly aggregators?: Readonly<Record<string, Aggregator>>
  /**
   * Along which edges: `'out'` from source to target (default), `'in'` from target to source, `'all'`
   * both ways, where a self-loop counts twice.
   */
  readonly direction?: EdgeDirection
  /** Values handed over to the functions, which find them in `context`; DataSets arrive as arrays. */
  readonly with?: H
  /** Writes down where the loop stands, so that the same program goes on from there. */
  readonly checkpoint?: CheckpointOptions
  /** What errors, progress and checkpoints call the loop. Default: the name of the method. */
  readonly name?: string
  /** Stops the loop when aborted; it then fails with `AbortError`. */
  readonly signal?: AbortSignal
  /** Called after supersteps, about ten times a second. */
  readonly onProgress?: (progress: LoopProgress) => void
}

/** What functions of all models find in their context, beside the values handed over. */
export interface ModelContext {
  /** The superstep under way, from 1. */
  readonly superstep: number
  readonly vertexCount: number
  readonly edgeCount: number
  /** Adds a value to an aggregate of this superstep. */
  add(name: string, value?: unknown): void
  /** An aggregate of the superstep before; `null` when there is none. */
  aggregate<A = number>(name: string): A | null
}

/** The context of functions with handed-over values. */
export type ContextWith<H, C extends ModelContext = ModelContext> = HandedValues<H> & C

const OPTIONS = [
  'maxIterations',
  'until',
  'aggregators',
  'direction',
  'with',
  'checkpoint',
  'name',
  'signal',
  'onProgress',
  'initial',
]

/** A user's function of any form. */
export type AnyFunction = (...parameters: never[]) => unknown

/**
 * Checks what all models have in common.
 *
 * @param functions The names of the model's functions; those that end in `?` may be missing.
 * @param further The names of the model's other options.
 * @throws {ArgumentError} If an option is unknown or wrong, or nothing would end the loop.
 */
export function checkModelOptions(
  options: ModelOptions<unknown>,
  operation: string,
  functions: readonly string[],
  further: readonly string[],
): void {
  const names = functions.map(name => name.replace('?', ''))
  if (typeof options !== 'object' || options === null) {
    throw new ArgumentError(`${operation}: needs options, with ${names.join(', ')}.`)
  }
  knownOptions(options, [...names, ...OPTIONS, ...further], operation)
  for (const [k, name] of [...names, 'initial'].entries()) {
    const given = (options as Readonly<Record<string, unknown>>)[name]
    if (given === undefined && (functions[k] ?? '?').endsWith('?')) continue
    if (typeof given !== 'function') {
      const found = given === undefined ? 'there is none' : `got ${typeof given}`
      throw new ArgumentError(`${operation}: ${name} must be a function; ${found}.`)
    }
    checkCallable(
      { call: given as AnyFunction, handed: {}, operation: `${operation}.${name}` },
      false,
    )
  }
  const { direction = 'out', maxIterations, until, aggregators = {} } = options
  if (Object.hasOwn(Object(aggregators), 'messages')) {
    throw new ArgumentError(
      `${operation}: an aggregator cannot be called "messages", which reports use themselves. Choose another name.`,
    )
  }
  checkDirection(direction, operation)
  if (maxIterations === undefined && until === undefined) {
    throw new ArgumentError(
      `${operation}: nothing may end the loop. Give maxIterations or until, or maxIterations: Infinity where the model surely ends by itself.`,
    )
  }
}

/** Names of the models' contexts, which values handed over may not take. */
const RESERVED = [
  'vertexCount',
  'edgeCount',
  'setValue',
  'send',
  'sendAlong',
  'sendToNeighbors',
  'edges',
  'voteToHalt',
]

/**
 * The values handed over, with the records of data sets among them.
 *
 * @throws {ArgumentError} If a name belongs to the context, or a value cannot travel.
 */
export async function handedValues(
  given: unknown,
  operation: string,
): Promise<Record<string, unknown>> {
  const handed: Record<string, unknown> = {}
  for (const [name, value] of Object.entries((given ?? {}) as object)) {
    if (RESERVED.includes(name)) {
      throw new ArgumentError(
        `${operation}: "${name}" is a name of the context itself. Hand the value over under another name.`,
      )
    }
    handed[name] = value instanceof DataSet ? await value.collect() : value
  }
  checkHanded(handed, operation)
  return handed
}
