/** Gradient boosting: tree after tree, each of the slopes of the loss at the scores so far. */
import { type KernelTeam, Random, runLoop } from '../../engine/extend.js'
import type { FitRun } from '../core/estimator.js'
import type { DenseRows } from '../data/rows.js'
import { histogramKernels } from '../kernels/histograms.js'
import { loadedVector, savedVectors } from '../optimization/saved-vectors.js'
import { binRows } from './bins.js'
import type { BoostingParameters } from './boosting-options.js'
import type { GrownTree } from './growing-tree.js'
import { heldOutPlaces, inPlaces } from './held-out.js'
import { createLoss, type LossKind, type Targets } from './losses.js'
import { TreeGrower } from './tree-grower.js'
import type { TreeList } from './tree-list.js'
import { TreeWriter } from './tree-writer.js'

/** What boosting has learned. */
export interface Boosted {
  readonly trees: TreeList
  /** What scores begin with: one number, or one for each class. */
  readonly baseline: Float64Array
  /** By feature: its share of what all splits gained; zeros where there were none. */
  readonly importances: Float64Array
  /** The mean loss of the records that trees were made of, before the first tree and after each iteration. */
  readonly history: readonly number[]
  /** The same for the records held out; empty where none were. */
  readonly heldOutHistory: readonly number[]
  /** Whether it ended because the loss of the records held out did not become less. */
  readonly stoppedEarly: boolean
}

/** What boosting learns from. */
export interface BoostingData {
  readonly rows: DenseRows
  readonly targets: Targets
  readonly loss: LossKind
  /** How many classes there are; 0 for numbers. */
  readonly classes: number
}

/** Data of more values than this are worth waiting for other threads. */
const LARGE = 1_000_000

