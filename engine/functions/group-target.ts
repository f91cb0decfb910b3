/**
 * Groups that loops add records to one by one, instead of giving them away in batches to be grouped
 * afterwards. `feed-groups.ts` has the loops, the runtime's aggregation is the one who owns groups.
 */

/** What becomes of a value in the state of its group. */
export type TargetOp = 'count' | 'sum' | 'mean' | 'least' | 'greatest'

/** One aggregate as loops see it. */
export interface TargetAggregate {
  readonly op: TargetOp
  /** What a value has to be; one that is anything else is left to `add`. */
  readonly takes: 'int32' | 'float64' | 'nothing'
  /** State by group: counts; sums; sums and counts; extremes and marks where there is one. */
  readonly state: readonly (Float64Array | Uint8Array)[]
}

/**
 * Groups as they are until something other than a loop changes them.
 *
 * `indexed`: a table says which group a key has, and the states are by group. `dense`: the states
 * are by key. There a key is new when it has no count or mark in the first aggregate, or when its
 * sum is -0; a sum has to begin with 0 then.
 */
export type OpenGroups = {
  /** The keys by group. */
  readonly keys: Int32Array
  /** Number of groups so far. */
  size: number
  /** Indexed: loops make new groups up to this number. Dense: keys below it have a place. */
  readonly room: number
  readonly aggregates: readonly TargetAggregate[]
} & (
  | { readonly kind: 'dense' }
  | {
      readonly kind: 'indexed'
      /** `group + 1` by `key - base`, 0 where there is none. */
      readonly table: Int32Array
      readonly base: number
    }
)

/** See the module's documentation. Keys that loops know are whole numbers of 32 bits. */
export interface GroupTarget {
  /** The field with the key. */
  readonly key: string
  /** The field of each aggregate; none where records are counted. */
  readonly fields: readonly (string | undefined)[]
  /**
   * What loops work on; `undefined` while records have to come in batches.
   *
   * @param expected Number of records that may follow, about.
   */
  open(expected: number): OpenGroups | undefined
  /** Takes over the groups that a loop has made. */
  close(groups: OpenGroups): void
  /**
   * Adds one record in the ordinary way, and makes room for more.
   *
   * @param values Of each aggregate's field.
   * @param doubles Of each value whether it comes from a column of doubles.
   */
  add(key: unknown, values: readonly unknown[], doubles: readonly boolean[], expected: number): void
}
