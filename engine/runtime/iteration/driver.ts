/**
 * The iteration driver: it runs every loop of the project, be its step a dataflow or a kernel. It
 * counts supersteps, adds up aggregates, decides when to stop and says which rule stopped it.
 *
 * The rules are looked at after each superstep, in this order: the step itself (an empty workset, an
 * empty criterion), `until`, the maximum. A superstep that ends the loop counts, and its result is
 * the loop's.
 */
import { ArgumentError, FunctionError } from '../../errors.js'
import type { Loop, LoopOptions } from '../../plan/loop.js'
import type { RecordBatch } from '../../types/batch.js'
import { shown } from '../../types/column-writer.js'
import type { Steps } from '../operator.js'
import type { StepsTo } from '../steps.js'
import { Aggregates } from './aggregates.js'
import type { IterationReport, LoopListener, StopReason, SuperstepReport } from './report.js'

/** What one superstep came to. */
export interface StepOutcome {
  /** Records in the workset that it began with. */
  readonly workset?: number
  /** Entries that it changed. */
  readonly changed?: number
  /** Set when the step itself says that there is nothing left to do. */
  readonly ended?: StopReason
}

/** The work of a loop. */
export interface Step {
  /** Whether there is nothing to do from the beginning. */
  readonly idle?: StopReason | undefined
  /** Does superstep `superstep`, from 1. */
  run(superstep: number): StepsTo<StepOutcome>
  /** Where it stands between two supersteps. */
  save?(): StepsTo<NamedBatches>
  /** Goes on from there. */
  load?(saved: NamedBatches): Steps
}

/** Batches by what they hold. */
export type NamedBatches = Readonly<Record<string, readonly RecordBatch[]>>

/** Where a loop stood after a superstep. */
export interface Saved {
  readonly superstep: number
  readonly aggregates: Readonly<Record<string, unknown>>
  readonly batches: NamedBatches
}

/** Where loops write down where they stand. */
export interface Checkpoints {
  /** Where an earlier run of the same program got to. */
  resume(): StepsTo<Saved | undefined>
  /** Whether to write after superstep `superstep`. */
  isDue(superstep: number): boolean
  write(saved: Saved): Steps
}

/** See the module's documentation. */
export class IterationDriver {
  aggregates: Aggregates
  /** The superstep under way, from 1. */
  superstep = 0
  readonly #loop: Loop
  readonly #options: LoopOptions
  readonly #listener: LoopListener

  constructor(loop: Loop, options: LoopOptions, listener: LoopListener) {
    this.#loop = loop
    this.#options = options
    this.#listener = listener
    this.aggregates = new Aggregates(options.aggregators)
  }

  /** Begins again, as if it had done nothing. */
  reset(): void {
    this.superstep = 0
    this.aggregates = new Aggregates(this.#options.aggregators)
  }

  /** Runs the loop to its end. */
  *run(step: Step, checkpoints?: Checkpoints): StepsTo<IterationReport> {
    const { maxIterations } = this.#options
    const began = performance.now()
    const history: SuperstepReport[] = []
    if (checkpoints !== undefined) yield* this.#resume(step, checkpoints)
    let stoppedBy = step.idle
    let before = performance.now()
    while (stoppedBy === undefined) {
      this.superstep++
      const { workset, changed, ended } = yield* step.run(this.superstep)
      const values = this.aggregates.end([this.aggregates.parts()])
      const now = performance.now()
      const report: SuperstepReport = {
        superstep: this.superstep,
        ms: now - before,
        ...(workset === undefined ? {} : { workset }),
        ...(changed === undefined ? {} : { changed }),
        ...values,
      }
      before = now
      history.push(report)
      this.#listener.superstep(this.#loop, report, maxIterations)
      if (ended !== undefined) stoppedBy = ended
      else if (this.#isMet(values)) stoppedBy = 'until'
      else if (this.superstep >= maxIterations) stoppedBy = 'maxIterations'
      else if (checkpoints?.isDue(this.superstep) && step.save !== undefined) {
        const batches = yield* step.save()
        yield* checkpoints.write({ superstep: this.superstep, aggregates: values, batches })
      }
      yield
    }
    const report: IterationReport = {
      id: this.#loop.id,
      name: this.#loop.name,
      iterations: this.superstep,
      stoppedBy,
      converged: stoppedBy !== 'maxIterations',
      history,
      milliseconds: performance.now() - began,
    }
    this.#listener.ended(report)
    return report
  }

  *#resume(step: Step, checkpoints: Checkpoints): Steps {
    const saved = yield* checkpoints.resume()
    if (saved === undefined || step.load === undefined) return
    this.superstep = saved.superstep
    this.aggregates.resume(saved.aggregates)
    yield* step.load(saved.batches)
  }

  /** Whether the user's own criterion is met. */
  #isMet(values: Readonly<Record<string, unknown>>): boolean {
    const { until } = this.#options
    if (until === undefined) return false
    const aggregate = (name: string): never => {
      if (Object.hasOwn(values, name)) return values[name] as never
      const known = Object.keys(values).join(', ') || 'none'
      throw new ArgumentError(
        `${this.#loop.name}: until asks for the aggregate "${name}", to which no function adds; there is ${known}.`,
      )
    }
    let met: unknown
    try {
      met = until({ superstep: this.superstep, aggregate })
    } catch (cause) {
      if (cause instanceof ArgumentError) throw cause
      const message = cause instanceof Error ? cause.message : shown(cause)
      throw new FunctionError(
        `${this.#loop.name}: until threw after superstep ${this.superstep}: ${message}`,
        { cause },
      )
    }
    if (typeof met === 'boolean') return met
    throw new FunctionError(
      `${this.#loop.name}: until must return true or false; got ${shown(met)} after superstep ${this.superstep}.`,
    )
  }
}
