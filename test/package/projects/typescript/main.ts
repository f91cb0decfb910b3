/** A TypeScript project: the types of every door are found, and they are not `any`. */
import { ArgumentError, type WieselError } from 'wiesel'
import type {} from 'wiesel/gelly'
import type {} from 'wiesel/ml'
import type {} from 'wiesel/notebooks'

export const error: WieselError = new ArgumentError('first: count must be positive; got -1.')

// @ts-expect-error a message is text
export const wrong = new ArgumentError(1)
