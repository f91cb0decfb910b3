/** What loops say about themselves. */

import { ArgumentError } from '../../errors.js'
import type { Loop } from '../../plan/loop.js'

/** Why a loop ended. */
export type StopReason = 'maxIterations' | 'until' | 'untilEmpty' | 'emptyWorkset'

/** One superstep; aggregates stand beside the other members, under their own names. */
export interface SuperstepReport {
  /** From 1. */
  readonly superstep: number
  /** How long it took. */
  readonly ms: number
  /** Records in the workset that it began with. Delta iterations only. */
  readonly workset?: number
  /** Entries of the solution set that it replaced or inserted. Delta iterations only. */
  readonly changed?: number
  readonly [aggregate: string]: unknown
}

/** What a loop did. */
export interface IterationReport {
  /** Tells loops of one name apart. */
  readonly id: number
  /** The loop's name, or `iterate`. */
  readonly name: string
  /** Supersteps done. */
  readonly iterations: number
  readonly stoppedBy: StopReason
  /** Whether something else than the maximum ended it. */
  readonly converged: boolean
  /** The supersteps of this run, in order. */
  readonly history: readonly SuperstepReport[]
  readonly milliseconds: number
}

/** What a running loop tells the job. */
export interface LoopListener {
  /** After each superstep. */
  superstep(loop: Loop, report: SuperstepReport, maxIterations: number): void
  /** At the end of the loop. */
  ended(report: IterationReport): void
}

/** Names that aggregates cannot have, because reports use them. */
const REPORTED: readonly string[] = ['superstep', 'ms', 'workset', 'changed']

/** @throws {ArgumentError} If reports of supersteps use the name themselves. */
export function checkAggregateName(name: string, operation: string): void {
  if (!REPORTED.includes(name)) return
  throw new ArgumentError(
    `${operation}: an aggregate cannot be called "${name}", which reports of supersteps use themselves. Choose another name.`,
  )
}
