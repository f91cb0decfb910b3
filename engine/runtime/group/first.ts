import type { NodeOf } from '../../plan/node.js'
import { createKeyExtractor } from '../keys/keys.js'
import type { Operator, OperatorContext } from '../operator.js'
import { createOrderedFirst } from './ordered-first.js'
import { StreamingFirst } from './streaming-first.js'

/**
 * Makes the operator of `first`: the first records of all or of each group.
 *
 * With an order the records come group by group; without one they are passed on as they arrive, and
 * without keys nothing more is wanted after `count` of them.
 */
export function createFirst(node: NodeOf<'first'>, context: OperatorContext): Operator {
  if (node.order.length > 0) return createOrderedFirst(node, context)
  return node.keys.length > 0 ? firstOfGroups(node, context) : firstOfAll(node.count, context)
}

function firstOfAll(count: number, context: OperatorContext): Operator {
  let wanted = count
  return {
    *process(_input, batch) {
      if (wanted === 0) return
      const piece = batch.length > wanted ? batch.slice(0, wanted) : batch
      wanted -= piece.length
      yield* context.output.push(piece)
    },
    *finish() {},
    wants: () => wanted > 0,
    restart() {
      wanted = count
    },
  }
}

function firstOfGroups({ keys, count }: NodeOf<'first'>, context: OperatorContext): Operator {
  const first = new StreamingFirst(count, context)
  const keysOf = createKeyExtractor(keys, context)
  return {
    *process(_input, batch) {
      if (batch.length > 0) yield* first.take(keysOf(batch), batch)
    },
    finish: () => first.finish(),
    restart: () => first.restart(),
    close: () => first.close(),
  }
}
