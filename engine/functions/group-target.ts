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

/** Groups as they are until something other than a loop changes them. */
export interface OpenGroups {
  /** `group + 1` by `key - base`, 0 where there is none. */
  readonly table: Int32Array
  readonly base: number
  /** The keys by group. */
  readonly keys: Int32Array
  /** Number of groups so far; loops make new ones up to `room`. */
  size: number
  readonly room: number
  readonly aggregates: readonly TargetAggregate[]
}

/** See the module's documentation. Keys that loops know are whole numbers of 32 bits. */
export interface GroupTarget {
  /** The field with the key. */
  readonly key: string
  /** The field of each aggregate; none where records are counted. */
  readonly fields: readonly (string | undefined)[]
  /** What loops work on; `undefined` while records have to come in batches. */
  open(): OpenGroups | undefined
  /** Takes over the groups that a loop has made. */
  close(groups: OpenGroups): void
  /**
   * Adds one record in the ordinary way, and makes room for more.
   *
   * @param values Of each aggregate's field.
   * @param doubles Of each value whether it comes from a column of doubles.
   * @param expected Number of records that may follow, about.
   */
  add(key: unknown, values: readonly unknown[], doubles: readonly boolean[], expected: number): void
}
