import type { KernelStep, KernelTeam } from '../../engine/extend.js'
import type { ColourClasses } from '../kernels/colour-classes.js'
import { labelKernels } from '../kernels/label-sweep.js'
import type { Adjacency } from '../topology/adjacency.js'
import type { Scratch } from '../topology/scratch.js'
import type { IterationOutcome } from './converging.js'

/** What labels spread over. */
export interface LabelSpread {
  /** The threads that do it. */
  readonly team: KernelTeam
  readonly scratch: Scratch
  /** From whom each vertex takes labels; of the team's region. */
  readonly rows: Adjacency
  /** Who takes labels from each vertex; of the team's region. */
  readonly followers: Adjacency
  /** By vertex: where it begins, and in the end what came of it. */
  readonly labels: Int32Array
  /** How often a vertex's own label counts at least. */
  readonly own: 0 | 1
  /** Groups without neighbours that change one after the other; all vertices change at once without. */
  readonly classes?: ColourClasses | undefined
}

/**
 * Spreads labels until none changes, or the loop's maximum; see `sweepLabels`. The labels do not depend
 * on the number of threads.
 *
 * @param loop Runs the loop of one step per iteration.
 */
export async function spreadLabels(
  spread: LabelSpread,
  loop: (step: KernelStep) => Promise<IterationOutcome>,
): Promise<IterationOutcome> {
  const { team, scratch, rows, followers, own } = spread
  const n = spread.labels.length
  const { sweepLabels, wakeFollowers } = await team.load(labelKernels)
  const order = scratch.int32(n)
  if (spread.classes === undefined) for (let v = 0; v < n; v++) order[v] = v
  else order.set(spread.classes.order)
  const groups = partsOf(team, rows, order, spread.classes?.starts ?? Int32Array.of(0, n))
  const labels = scratch.int32(n)
  labels.set(spread.labels)
  const next = scratch.int32(n)
  next.set(labels)
  const active = scratch.uint8(n).fill(1)
  const counts = scratch.int32(team.size * n)
  const slots = scratch.int32(team.size)
  const outcome = await loop(async () => {
    let changed = 0
    for (const parts of groups) {
      const changes = await sweepLabels(
        ...([parts, rows.offsets, rows.neighbours, order, labels, next] as const),
        ...([active, counts, slots, own] as const),
      )
      for (const count of changes) changed += count
      await wakeFollowers(
        ...([parts, followers.offsets, followers.neighbours, order] as const),
        ...([labels, next, active] as const),
      )
    }
    return { changed, done: changed === 0 }
  })
  spread.labels.set(labels)
  return outcome
}

/** Each group of an order in parts of about the same number of edges. */
function partsOf(
  team: KernelTeam,
  { offsets }: Adjacency,
  order: Int32Array,
  starts: Int32Array,
): Int32Array[] {
  const places = new Int32Array(order.length + 1)
  for (let i = 0; i < order.length; i++) {
    const v = order[i]!
    places[i + 1] = places[i]! + offsets[v + 1]! - offsets[v]!
  }
  return Array.from({ length: starts.length - 1 }, (_, group) => {
    const start = starts[group]!
    return team.rowParts(places.subarray(start, starts[group + 1]! + 1)).map(row => start + row)
  })
}
