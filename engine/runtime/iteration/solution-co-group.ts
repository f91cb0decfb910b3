import type { CoGroupNode } from '../../plan/node.js'
import { shown } from '../../types/column-writer.js'
import { ResultEmitter } from '../emit-results.js'
import { type GroupedRecords, RecordGroups } from '../group/record-groups.js'
import { SpillingGroups } from '../group/spilling-groups.js'
import { JoinKeyTypes } from '../join/join-key-types.js'
import { createKeyExtractor } from '../keys/keys.js'
import { manyCall } from '../many-call.js'
import type { Operator, OperatorContext } from '../operator.js'
import { recordArray } from '../record-array.js'
import { createSortKeyExtractor, directionsOf } from '../sort/sort-keys.js'
import type { SolutionSet } from './solution-set.js'

/** Groups between two pauses. */
const PAUSE = 256

/**
 * Calls a function once per key of the other side, with that side's records and the one record of
 * the solution set that has this key, or none. Keys that only the solution set has get no call, so
 * that the work follows the other side; so it is in Flink. Nothing comes through the input of the
 * solution set, and it need not be told that it has finished.
 *
 * Groups come in the order in which their keys appear, as long as nothing is spilled. A missing key
 * is a key like any other.
 *
 * @throws {SchemaError} (when it runs) If keys differ in number or type, as in joins.
 */
export function createSolutionCoGroup(
  node: CoGroupNode,
  solutionSide: 'left' | 'right',
  solution: SolutionSet,
  context: OperatorContext,
): Operator {
  const { output } = context
  const other = solutionSide === 'left' ? 'right' : 'left'
  const solutionInput = solutionSide === 'left' ? 0 : 1
  const order = node[`${other}Order`]
  const keysOf = createKeyExtractor(node[`${other}Keys`], context)
  const types = new JoinKeyTypes(context.operation, node.leftKeys, node.rightKeys)
  const emitter = new ResultEmitter(output)
  let place = ''
  const call = manyCall(node.fn, context, () => `the group ${place}`)
  const groups = new RecordGroups({
    orderOf: createSortKeyExtractor(order, context),
    directions: directionsOf(order),
    *emit({ batch, rows, starts, keys }: GroupedRecords) {
      const count = starts.length - 1
      const ids = solution.find(keys, count).slice(0, count)
      for (let group = 0; group < count && !output.closed; group++) {
        place = keys.map(key => shown(key.get(group))).join(', ')
        const records = recordArray(batch, rows, starts[group]!, starts[group + 1]!)
        const id = ids[group]!
        const known = id < 0 ? [] : [solution.batch.record(id)]
        const result = solutionSide === 'left' ? call(known, records) : call(records, known)
        yield* emitter.emit(result)
        if (group % PAUSE === PAUSE - 1) yield
      }
      yield* emitter.flush()
    },
  })
  const spilling = new SpillingGroups(groups, context)
  return {
    *process(input, batch) {
      if (input === solutionInput || batch.length === 0) return
      const keys = keysOf(batch)
      types.note(other, keys, batch.length)
      for (const example of solution.keyExamples) types.note(solutionSide, example, 1)
      types.check()
      yield* spilling.take({ keys, batch: batch.inPartition(0) })
    },
    *finish(input) {
      if (input !== solutionInput) yield* spilling.finish()
    },
    wants: input => input !== solutionInput && !output.closed,
    keeps: input => input === solutionInput,
    restart: () => emitter.restart(),
    close: () => spilling.close(),
  }
}
