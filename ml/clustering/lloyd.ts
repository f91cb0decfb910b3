/** Lloyd's iteration: rows go to the nearest centre, centres to the mean of their rows. */
import {
  Float64Column,
  Int32Column,
  type KernelTeam,
  runLoop,
  valueBatch,
} from '../../engine/extend.js'
import type { FitRun } from '../core/estimator.js'
import { type Assigned, type ClusterRows, createAssignment, squaredDistance } from './assignment.js'
import type { Seeding } from './seeding.js'

/** How to cluster. */
export interface LloydOptions {
  /** How many clusters. */
  readonly count: number
  /** How often it begins anew; the best counts. */
  readonly restarts: number
  readonly maxIterations: number
  /** Ends when the squares of what centres move come to this at most. */
  readonly tolerance: number
  readonly seed: number
  readonly seeding: Seeding
  /** The sum of the squared entries of all rows, weighted. */
  readonly square: number
  /** What else the answer depends on, for checkpoints. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** A clustering. */
export interface Clustering {
  /** One after the other. */
  readonly centres: Float64Array
  /** The weight of each cluster's rows. */
  readonly sizes: Float64Array
  /** The weighted sum of squared distances from the nearest centre. */
  readonly inertia: number
  /** That sum after each iteration of the best start. */
  readonly history: readonly number[]
  /** Whether the best start ended before `maxIterations`. */
  readonly converged: boolean
}

/** The best of some clusterings. */
export async function lloyd(
  team: KernelTeam,
  data: ClusterRows,
  options: LloydOptions,
  { operation, signal, onProgress, checkpoint }: FitRun,
): Promise<Clustering> {
  const { rows, weights } = data
  const { count, restarts, maxIterations, tolerance, seed, seeding, square } = options
  const { size } = rows
  const assignment = await createAssignment(team, data, count)
  let restart = 0
  let centres: Float64Array | undefined
  let history: number[] = []
  let best: Clustering | undefined

  async function end(converged: boolean): Promise<void> {
    const { sums } = await assignment.assign(centres!)
    const inertia = inertiaOf(square, centres!, sums, size)
    const sizes = Float64Array.from({ length: count }, (_, k) => sums[k * (size + 1) + size]!)
    if (best === undefined || inertia < best.inertia) {
      best = { centres: centres!, sizes, inertia, history: [...history, inertia], converged }
    }
    restart++
    centres = undefined
    history = []
  }

  const given = Object.entries({ signal, onProgress, checkpoint })
  const run = Object.fromEntries(given.filter(([, value]) => value !== undefined))
  await runLoop(
    {
      ...run,
      name: operation,
      maxIterations: restarts * maxIterations,
      state: {
        program: {
          parameters: options.parameters,
          values: rows.values,
          ...(weights && { weights }),
        },
        save: () => ({
          restart: [valueBatch(new Int32Column(Int32Array.of(restart)))],
          centres: [valueBatch(new Float64Column(centres ?? new Float64Array(0)))],
          labels: [valueBatch(new Int32Column(assignment.labels))],
          history: [valueBatch(new Float64Column(Float64Array.from(history)))],
          ...(best && savedBest(best)),
        }),
        load(saved) {
          const numbers = (name: string) =>
            Float64Array.from(
              { length: saved[name]![0]!.length },
              (_, k) => saved[name]![0]!.columns[0]!.get(k) as number,
            )
          restart = numbers('restart')[0]!
          const found = numbers('centres')
          centres = found.length === 0 ? undefined : found
          history = [...numbers('history')]
          assignment.reset(Int32Array.from(numbers('labels')))
          if ('bestCentres' in saved) best = loadedBest(numbers)
        },
      },
    },
    async ({ add }) => {
      if (centres === undefined) {
        centres = await seeding(seed + restart)
        assignment.reset()
      }
      const assigned = await assignment.assign(centres)
      const inertia = inertiaOf(square, centres, assigned.sums, size)
      history.push(inertia)
      add('objective', inertia)
      const next = movedCentres(data, centres, assigned, assignment.labels)
      const shift = squaredDistance(next, 0, centres, 0, next.length)
      centres = next
      const same = history.length > 1 && assigned.changed === 0
      const converged = same || shift <= tolerance
      if (converged || history.length === maxIterations) await end(converged)
      return { done: restart === restarts }
    },
  )
  return best!
}

function savedBest({ centres, sizes, inertia, history, converged }: Clustering) {
  const facts = [inertia, converged ? 1 : 0]
  const arrays = { bestCentres: centres, bestSizes: sizes, bestHistory: history, bestFacts: facts }
  return Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => [
      name,
      [valueBatch(new Float64Column(Float64Array.from(values)))],
    ]),
  )
}

