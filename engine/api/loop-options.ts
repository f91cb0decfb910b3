/** Options of loops as users give them. */
import { ArgumentError } from '../errors.js'
import type {
  Aggregator,
  CheckpointOptions,
  LoopOptions,
  OnDuplicate,
  SuperstepState,
} from '../plan/loop.js'
import { checkAggregateName } from '../runtime/iteration/report.js'
import {
  hasParts,
  knownOptions,
  nonEmptyText,
  plainObject,
  positiveInteger,
} from '../types/arguments.js'
import { shown } from '../types/column-writer.js'
import type { DataSet } from './data-set.js'
import type { KeyOf } from './keys.js'

/** When a loop ends, and what it adds up. One of `maxIterations` and a criterion must be given. */
export interface IterateOptions {
  /** The most supersteps, at least 1; `Infinity` when only a criterion is to end the loop. */
  readonly maxIterations?: number
  /** Called after each superstep; the loop ends when it returns true. */
  readonly until?: (state: SuperstepState) => boolean
  /**
   * What functions of the body add up with `add(name, value)`, anew in each superstep: `'sum'`,
   * `'min'`, `'max'`, `'count'`, or `{ start, add, merge }` of your own. Names that are not listed
   * are sums.
   */
  readonly aggregators?: Readonly<Record<string, Aggregator>>
  /** Writes down where the loop stands, so that the same program goes on from there when it was killed. */
  readonly checkpoint?: CheckpointOptions
  /** What errors, `explain()` and reports call the loop. Default `iterate` or `iterateDelta`. */
  readonly name?: string
}

/** Options of a delta iteration over records `T`, with worksets of records `W`. */
export interface IterateDeltaOptions<T, W> extends IterateOptions {
  /** The first workset. */
  readonly workset: DataSet<W>
  /** What is unique in the solution set: a field, several, or a function of the record. */
  readonly key: KeyOf<T> | readonly KeyOf<T>[]
  /**
   * What becomes of initial records with one key: `'error'` (default), or the first or the last one
   * stays.
   */
  readonly onDuplicate?: OnDuplicate
}

const OPTIONS = ['maxIterations', 'until', 'aggregators', 'checkpoint', 'name']

/**
 * The plan's form of a loop's options.
 *
 * @param further Options that the operation has besides.
 * @param criterion Whether the body has a criterion that may end the loop.
 * @throws {ArgumentError} If an option is unknown or out of range, or nothing would end the loop.
 */
export function loopOptions(
  options: IterateOptions,
  operation: string,
  criterion: boolean,
  further: readonly string[] = [],
): LoopOptions {
  knownOptions(options, [...OPTIONS, ...further], operation)
  const { maxIterations, until, aggregators = {}, checkpoint } = options
  if (maxIterations !== undefined && maxIterations !== Infinity) {
    positiveInteger(maxIterations, operation, 'maxIterations')
  }
  if (until !== undefined && typeof until !== 'function') {
    throw new ArgumentError(`${operation}: until must be a function; got ${shown(until)}.`)
  }
  if (maxIterations === undefined && until === undefined && !criterion) {
    throw new ArgumentError(
      `${operation}: nothing would end the loop. Give maxIterations or until, or let the body return untilEmpty.`,
    )
  }
  return Object.freeze({
    maxIterations: maxIterations ?? Infinity,
    ...(until === undefined ? {} : { until }),
    aggregators: checkedAggregators(aggregators, operation),
    ...(checkpoint === undefined ? {} : { checkpoint: checkedCheckpoint(checkpoint, operation) }),
  })
}

function checkedAggregators(
  aggregators: Readonly<Record<string, Aggregator>>,
  operation: string,
): Readonly<Record<string, Aggregator>> {
  plainObject(aggregators, operation, 'aggregators', "{ change: 'sum' }")
  for (const [name, aggregator] of Object.entries(aggregators)) {
    checkAggregateName(name, operation)
    if (['sum', 'min', 'max', 'count'].includes(aggregator as string)) continue
    if (typeof aggregator === 'string' || !('start' in Object(aggregator))) {
      throw new ArgumentError(
        `${operation}: aggregator "${name}" must be 'sum', 'min', 'max', 'count' or { start, add, merge }; got ${shown(aggregator)}.`,
      )
    }
    hasParts(aggregator, { add: 'function', merge: 'function' }, operation, `aggregator "${name}"`)
  }
  return Object.freeze({ ...aggregators })
}

function checkedCheckpoint(checkpoint: CheckpointOptions, operation: string): CheckpointOptions {
  plainObject(checkpoint, operation, 'checkpoint', "{ directory: 'checkpoints' }")
  knownOptions(checkpoint, ['directory', 'everySupersteps', 'keep'], `${operation}: checkpoint`)
  nonEmptyText(checkpoint.directory, operation, 'checkpoint.directory')
  const { everySupersteps = 1, keep = 2 } = checkpoint
  positiveInteger(everySupersteps, operation, 'checkpoint.everySupersteps')
  positiveInteger(keep, operation, 'checkpoint.keep')
  return Object.freeze({ ...checkpoint })
}
