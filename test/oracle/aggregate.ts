/** Aggregates, the naive version. */
import type { AggregateOp } from '../../engine/plan/aggregate.js'
import { compareValues, isMissing, keyTextOf } from './values.js'

/** What `op` gives for the values of a group, in order; missing ones do not count. */
export function aggregate(op: AggregateOp, all: readonly unknown[]): unknown {
  const values = all.filter(value => !isMissing(value))
  const numbers = values as number[]
  const n = values.length
  const sum = () => numbers.reduce((a, b) => a + b, 0)
  const variance = () => numbers.reduce((a, b) => a + (b - sum() / n) ** 2, 0) / (n - 1)
  const ranked = () => values.toSorted((a, b) => compareValues(a, b, 'ascending'))
  const nan = values.some(Number.isNaN) ? Number.NaN : undefined
  const results: { readonly [O in AggregateOp]: () => unknown } = {
    sum,
    min: () => nan ?? ranked()[0],
    max: () => nan ?? ranked().at(-1),
    mean: () => (n === 0 ? null : sum() / n),
    count: () => n,
    countDistinct: () => new Set(values.map(keyTextOf)).size,
    variance: () => (n < 2 ? null : variance()),
    deviation: () => (n < 2 ? null : Math.sqrt(variance())),
    share: () => (n === 0 ? null : values.filter(Boolean).length / n),
    first: () => values[0],
    last: () => values.at(-1),
  }
  return results[op]() ?? null
}
