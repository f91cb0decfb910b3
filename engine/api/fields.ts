/** Types that know the fields of a record, so that `groupBy('wrod')` does not compile. */
import type { SparseVector } from '../types/sparse-vector.js'

/** Types that have no fields of their own. */
type Leaf =
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | Date
  | Float64Array
  | SparseVector
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ((...parameters: never[]) => unknown)

type TupleFields<T extends readonly unknown[]> = number extends T['length']
  ? `${number}`
  : Exclude<keyof T, keyof (readonly unknown[])> & string

type Nested<T, K extends string & keyof T, Depth extends readonly unknown[]> =
  NonNullable<T[K]> extends Leaf | readonly unknown[]
    ? K
    : K | `${K}.${PathsAt<NonNullable<T[K]>, Depth>}`

type PathsAt<T, Depth extends readonly unknown[]> = Depth extends readonly [unknown, ...infer Rest]
  ? { [K in string & keyof T]: Nested<T, K, Rest> }[string & keyof T]
  : never

/**
 * The names of a record's fields, and paths such as `user.zip` into nested objects up to four
 * levels deep. The fields of tuples are '0', '1', ...; plain values have none.
 */
export type FieldOf<T> = T extends Leaf
  ? never
  : T extends readonly unknown[]
    ? TupleFields<T>
    : PathsAt<T, [1, 1, 1, 1]>

/** The type of the value at a path. */
export type FieldValue<T, P extends string> = P extends keyof T
  ? T[P]
  : P extends `${infer Head}.${infer Rest}`
    ? Head extends keyof T
      ? FieldValue<NonNullable<T[Head]>, Rest> | Extract<T[Head], null | undefined>
      : unknown
    : unknown

/** The fields whose values can be numbers. */
export type NumericFieldOf<T> = {
  [P in FieldOf<T>]: Extract<FieldValue<T, P>, number> extends never ? never : P
}[FieldOf<T>]

/** The name that a key at path `P` gets in a result: its last segment. */
export type LastSegment<P extends string> = P extends `${string}.${infer Rest}`
  ? LastSegment<Rest>
  : P

/** The key fields of groups by the paths `P`. */
export type KeyRecord<T, P extends string> = { [Q in P as LastSegment<Q>]: FieldValue<T, Q> }

/** The key fields of groups by a key function that returns `R`: its fields, or one called `key`. */
export type KeyFunctionRecord<R> = R extends Leaf | readonly unknown[] ? { key: R } : R

/** An object type written out, for readable hints and errors. */
export type Flat<T> = T extends Leaf | readonly unknown[] ? T : { [K in keyof T]: T[K] }

/** What a user's function may return as a record; makes TypeScript infer tuples for arrays. */
export type RecordLike =
  | unknown[]
  | []
  | object
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
