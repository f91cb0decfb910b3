import { PlanError } from '../../errors.js'
import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { JoinKeyTypes } from '../join/join-key-types.js'
import { joinMode } from '../join/join-mode.js'
import { type JoinOperation, JoinOutput } from '../join/join-output.js'
import { type MatchTable, missingKeys } from '../join/join-table.js'
import { TableJoin } from '../join/table-join.js'
import { createKeyExtractor } from '../keys/keys.js'
import type { Operator, OperatorContext } from '../operator.js'
import type { SolutionSet } from './solution-set.js'

/**
 * Joins an input with a solution set, which is the side that `operation` builds: nothing comes
 * through that input, and it need not be told that it has finished. Each record of the other side
 * is looked up as it comes, so that a join costs what that side costs. The solution set must not be
 * updated while the join is at work.
 *
 * Records of the solution set never come out alone; a right join whose left side is the solution
 * set gives all records of the right one, and so on.
 *
 * @throws {PlanError} If the type of the join keeps records of the solution set.
 * @throws {SchemaError} (when it runs) If keys differ in number or type, as in other joins.
 */
export function createSolutionJoin(
  operation: JoinOperation,
  solution: SolutionSet,
  context: OperatorContext,
): Operator {
  const { node, build } = operation
  const mode = joinMode(node.type, build)
  if (mode.buildAlone !== 'none') {
    throw new PlanError(
      `${context.operation}: a ${node.type} join cannot keep the records of the solution set. Keep those of the other side, or join with the result of the iteration.`,
    )
  }
  const probe = build === 'left' ? 'right' : 'left'
  const solutionInput = build === 'left' ? 0 : 1
  const types = new JoinKeyTypes(context.operation, node.leftKeys, node.rightKeys)
  const output = new JoinOutput(operation, mode, context)
  const extract = createKeyExtractor(node[`${probe}Keys`], context)
  const table = new SolutionTable(solution)
  let join: TableJoin | undefined
  return {
    *process(input, batch) {
      if (input === solutionInput) return
      output.know('probe', batch)
      if (batch.length === 0) return
      const keys = extract(batch)
      types.note(probe, keys, batch.length)
      for (const example of solution.keyExamples) types.note(build, example, 1)
      types.check()
      join ??= new TableJoin(table, output)
      yield* join.probe({ keys, batch: batch.inPartition(0) })
    },
    *finish(input) {
      if (input !== solutionInput) yield* output.flush()
    },
    wants: input => input !== solutionInput && !context.output.closed,
    keeps: input => input === solutionInput,
    restart() {
      // The solution set may have got further fields.
      join = undefined
    },
  }
}

/** A solution set as the table of a join: the id of each key is the row of its record. */
class SolutionTable implements MatchTable {
  readonly idsAreRows = true
  readonly single = null
  readonly starts = null
  readonly rows = null
  readonly #solution: SolutionSet

  constructor(solution: SolutionSet) {
    this.#solution = solution
  }

  get batch(): RecordBatch {
    return this.#solution.batch
  }

  find(keys: readonly Column[], length: number): Int32Array {
    const ids = this.#solution.find(keys, length)
    if (!this.#solution.hasMissingKeys) return ids
    // A missing key is one of the solution set, but equals nothing in a join.
    const missing = missingKeys(keys, length)
    if (missing !== null) for (let row = 0; row < length; row++) if (missing[row]) ids[row] = -1
    return ids
  }
}
