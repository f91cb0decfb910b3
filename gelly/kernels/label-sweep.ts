/**
 * Label propagation: a vertex takes the label that most of its neighbours have.
 *
 * Labels are numbers from 0 to n - 1. Of labels that are equally frequent the smallest is taken: who
 * wants the greatest numbers them downwards.
 */
import type { Adjacency } from '../topology/adjacency.js'

/** What a sweep works on. */
export interface LabelSweep {
  /** From whom each vertex takes labels; parallel edges count as often as they are there. */
  readonly rows: Adjacency
  /** The vertices to look at; a range of it is a part of the work. */
  readonly order: Int32Array
  /** By vertex. */
  readonly labels: Int32Array
  /**
   * By vertex: where new labels go. Another array than `labels`, unless no two vertices of `order`
   * are neighbours.
   */
  readonly next: Int32Array
  /** By vertex: 1 where a neighbour's label has changed; the sweep sets it to 0. */
  readonly active: Uint8Array
  /** How often a vertex's own label counts at least: 0, or 1 to make it compete with others. */
  readonly own: 0 | 1
}

/**
 * Gives new labels to the vertices `order[from]` to `order[to - 1]`.
 *
 * @param counts As many zeros as there are labels; they are zeros again afterwards. Each thread has
 * its own.
 * @returns How many labels changed.
 *
 * Cost: O(edges of the active vertices) time.
 */
export function sweepLabels(
  sweep: LabelSweep,
  counts: Int32Array,
  from: number,
  to: number,
): number {
  const { order, labels, next, active, own } = sweep
  const { offsets, neighbours } = sweep.rows
  let changed = 0
  for (let i = from; i < to; i++) {
    const v = order[i]!
    const before = labels[v]!
    let best = before
    if (active[v] === 1) {
      active[v] = 0
      let most: number = own
      const [start, end] = [offsets[v]!, offsets[v + 1]!]
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
      if (best !== before) changed++
    }
    next[v] = best
  }
  return changed
}

/**
 * Marks those who take labels from vertices whose label changed.
 *
 * @param followers By vertex: who takes labels from it.
 */
export function wakeFollowers(
  followers: Adjacency,
  before: Int32Array,
  after: Int32Array,
  active: Uint8Array,
  from: number,
  to: number,
): void {
  const { offsets, neighbours } = followers
  for (let v = from; v < to; v++) {
    if (before[v] === after[v]) continue
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) active[neighbours[k]!] = 1
  }
}
