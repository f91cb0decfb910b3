import { fitted, measured } from '../charts/measured.js'

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

/**
 * Places labels beside their vertices so that none covers another one, or a large vertex; one that fits
 * nowhere is left out.
 *
 * @param order Vertices, the most important first.
 * @param most How many labels there may be.
 */
export function placedLabels(
  order: ArrayLike<number>,
  most: number,
  nameOf: (vertex: number) => string,
  positions: Float32Array,
  radii: Float32Array,
  width: number,
  height: number,
): PlacedLabel[] {
  const labels: PlacedLabel[] = []
  const taken: Box[] = []
  for (let k = 0; k < Math.min(order.length, 60); k++) {
    const v = order[k]!
    const [x, y, r] = [positions[2 * v]!, positions[2 * v + 1]!, radii[v]!]
    if (!Number.isNaN(x)) taken.push({ left: x - r, right: x + r, top: y - r, bottom: y + r })
  }
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
    for (const [left, base] of places) {
      const box = { left: left - 1, right: left + wide + 1, top: base - 10, bottom: base + 3 }
      const within = box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height
      if (!within || taken.some(other => overlap(box, other))) continue
      taken.push(box)
      labels.push({ vertex, text, x: left, y: base, width: wide })
      break
    }
  }
  return labels
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
