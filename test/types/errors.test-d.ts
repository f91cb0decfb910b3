/** Type tests: this file is compiled with the others and never run. */
import { AbortError, ArgumentError, WieselError } from '../../engine/index.js'
import { expectType } from './expect-type.js'

const error = new ArgumentError('first: count must be a positive integer; got -1.')
expectType<ArgumentError>().of(error)
expectType<string>().of(error.message)
expectType<WieselError>().of(new WieselError('x', { cause: error }))

// @ts-expect-error a message is text
new AbortError(1)

// The helper itself tells types apart that are assignable to each other.
expectType<{ a?: number }>().of({} as { a?: number })
// @ts-expect-error optional is not the same as undefined
expectType<{ a?: number }>().of({} as { a: number | undefined })
// @ts-expect-error a literal is not just any number
expectType<number>().of(1 as const)
