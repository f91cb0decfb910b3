import { ArgumentError } from '../../errors.js'
import type { Aggregator, CustomAggregator } from '../../plan/loop.js'
import { shown } from '../../types/column-writer.js'
import { checkAggregateName } from './report.js'

/** One aggregate: what has been added in this superstep. */
interface Cell {
  value: unknown
  readonly rule: CustomAggregator
}

const number = (value: unknown): number => {
  if (typeof value === 'number') return value
  throw new ArgumentError(`add: the value must be a number; got ${shown(value)}.`)
}

/** Aggregators that are known by name. NaN among the values makes the result NaN, but for counts. */
const RULES: Record<Exclude<Aggregator, object>, CustomAggregator> = {
  sum: {
    start: 0,
    add: (sum, value) => (sum as number) + number(value),
    merge: (a, b) => (a as number) + (b as number),
  },
  count: {
    start: 0,
    add: count => (count as number) + 1,
    merge: (a, b) => (a as number) + (b as number),
  },
  min: {
    start: Infinity,
    add: (least, value) => Math.min(least as number, number(value)),
    merge: (a, b) => Math.min(a as number, b as number),
  },
  max: {
    start: -Infinity,
    add: (most, value) => Math.max(most as number, number(value)),
    merge: (a, b) => Math.max(a as number, b as number),
  },
}

/**
 * What functions of a loop's body add up under names. Values of one superstep can be read in the
 * next one; a name that was not declared is a sum.
 */
export class Aggregates {
  readonly #cells = new Map<string, Cell>()
  #previous: Readonly<Record<string, unknown>> | undefined

  constructor(declared: Readonly<Record<string, Aggregator>>) {
    for (const [name, aggregator] of Object.entries(declared)) this.#declare(name, aggregator)
  }

  /** Adds a value in the current superstep. */
  add(name: string, value: unknown): void {
    const cell = this.#cells.get(name) ?? this.#declare(name, 'sum')
    cell.value = cell.rule.add(cell.value, value as never)
  }

  /** The value of the superstep before; `null` in the first one, and for names without values. */
  previous(name: string): unknown {
    return this.#previous?.[name] ?? null
  }

  /** What this part has added up in the current superstep. */
  parts(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.#cells].map(([name, { value }]) => [name, value]))
  }

  /**
   * Ends a superstep: the parts of all workers, in their order, become the values that can be read
   * from now on.
   */
  end(parts: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
    for (const name of parts.flatMap(part => Object.keys(part))) {
      if (!this.#cells.has(name)) this.#declare(name, 'sum')
    }
    const values: Record<string, unknown> = {}
    for (const [name, cell] of this.#cells) {
      const { rule } = cell
      const own = parts.flatMap(part => (Object.hasOwn(part, name) ? [part[name]] : []))
      values[name] = own.length === 0 ? rule.start : own.reduce((a, b) => rule.merge(a, b))
      cell.value = rule.start
    }
    this.#previous = values
    return values
  }

  /** Goes on after a superstep whose values were these. */
  resume(values: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(values)) if (!this.#cells.has(name)) this.#declare(name, 'sum')
    this.#previous = values
  }

  #declare(name: string, aggregator: Aggregator): Cell {
    checkAggregateName(name, 'add')
    const rule = typeof aggregator === 'string' ? RULES[aggregator] : aggregator
    const cell = { value: rule.start, rule }
    this.#cells.set(name, cell)
    return cell
  }
}
