import { createPauses, Random } from '../../../engine/extend.js'
import type { LayoutOptions, Positions } from './layout.js'

/** Circles, and how strongly they are tied. */
export interface Bubbles {
  readonly radii: ArrayLike<number>
  /** By tie: two circles, and the weight. */
  readonly ties: readonly {
    readonly source: number
    readonly target: number
    readonly weight: number
  }[]
}

/** Between circles. */
const GAP = 10

/** Places circles so that none cover each other and those with strong ties are close (d3-force). */
export async function bubbleLayout(
  { radii, ties }: Bubbles,
  { seed, iterations = 300, signal }: LayoutOptions,
): Promise<Positions> {
  const { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } = await import(
    'd3-force'
  )
  const pause = createPauses(signal)
  const random = new Random(seed)
  const count = radii.length
  const heaviest = ties.reduce((most, { weight }) => Math.max(most, weight), 0)
  const mean = Array.from(radii).reduce((sum, r) => sum + r, 0) / (count || 1)
  // The largest are first, and begin in the middle of a spiral.
  const bodies = Array.from({ length: count }, (_, k) => {
    const [angle, far] = [k * 2.4, 2 * mean * Math.sqrt(k)]
    return { x: far * Math.cos(angle), y: far * Math.sin(angle) }
  })
  const links = ties.map(({ source, target, weight }) => ({ source, target, weight }))
  const simulation = forceSimulation(bodies)
    .randomSource(() => random.next())
    .alphaDecay(1 - 0.001 ** (1 / iterations))
    .force(
      'link',
      forceLink(links)
        .distance((_, k) => radii[ties[k]!.source]! + radii[ties[k]!.target]! + 2 * GAP)
        .strength(({ weight }) => 0.5 * Math.sqrt(weight / heaviest)),
    )
    .force('charge', forceManyBody().strength(-6 * mean))
    .force('x', forceX(0).strength(0.06))
    .force('y', forceY(0).strength(0.09))
    .force('collide', forceCollide((_, k) => radii[k]! + GAP / 2).iterations(3))
    .stop()
  for (let k = 0; k < iterations; k++) {
    await pause()
    simulation.tick()
  }
  return Float64Array.from(bodies.flatMap(({ x, y }) => [x, y]))
}
