import {
  Float64Column,
  type KernelTeam,
  type NamedBatches,
  runLoop,
  shown,
  valueBatch,
} from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { FitRun } from '../core/estimator.js'
import { alsKernels, scratchSize } from '../kernels/als.js'
import type { Id } from './ids.js'
import { initialFactors } from './initial-factors.js'
import type { RatingRows, Ratings } from './rating-rows.js'

/** What is minimised, and how long. */
export interface AlternateSettings {
  readonly factors: number
  readonly regularization: number
  readonly weighted: boolean
  readonly implicit: boolean
  readonly alpha: number
  readonly nonNegative: boolean
  readonly iterations: number
  readonly tolerance: number
  readonly seed: number
}

/** Factors, by user and by item. */
export interface Factorisation {
  /** Row `k` is that of the k-th user. */
  readonly userFactors: Float64Array
  readonly itemFactors: Float64Array
  /** The objective after each iteration. */
  readonly history: Float64Array
  /** Whether it stopped since an iteration gained no more than the tolerance. */
  readonly converged: boolean
}

/** Users, or items. */
interface Side {
  readonly name: string
  readonly ids: readonly Id[]
  readonly rows: RatingRows
  /** Padded: `stride` numbers each. */
  readonly factors: Float64Array
  /** By row, as the kernel leaves them. */
  readonly losses: Float64Array
  readonly penalties: Float64Array
}

/**
 * Alternating least squares: the best factors of all users for those of the items, then the best ones of
 * all items, and again. Each half is exact, so that the objective never grows.
 *
 * @throws {ArgumentError} If equations are singular but for rounding; names the user or item.
 */
export async function alternate(
  team: KernelTeam,
  ratings: Ratings,
  settings: AlternateSettings,
  { operation, ...options }: FitRun,
): Promise<Factorisation> {
  const { factors: rank, iterations, tolerance, seed } = settings
  const { region, byUser, byItem } = ratings
  const stride = 4 * Math.ceil(rank / 4)
  const solve = await halfSteps(team, settings, stride, operation)
  const users: Side = {
    name: 'user',
    ids: ratings.users,
    rows: byUser,
    factors: region.float64(ratings.users.length * stride),
    losses: region.float64(ratings.users.length),
    penalties: region.float64(ratings.users.length),
  }
  const items: Side = {
    name: 'item',
    ids: ratings.items,
    rows: byItem,
    factors: region.float64(initialFactors(ratings.items, rank, stride, seed)),
    losses: region.float64(ratings.items.length),
    penalties: region.float64(ratings.items.length),
  }
  let history: number[] = []
  const report = await runLoop(
    {
      ...options,
      name: operation,
      maxIterations: iterations,
      state: {
        program: { settings, users: ratings.users, items: ratings.items, byUser },
        save: () => ({
          users: [valueBatch(new Float64Column(users.factors))],
          items: [valueBatch(new Float64Column(items.factors))],
          history: [valueBatch(new Float64Column(Float64Array.from(history)))],
        }),
        load(saved) {
          users.factors.set(numbersIn(saved.users))
          items.factors.set(numbersIn(saved.items))
          history = [...numbersIn(saved.history)]
        },
      },
    },
    async ({ add }) => {
      await solve(users, items)
      await solve(items, users)
      const objective = total(items.losses) + total(users.penalties)
      if (!Number.isFinite(objective)) {
        throw new ArgumentError(
          `${operation}: the objective has become ${objective}. Make the ratings smaller, such as by dividing them by their largest.`,
        )
      }
      add('objective', objective)
      const before = history.at(-1)
      history.push(objective)
      const gain = before === undefined ? Number.POSITIVE_INFINITY : before - objective
      return { done: tolerance > 0 && gain <= tolerance * Math.abs(objective) }
    },
  )
  return {
    userFactors: compact(users.factors, rank, stride),
    itemFactors: compact(items.factors, rank, stride),
    history: Float64Array.from(history),
    converged: report.converged,
  }
}

/** A function that finds the best factors of one side for those of the other. */
async function halfSteps(
  team: KernelTeam,
  settings: AlternateSettings,
  stride: number,
  operation: string,
): Promise<(side: Side, other: Side) => Promise<void>> {
  const { factors: rank, regularization, weighted, implicit, alpha, nonNegative } = settings
  const { region } = team
  const { gram, solveRows } = await team.load(alsKernels)
  const mode = (implicit ? 1 : 0) + (weighted ? 2 : 0) + (nonNegative ? 4 : 0)
  const common = region.float64(stride * stride)
  return async (side, other) => {
    const mark = region.mark()
    if (implicit) {
      const parts = team.evenParts(other.factors.length / stride)
      const sums = region.float64((parts.length - 1) * common.length)
      await gram(parts, other.factors, stride, sums, region.int32(parts))
      common.fill(0)
      for (let k = 0; k < sums.length; k++) common[k % common.length]! += sums[k]!
    }
    const { rows, factors, losses, penalties } = side
    const parts = team.rowParts(rows.offsets)
    const failed = await solveRows(
      parts,
      rows.offsets,
      rows.indices,
      rows.values,
      other.factors,
      common,
      factors,
      losses,
      penalties,
      region.float64((parts.length - 1) * scratchSize(stride)),
      region.int32(parts),
      rank,
      stride,
      regularization,
      alpha,
      mode,
    )
    region.free(mark)
    const row = failed.find(row => row >= 0)
    if (row === undefined) return
    throw new ArgumentError(
      `${operation}: there are many best factors for ${side.name} ${shown(side.ids[row])}, or they are too large. Give a larger regularization than ${regularization}, or smaller ratings.`,
    )
  }
}

function numbersIn(batches: NamedBatches[string] | undefined): Float64Array {
  return (batches![0]!.columns[0] as Float64Column).values
}

/** Without what is beyond the rank. */
function compact(factors: Float64Array, rank: number, stride: number): Float64Array {
  const rows = factors.length / stride
  const result = new Float64Array(rows * rank)
  for (let row = 0; row < rows; row++) {
    result.set(factors.subarray(row * stride, row * stride + rank), row * rank)
  }
  return result
}

function total(values: Float64Array): number {
  let sum = 0
  for (let k = 0; k < values.length; k++) sum += values[k]!
  return sum
}
