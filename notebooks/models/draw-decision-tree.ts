import { positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { DecisionTree } from '../../ml/index.js'
import { framed } from '../charts/framed.js'
import { rounded } from '../charts/rounded.js'
import { CATEGORIES } from '../charts/theme.js'
import { titleOption } from '../charts/title-option.js'
import { grouped } from '../data/finite.js'
import { escaped } from '../display/escaped.js'
import type { Figure } from '../display/figure.js'
import { decisionTreeLayout, signed, TEXT, type TreeBox } from './decision-tree-layout.js'
import { prunedTree, type TreeFigures, type TreeNode, treeFigures } from './tree-node.js'

/** Options of `drawDecisionTree`. */
export interface DrawDecisionTreeOptions {
  /** What it shows, in a line. Default: what its leaves add to. */
  readonly title?: string
  /** How many questions in a row are drawn; what is deeper is counted. Default 4. */
  readonly depth?: number
}

/** Trees of more boxes are no pictures any more. */
const MOST = 400

/** Half of a box. */
const HALF = 11

const [UP, DOWN] = [CATEGORIES[0]!, CATEGORIES[3]!]

/**
 * A tree of a boosted model: questions from left to right, and at the end what is added to the prediction,
 * blue where it is more and red where it is less.
 *
 * @param tree What `model.tree(1)` gives.
 * @throws {ArgumentError} If it is none, or an option is unknown or wrong.
 * Cost: O(leaves) and a kilobyte for each box; deeper trees than give 400 boxes are cut.
 * @example
 * const model = await gradientBoostedRegressor({ features: ['hours'], label: 'delay', minLeafRecords: 1 }).fit(flights)
 * drawDecisionTree(model.tree(1)).description
 * // 'A tree of 5 leaves, up to 3 questions deep. It asks for hours (4 times). Leaves add from −2.38 to +4.22 ...'
 */
export function drawDecisionTree(
  tree: DecisionTree,
  options: DrawDecisionTreeOptions = {},
): Figure {
  const figure = 'drawDecisionTree'
  const { depth = 4 } = options
  const title = titleOption(options, figure, ['depth'])
  positiveInteger(depth, figure, 'depth')
  if (tree?.root === undefined) {
    throw new ArgumentError(
      `${figure}: give a tree of a model, such as model.tree(1); got ${shown(tree)}.`,
    )
  }
  const known = treeFigures(tree.root, figure)
  let drawnDepth = Math.min(depth, Math.max(1, known.depth))
  let layout = decisionTreeLayout(prunedTree(tree.root, drawnDepth))
  while (layout.boxes.length > MOST) {
    layout = decisionTreeLayout(prunedTree(tree.root, --drawnDepth))
  }
  const finite = known.leaves.filter(Number.isFinite)
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const { boxes } = layout
  const content = [
    ...boxes.flatMap(box => (box.parent === undefined ? [] : [lineSVG(box, box.parent)])),
    ...boxes.map(box => boxSVG(box, largest)),
  ]
  const output = tree.output ?? 'the prediction'
  return framed({
    title: title ?? `Tree ${tree.iteration ?? ''} for ${output}`.replace('  ', ' '),
    description: words(known, output),
    width: Math.max(420, Math.ceil(layout.width) + 8),
    height: Math.ceil(layout.height) + 4,
    content: `<g font-size="${TEXT}" transform="translate(4,2)">${rounded(content.join(''))}</g>`,
    notes: [
      `At the end: what is added to ${output}.`,
      drawnDepth < known.depth
        ? `${grouped(drawnDepth)} of ${grouped(known.depth)} levels are drawn.`
        : undefined,
      finite.length < known.leaves.length
        ? `${grouped(known.leaves.length - finite.length)} leaves are no finite numbers.`
        : undefined,
    ],
  })
}

function lineSVG({ x, y, answer }: TreeBox, parent: TreeBox): string {
  const from = parent.x + parent.width
  const straight = x - 6 - answer.length * 0.62 * TEXT
  const bend = Math.max(from + 12, straight)
  const half = (from + bend) / 2
  const path = `M${from},${parent.y}C${half},${parent.y} ${half},${y} ${bend},${y}H${x}`
  return `<path d="${path}" fill="none" stroke="currentColor" stroke-opacity="0.45"/><text x="${x - 4}" y="${y - 4}" text-anchor="end" font-size="${TEXT - 1}" fill-opacity="0.8">${escaped(answer)}</text>`
}

function boxSVG({ node, text, x, y, width, path }: TreeBox, largest: number): string {
  const shape = `x="${x}" y="${y - HALF}" width="${width}" height="${2 * HALF}" rx="${node.kind === 'leaf' ? HALF : 4}"`
  const dashes = node.kind === 'more' ? ' stroke-dasharray="3 3"' : ''
  return `<g text-anchor="middle"><title>${escaped(tip(node, text, path))}</title><rect ${shape} ${fillOf(node, largest)} stroke="currentColor" stroke-opacity="0.55"${dashes}/><text x="${x + width / 2}" y="${y + 4}">${escaped(text)}</text></g>`
}

function fillOf(node: TreeNode, largest: number): string {
  if (node.kind !== 'leaf' || !(Math.abs(node.value) > 0) || !Number.isFinite(node.value)) {
    return 'fill="currentColor" fill-opacity="0.05"'
  }
  const share = Math.abs(node.value) / largest
  return `fill="${node.value > 0 ? UP : DOWN}" fill-opacity="${Math.round(100 * (0.08 + 0.5 * share)) / 100}"`
}

function tip(node: TreeNode, text: string, path: readonly string[]): string {
  const missing =
    node.kind === 'split' && node.threshold < Number.POSITIVE_INFINITY
      ? [
          `missing values: as those ${node.missingAtMost ? 'at most' : 'above'} ${grouped(node.threshold)}`,
        ]
      : []
  const head = node.kind === 'leaf' ? `adds ${signed(node.value)}` : text
  return [head, ...missing, ...path.map(step => `· ${step}`)].join('\n')
}

function words({ leaves, depth, asked }: TreeFigures, output: string): string {
  const finite = leaves.filter(Number.isFinite)
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity)
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity)
  if (depth === 0) return `A tree of one leaf, which adds ${signed(high)} to ${output}.`
  const most = [...asked].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const times = most
    .slice(0, 6)
    .map(([name, count]) => `${name} (${grouped(count)} ${count === 1 ? 'time' : 'times'})`)
  const more = most.length > 6 ? ` and ${grouped(most.length - 6)} more` : ''
  return `A tree of ${grouped(leaves.length)} leaves, up to ${grouped(depth)} ${depth === 1 ? 'question' : 'questions'} deep. It asks for ${times.join(', ')}${more}. Leaves add from ${signed(low)} to ${signed(high)} to ${output}.`
}
