/** Records that were spread by the hash of some keys are not spread by the same hash once more. */
import { propertiesOf } from '../properties.js'
import { isRepeatable, type Rule, rewritePlan } from '../rule.js'
import { sameKey } from '../same.js'

/** Drops a partitioning of what is partitioned that way already. */
export const redundantPartition: Rule = (roots, context) =>
  rewritePlan(roots, context, node => {
    if (node.kind !== 'partition' || node.by.kind !== 'hash') return node
    const { partitioning } = propertiesOf(node.input, context)
    if (partitioning?.by.kind !== 'hash' || partitioning.partitions !== node.partitions) return node
    const { keys } = node.by
    const before = partitioning.by.keys
    const same = keys.length === before.length && keys.every((key, k) => sameKey(key, before[k]!))
    if (!same || !isRepeatable(node, context)) return node
    context.applied('partition by hash: the records lie so already')
    return node.input
  })
