/** Community detection by labels that lose strength with each hop (Leung, Hui, Lio, Crowcroft 2009). */
import type { WeightedRows } from './weighted-rows.js'

/** What a sweep works on; all arrays by vertex. */
export interface AttenuationSweep {
  /** Neighbours in either direction. */
  readonly rows: WeightedRows
  readonly labels: Int32Array
  readonly scores: Float64Array
  readonly nextLabels: Int32Array
  readonly nextScores: Float64Array
  /** What a label loses on the way to a vertex that had another. */
  readonly loss: number
}

/** What a thread needs besides: as many zeros as there are labels, zeros again afterwards. */
export interface AttenuationScratch {
  readonly sums: Float64Array
  /** 1 where a label was met. */
  readonly met: Uint8Array
  readonly list: Int32Array
}

/**
 * Gives new labels and scores to the vertices `from` to `to`: the label whose scores, times weights,
 * have the largest sum, the smallest of equals; and its highest score among the neighbours.
 *
 * @returns How many labels or scores changed.
 *
 * Cost: O(edges of the range) time.
 */
export function sweepAttenuated(
  sweep: AttenuationSweep,
  { sums, met, list }: AttenuationScratch,
  from: number,
  to: number,
): number {
  const { labels, scores, nextLabels, nextScores, loss } = sweep
  const { offsets, neighbours, weights } = sweep.rows
  let changed = 0
  for (let v = from; v < to; v++) {
    const [start, end] = [offsets[v]!, offsets[v + 1]!]
    let labelCount = 0
    for (let k = start; k < end; k++) {
      const u = neighbours[k]!
      const label = labels[u]!
      if (met[label] === 0) {
        met[label] = 1
        list[labelCount++] = label
      }
      sums[label]! += weights === null ? scores[u]! : scores[u]! * weights[k]!
    }
    // Sums may be negative, so the best is looked for when all of them are there.
    let best = labels[v]!
    let most = -Infinity
    for (let i = 0; i < labelCount; i++) {
      const label = list[i]!
      const sum = sums[label]!
      if (sum > most || (sum === most && label < best)) {
        most = sum
        best = label
      }
      sums[label] = 0
      met[label] = 0
    }
    let score = start === end ? scores[v]! : -Infinity
    for (let k = start; k < end; k++) {
      const u = neighbours[k]!
      if (labels[u] === best && scores[u]! > score) score = scores[u]!
    }
    if (best !== labels[v]) score -= loss
    if (best !== labels[v] || score !== scores[v]) changed++
    nextLabels[v] = best
    nextScores[v] = score
  }
  return changed
}
