import { fitted, measured } from '../charts/measured.js'
import type { GraphScene } from './graph-scene.js'

/** A label where it stands. */
export interface PlacedLabel {
  readonly vertex: number
  readonly text: string
  /** Where its text begins, and its base line. */
  readonly x: number
  readonly y: number
  readonly width: number
}

/** The size of labels, in pixels. */
export const LABEL = 11

/** The widest label. */
const WIDEST = 130

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What is to be labelled. */
export interface LabelWishes {
  /** Vertices, the most important first. */
  readonly order: ArrayLike<number>
  /** How many labels there may be. */
  readonly most: number
  readonly nameOf: (vertex: number) => string
}

/** Lines that labels avoid, where there are no more than these. */
const FEW_LINES = 1000

/**
 * Places labels beside their vertices so that none covers another one, or a large vertex, and as few lines
 * and small vertices as possible; one that fits nowhere is left out.
 */
export function placedLabels(
  { order, most, nameOf }: LabelWishes,
  scene: Pick<GraphScene, 'positions' | 'radii' | 'width' | 'height' | 'sources' | 'targets'>,
): PlacedLabel[] {
  const { positions, radii, width, height } = scene
  const labels: PlacedLabel[] = []
  const taken: Box[] = []
  const large = Array.from({ length: Math.min(order.length, 60) }, (_, k) => order[k]!)
  for (let k = 0; k < Math.min(order.length, 3 * most) && labels.length < most; k++) {
    const vertex = order[k]!
    const [x, y, r] = [positions[2 * vertex]!, positions[2 * vertex + 1]!, radii[vertex]! + 3]
    const text = fitted(nameOf(vertex), WIDEST, LABEL)
    if (Number.isNaN(x) || text === '') continue
    const wide = measured(text, LABEL)
    const places = [
      [x + r, y + 4],
      [x - r - wide, y + 4],
      [x - wide / 2, y - r - 2],
      [x - wide / 2, y + r + 9],
    ] as const
    const free = places
      .map(([left, base]) => ({
        left,
        base,
        box: { left: left - 1, right: left + wide + 1, top: base - 10, bottom: base + 3 },
      }))
      .filter(({ box }) => {
        const within = box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height
        const isFree = !taken.some(other => overlap(box, other))
        return within && isFree && !large.some(v => touches(box, v, scene))
      })
      .map(place => ({ ...place, cost: covered(place.box, scene) }))
      .toSorted((a, b) => a.cost - b.cost)[0]
    if (free === undefined) continue
    taken.push(free.box)
    labels.push({ vertex, text, x: free.left, y: free.base, width: wide })
  }
  return labels
}

/** How much a label would cover: vertices, which count thrice, and lines. */
function covered(box: Box, scene: Parameters<typeof placedLabels>[1]): number {
  const { positions, radii, sources, targets } = scene
  let cost = 0
  for (let v = 0; v < radii.length; v++) if (touches(box, v, scene)) cost += 3
  if (sources.length > FEW_LINES) return cost
  for (let k = 0; k < sources.length; k++) {
    const [s, t] = [sources[k]!, targets[k]!]
    const [x, y] = [positions[2 * s]!, positions[2 * s + 1]!]
    if (crosses(box, x, y, positions[2 * t]! - x, positions[2 * t + 1]! - y)) cost++
  }
  return cost
}

/** Whether a box and the circle of a vertex have some area in common. */
function touches(
  { left, right, top, bottom }: Box,
  v: number,
  { positions, radii }: Pick<GraphScene, 'positions' | 'radii'>,
): boolean {
  const [x, y] = [positions[2 * v]!, positions[2 * v + 1]!]
  const [nearX, nearY] = [Math.max(left, Math.min(x, right)), Math.max(top, Math.min(y, bottom))]
  return (x - nearX) ** 2 + (y - nearY) ** 2 < radii[v]! ** 2
}

/** Whether a line from a point goes through a box (Liang and Barsky). */
function crosses(box: Box, x: number, y: number, dx: number, dy: number): boolean {
  let [enter, leave] = [0, 1]
  for (const [by, to] of [
    [-dx, x - box.left],
    [dx, box.right - x],
    [-dy, y - box.top],
    [dy, box.bottom - y],
  ] as const) {
    if (by === 0) {
      if (to < 0) return false
    } else if (by < 0) enter = Math.max(enter, to / by)
    else leave = Math.min(leave, to / by)
  }
  return enter < leave
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
