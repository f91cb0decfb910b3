/** The values behind what is handed over to functions, for one job. */
import { PlanError } from '../errors.js'
import { type Accumulator, Broadcast, isAccumulator } from '../plan/handed.js'
import type { PlanNode } from '../plan/node.js'

/** Resolves handed-over data sets and accumulators; each accumulator gets one copy per job. */
export class HandedValues {
  readonly #arrays: ReadonlyMap<PlanNode, readonly unknown[]>
  readonly #local = new Map<Accumulator<unknown, unknown>, Accumulator<unknown, unknown>>()
  readonly #byName = new Map<string, Accumulator<unknown, unknown>>()

  /** @param arrays The records of the data sets that are handed over. */
  constructor(arrays: ReadonlyMap<PlanNode, readonly unknown[]>) {
    this.#arrays = arrays
  }

  /**
   * What a function finds under the names of `values`.
   *
   * @throws {PlanError} If one job hands over two accumulators under one name.
   */
  resolve(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const resolved: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(values)) {
      if (value instanceof Broadcast) resolved[name] = this.#arrays.get(value.node)
      else if (isAccumulator(value)) resolved[name] = this.#copyOf(name, value)
      else resolved[name] = value
    }
    return resolved
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