function loadedBest(numbers: (name: string) => Float64Array): Clustering {
  const [inertia, converged] = numbers('bestFacts')
  return {
    centres: numbers('bestCentres'),
    sizes: numbers('bestSizes'),
    history: [...numbers('bestHistory')],
    inertia: inertia!,
    converged: converged === 1,
  }
}

/** The sum of squared distances, by the sums of rows alone: `|x|^2 - 2 x.c + |c|^2`. */
function inertiaOf(
  square: number,
  centres: Float64Array,
  sums: Float64Array,
  size: number,
): number {
  let inertia = square
  for (let start = 0, sum = 0; start < centres.length; start += size, sum += size + 1) {
    const weight = sums[sum + size]!
    for (let k = 0; k < size; k++) {
      const centre = centres[start + k]!
      inertia += centre * (weight * centre - 2 * sums[sum + k]!)
    }
  }
  return Math.max(inertia, 0)
}

/**
 * The means of clusters. Where one is empty, its centre goes to the row that is farthest from its own,
 * which leaves its cluster.
 */
function movedCentres(
  { rows, weights }: ClusterRows,
  centres: Float64Array,
  { sums }: Assigned,
  labels: Int32Array,
): Float64Array {
  const { size } = rows
  const count = centres.length / size
  const width = size + 1
  const next = new Float64Array(centres)
  const empty: number[] = []
  for (let k = 0; k < count; k++) if (!(sums[k * width + size]! > 0)) empty.push(k)
  if (empty.length > 0) {
    const farthest = farthestRows({ rows, weights }, centres, labels, empty.length)
    for (const [k, row] of farthest.entries()) {
      const weight = weights === null ? 1 : weights[row]!
      const [to, from] = [empty[k]! * width, labels[row]! * width]
      const move = (feature: number, value: number) => {
        sums[to + feature]! += weight * value
        sums[from + feature]! -= weight * value
      }
      eachEntry(rows, row, move)
      move(size, 1)
    }
  }
  for (let k = 0; k < count; k++) {
    const weight = sums[k * width + size]!
    if (!(weight > 0)) continue
    for (let j = 0; j < size; j++) next[k * size + j] = sums[k * width + j]! / weight
  }
  return next
}

/** The rows farthest from their centres, at most `count`; none that lies on its centre or weighs nothing. */
function farthestRows(
  { rows, weights }: ClusterRows,
  centres: Float64Array,
  labels: Int32Array,
  count: number,
): readonly number[] {
  const { size, length } = rows
  const distances = new Float64Array(length)
  const point = new Float64Array(size)
  for (let row = 0; row < length; row++) {
    if (weights !== null && weights[row] === 0) continue
    point.fill(0)
    eachEntry(rows, row, (feature, value) => {
      point[feature] = value
    })
    distances[row] = squaredDistance(point, 0, centres, labels[row]! * size, size)
  }
  const far = Array.from(distances.keys()).filter(row => distances[row]! > 0)
  return far.sort((a, b) => distances[b]! - distances[a]! || a - b).slice(0, count)
}

function eachEntry(
  rows: ClusterRows['rows'],
  row: number,
  use: (feature: number, value: number) => void,
): void {
  const { size, values } = rows
  if (rows.kind === 'dense') {
    for (let k = 0; k < size; k++) use(k, values[row * size + k]!)
    return
  }
  const { offsets, indices } = rows
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) use(indices[at]!, values[at]!)
}
