import { Graph, layout } from '@dagrejs/dagre'
import { measured } from '../charts/measured.js'
import { type BoxText, DETAIL } from './plan-box-text.js'
import type { PlanPicture } from './plan-picture.js'

/** Which way records flow. */
export type PlanDirection = 'right' | 'down'

/** A rectangle by its middle, as dagre gives it. */
export interface Placed {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where everything is. */
export interface PlanLayout {
  readonly direction: PlanDirection
  readonly width: number
  readonly height: number
  /** By box. */
  readonly boxes: readonly Placed[]
  /** By arrow. */
  readonly arrows: readonly {
    readonly points: readonly { readonly x: number; readonly y: number }[]
    readonly x: number
    readonly y: number
  }[]
  /** By loop; none where loops could not be kept together. */
  readonly loops: readonly Placed[]
}

/** A plan that flows to the right and is wider than this flows down instead. */
const WIDE = 900

/**
 * Places the boxes of a plan and routes its arrows.
 *
 * @param direction Default: to the right where there is room, else down.
 * Cost: about a millisecond for each box.
 */
export function planLayout(
  picture: PlanPicture,
  texts: readonly BoxText[],
  direction: PlanDirection | 'auto',
): PlanLayout {
  if (direction !== 'auto') return placed(picture, texts, direction)
  const right = placed(picture, texts, 'right')
  if (right.width <= WIDE) return right
  const down = placed(picture, texts, 'down')
  return down.width < right.width ? down : right
}

function placed(
  picture: PlanPicture,
  texts: readonly BoxText[],
  direction: PlanDirection,
): PlanLayout {
  if (picture.loops.length > 0) {
    try {
      return run(picture, texts, direction, true)
    } catch {
      // dagre cannot route some graphs with loops in loops: then boxes go where they like.
    }
  }
  return run(picture, texts, direction, false)
}

function run(
  { boxes, arrows, loops }: PlanPicture,
  texts: readonly BoxText[],
  direction: PlanDirection,
  together: boolean,
): PlanLayout {
  const graph = new Graph({ compound: together, multigraph: true })
  graph.setGraph({
    rankdir: direction === 'right' ? 'LR' : 'TB',
    nodesep: 22,
    ranksep: direction === 'right' ? 40 : 34,
    edgesep: 14,
    marginx: 6,
    marginy: 6,
  })
  if (together) for (const k of loops.keys()) graph.setNode(`loop ${k}`, {})
  for (const [k, { id, loop }] of boxes.entries()) {
    graph.setNode(String(id), { width: texts[k]!.width, height: texts[k]!.height })
    if (together && loop !== undefined) graph.setParent(String(id), `loop ${loop}`)
  }
  if (together) {
    for (const [k, { within }] of loops.entries()) {
      if (within !== undefined) graph.setParent(`loop ${k}`, `loop ${within}`)
    }
  }
  for (const [k, { from, to, feedback, label }] of arrows.entries()) {
    // What leads back is laid out as if it led on, so that a loop begins where its records enter.
    const [tail, head] = feedback ? [to, from] : [from, to]
    const width = label === '' ? 0 : measured(label, DETAIL) + 6
    const size = { width, height: label === '' ? 0 : 14, labelpos: 'r' }
    graph.setEdge(String(tail), String(head), size, String(k))
  }
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  return {
    direction,
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: boxes.map(({ id }) => rectangle(graph.node(String(id)))),
    arrows: arrows.map(({ from, to, feedback }, k) => {
      const [tail, head] = feedback ? [to, from] : [from, to]
      const { points, x = 0, y = 0 } = graph.edge(String(tail), String(head), String(k))
      return { points: feedback ? [...points].reverse() : points, x, y }
    }),
    loops: together ? loops.map((_, k) => rectangle(graph.node(`loop ${k}`))) : [],
  }
}

function rectangle({ x, y, width, height }: Placed): Placed {
  if (![x, y, width, height].every(Number.isFinite)) throw new RangeError('a box has no place')
  return { x, y, width, height }
}
