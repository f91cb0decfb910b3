import type { Positions } from './layouts/layout.js'

/** Room around the outermost vertices, for labels. */
const MARGIN = 26

/** Positions in pixels of a picture: as large as fits, in the middle, proportions kept. NaN stays NaN. */
export function fittedPositions(positions: Positions, width: number, height: number): Float32Array {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let k = 0; k < positions.length; k += 2) {
    const [x, y] = [positions[k]!, positions[k + 1]!]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const scale = Math.min(
    (width - 2 * MARGIN) / (right - left || 1e-9),
    (height - 2 * MARGIN) / (bottom - top || 1e-9),
  )
  const at = Number.isFinite(scale) && right - left + bottom - top > 0 ? scale : 0
  const fitted = new Float32Array(positions.length)
  for (let k = 0; k < positions.length; k += 2) {
    fitted[k] = width / 2 + (positions[k]! - (left + right) / 2) * at
    fitted[k + 1] = height / 2 + (positions[k + 1]! - (top + bottom) / 2) * at
  }
  return fitted
}
