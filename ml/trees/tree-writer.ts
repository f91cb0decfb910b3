import type { NamedBatches } from '../../engine/extend.js'
import { loadedVector, savedVectors } from '../optimization/saved-vectors.js'
import type { GrownTree } from './growing-tree.js'
import type { TreeList } from './tree-list.js'

/** Gathers grown trees in a list. */
export class TreeWriter {
  readonly #thresholds: readonly Float64Array[]
  #roots: number[] = []
  #features: number[] = []
  #values: number[] = []
  #lefts: number[] = []
  #missingLeft: number[] = []
  #gains: number[] = []

  /** @param thresholds By feature: what separates its bins. */
  constructor(thresholds: readonly Float64Array[]) {
    this.#thresholds = thresholds
  }

  add({ features, bins, missingLeft, lefts, values, gains }: GrownTree): void {
    const root = this.#features.length
    this.#roots.push(root)
    for (let node = 0; node < features.length; node++) {
      const feature = features[node]!
      const isLeaf = lefts[node]! < 0
      // Behind the last threshold only missing values are.
      const threshold = this.#thresholds[feature]![bins[node]!] ?? Number.POSITIVE_INFINITY
      this.#features.push(feature)
      this.#values.push(isLeaf ? values[node]! : threshold)
      this.#lefts.push(isLeaf ? -1 : root + lefts[node]!)
      this.#missingLeft.push(missingLeft[node]!)
      this.#gains.push(gains[node]!)
    }
  }

  /** All trees. */
  finish(): TreeList {
    return {
      roots: Int32Array.from(this.#roots),
      features: Int32Array.from(this.#features),
      thresholds: Float64Array.from(this.#values),
      lefts: Int32Array.from(this.#lefts),
      missingLeft: Uint8Array.from(this.#missingLeft),
    }
  }

  /** By feature its share of all gains; zeros where there are none. */
  importances(size: number): Float64Array {
    const sums = new Float64Array(size)
    let total = 0
    for (let node = 0; node < this.#gains.length; node++) {
      if (this.#lefts[node]! < 0) continue
      sums[this.#features[node]!]! += this.#gains[node]!
      total += this.#gains[node]!
    }
    return total > 0 ? sums.map(sum => sum / total) : sums
  }

  /** What `load` needs, for checkpoints. */
  save(): NamedBatches {
    const vectors = {
      roots: this.#roots,
      features: this.#features,
      values: this.#values,
      lefts: this.#lefts,
      missingLeft: this.#missingLeft,
      gains: this.#gains,
    }
    return savedVectors(
      Object.fromEntries(
        Object.entries(vectors).map(([name, values]) => [name, Float64Array.from(values)]),
      ),
    )
  }

  /** Goes on from there. */
  load(saved: NamedBatches): void {
    const numbers = (name: string) => [...loadedVector(saved, name)]
    this.#roots = numbers('roots')
    this.#features = numbers('features')
    this.#values = numbers('values')
    this.#lefts = numbers('lefts')
    this.#missingLeft = numbers('missingLeft')
    this.#gains = numbers('gains')
  }
}
