/** What an algorithm of the command is: one entry of the table in `algorithms.ts`. */
import type { DataSet } from '../../engine/index.js'
import type { AnyGraph } from './any-graph.js'
import type { Flags } from './flags.js'

/** What algorithms answer, as far as the command is concerned. */
export interface Outcome {
  /** The table. */
  readonly records: DataSet<object>
  /** What is said below it: `iterations`, `converged`, counts. */
  readonly facts?: Readonly<Record<string, unknown>>
}

/** An algorithm by the name that it has on the command line. */
export interface Algorithm {
  /** One line for the help. */
  readonly about: string
  /** By name of the option that they become. */
  readonly flags: Flags
  /** The column that orders the table, descending, when only the top is asked for. */
  readonly order?: string
  /** Loads the library and runs. */
  readonly run: (graph: AnyGraph, options: never) => Promise<Outcome>
}
