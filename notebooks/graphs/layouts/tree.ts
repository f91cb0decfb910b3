import { hierarchy, tree } from 'd3-hierarchy'
import type { DrawnGraph } from '../drawn-graph.js'
import type { Positions } from './layout.js'

interface Branch {
  readonly vertex: number
  readonly children: Branch[]
}

/**
 * Levels from top to bottom, by the number of edges from vertices that no edge reaches; edges that lead
 * elsewhere than to the next level are drawn over them. Reingold and Tilford's layout, by d3-hierarchy.
 */
export async function treeLayout({ count, loaded, degrees }: DrawnGraph): Promise<Positions> {
  const { out, inDegrees } = loaded.topology
  const reached = new Uint8Array(count)
  const grow = (starts: readonly number[]): Branch[] => {
    const roots = starts.map((vertex): Branch => ({ vertex, children: [] }))
    for (const vertex of starts) reached[vertex] = 1
    const queue = [...roots]
    for (let head = 0; head < queue.length; head++) {
      const branch = queue[head]!
      for (let k = out.offsets[branch.vertex]!; k < out.offsets[branch.vertex + 1]!; k++) {
        const vertex = out.neighbours[k]!
        if (reached[vertex] === 1) continue
        reached[vertex] = 1
        const child = { vertex, children: [] }
        branch.children.push(child)
        queue.push(child)
      }
    }
    return roots
  }
  const all = Array.from({ length: count }, (_, v) => v)
  const children = grow(all.filter(v => inDegrees[v] === 0))
  // What lies on cycles has no beginning: there, the vertex with the most neighbours is one.
  for (const v of all.toSorted((a, b) => degrees[b]! - degrees[a]! || a - b)) {
    if (reached[v] === 0) children.push(...grow([v]))
  }
  const placed = tree<Branch>().nodeSize([1, 1])(hierarchy<Branch>({ vertex: -1, children }))
  const positions = new Float64Array(2 * count)
  const width = extent(placed.descendants().map(({ x }) => x))
  // Levels are as far from each other as makes a picture of common proportions.
  const step = (0.7 * width) / Math.max(1, placed.height - 1) || 1
  for (const { data, x, depth } of placed.descendants()) {
    if (data.vertex < 0) continue
    positions[2 * data.vertex] = x
    positions[2 * data.vertex + 1] = depth * step
  }
  return positions
}

function extent(values: readonly number[]): number {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)]
  return high - low
}
