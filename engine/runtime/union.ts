import type { UnionNode } from '../plan/node.js'
import { BatchBuffer } from './batch-buffer.js'
import type { Operator, OperatorContext } from './operator.js'

/**
 * All records of all inputs, first those of the first. The inputs may come at the same time: those
 * whose turn has not come are kept back.
 */
export function createUnion(node: UnionNode, context: OperatorContext): Operator {
  const { output } = context
  const waiting = node.inputs.map(() => new BatchBuffer(context))
  const finished = node.inputs.map(() => false)
  let current = 0
  return {
    *process(input, batch) {
      if (input === current) yield* output.push(batch)
      else yield* waiting[input]!.add(batch)
    },
    *finish(input) {
      finished[input] = true
      while (current < finished.length && finished[current]) {
        current++
        const buffer = waiting[current]
        if (buffer === undefined) return
        yield* buffer.each(batch => output.push(batch))
        yield buffer.close()
      }
    },
    wants: () => !output.closed,
    restart() {
      finished.fill(false)
      current = 0
    },
    async close() {
      for (const buffer of waiting) await buffer.close()
    },
  }
}
