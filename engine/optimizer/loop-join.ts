/** How joins and coGroups run within the body of a loop: what stays the same is indexed once. */
import type { Key } from '../plan/key.js'
import type { JoinType, NodeOf, PlanNode } from '../plan/node.js'
import type { LoopNode } from './changing.js'
import type { JoinChoice } from './lower.js'
import { sameKey } from './same.js'

/** The side of each type of join that may be looked up in without a visit of all its records. */
const LOOK_UP: { readonly [T in JoinType]: readonly ('left' | 'right')[] } = {
  inner: ['right', 'left'],
  left: ['right'],
  right: ['left'],
  full: [],
  semi: ['right'],
  anti: ['right'],
}

/**
 * The strategy of a join in the body of `loop`, where that makes a difference: a solution set is
 * looked up in, a side that is the same in every superstep becomes a table that is built once.
 */
export function chooseLoopJoin(
  node: NodeOf<'join'>,
  loop: LoopNode,
  isConstant: (node: PlanNode) => boolean,
): JoinChoice | undefined {
  for (const build of LOOK_UP[node.type]) {
    const keys = build === 'left' ? node.leftKeys : node.rightKeys
    if (isSolution(node[build], keys, loop)) {
      return { strategy: 'solution', build, reason: 'looks the other side up in the solution set' }
    }
  }
  if (node.hint !== 'auto') return undefined
  const constants = (['right', 'left'] as const).filter(side => isConstant(node[side]))
  if (constants.length !== 1) return undefined
  const build = constants[0]!
  const reason = `table of the ${build} side: the same in every superstep, built once`
  return { strategy: 'hash', build, reason }
}

/** The side of a coGroup in the body of `loop` that is its solution set, grouped by its own key. */
export function chooseLoopCoGroup(
  node: NodeOf<'coGroup'>,
  loop: LoopNode,
): 'left' | 'right' | undefined {
  if (isSolution(node.left, node.leftKeys, loop)) return 'left'
  return isSolution(node.right, node.rightKeys, loop) ? 'right' : undefined
}

function isSolution(node: PlanNode, keys: readonly Key[], loop: LoopNode): boolean {
  return (
    node.kind === 'loopInput' &&
    node.loop === loop.loop &&
    node.role === 'solution' &&
    node.keys?.length === keys.length &&
    node.keys.every((key, k) => sameKey(key, keys[k]!))
  )
}
