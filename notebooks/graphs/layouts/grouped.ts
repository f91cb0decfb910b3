import { createPauses, Random } from '../../../engine/extend.js'
import type { DrawnGraph } from '../drawn-graph.js'
import { bubbleLayout } from './bubbles.js'
import type { LayoutOptions, Positions } from './layout.js'

/**
 * Springs and charges, with vertices of one group drawn to a place of their own: groups are placed first,
 * as circles that are tied by the edges between them.
 *
 * @param groups By vertex: its group, from 0.
 */
export async function groupedLayout(
  { count, sources, targets }: DrawnGraph,
  groups: Int32Array,
  options: LayoutOptions,
): Promise<Positions> {
  const { seed, iterations = count <= 400 ? 200 : 100, signal } = options
  const { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } = await import(
    'd3-force'
  )
  const pause = createPauses(signal)
  const random = new Random(seed)
  const radii = groupSizes(groups).map(size => 15 * Math.sqrt(size))
  const ties = tiesBetween(groups, sources, targets)
  const centres = await bubbleLayout({ radii, ties }, { ...options, iterations: undefined })
  const bodies = Array.from(groups, group => {
    const spread = () => (random.next() - 0.5) * radii[group]!
    return { x: centres[2 * group]! + spread(), y: centres[2 * group + 1]! + spread() }
  })
  const links = Array.from(sources, (source, k) => {
    const target = targets[k]!
    return { source, target, within: groups[source] === groups[target] }
  })
  const simulation = forceSimulation(bodies)
    .randomSource(() => random.next())
    .alphaDecay(1 - 0.001 ** (1 / iterations))
    .force(
      'link',
      forceLink(links)
        .distance(22)
        .strength(({ within }) => (within ? 0.25 : 0.01)),
    )
    .force('charge', forceManyBody().strength(-30).theta(0.6).distanceMax(150))
    .force('collide', forceCollide(8))
    .force('x', forceX<object>((_, k) => centres[2 * groups[k]!]!).strength(0.25))
    .force('y', forceY<object>((_, k) => centres[2 * groups[k]! + 1]!).strength(0.25))
    .stop()
  for (let k = 0; k < iterations; k++) {
    await pause()
    simulation.tick()
  }
  return Float64Array.from(bodies.flatMap(({ x, y }) => [x, y]))
}

/** By group: how many are in it. */
export function groupSizes(groups: Int32Array): number[] {
  const sizes: number[] = []
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1
  return Array.from(sizes, size => size ?? 0)
}

/** How many pairs of neighbours there are between each two groups. */
export function tiesBetween(groups: Int32Array, sources: Int32Array, targets: Int32Array) {
  const all = groups.reduce((most, group) => Math.max(most, group), -1) + 1
  const weights = new Map<number, number>()
  for (let k = 0; k < sources.length; k++) {
    const [a, b] = [groups[sources[k]!]!, groups[targets[k]!]!]
    if (a === b) continue
    const key = Math.min(a, b) * all + Math.max(a, b)
    weights.set(key, (weights.get(key) ?? 0) + 1)
  }
  return [...weights].map(([key, weight]) => {
    return { source: Math.floor(key / all), target: key % all, weight }
  })
}
