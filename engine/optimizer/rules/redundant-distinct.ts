/** `distinct` goes where no two records can be the same: after a grouping, or another `distinct`. */
import type { Key } from '../../plan/key.js'
import { propertiesOf } from '../properties.js'
import { isRepeatable, type Rule, rewritePlan } from '../rule.js'
import { sameKey } from '../same.js'

/** Drops a `distinct` of what is distinct already. */
export const redundantDistinct: Rule = (roots, context) =>
  rewritePlan(roots, context, node => {
    if (node.kind !== 'distinct' || !isRepeatable(node, context)) return node
    const { unique } = propertiesOf(node.input, context)
    if (!unique.some(keys => follows(node.keys, keys))) return node
    context.applied('distinct: the records are distinct already')
    return node.input
  })

/** Whether records that differ in `unique` differ in `keys`; no keys stand for all fields. */
function follows(keys: readonly Key[], unique: readonly Key[]): boolean {
  if (keys.length === 0) return unique.every(isPlainField)
  return unique.length > 0 && unique.every(key => keys.some(other => sameKey(key, other)))
}

/** Records that are the same have the same fields; what a function gives for them may differ. */
function isPlainField(key: Key): boolean {
  return key.kind === 'field'
}
