/** Helpers for work in steps. */
import type { Steps } from './operator.js'

/** Steps that end with a value. */
// biome-ignore lint/suspicious/noConfusingVoidType: a bare `yield` is the pause.
export type StepsTo<T> = Generator<Promise<unknown> | void, T, unknown>

/**
 * Awaits a promise within steps.
 *
 * @example const file = yield* wait(context.spill.create())
 */
export function* wait<T>(promise: Promise<T>): StepsTo<T> {
  return (yield promise) as T
}

/** Takes every batch of a spill file, or of anything else that is read asynchronously. */
export function* forEachAwaited<T>(values: AsyncIterator<T>, take: (value: T) => Steps): Steps {
  for (;;) {
    const next = yield* wait(values.next())
    if (next.done) return
    yield* take(next.value)
  }
}

/**
 * Takes all steps, awaiting what they yield.
 *
 * @param between Awaited between two steps; what it throws ends the work.
 */
export async function takeSteps<T>(steps: StepsTo<T>, between?: () => Promise<void>): Promise<T> {
  let step = steps.next()
  while (!step.done) {
    const { value } = step
    try {
      const awaited = await value
      if (between !== undefined) await between()
      step = steps.next(awaited)
    } catch (error) {
      if (step.done) throw error
      step = steps.throw(error)
    }
  }
  return step.value
}
