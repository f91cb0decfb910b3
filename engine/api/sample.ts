import { ArgumentError } from '../errors.js'
import { type PlanNode, planNode, type SampleNode } from '../plan/node.js'
import { knownOptions, plainObject, positiveInteger } from '../types/arguments.js'
import { shown } from '../types/column-writer.js'

/** What `sample` takes: a fraction or a count, and how to draw. */
export type SampleOptions = (
  | {
      /** Expected share of the records; at most 1 without replacement. */
      readonly fraction: number
      readonly count?: never
    }
  | {
      /** Exact number of records. */
      readonly count: number
      readonly fraction?: never
    }
) & {
  /** Whether a record may be drawn more than once. Default false. */
  readonly replacement?: boolean
  /** An integer; the same seed gives the same sample. Default 0. */
  readonly seed?: number
}

/** @throws {ArgumentError} If the size is missing, doubled or out of range. */
export function sampleNode(input: PlanNode, options: SampleOptions): SampleNode {
  plainObject(options, 'sample', 'the size', '{ count: 100 } or { fraction: 0.1 }')
  knownOptions(options, ['fraction', 'count', 'replacement', 'seed'], 'sample')
  const { fraction, count, replacement = false, seed = 0 } = options
  if ((fraction === undefined) === (count === undefined)) {
    throw new ArgumentError('sample: give either fraction or count, as in { count: 100 }.')
  }
  if (!Number.isSafeInteger(seed)) {
    throw new ArgumentError(`sample: seed must be an integer; got ${shown(seed)}.`)
  }
  if (typeof replacement !== 'boolean') {
    throw new ArgumentError(`sample: replacement must be true or false; got ${shown(replacement)}.`)
  }
  if (count !== undefined) {
    positiveInteger(count, 'sample', 'count')
    return planNode({ kind: 'sample', input, size: { count }, replacement, seed })
  }
  const valid = typeof fraction === 'number' && fraction >= 0 && (replacement || fraction <= 1)
  if (!valid) {
    const range = replacement ? 'at least 0' : 'from 0 to 1'
    throw new ArgumentError(`sample: fraction must be ${range}; got ${shown(fraction)}.`)
  }
  return planNode({
    kind: 'sample',
    input,
    size: { fraction: fraction as number },
    replacement,
    seed,
  })
}
