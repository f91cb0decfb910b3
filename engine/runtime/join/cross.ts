import { createChain } from '../../functions/create-chain.js'
import type { PhysicalOperation } from '../../optimizer/physical.js'
import { BATCH_SIZE, type RecordBatch } from '../../types/batch.js'
import { concatBatches } from '../../types/concat.js'
import { BatchBuffer } from '../batch-buffer.js'
import type { Operator, OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import { stageContexts } from '../stage-contexts.js'

/**
 * All pairs of a left and a right record. For each left record all right ones, in order; when the
 * right side had to go to a file, that holds for each pair of a left and a right batch.
 *
 * Cost: with the right side in a file, it is read once per batch of the left side.
 */
export function createCross(
  { node, tail }: Extract<PhysicalOperation, { readonly kind: 'cross' }>,
  context: OperatorContext,
): Operator {
  const { output, codegen, fields } = context
  const stages = [node.result, ...tail]
  const chain = createChain(stages, {
    codegen,
    fields,
    inputs: 2,
    contexts: stageContexts(stages, context),
  })
  const left = new BatchBuffer(context)
  const right = new BatchBuffer(context)
  const memory = new Reservation(context)
  /** The right side as one batch, when it is complete and there is memory. */
  let whole: RecordBatch | undefined
  const finished = [false, false]
  const keepsRight = context.constant?.[1] === true

  function* pairs(one: RecordBatch, other: RecordBatch): Steps {
    const all = one.length * other.length
    for (let start = 0; start < all && !output.closed; start += BATCH_SIZE) {
      const length = Math.min(BATCH_SIZE, all - start)
      const leftRows = new Int32Array(length)
      const rightRows = new Int32Array(length)
      let leftRow = Math.floor(start / other.length)
      let rightRow = start % other.length
      for (let k = 0; k < length; k++) {
        leftRows[k] = leftRow
        rightRows[k] = rightRow++
        if (rightRow < other.length) continue
        rightRow = 0
        leftRow++
      }
      const inputs = [
        { batch: one, rows: leftRows },
        { batch: other, rows: rightRows },
      ]
      for (const batch of chain.run(inputs, length)) yield* output.push(batch)
      yield
    }
  }

  function* crossed(batch: RecordBatch): Steps {
    const one = batch.inPartition(0)
    if (whole !== undefined) yield* pairs(one, whole)
    else yield* right.each(other => pairs(one, other))
  }

  return {
    *process(input, batch) {
      if (input === 1) yield* right.add(batch.inPartition(0))
      else if (finished[1]) yield* crossed(batch)
      else yield* left.add(batch)
    },
    *finish(input) {
      finished[input] = true
      if (input === 1) {
        if (!right.spilled && memory.tryGrow(right.bytes)) whole = concatBatches(right.kept)
        if (right.rows > 0) yield* left.each(crossed)
        yield left.close()
      }
      if (!finished[0] || !finished[1]) return
      const rest = chain.flush()
      if (rest !== undefined) yield* output.push(rest)
      if (!keepsRight) yield right.close()
    },
    wants: () => !output.closed,
    keeps: input => input === 1 && keepsRight,
    restart() {
      finished[0] = false
      if (keepsRight) return
      finished[1] = false
      whole = undefined
      memory.releaseAll()
    },
    async close() {
      whole = undefined
      memory.releaseAll()
      await left.close()
      await right.close()
    },
  }
}
