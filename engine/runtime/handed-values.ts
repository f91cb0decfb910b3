/** The values behind what is handed over to functions, for one job. */
import { PlanError } from '../errors.js'
import { type Accumulator, Broadcast, isAccumulator } from '../plan/handed.js'

/** Resolves handed-over data sets and accumulators; each accumulator gets one copy per job. */
export class HandedValues {
  readonly #arrays = new Map<Broadcast, readonly unknown[]>()
  /** The contexts that wait for the records of a data set, and under which names. */
  readonly #waiting = new Map<Broadcast, (readonly [Record<string, unknown>, string])[]>()
  readonly #local = new Map<Accumulator<unknown, unknown>, Accumulator<unknown, unknown>>()
  readonly #byName = new Map<string, Accumulator<unknown, unknown>>()

  /**
   * Puts what a function finds under the names of `values` into its context. Data sets arrive there
   * later, before the function is called, and again whenever they have changed.
   *
   * @throws {PlanError} If one job hands over two accumulators under one name.
   */
  resolve(values: Readonly<Record<string, unknown>>, context: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(values)) {
      if (value instanceof Broadcast) {
        context[name] = this.#arrays.get(value)
        const waiting = this.#waiting.get(value) ?? []
        this.#waiting.set(value, waiting)
        waiting.push([context, name])
      } else if (isAccumulator(value)) context[name] = this.#copyOf(name, value)
      else context[name] = value
    }
  }

  /** Hands the records of a data set over. */
  handOver(handle: Broadcast, records: readonly unknown[]): void {
    this.#arrays.set(handle, records)
    for (const [context, name] of this.#waiting.get(handle) ?? []) context[name] = records
  }

  /** The accumulators' results by name. */
  results(): Readonly<Record<string, unknown>> {
    const entries = [...this.#byName].map(([name, given]) => [name, this.#local.get(given)!.value])
    return Object.fromEntries(entries)
  }

  /** Puts the results into the accumulators that the user holds. */
  publish(): void {
    for (const [given, local] of this.#local) {
      given.reset()
      given.merge(local)
    }
  }

  #copyOf(name: string, given: Accumulator<unknown, unknown>): Accumulator<unknown, unknown> {
    const named = this.#byName.get(name)
    if (named !== undefined && named !== given) {
      throw new PlanError(
        `with: two accumulators of one job are called "${name}". Hand one over under another name.`,
      )
    }
    this.#byName.set(name, given)
    let local = this.#local.get(given)
    if (local === undefined) {
      local = given.fresh()
      this.#local.set(given, local)
    }
    return local
  }
}
