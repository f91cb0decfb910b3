import { ArgumentError } from '../errors.js'
import type { UserFunction } from '../functions/user-function.js'
import { type Accumulator, Broadcast, checkHanded } from '../plan/handed.js'
import { knownOptions, nonEmptyText, plainObject } from '../types/arguments.js'
import { shown } from '../types/column-writer.js'
import type { DataSet } from './data-set.js'
import type { Cell } from './rows.js'

/** What every function gets in its last parameter, beside the values handed over to it. */
export interface RuntimeContext {
  /** The operation that calls the function, as written: `map`. */
  readonly operation: string
  /** The job parameters of the environment. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** The partition whose records are being processed, from 0. */
  readonly partition: number
  /** In the body of a loop the superstep under way, from 1; elsewhere 0. */
  readonly superstep: number
  /** In the body of a loop: adds a value to an aggregate of this superstep. */
  add(name: string, value?: unknown): void
  /** In the body of a loop: an aggregate of the superstep before; `null` when there is none. */
  aggregate<A = number>(name: string): A | null
}

/** Values handed over to a function, as they arrive: a DataSet comes as an array of its records. */
export type HandedValues<H> = {
  readonly [K in keyof H]: H[K] extends DataSet<infer U> ? readonly U[] : H[K]
}

/** The last parameter of every function: the values handed over, and the runtime's own. */
export type Context<H> = HandedValues<H> & RuntimeContext

/** Options of an operation that takes a function. */
export interface FunctionOptions<H> {
  /**
   * Values handed over to the function; it finds them in its last parameter. Plain data, DataSets
   * (broadcast: they arrive as arrays, keep them small) and accumulators. A function that gets its
   * values handed over instead of capturing them can travel to workers.
   */
  readonly with?: H
}

/** Nothing handed over. */
export type Nothing = Readonly<Record<never, never>>

/** A formula where a function is expected; made by `formula('a * b')`. */
export class Formula {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/**
 * A formula as text, for use wherever a simple function can stand.
 *
 * Fields are written by name; operators, `and`, `or`, `not`, comparisons and functions of one
 * value are those of mathjs. A missing value makes the result missing.
 *
 * @example mean(formula('delay / distance'))
 */
export function formula(text: string): Formula {
  nonEmptyText(text, 'formula', 'the formula')
  return new Formula(text)
}

type Comparison = '<' | '>' | '==' | '!=' | ' and ' | ' or ' | ' xor '
type TextFunction = 'lower' | 'upper' | 'trim' | 'substring' | 'string'
type TruthFunction = 'startsWith' | 'endsWith' | 'contains' | 'isNaN' | 'isMissing'

/**
 * What the formula `F` over records `T` gives, as far as its look tells: a field's own type, a truth
 * value where something is compared, text or a date where such a function comes first, else a
 * number. A choice (`a ? b : c`, `ifMissing`) and a text that the compiler does not know may give
 * anything. A missing value makes it `null`.
 */
export type FormulaValue<T, F> = F extends string
  ? string extends F
    ? Cell
    : F extends keyof T
      ? T[F]
      : F extends `${string}?${string}` | `ifMissing(${string}` | `"${string}`
        ? Cell
        : F extends
              | `${string}${Comparison}${string}`
              | `not ${string}`
              | `${TruthFunction}(${string}`
          ? boolean
          : F extends `${TextFunction}(${string}`
            ? string
            : F extends `date(${string}`
              ? Date
              : number
  : Cell

/**
 * The plan's form of what a user gave where a function is expected.
 *
 * @param further Options that the operation has besides `with`.
 * @throws {ArgumentError} If it is neither a function nor a text, or hands over what cannot travel.
 */
export function userFunction(
  given: unknown,
  operation: string,
  options?: FunctionOptions<unknown>,
  further: readonly string[] = [],
): UserFunction {
  const handed: Record<string, unknown> = {}
  knownOptions(options, ['with', ...further], operation)
  const values = options?.with ?? {}
  plainObject(values, operation, 'with', '{ factor: 2 }')
  for (const [name, value] of Object.entries(values)) {
    handed[name] = isDataSet(value) ? new Broadcast(value.node) : value
  }
  checkHanded(handed, operation)
  if (typeof given === 'string') return Object.freeze({ formula: given, handed, operation })
  if (given instanceof Formula) return Object.freeze({ formula: given.text, handed, operation })
  if (typeof given !== 'function') {
    throw new ArgumentError(
      `${operation}: needs a function or a formula in quotes; got ${shown(given)}.`,
    )
  }
  return Object.freeze({ call: given as UserFunction['call'] & {}, handed, operation })
}

/** Without importing the class, which imports this file. */
function isDataSet(value: unknown): value is DataSet<unknown> {
  const candidate = value as Partial<DataSet<unknown>> | null
  return (
    typeof candidate === 'object' &&
    typeof candidate?.node === 'object' &&
    typeof candidate.collect === 'function'
  )
}

/** An accumulator with a readable type, for `with`. */
export type { Accumulator }
