/** Aggregates that parts of a loop add up by themselves, merged in the order of the parts. */
import type { Scratch } from '../topology/scratch.js'
import type { ModelRun } from './model-loop.js'
import type { AnyFunction, ModelOptions } from './model-options.js'
import type { PartAggregates } from './numeric-loops.js'

/** See the module's documentation. */
export interface MergedAggregates {
  readonly parts: PartAggregates
  /** Puts the values of the superstep before to where parts read them. */
  begin(): void
  /** Keeps what the first `count` parts have added. */
  collect(count: number): void
  /** Hands on what was kept since `begin`. */
  end(): void
}

/** Names that functions spell out; more than these need not be looked through. */
const MOST_NAMES = 32

/**
 * Aggregates that `functions` add to or read.
 *
 * They need places before the loop begins, so their names are found in the functions' text: a name is
 * one of those declared, or stands there as a literal.
 *
 * @returns `undefined` where one has a rule of its own, which no other thread knows.
 */
export function partAggregates(
  run: ModelRun,
  { aggregators = {} }: Pick<ModelOptions, 'aggregators'>,
  functions: readonly AnyFunction[],
  mostParts: number,
  scratch: Scratch,
): MergedAggregates | undefined {
  const names = [...new Set([...Object.keys(aggregators), ...functions.flatMap(literals)])]
  if (names.length > MOST_NAMES) return undefined
  const rules: ('sum' | 'min' | 'max')[] = []
  for (const name of names) {
    const rule = Object.hasOwn(aggregators, name) ? aggregators[name]! : 'sum'
    if (typeof rule !== 'string' || rule === 'count') return undefined
    rules.push(rule)
  }
  const totals = scratch.float64(mostParts * names.length)
  const added = scratch.uint8(mostParts * names.length)
  const previous = scratch.float64(names.length)
  const known = scratch.uint8(names.length)
  let kept: (readonly [string, number])[] = []
  return {
    parts: { names, rules, totals, added, previous, known },
    begin() {
      kept = []
      for (const [k, name] of names.entries()) {
        const value = run.context.aggregate(name)
        known[k] = value === null ? 0 : 1
        previous[k] = value ?? 0
      }
    },
    collect(count) {
      for (let place = 0; place < count * names.length; place++) {
        if (added[place] === 1) kept.push([names[place % names.length]!, totals[place]!])
      }
      added.fill(0)
    },
    end() {
      for (const [name, value] of kept) run.context.add(name, value)
    },
  }
}

/** What stands between quotation marks in a function's text. */
function literals(fn: AnyFunction): readonly string[] {
  const text = Function.prototype.toString.call(fn)
  return Array.from(text.matchAll(/(["'`])([^"'`\\\n]*)\1/g), ([, , name]) => name!)
}
