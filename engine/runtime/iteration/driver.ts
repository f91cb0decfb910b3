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
import { type StepsTo, wait } from '../steps.js'
import { SOLO, type Team } from '../team.js'
import { Aggregates } from './aggregates.js'
import type { IterationReport, LoopListener, StopReason, SuperstepReport } from './report.js'

/** What one superstep came to, as far as this worker knows. */
export interface StepOutcome {
  /** Records in the workset that it began with. */
  readonly workset?: number
  /** Entries that it changed. */
  readonly changed?: number
  /** Records in the next workset; when there are none anywhere, the loop ends. */
  readonly pending?: number
  /** Records of the criterion; when there are none anywhere, the loop ends. */
  readonly criterion?: number
}

/** The work of a loop. */
export interface Step {
  /** Records in the first workset, where there is such a thing. */
  pending?(): number
  /** Does superstep `superstep`, from 1. */
  run(superstep: number): StepsTo<StepOutcome>
  /** Where it stands between two supersteps. */
  save?(): StepsTo<NamedBatches>
  /** Goes on from there. */
  load?(saved: NamedBatches): Steps
}

/** What a worker tells the others after a superstep. */
interface Part {
  readonly outcome: StepOutcome
  readonly aggregates: Readonly<Record<string, unknown>>
}

/** What all workers together came to. */
interface Met {
  readonly workset: number | undefined
  readonly changed: number | undefined
  readonly ended: StopReason | undefined
  readonly values: Readonly<Record<string, unknown>>
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
  readonly #team: Team

  /** @param team The workers that run the loop together; each has a driver of its own. */
  constructor(loop: Loop, options: LoopOptions, listener: LoopListener, team: Team = SOLO) {
    this.#loop = loop
    this.#team = team
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
    let stoppedBy = yield* this.#idle(step)
    let before = performance.now()
    while (stoppedBy === undefined) {
      this.superstep++
      const outcome = yield* step.run(this.superstep)
      const { workset, changed, ended, values } = yield* this.#meet(outcome)
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
      else if (yield* this.#isMet(values)) stoppedBy = 'until'
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

  /** Why there is nothing to do from the beginning. */
  *#idle(step: Step): StepsTo<StopReason | undefined> {
    const pending = step.pending?.()
    if (pending === undefined) return undefined
    const all = this.#isAlone ? [pending] : yield* wait(this.#team.gather(pending))
    return all.every(rows => rows === 0) ? 'emptyWorkset' : undefined
  }

  /** What the superstep of all workers came to: here they wait for each other. */
  *#meet(own: StepOutcome): StepsTo<Met> {
    const part: Part = { outcome: own, aggregates: this.aggregates.parts() }
    const parts = this.#isAlone ? [part] : yield* wait(this.#team.gather(part))
    const total = (name: keyof StepOutcome): number | undefined => {
      const known = parts.flatMap(({ outcome }) => outcome[name] ?? [])
      return known.length === 0 ? undefined : known.reduce((a, b) => a + b)
    }
    const values = this.aggregates.end(parts.map(({ aggregates }) => aggregates))
    const [workset, changed] = [total('workset'), total('changed')]
    const ended =
      total('pending') === 0 ? 'emptyWorkset' : total('criterion') === 0 ? 'untilEmpty' : undefined
    return { workset, changed, ended, values }
  }

  get #isAlone(): boolean {
    return this.#team.workers === 1
  }

  *#resume(step: Step, checkpoints: Checkpoints): Steps {
    const saved = yield* checkpoints.resume()
    if (saved === undefined || step.load === undefined) return
    this.superstep = saved.superstep
    this.aggregates.resume(saved.aggregates)
    yield* step.load(saved.batches)
  }

  /** Whether the user's own criterion is met. The first worker decides for all. */
  *#isMet(values: Readonly<Record<string, unknown>>): StepsTo<boolean> {
    const { until } = this.#options
    if (until === undefined) return false
    const own = this.#team.worker === 0 && this.#ask(until, values)
    if (this.#isAlone) return own
    const [first] = yield* wait(this.#team.gather(own))
    return first === true
  }

  #ask(
    until: NonNullable<LoopOptions['until']>,
    values: Readonly<Record<string, unknown>>,
  ): boolean {
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
