/** The optimizer's rules by name, and the switches for them. */
import { ArgumentError } from '../errors.js'

/**
 * What each rule does, for `explain()` and the documentation. Every rule can be switched off; the
 * answers of a program never depend on it.
 */
export const RULES = {
  'shared-subplans': 'equal parts of a plan run once',
  'constant-folding': 'filters that are always true or always false are decided while planning',
  'filter-push-down': 'records are filtered as early as the answer allows',
  'redundant-distinct': 'distinct is dropped where the records are distinct already',
  'redundant-sort': 'a sort is dropped where the order is there already or makes no difference',
  'redundant-partition': 'records are not spread anew where they lie as wanted already',
  'first-push-down': 'first(n) goes below functions that give one record for one record',
  'top-n': 'a sort below first(n) keeps n records only',
  'projection-push-down': 'fields that nobody reads are neither read nor computed',
  'join-strategy': 'joins build on the smaller side, and merge where both sides are sorted',
  chaining: 'neighbouring record-wise functions run in one loop',
  'fused-aggregate': 'groups of whole numbers are added up in the loop that makes the records',
} as const

/** The names of the rules. */
export type RuleName = keyof typeof RULES

/** Which rules may run: all but those set to `false`; `false` alone switches every rule off. */
export type OptimizerOptions = false | { readonly [R in RuleName]?: boolean }

/** Whether `rule` may run. */
export function enabled(options: OptimizerOptions, rule: RuleName): boolean {
  return options !== false && options[rule] !== false
}

/**
 * Checks options that come from outside.
 *
 * @throws {ArgumentError} If there is no rule of a name, or a switch is not a boolean.
 */
export function checkOptimizerOptions(operation: string, options: OptimizerOptions): void {
  if (options === false) return
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(RULES, name)) {
      throw new ArgumentError(
        `${operation}: there is no optimizer rule "${name}"; the rules are ${Object.keys(RULES).join(', ')}.`,
      )
    }
    if (value !== undefined && typeof value !== 'boolean') {
      throw new ArgumentError(
        `${operation}: optimizer rule "${name}" must be true or false; got ${String(value)}.`,
      )
    }
  }
}
