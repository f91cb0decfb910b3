/** What tests of bad input share. */
import type { ExecutionContext } from 'ava'
import { DataSet, type WieselError } from '../../engine/index.js'

/** A class of errors. */
export type ErrorClass = new (message?: string) => WieselError

/** What a plain JavaScript program could pass; no types stand in its way. */
export type Anything = ReturnType<typeof JSON.parse>

/**
 * Asserts that something fails with an error of `type`, of which `message` is the whole message, or
 * a pattern in it. A data set that comes out is collected first.
 *
 * @returns The error.
 */
export async function fails(
  t: ExecutionContext,
  type: ErrorClass,
  message: string | RegExp,
  run: () => unknown,
): Promise<WieselError> {
  const outcome = async () => {
    const result = await run()
    return result instanceof DataSet ? result.collect() : result
  }
  const error = await t.throwsAsync(outcome, { instanceOf: type, message })
  return error as WieselError
}
