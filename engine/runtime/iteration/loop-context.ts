import type { IterationDriver } from './driver.js'

/** Adds to the context of a function in a loop's body what the loop gives it. */
export function inLoop<C extends object>(context: C, driver: IterationDriver): C {
  // A loop in a loop hides what the outer one gives.
  const shared = { enumerable: true, configurable: true }
  return Object.defineProperties(context, {
    superstep: { get: () => driver.superstep, ...shared },
    add: { value: (name: string, value: unknown) => driver.aggregates.add(name, value), ...shared },
    aggregate: { value: (name: string) => driver.aggregates.previous(name), ...shared },
  })
}
