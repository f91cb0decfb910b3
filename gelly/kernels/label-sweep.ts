/**
 * Label propagation: a vertex takes the label that most of its neighbours have.
 *
 * Labels are numbers from 0 to n - 1. Of labels that are equally frequent the smallest is taken: who
 * wants the greatest numbers them downwards.
 *
 * The kernels are for a range of `order`, and for several threads; they use nothing from outside, since
 * workers get their text.
 */

/**
 * Finds new labels for the vertices `order[from]` to `order[to - 1]`. Afterwards, when all ranges are
 * done, `wakeFollowers` has to be called for them.
 *
 * @param offsets With `neighbours`: from whom each vertex takes labels; parallel edges count as often
 *   as they are there.
 * @param order The vertices to look at.
 * @param labels By vertex.
 * @param next By vertex: its new label, until `wakeFollowers` makes it the label.
 * @param active By vertex: 1 where a neighbour's label has changed; 0 afterwards.
 * @param counts For each thread a zero by label; zeros again afterwards.
 * @param slots For each thread a zero: whether its part of `counts` is taken.
 * @param own How often a vertex's own label counts at least: 0, or 1 to make it compete with others.
 * @returns How many labels change.
 *
 * Cost: O(edges of the active vertices) time.
 */
export function sweepLabels(
  offsets: Int32Array,
  neighbours: Int32Array,
  order: Int32Array,
  labels: Int32Array,
  next: Int32Array,
  active: Uint8Array,
  counts: Int32Array,
  slots: Int32Array,
  own: number,
  from: number,
  to: number,
): number {
  let slot = 0
  while (Atomics.compareExchange(slots, slot, 0, 1) !== 0) slot = (slot + 1) % slots.length
  const found = counts.subarray(slot * labels.length, (slot + 1) * labels.length)
  let changed = 0
  for (let i = from; i < to; i++) {
    const v = order[i]!
    if (active[v] === 0) continue
    active[v] = 0
    const before = labels[v]!
    const start = offsets[v]!
    const end = offsets[v + 1]!
    let best = before
    let most = own
    // Counts only grow, so the best label is the best at its last increment.
    for (let k = start; k < end; k++) {
      const label = labels[neighbours[k]!]!
      const count = ++found[label]!
      if (count > most || (count === most && label < best)) {
        most = count
        best = label
      }
    }
    for (let k = start; k < end; k++) found[labels[neighbours[k]!]!] = 0
    if (best === before) continue
    next[v] = best
    changed++
  }
  Atomics.store(slots, slot, 0)
  return changed
}

/**
 * Gives the vertices `order[from]` to `order[to - 1]` their new labels, and marks those who take
 * labels from one that changed. Several threads may mark the same vertex; all of them write 1.
 *
 * @param offsets With `followers`: who takes labels from each vertex.
 * @param order As for `sweepLabels`, and so are `labels`, `next` and `active`.
 *
 * Cost: O(edges of the changed vertices) time.
 */
export function wakeFollowers(
  offsets: Int32Array,
  followers: Int32Array,
  order: Int32Array,
  labels: Int32Array,
  next: Int32Array,
  active: Uint8Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const v = order[i]!
    if (labels[v] === next[v]) continue
    labels[v] = next[v]!
    const end = offsets[v + 1]!
    for (let k = offsets[v]!; k < end; k++) active[followers[k]!] = 1
  }
}

/** The kernels, for a team. */
export const labelKernels = {
  name: 'gelly/labels',
  functions: { sweepLabels, wakeFollowers },
}
