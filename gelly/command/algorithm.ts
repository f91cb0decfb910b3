/** What an algorithm of the command is: one entry of the table in `algorithms.ts`. */
import type { AnyGraph } from './any-graph.js'
import type { Flags } from './flags.js'

/** An algorithm by the name that it has on the command line. */
export interface Algorithm {
  /** One line for the help. */
  readonly about: string
  /** By name of the option that they become. */
  readonly flags: Flags
  /** The column by which the table is ordered, descending, when only the top is asked for. */
  readonly order?: string
  /** Which data set of the result is the table; by default its first. */
  readonly table?: string
  /** Whether it takes `onProgress`. */
  readonly reports?: boolean
  /** What the input is; by default a graph. Communities are the option `one`. */
  readonly input?: 'communities'
  /** Runs it; all take `signal`. What it gives is read by `outcomeOf`. */
  readonly run: (graph: AnyGraph, options: never) => unknown
}

/** Algorithms by name. */
export type Algorithms = Readonly<Record<string, Algorithm>>
