import { Random, type Region } from '../../engine/extend.js'
import type { Rows } from '../data/rows.js'
import type { LinearProblem } from './linear-objective.js'

/** The same records in random order, copied, so that those drawn together lie together. */
export function shuffledProblem(
  region: Region,
  problem: LinearProblem,
  seed: number,
): LinearProblem {
  const { rows, labels, weights } = problem
  const order = Int32Array.from({ length: rows.length }, (_, row) => row)
  const random = new Random(seed)
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor((random.uint32() * (last + 1)) / 2 ** 32)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  const taken = (values: Float64Array) => {
    const copy = region.float64(values.length)
    for (let row = 0; row < copy.length; row++) copy[row] = values[order[row]!]!
    return copy
  }
  return {
    ...problem,
    rows: rowsInOrder(region, rows, order),
    labels: taken(labels),
    weights: taken(weights),
  }
}

function rowsInOrder(region: Region, rows: Rows, order: Int32Array): Rows {
  const { length, size } = rows
  const values = region.float64(rows.values.length)
  if (rows.kind === 'dense') {
    for (let row = 0; row < length; row++) {
      const from = order[row]! * size
      for (let k = 0, at = row * size; k < size; k++, at++) values[at] = rows.values[from + k]!
    }
    return { ...rows, values }
  }
  const indices = region.int32(rows.indices.length)
  const offsets = region.int32(length + 1)
  let at = 0
  for (let row = 0; row < length; row++) {
    const end = rows.offsets[order[row]! + 1]!
    for (let from = rows.offsets[order[row]!]!; from < end; from++, at++) {
      values[at] = rows.values[from]!
      indices[at] = rows.indices[from]!
    }
    offsets[row + 1] = at
  }
  return { ...rows, offsets, indices, values }
}
