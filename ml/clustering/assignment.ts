import type { KernelTeam } from '../../engine/extend.js'
import type { Rows } from '../data/rows.js'
import {
  blockedLength,
  centreBlocks,
  centreDistanceKernels,
  nearestCentreKernels,
} from '../kernels/nearest-centres.js'

/** Rows to be put into clusters; all arrays lie in the team's region. */
export interface ClusterRows {
  readonly rows: Rows
  /** By row; `null` where each counts the same. */
  readonly weights: Float64Array | null
}

/** What came of giving each row to its nearest centre. */
export interface Assigned {
  /** How many rows have another centre than before. */
  readonly changed: number
  /** By centre: the weighted sum of its rows, then the sum of their weights. */
  readonly sums: Float64Array
}

/** Gives rows to their nearest centres, again and again. */
export interface Assignment {
  /** By row: its centre, as of the last assignment. */
  readonly labels: Int32Array
  /** Forgets all; the next assignment looks at every row. */
  reset(labels?: Int32Array): void
  /** @param centres One after the other. */
  assign(centres: Float64Array): Promise<Assigned>
}

/** Prepares assignments to `count` centres. */
export async function createAssignment(
  team: KernelTeam,
  { rows, weights }: ClusterRows,
  count: number,
): Promise<Assignment> {
  const { region } = team
  const { length, size } = rows
  const width = size + 1
  const parts = team.evenParts(length)
  const starts = region.int32(parts)
  const sums = region.float64((parts.length - 1) * count * width)
  const labels = region.int32(length)
  const given = weights ?? region.float64(0)
  const weighted = weights === null ? 0 : 1
  const run =
    rows.kind === 'dense'
      ? await denseRun(team, rows.values, size, count, length)
      : await sparseRun(team, rows, count)
  return {
    labels,
    reset(known) {
      if (known === undefined) labels.fill(0)
      else labels.set(known)
      run.forget()
    },
    async assign(centres) {
      sums.fill(0)
      const changed = await run.call(centres, parts, [given, weighted, labels, sums, starts])
      const total = new Float64Array(count * width)
      for (let at = 0; at < sums.length; at++) total[at % total.length]! += sums[at]!
      return { changed: changed.reduce((a, b) => a + b, 0), sums: total }
    },
  }
}

/** What kernels of both kinds are called with at the end. */
type Tail = [
  weights: Float64Array,
  weighted: number,
  labels: Int32Array,
  sums: Float64Array,
  starts: Int32Array,
]

/** Kernels with what they remember. */
interface Run {
  forget(): void
  call(centres: Float64Array, parts: Int32Array, tail: Tail): Promise<Float64Array>
}

async function denseRun(
  team: KernelTeam,
  values: Float64Array,
  size: number,
  count: number,
  length: number,
): Promise<Run> {
  const { region } = team
  const { assignNearest } = await team.load(nearestCentreKernels)
  const blocks = region.float64(blockedLength(count, size))
  const moved = region.float64(2 * count)
  const clear = region.float64(count)
  const upper = region.float64(length)
  const lower = region.float64(length)
  const squares = region.float64(length)
  for (let row = 0; row < length; row++) {
    let sum = 0
    for (let at = row * size; at < (row + 1) * size; at++) sum += values[at]! * values[at]!
    squares[row] = sum
  }
  let before: Float64Array | undefined
  return {
    forget() {
      before = undefined
      upper.fill(Number.POSITIVE_INFINITY)
      lower.fill(0)
    },
    call(centres, parts, tail) {
      centreBlocks(centres, size, blocks)
      setMoved(moved, before ?? centres, centres, size)
      setClear(clear, centres, size)
      before = centres
      const bounds = [moved, clear, upper, lower] as const
      return assignNearest(parts, values, squares, size, blocks, count, ...bounds, ...tail)
    },
  }
}

async function sparseRun(
  team: KernelTeam,
  { size, offsets, indices, values }: Rows & { readonly kind: 'sparse' },
  count: number,
): Promise<Run> {
  const { region } = team
  const { assignNearestSparse } = await team.load(centreDistanceKernels)
  const own = region.float64(count * size)
  const squares = region.float64(count)
  return {
    forget() {},
    call(centres, parts, tail) {
      own.set(centres)
      squares.fill(0)
      for (let at = 0; at < own.length; at++) squares[Math.floor(at / size)]! += own[at]! ** 2
      return assignNearestSparse(parts, offsets, indices, values, size, own, squares, ...tail)
    },
  }
}

/** By centre how far it has moved; then by centre how far the others have at most. */
function setMoved(
  moved: Float64Array,
  before: Float64Array,
  centres: Float64Array,
  size: number,
): void {
  const count = moved.length / 2
  for (let k = 0; k < count; k++) {
    moved[k] = Math.sqrt(squaredDistance(before, k * size, centres, k * size, size))
  }
  for (let k = 0; k < count; k++) {
    let most = 0
    for (let other = 0; other < count; other++) {
      if (other !== k) most = Math.max(most, moved[other]!)
    }
    moved[count + k] = most
  }
}

/** By centre half the distance to the nearest other one. */
function setClear(clear: Float64Array, centres: Float64Array, size: number): void {
  const count = clear.length
  for (let k = 0; k < count; k++) {
    let least = Number.POSITIVE_INFINITY
    for (let other = 0; other < count; other++) {
      if (other === k) continue
      least = Math.min(least, squaredDistance(centres, k * size, centres, other * size, size))
    }
    clear[k] = Math.sqrt(least) / 2
  }
}

/** The squared distance of two points that begin at `i` and `j`. */
export function squaredDistance(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  size: number,
): number {
  let sum = 0
  for (let k = 0; k < size; k++) {
    const difference = a[i + k]! - b[j + k]!
    sum += difference * difference
  }
  return sum
}
