/** Aggregates as plans hold them; `api/aggregates.ts` has the functions that make them. */
import type { UserFunction } from '../functions/user-function.js'

/** What can be computed of the values of one field over many records. */
export type AggregateOp =
  | 'sum'
  | 'min'
  | 'max'
  | 'mean'
  | 'count'
  | 'countDistinct'
  | 'variance'
  | 'deviation'
  | 'share'
  | 'first'
  | 'last'

const WRITTEN: { readonly [O in AggregateOp]?: string } = { first: 'firstValue', last: 'lastValue' }

/** The aggregate's name as users write it, for errors: `firstValue`. */
export function aggregateName(op: AggregateOp): string {
  return WRITTEN[op] ?? op
}

/** The input of an aggregate: a field, or a function of the record (also a formula); none for count. */
export type AggregateInput =
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'function'; readonly fn: UserFunction }
  | { readonly kind: 'none' }

/** One aggregate and the name that its result gets. */
export interface AggregateSpec {
  readonly as: string
  readonly op: AggregateOp
  readonly input: AggregateInput
}