/** Learns trees. */
export async function boost(
  team: KernelTeam,
  { rows, targets, loss: kind, classes }: BoostingData,
  options: BoostingParameters,
  run: FitRun,
): Promise<Boosted> {
  const { region } = team
  const { learningRate, maxIterations, seed, patience, tolerance } = options
  const { length, size } = rows
  const { places, learned } = heldOutPlaces(
    length,
    options,
    classes > 0 ? targets.labels : null,
    run.operation,
  )
  if (learned * size > LARGE) await team.start()
  const binned = await binRows(
    team,
    { rows, weights: targets.weights },
    places,
    learned,
    options.maxBins,
    seed,
  )
  const placed = inPlaces(region, targets, places)
  const loss = await createLoss(team, kind, placed, classes)
  const { outputs } = loss
  const kernels = await team.load(histogramKernels)
  const baseline = loss.baseline(learned)
  const scores = region.float64(outputs * length)
  for (let k = 0; k < outputs; k++) scores.fill(baseline[k]!, k * length, (k + 1) * length)
  const slopes = region.float32(2 * outputs * length)
  const everybody = region.int32(Int32Array.from({ length }, (_, place) => place))
  const sampled = Math.max(1, Math.round(options.subsample * learned))
  const grower = await TreeGrower.create(team, binned, sampled, loss.constant, options)
  const sample = region.int32(sampled)
  const others = region.int32(learned - sampled)
  const heldOut = everybody.subarray(learned)
  const [learnedWeight, heldOutWeight] = [
    weightOf(placed, 0, learned),
    weightOf(placed, learned, length),
  ]
  const writer = new TreeWriter(binned.thresholds)
  const history: number[] = []
  const heldOutHistory: number[] = []
  const looksOut = learned < length

  /** Adds a tree's values to the scores of all. */
  async function addTree(tree: GrownTree, own: Float64Array): Promise<void> {
    const mark = region.mark()
    const { leaves, values } = tree
    const starts = region.int32([...leaves.map(leaf => leaf.start), sampled])
    const ofLeaves = region.float64(leaves.map(leaf => values[leaf.node]!))
    await kernels.addLeaves(team.evenParts(sampled), grower.order, starts, ofLeaves, own)
    const nodes = [
      region.int32(tree.features),
      region.int32(tree.bins),
      region.int32(tree.lefts),
      region.int32(tree.missingLeft),
      region.float64(values),
    ] as const
    for (const records of [others, heldOut]) {
      const parts = team.evenParts(records.length)
      await kernels.walkTree(parts, binned.binned, length, records, ...nodes, own)
    }
    region.free(mark)
  }

  async function measured(): Promise<void> {
    history.push((await loss.slopes(scores, slopes, learned)) / learnedWeight)
    if (!looksOut) return
    heldOutHistory.push(loss.sum(scores, slopes, learned, length) / heldOutWeight)
  }

  const given = Object.entries({
    signal: run.signal,
    onProgress: run.onProgress,
    checkpoint: run.checkpoint,
  }).filter(([, value]) => value !== undefined)
  let stoppedEarly = false
  await measured()
  await runLoop(
    {
      ...Object.fromEntries(given),
      name: run.operation,
      maxIterations,
      state: {
        program: {
          parameters: { ...options, loss: kind },
          values: rows.values,
          labels: targets.labels,
          ...(targets.weights && { weights: targets.weights }),
        },
        save: () => ({
          ...writer.save(),
          ...savedVectors({
            scores,
            slopes: Float64Array.from(slopes),
            history: Float64Array.from(history),
            heldOutHistory: Float64Array.from(heldOutHistory),
          }),
        }),
        load(saved) {
          writer.load(saved)
          const numbers = (column: string) => loadedVector(saved, column)
          scores.set(numbers('scores'))
          slopes.set(numbers('slopes'))
          history.splice(0, Infinity, ...numbers('history'))
          heldOutHistory.splice(0, Infinity, ...numbers('heldOutHistory'))
        },
      },
    },
    async ({ superstep, add }) => {
      drawSample(sample, others, new Random(seed + superstep))
      for (let output = 0; output < outputs; output++) {
        grower.order.set(sample)
        const own = scores.subarray(output * length, (output + 1) * length)
        const slope = slopes.subarray(2 * output * length, 2 * (output + 1) * length)
        const tree = await grower.grow(sampled, slope)
        setLeaves(tree, learningRate, grower.order, own, loss.leaf)
        writer.add(tree)
        await addTree(tree, own)
      }
      await measured()
      add('objective', history.at(-1)!)
      stoppedEarly = looksOut && hasStalled(heldOutHistory, patience, tolerance)
      return { done: stoppedEarly }
    },
  )
  return {
    trees: writer.finish(),
    baseline,
    importances: writer.importances(size),
    history,
    heldOutHistory,
    stoppedEarly,
  }
}

/** Draws records without putting them back, ascending; the others go elsewhere. */
function drawSample(sample: Int32Array, others: Int32Array, random: Random): void {
  if (others.length === 0) {
    for (let record = 0; record < sample.length; record++) sample[record] = record
    return
  }
  const all = sample.length + others.length
  let [drawn, left] = [0, 0]
  for (let record = 0; record < all; record++) {
    if (random.next() * (all - record) < sample.length - drawn) sample[drawn++] = record
    else others[left++] = record
  }
}

/** Makes the values of leaves what they add to scores. */
function setLeaves(
  { leaves, values }: GrownTree,
  learningRate: number,
  order: Int32Array,
  scores: Float64Array,
  leafOf: ((scores: Float64Array, records: Int32Array) => number) | undefined,
): void {
  for (const { node, start, end } of leaves) {
    const value = leafOf?.(scores, order.subarray(start, end)) ?? values[node]!
    values[node] = learningRate * value
  }
}

/** Whether none of the last losses is less, by the tolerance, than the one before them. */
function hasStalled(losses: readonly number[], patience: number, tolerance: number): boolean {
  if (losses.length <= patience) return false
  const before = losses.at(-patience - 1)!
  return losses.slice(-patience).every(loss => loss >= before - tolerance)
}

function weightOf({ labels, weights }: Targets, from: number, to: number): number {
  if (weights === null) return Math.min(to, labels.length) - from
  return weights.subarray(from, to).reduce((a, b) => a + b, 0)
}
