import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { DecisionNode } from '../../ml/index.js'

/** A tree as it is drawn: what lies too deep is put together. */
export type TreeNode =
  | {
      readonly kind: 'split'
      readonly feature: string
      readonly threshold: number
      readonly missingAtMost: boolean
      readonly atMost: TreeNode
      readonly above: TreeNode
    }
  | { readonly kind: 'leaf'; readonly value: number }
  | { readonly kind: 'more'; readonly leaves: number }

/** What is known of a tree. */
export interface TreeFigures {
  /** Values of its leaves. */
  readonly leaves: readonly number[]
  /** The longest way, in questions. */
  readonly depth: number
  /** How often it asks for a feature. */
  readonly asked: ReadonlyMap<string, number>
}

/**
 * What is known of a tree.
 *
 * @throws {ArgumentError} If something in it is neither a question nor a leaf.
 */
export function treeFigures(root: DecisionNode, figure: string): TreeFigures {
  const leaves: number[] = []
  const asked = new Map<string, number>()
  let depth = 0
  // A list of its own: the deepest trees are deeper than functions can call themselves.
  const open: [node: unknown, depth: number][] = [[root, 0]]
  while (open.length > 0) {
    const [node, at] = open.pop()!
    const { feature, threshold, atMost, above, value } = (node ?? {}) as Readonly<
      Record<string, unknown>
    >
    if (typeof feature === 'string' && typeof threshold === 'number') {
      depth = Math.max(depth, at + 1)
      asked.set(feature, (asked.get(feature) ?? 0) + 1)
      open.push([above, at + 1], [atMost, at + 1])
    } else if (typeof value === 'number') leaves.push(value)
    else {
      throw new ArgumentError(
        `${figure}: give a tree of a model, such as model.tree(1); in it is ${shown(node)}.`,
      )
    }
  }
  return { leaves, depth, asked }
}

/** A tree of so many questions in a row; what is deeper is counted. */
export function prunedTree(node: DecisionNode, depth: number): TreeNode {
  if ('value' in node) return { kind: 'leaf', value: node.value }
  if (depth === 0) return { kind: 'more', leaves: leavesOf(node) }
  const { feature, threshold, missingAtMost, atMost, above } = node
  return {
    kind: 'split',
    feature,
    threshold,
    missingAtMost,
    atMost: prunedTree(atMost, depth - 1),
    above: prunedTree(above, depth - 1),
  }
}

function leavesOf(root: DecisionNode): number {
  let leaves = 0
  const open = [root]
  while (open.length > 0) {
    const node = open.pop()!
    if ('value' in node) leaves++
    else open.push(node.atMost, node.above)
  }
  return leaves
}
