import { numberFrom, positiveInteger, Random } from '../../engine/extend.js'
import { ArgumentError, type DataSet } from '../../engine/index.js'
import { Features } from '../data/features.js'
import type { ClassLabel } from '../data/labels.js'
import { type DenseRows, toDense } from '../data/rows.js'
import { type Metric, metric } from './metric.js'
import { codesOf } from './read-classes.js'
import { readScored } from './read-numbers.js'

/** Options of `silhouette`. */
export interface SilhouetteOptions {
  /** Looks at so many records, drawn at random. Default: at all. */
  readonly sample?: number
  /** Another number draws others. Default 0. */
  readonly seed?: number
}

/**
 * How well records lie in their clusters, from -1 to 1: the mean of `(b - a) / max(a, b)`, where `a` is
 * the mean distance to the others of the same cluster and `b` the smallest mean distance to those of
 * another one. A record that is alone in its cluster has 0. Distances are Euclidean.
 *
 * @param options.features Default `'features'`.
 * @param options.prediction The field with the cluster. Default `'prediction'`.
 * @param options.weight Weighs records in all means: in those of distances and in the mean over records.
 * @throws {ArgumentError} If there are not two clusters at least, and one that has two records, or an
 *   option is wrong.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: O(n^2 * features). Source: Rousseeuw, "Silhouettes", 1987.
 * @example
 * const clustered = from([0, 1, 10, 11].map(x => ({ x, prediction: Number(x > 5) })))
 * await silhouette(clustered, { features: ['x'] }) // 0.89...
 */
export const silhouette: Metric<'clusters', SilhouetteOptions> &
  (<T>(data: DataSet<T>) => Promise<number>) = metric<'clusters', SilhouetteOptions>({
  name: 'silhouette',
  higherIsBetter: true,
  fields: ['features', 'prediction', 'weight'],
  options: ['sample', 'seed'],
  async measure(data, options, run) {
    const { operation } = run
    const { prediction = 'prediction', weight, sample, seed = 0 } = options
    const features = new Features(options.features ?? 'features', operation)
    const names = [prediction, ...features.reads]
    const { length, weights, column } = await readScored(data, names, weight, run)
    const columns = features.reads.map(column)
    const rows = toDense(features.rows(columns, length, undefined, { operation }))
    const found = new Map<ClassLabel, number>()
    const clusters = codesOf(column(prediction), prediction, found, operation)
    const clustered = {
      rows,
      clusters,
      weights: Float64Array.from({ length }, (_, row) => (weights === null ? 1 : weights[row]!)),
    }
    if (sample === undefined) return meanSilhouette(clustered, found.size, operation)
    positiveInteger(sample, operation, 'sample')
    numberFrom(seed, operation, 'seed', -Number.MAX_VALUE, Number.MAX_VALUE)
    return meanSilhouette(drawn(clustered, sample, seed), found.size, operation)
  },
}) as never

/** Records with their clusters and weights. */
interface Clustered {
  readonly rows: DenseRows
  readonly clusters: Int32Array
  readonly weights: Float64Array
}

function meanSilhouette(
  { rows, clusters, weights }: Clustered,
  count: number,
  operation: string,
): number {
  const { length, size, values } = rows
  const sizes = new Int32Array(count)
  const totals = new Float64Array(count)
  for (let row = 0; row < length; row++) {
    sizes[clusters[row]!]!++
    totals[clusters[row]!]! += weights[row]!
  }
  const present = totals.filter(total => total > 0).length
  if (present < 2 || present >= length) {
    throw new ArgumentError(
      `${operation}: there must be two clusters at least, and fewer than records; got ${present} clusters of ${length} records.`,
    )
  }
  const sums = new Float64Array(count)
  let [sum, total] = [0, 0]
  for (let a = 0; a < length; a++) {
    const weight = weights[a]!
    if (weight === 0) continue
    total += weight
    sums.fill(0)
    for (let b = 0; b < length; b++) {
      let square = 0
      for (let k = 0, at = a * size, to = b * size; k < size; k++, at++, to++) {
        const away = values[at]! - values[to]!
        square += away * away
      }
      sums[clusters[b]!]! += weights[b]! * Math.sqrt(square)
    }
    const own = clusters[a]!
    const others = totals[own]! - weight
    if (sizes[own] === 1 || others <= 0) continue
    const inside = sums[own]! / others
    let outside = Number.POSITIVE_INFINITY
    for (let cluster = 0; cluster < count; cluster++) {
      if (cluster !== own && totals[cluster]! > 0) {
        outside = Math.min(outside, sums[cluster]! / totals[cluster]!)
      }
    }
    const larger = Math.max(inside, outside)
    // Records that are all the same lie neither well nor badly.
    if (larger > 0) sum += (weight * (outside - inside)) / larger
  }
  return sum / total
}

/** Some of the records, drawn without putting back. */
function drawn(
  { rows: all, clusters, weights }: Clustered,
  sample: number,
  seed: number,
): Clustered {
  const { kind, length, size, values } = all
  const random = new Random(seed)
  const count = Math.min(sample, length)
  const order = Int32Array.from({ length }, (_, row) => row)
  for (let k = 0; k < count; k++) {
    const other = k + random.int(length - k)
    const kept = order[k]!
    order[k] = order[other]!
    order[other] = kept
  }
  const rows = order.subarray(0, count)
  const taken = new Float64Array(count * size)
  rows.forEach((row, k) => {
    taken.set(values.subarray(row * size, (row + 1) * size), k * size)
  })
  return {
    rows: { kind, length: count, size, values: taken },
    clusters: rows.map(row => clusters[row]!),
    weights: Float64Array.from(rows, row => weights[row]!),
  }
}
