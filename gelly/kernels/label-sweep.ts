/**
 * Label propagation: a vertex takes the label that most of its neighbours have.
 *
 * Labels are numbers from 0 to n - 1. Of labels that are equally frequent the smallest is taken: who
 * wants the greatest numbers them downwards.
 */
import type { Adjacency } from '../topology/adjacency.js'

/** What sweeps work on. */
export interface LabelSweep {
  /** From whom each vertex takes labels; parallel edges count as often as they are there. */
  readonly rows: Adjacency
  /** The vertices to look at; a range of it is a part of the work. */
  readonly order: Int32Array
  /** By vertex. */
  readonly labels: Int32Array
  /** By vertex: its new label after a sweep, until `wakeFollowers` makes it the label. */
  readonly next: Int32Array
  /** By vertex: 1 where a neighbour's label has changed; a sweep sets it to 0. */
  readonly active: Uint8Array
  /** How often a vertex's own label counts at least: 0, or 1 to make it compete with others. */
  readonly own: 0 | 1
}

/**
 * Finds new labels for the vertices `order[from]` to `order[to - 1]`. Afterwards, when all ranges are
 * done, `wakeFollowers` has to be called for them.
 *
 * @param counts As many zeros as there are labels; they are zeros again afterwards. Each thread has
 * its own.
 * @returns How many labels change.
 *
 * Cost: O(edges of the active vertices) time.
 */
export function sweepLabels(
  { rows, order, labels, next, active, own }: LabelSweep,
  counts: Int32Array,
  from: number,
  to: number,
): number {
  const { offsets, neighbours } = rows
  let changed = 0
  for (let i = from; i < to; i++) {
    const v = order[i]!
    if (active[v] === 0) continue
    active[v] = 0
    const before = labels[v]!
    const [start, end] = [offsets[v]!, offsets[v + 1]!]
    let best = before
    let most: number = own
    // Counts only grow, so the best label is the best at its last increment.
    for (let k = start; k < end; k++) {
      const label = labels[neighbours[k]!]!
      const count = ++counts[label]!
      if (count > most || (count === most && label < best)) {
        most = count
        best = label
      }
    }
    for (let k = start; k < end; k++) counts[labels[neighbours[k]!]!] = 0
    if (best === before) continue
    next[v] = best
    changed++
  }
  return changed
}

/**
 * Gives the vertices `order[from]` to `order[to - 1]` their new labels, and marks those who take
 * labels from one that changed.
 *
 * @param followers By vertex: who takes labels from it.
 *
 * Cost: O(edges of the changed vertices) time.
 */
export function wakeFollowers(
  { order, labels, next, active }: LabelSweep,
  { offsets, neighbours }: Adjacency,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const v = order[i]!
    if (labels[v] === next[v]) continue
    labels[v] = next[v]!
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) active[neighbours[k]!] = 1
  }
}
