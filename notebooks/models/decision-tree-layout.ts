import { hierarchy, tree } from 'd3-hierarchy'
import { fitted, measured } from '../charts/measured.js'
import { grouped } from '../data/finite.js'
import type { TreeNode } from './tree-node.js'

/** A box of a tree in its place, in pixels. */
export interface TreeBox {
  readonly node: TreeNode
  readonly text: string
  /** Its left end, and its middle. */
  readonly x: number
  readonly y: number
  readonly width: number
  /** What leads to it from the box before. */
  readonly answer: string
  /** All answers that lead to it. */
  readonly path: readonly string[]
  readonly parent: TreeBox | undefined
}

/** Everything in its place. */
export interface TreeLayout {
  readonly boxes: readonly TreeBox[]
  readonly width: number
  readonly height: number
}

/** The size of text. */
export const TEXT = 11

/** From one row to the next. */
const ROW = 32

/** The widest text of a box. */
const WIDEST = 150

/** Between text and border. */
const PADDING = 9

/** What a line needs beside its answer. */
const BEND = 34

interface Branch {
  readonly node: TreeNode
  readonly answer: string
  readonly path: readonly string[]
  readonly children: readonly Branch[]
}

/** Places the boxes of a tree: questions from left to right, the answers "at most" above the others. */
export function decisionTreeLayout(root: TreeNode): TreeLayout {
  const placed = tree<Branch>().nodeSize([ROW, 1])(hierarchy(branchOf(root, '', [])))
  const all = placed.descendants()
  const textOf = (node: TreeNode) => fitted(boxText(node), WIDEST, TEXT)
  const widthOf = (node: TreeNode) => Math.ceil(measured(textOf(node), TEXT)) + 2 * PADDING
  // Columns are as wide as what is in them.
  const starts = [0]
  for (let depth = 0; depth < placed.height; depth++) {
    const boxes = all.filter(branch => branch.depth === depth)
    const answers = all.filter(branch => branch.depth === depth + 1)
    const wide = Math.max(...boxes.map(({ data }) => widthOf(data.node)))
    const said = Math.max(...answers.map(({ data }) => measured(data.answer, TEXT - 1)))
    starts.push(starts[depth]! + wide + BEND + Math.ceil(said))
  }
  const top = Math.min(...all.map(({ x }) => x))
  const bottom = Math.max(...all.map(({ x }) => x))
  const boxes = new Map<unknown, TreeBox>()
  for (const branch of all) {
    const { node, answer, path } = branch.data
    boxes.set(branch, {
      node,
      text: textOf(node),
      x: starts[branch.depth]!,
      y: branch.x - top + ROW / 2,
      width: widthOf(node),
      answer,
      path,
      parent: boxes.get(branch.parent),
    })
  }
  const list = [...boxes.values()]
  return {
    boxes: list,
    width: Math.max(...list.map(({ x, width }) => x + width)),
    height: bottom - top + ROW,
  }
}

function branchOf(node: TreeNode, answer: string, path: readonly string[]): Branch {
  if (node.kind !== 'split') return { node, answer, path, children: [] }
  const { feature, threshold, atMost, above } = node
  const known = threshold === Number.POSITIVE_INFINITY
  const [low, high] = known
    ? ['there', 'missing']
    : [`≤ ${grouped(threshold)}`, `> ${grouped(threshold)}`]
  const child = (of: TreeNode, said: string) => branchOf(of, said, [...path, `${feature} ${said}`])
  return { node, answer, path, children: [child(atMost, low), child(above, high)] }
}

function boxText(node: TreeNode): string {
  if (node.kind === 'split') return node.feature
  if (node.kind === 'more') return `… ${grouped(node.leaves)} more leaves`
  return signed(node.value)
}

/** A number with its sign. */
export function signed(value: number): string {
  if (!Number.isFinite(value)) return 'no number'
  return value > 0 ? `+${grouped(value)}` : grouped(value).replace('-', '−')
}
