import { knownOptions, numberFrom, shown } from '../../engine/extend.js'
import { ArgumentError, type DataSet, type FieldOf } from '../../engine/index.js'
import { drawParts, rowsOfParts } from './draw-parts.js'
import { partOf, wholeData } from './whole-data.js'

/** How data are drawn apart. */
export interface SplitOptions<T> {
  /** Another number draws other parts. Default 0. */
  readonly seed?: number
  /** A field whose values each part has in the same proportion, such as the label. */
  readonly stratify?: FieldOf<T>
  /** A field whose values are never spread over several parts, such as the patient. */
  readonly group?: FieldOf<T>
  /** Stops reading when aborted. */
  readonly signal?: AbortSignal
}

/**
 * Draws the records apart, at random: each into exactly one part.
 *
 * The data are read once, and the parts stay as they were drawn. They keep the order of the data. Sizes
 * are the shares of all records, rounded; with `group` as near as whole groups allow.
 *
 * @param shares Of each part, above 0. What matters is how they relate: `[3, 1]` is `[0.75, 0.25]`.
 * @param options.seed Default 0.
 * @param options.stratify With `group`, groups stay whole, and proportions are as near as they allow.
 * @throws {ArgumentError} If a part would be empty, or an argument is wrong.
 * @throws {SchemaError} If a field is unknown or missing in a record.
 * Cost: the data in memory, and four bytes a record.
 * @example
 * const [train, validation, test] = await randomSplit(flights, [0.6, 0.2, 0.2], { seed: 1 })
 * await train.count() // 3
 */
export async function randomSplit<T, const S extends readonly number[]>(
  data: DataSet<T>,
  shares: S,
  options: SplitOptions<T> = {},
): Promise<{ readonly [K in keyof S]: DataSet<T> }> {
  knownOptions(options, ['seed', 'stratify', 'group', 'signal'], NAME)
  if (!Array.isArray(shares) || shares.length === 0 || !shares.every(isShare)) {
    throw new ArgumentError(
      `${NAME}: shares must be a list of numbers above 0, such as [0.8, 0.2]; got ${shown(shares)}.`,
    )
  }
  const sum = shares.reduce((a: number, b: number) => a + b, 0)
  const parts = await drawnApart(
    data,
    shares.map(share => share / sum),
    options,
    NAME,
  )
  return parts as { readonly [K in keyof S]: DataSet<T> }
}

/** @internal The parts; shares add up to 1. */
export async function drawnApart<T>(
  data: DataSet<T>,
  shares: readonly number[],
  { seed = 0, stratify, group, signal }: SplitOptions<T>,
  operation: string,
): Promise<readonly DataSet<T>[]> {
  numberFrom(seed, operation, 'seed', Number.NEGATIVE_INFINITY)
  const whole = await wholeData(data, operation, signal)
  const parts = drawParts(whole, { shares, seed, stratify, group }, operation)
  const drawn = rowsOfParts(parts, shares.length)
  const empty = drawn.findIndex(rows => rows.length === 0)
  if (empty >= 0) {
    throw new ArgumentError(
      `${operation}: a share of ${shares[empty]} of ${parts.length} records is none. Give that part more.`,
    )
  }
  return drawn.map((rows, k) => partOf<T>(whole, rows, `${operation}: part ${k + 1}`))
}

const NAME = 'randomSplit'

function isShare(share: unknown): boolean {
  return typeof share === 'number' && share > 0 && Number.isFinite(share)
}
