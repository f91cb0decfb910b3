/** Which nodes must give their records in the order that one thread would give them in. */
import type { PhysicalNode } from './physical.js'

/**
 * The nodes whose order can be seen in the results: by the records that come first, by ties, by the
 * order within groups, or by the results' own order.
 *
 * @param nodes Inputs before those that read them.
 */
export function orderMatters(
  nodes: readonly PhysicalNode[],
  roots: readonly PhysicalNode[],
): ReadonlySet<PhysicalNode> {
  const matters = new Set(roots)
  for (const node of [...nodes].reverse()) {
    for (const [k, input] of node.inputs.entries()) {
      if (needsOrder(node, k, matters.has(node))) matters.add(input)
    }
  }
  return matters
}

/** @param own Whether the order of the node's own records matters. */
function needsOrder({ operation }: PhysicalNode, input: number, own: boolean): boolean {
  switch (operation.kind) {
    case 'chain':
    case 'union':
    case 'join':
    case 'cross':
      return own
    case 'handOver':
      return input > 0 || own
    case 'distinct':
      return own || operation.node.keys.length > 0
    case 'aggregate':
      return operation.node.aggregates.some(({ op }) => op === 'first' || op === 'last')
    default:
      return true
  }
}
