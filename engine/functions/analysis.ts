/** Finds out what a user's function reads, returns and captures. */
import type { FunctionFacts } from './facts.js'
import type { Lambda } from './lambda.js'
import type { UserFunction } from './user-function.js'

/** The lambda of a function, or the reason why it could not be read. Kept per function. */
export function lambdaOf(fn: UserFunction, records: 1 | 2): Lambda | string {
  void fn
  void records
  return 'is not analysed yet'
}

/** What is known about a function of one or two records. Kept per function. */
export function factsOf(fn: UserFunction, records: 1 | 2): FunctionFacts {
  void fn
  return {
    reads: records === 1 ? ['all'] : ['all', 'all'],
    captures: [],
    contextReads: 'all',
    async: false,
    generator: false,
    pure: false,
    repeatable: false,
    mutates: records === 1 ? [true] : [true, true],
    reason: 'is not analysed yet',
  }
}
