import type { Key } from '../../plan/key.js'
import type { RecordBatch } from '../../types/batch.js'
import type { KeyedBatch } from '../keys/keyed-batch.js'
import { createKeyExtractor } from '../keys/keys.js'
import type { Operator, OperatorContext } from '../operator.js'
import { HashJoin, type JoinStrategy } from './hash-join.js'
import { JoinKeyTypes } from './join-key-types.js'
import { joinMode } from './join-mode.js'
import { type JoinOperation, JoinOutput } from './join-output.js'
import { MergeJoin } from './merge-join.js'

/**
 * Joins two inputs, 0 being the left and 1 the right one.
 *
 * A record with a missing key component matches nothing; NaN matches NaN, -0 matches 0. A condition
 * is part of the match.
 *
 * The order of the output depends on the strategy. `hash`: the order of the side that is not built
 * into a table, for each of its records the matches in the order of the table side, and at the end
 * the table side's records without a match; when the table had to go to files, this holds within
 * each of them. `sort-merge`: the order of the keys.
 *
 * In a loop, a table of records that are the same in every superstep is built once and kept.
 *
 * @throws {SchemaError} If the keys of the two sides differ in number, or in type so that they can
 * never be equal.
 */
export function createJoin(operation: JoinOperation, context: OperatorContext): Operator {
  const { node, strategy, build } = operation
  const types = new JoinKeyTypes(context.operation, node.leftKeys, node.rightKeys)
  const output = new JoinOutput(operation, joinMode(node.type, build), context)
  const extract = {
    left: keyedBy(node.leftKeys, context),
    right: keyedBy(node.rightKeys, context),
  }
  const sideOf = (input: number) => (input === 0 ? 'left' : 'right')
  const probe = build === 'left' ? 'right' : 'left'
  const finished = { build: false, probe: false }
  const keysOf = (side: 'build' | 'probe') => {
    const name = side === 'build' ? build : probe
    return (batch: RecordBatch): KeyedBatch => {
      const keyed = extract[name](batch)
      types.note(name, keyed.keys, batch.length)
      if (finished.build) types.check()
      return keyed
    }
  }
  const sides = { build: keysOf('build'), probe: keysOf('probe') }
  const join: JoinStrategy =
    strategy === 'hash'
      ? new HashJoin(sides, output, context, context.constant?.[build === 'left' ? 0 : 1])
      : new MergeJoin(sides, output, context)
  return {
    *process(input, batch) {
      const side = sideOf(input) === build ? 'build' : 'probe'
      if (batch.length > 0) yield* join.add(side, batch.inPartition(0))
      else output.know(side, batch)
    },
    *finish(input) {
      const side = sideOf(input) === build ? 'build' : 'probe'
      finished[side] = true
      const both = finished.build && finished.probe
      if (both) types.check()
      yield* join.finish(side)
      if (both) yield* output.flush()
    },
    wants: () => !context.output.closed,
    keeps: input => sideOf(input) === build && join.keepsBuild,
    restart() {
      finished.probe = false
      finished.build = join.keepsBuild
      join.restart()
    },
    code: () => output.code(),
    close: () => join.close(),
  }
}

function keyedBy(keys: readonly Key[], context: OperatorContext) {
  const extract = createKeyExtractor(keys, context)
  return (batch: RecordBatch): KeyedBatch => ({ keys: extract(batch), batch })
}
