import type { AggregateOp } from '../../plan/aggregate.js'
import type { Accumulator } from './accumulator.js'
import { ExtremeAccumulator } from './extreme-accumulator.js'
import {
  CountAccumulator,
  MeanAccumulator,
  ShareAccumulator,
  SumAccumulator,
  VarianceAccumulator,
} from './sum-accumulators.js'
import { DistinctAccumulator, EdgeAccumulator } from './value-accumulators.js'

const ACCUMULATORS: Record<AggregateOp, (what: string) => Accumulator> = {
  count: () => new CountAccumulator(),
  sum: what => new SumAccumulator(what),
  mean: what => new MeanAccumulator(what),
  share: what => new ShareAccumulator(what),
  variance: what => new VarianceAccumulator(what, false),
  deviation: what => new VarianceAccumulator(what, true),
  min: () => new ExtremeAccumulator(false),
  max: () => new ExtremeAccumulator(true),
  first: () => new EdgeAccumulator(false),
  last: () => new EdgeAccumulator(true),
  countDistinct: () => new DistinctAccumulator(),
}

/**
 * The accumulator for `op`.
 *
 * @param what The aggregate and its input as errors show them: `sum: field "delay"`.
 */
export function createAccumulator(op: AggregateOp, what: string): Accumulator {
  return ACCUMULATORS[op](what)
}
