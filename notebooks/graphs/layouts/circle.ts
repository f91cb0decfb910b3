import type { DrawnGraph } from '../drawn-graph.js'
import type { Positions } from './layout.js'

/** All vertices on a circle, clockwise from the top, in their order. */
export async function circleLayout({ count }: DrawnGraph): Promise<Positions> {
  const positions = new Float64Array(2 * count)
  for (let v = 0; v < count; v++) {
    const angle = (2 * Math.PI * v) / Math.max(1, count) - Math.PI / 2
    positions[2 * v] = Math.cos(angle)
    positions[2 * v + 1] = Math.sin(angle)
  }
  return positions
}
