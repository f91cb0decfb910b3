/** Splits of nodes. */

/** Sums over the records of a node. */
export interface NodeSums {
  readonly gradient: number
  readonly curvature: number
  readonly count: number
}

/** How a node is split best. */
export interface Split {
  readonly feature: number
  /** The last bin that goes left. */
  readonly bin: number
  readonly missingLeft: boolean
  /** By how much the loss, taken as a parabola, becomes less, twice. */
  readonly gain: number
  readonly left: NodeSums
  readonly right: NodeSums
}

/** The value of a leaf: where the loss, taken as a parabola, is least. */
export function leafValue({ gradient, curvature }: NodeSums, l2: number): number {
  return -gradient / (curvature + l2 + 1e-15)
}

/**
 * The split of the greatest gain, the first of equals; `undefined` where none gains anything.
 *
 * @param found What `growNodes` found by feature.
 * @param which 0 for the node, 1 for its sibling.
 */
export function bestSplit(found: Float64Array, which: 0 | 1, node: NodeSums): Split | undefined {
  let best = -1
  let gain = 0
  for (let at = 6 * which; at < found.length; at += 12) {
    if (found[at]! > gain) {
      gain = found[at]!
      best = at
    }
  }
  if (best < 0) return undefined
  const [gradient, curvature, count] = [found[best + 3]!, found[best + 4]!, found[best + 5]!]
  return {
    feature: Math.floor(best / 12),
    bin: found[best + 1]!,
    missingLeft: found[best + 2] !== 0,
    gain,
    left: { gradient, curvature, count },
    right: {
      gradient: node.gradient - gradient,
      curvature: node.curvature - curvature,
      count: node.count - count,
    },
  }
}
