/**
 * How a join runs: which side becomes the table that the other side looks its keys up in, or a merge
 * where both sides come sorted by their keys.
 */
import type { Key } from '../plan/key.js'
import type { JoinType, NodeOf, PlanNode } from '../plan/node.js'
import type { Estimate } from './estimate.js'
import type { JoinChoice } from './lower.js'
import { isPrefix, propertiesOf } from './properties.js'
import type { RuleContext } from './rule.js'

/** The side to build on when sizes do not say: the one whose records need not all come out. */
const USUAL_BUILD: { readonly [T in JoinType]: 'left' | 'right' } = {
  inner: 'right',
  left: 'right',
  right: 'left',
  full: 'right',
  semi: 'right',
  anti: 'right',
}

/**
 * How much smaller the other side must be to build on it instead: a table of the usual side keeps
 * the order of the records, and needs no notes of which records found a match.
 */
const MUCH_SMALLER = 2

/**
 * The strategy of one join. What the user asked for goes first.
 *
 * @param choose Whether to choose by order and sizes; otherwise the usual side becomes the table.
 */
export function chooseJoin(
  node: NodeOf<'join'>,
  estimate: Estimate,
  context: RuleContext,
  choose: boolean,
): JoinChoice {
  const usual = USUAL_BUILD[node.type]
  if (node.hint === 'sort-merge') {
    return { strategy: 'sort-merge', build: usual, reason: 'sort-merge, as asked' }
  }
  if (node.hint !== 'auto') {
    const build = node.hint === 'build-left' ? 'left' : 'right'
    return { strategy: 'hash', build, reason: `table of the ${build} side, as asked` }
  }
  if (!choose) return { strategy: 'hash', build: usual, reason: `table of the ${usual} side` }
  if (
    isSortedBy(node.left, node.leftKeys, context) &&
    isSortedBy(node.right, node.rightKeys, context)
  ) {
    return { strategy: 'sort-merge', build: usual, reason: 'both sides are sorted by their keys' }
  }
  const rows = { left: estimate(node.left), right: estimate(node.right) }
  const other = usual === 'left' ? 'right' : 'left'
  const [usualRows, otherRows] = [rows[usual], rows[other]]
  if (usualRows === undefined || otherRows === undefined) {
    const reason = `table of the ${usual} side; sizes are not known`
    return { strategy: 'hash', build: usual, reason }
  }
  const build = otherRows * MUCH_SMALLER < usualRows ? other : usual
  const probe = build === 'left' ? 'right' : 'left'
  const sizes = `${approximately(rows[build]!)} against ${approximately(rows[probe]!)} records`
  return { strategy: 'hash', build, reason: `table of the ${build} side: ${sizes}` }
}

function isSortedBy(node: PlanNode, keys: readonly Key[], context: RuleContext): boolean {
  const { order, scope } = propertiesOf(node, context)
  const wanted = keys.map(key => ({ key, direction: 'ascending' as const }))
  return scope === 'global' && keys.length > 0 && isPrefix(wanted, order)
}

function approximately(rows: number): string {
  return rows.toLocaleString('en-US')
}
