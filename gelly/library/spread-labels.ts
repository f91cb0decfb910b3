import type { KernelStep } from '../../engine/extend.js'
import type { ColourClasses } from '../kernels/colour-classes.js'
import { sweepLabels, wakeFollowers } from '../kernels/label-sweep.js'
import type { Adjacency } from '../topology/adjacency.js'
import { type IterationOutcome, inRanges } from './converging.js'

/** What labels spread over. */
export interface LabelSpread {
  /** From whom each vertex takes labels. */
  readonly rows: Adjacency
  /** Who takes labels from each vertex. */
  readonly followers: Adjacency
  /** By vertex: where it begins, and in the end what came of it. */
  readonly labels: Int32Array
  /** How often a vertex's own label counts at least. */
  readonly own: 0 | 1
  /** Groups without neighbours that change one after the other; all vertices change at once without. */
  readonly classes?: ColourClasses | undefined
}

/**
 * Spreads labels until none changes, or the loop's maximum; see `sweepLabels`.
 *
 * @param loop Runs the loop of one step per iteration.
 */
export async function spreadLabels(
  { rows, followers, labels, own, classes }: LabelSpread,
  loop: (step: KernelStep) => Promise<IterationOutcome>,
): Promise<IterationOutcome> {
  const n = labels.length
  const { order, starts } = classes ?? allAtOnce(n)
  const active = new Uint8Array(n).fill(1)
  const counts = new Int32Array(n)
  const next = labels.slice()
  const sweep = { rows, order, labels, next, active, own }
  return loop(async ({ breathe }) => {
    let changed = 0
    for (let group = 0; group + 1 < starts.length; group++) {
      const [start, end] = [starts[group]!, starts[group + 1]!]
      await inRanges(end - start, breathe, (from, to) => {
        changed += sweepLabels(sweep, counts, start + from, start + to)
      })
      await inRanges(end - start, breathe, (from, to) => {
        wakeFollowers(sweep, followers, start + from, start + to)
      })
    }
    return { changed, done: changed === 0 }
  })
}

/** One group of all. */
function allAtOnce(vertexCount: number): ColourClasses {
  const order = new Int32Array(vertexCount)
  for (let v = 0; v < vertexCount; v++) order[v] = v
  return { order, starts: Int32Array.of(0, vertexCount) }
}
